//! `narthex access`.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum AccessCommand {
    Explain(Explain),
}

/// Why somebody sees a page, or doesn't
///
/// Goes through the law line by line: the tier, the three ways into the space, the
/// restrictions from the page up to the root, the state of the page; each with the
/// change that made it so.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex access explain --email una@example.org 4503599627370497
  narthex access explain --anonymous \\
    'https://wiki.example.org/wiki/spaces/HELP/pages/4503599627370497/Refunds'

The id is the number in the page's address, behind /pages/.")]
pub(crate) struct Explain {
    /// About the account with this e-mail address
    #[arg(long, value_name = "E-MAIL", required_unless_present = "anonymous")]
    pub(crate) email: Option<String>,
    /// About somebody who isn't logged in
    #[arg(long, conflicts_with = "email")]
    pub(crate) anonymous: bool,
    /// The page's id, or its address as a browser shows it
    #[arg(value_name = "PAGE")]
    pub(crate) page: String,
}
