//! `narthex index`.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    /// Make the search index of the data folder anew
    ///
    /// A server makes and follows its index by itself, and makes it anew when it is
    /// missing or damaged; this is for when one wants to be sure. While servers use the
    /// folder, they are asked to do it, and go on answering from what they have.
    Rebuild,
}
