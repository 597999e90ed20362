//! `narthex access`.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum AccessCommand {
    Explain(Explain),
}

/// Explain why somebody can or can't see a page
///
/// Shows each rule that counts: the kind of account, the three ways into the space,
/// the restrictions from the page up to the root, and the state of the page, each with
/// the change that caused it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex access explain --email una@example.org 4503599627370497
  narthex access explain --anonymous \\
    'https://wiki.example.org/wiki/spaces/HELP/pages/4503599627370497/Refunds'

The id is the number after /pages/ in the page's address.")]
pub(crate) struct Explain {
    /// Explain it for the account with this e-mail address
    #[arg(long, value_name = "E-MAIL", required_unless_present = "anonymous")]
    pub(crate) email: Option<String>,
    /// Explain it for somebody who isn't logged in
    #[arg(long, conflicts_with = "email")]
    pub(crate) anonymous: bool,
    /// The id of the page, or its address as the browser shows it
    #[arg(value_name = "PAGE")]
    pub(crate) page: String,
}
