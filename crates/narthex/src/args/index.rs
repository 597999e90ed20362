//! `narthex index`.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    /// Rebuild the search index of the data folder
    ///
    /// A server keeps its index up to date by itself, and rebuilds it if it is missing or
    /// damaged, so this is rarely needed. Servers that use the folder are asked to rebuild
    /// it, and go on searching with the old index meanwhile.
    Rebuild,
}
