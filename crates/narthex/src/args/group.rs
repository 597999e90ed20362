//! `narthex group`.

use clap::{Args, Subcommand, ValueEnum};
use narthex_access::ConfluenceAccess;

#[derive(Debug, Subcommand)]
pub(crate) enum GroupCommand {
    Create(NewGroup),
    /// List the groups with the access that they give and their number of members
    List,
    /// Add an account to a group
    Add(Member),
    /// Remove an account from a group
    Remove(Member),
    /// Delete a group and its permissions; pages restricted to it stay closed
    Delete(NamedGroup),
}

/// The group that a command is about.
#[derive(Debug, Args)]
pub(crate) struct NamedGroup {
    /// The name of the group
    #[arg(long)]
    pub(crate) name: String,
}

/// An account and a group.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  narthex group add --name engineers --email ada@example.org")]
pub(crate) struct Member {
    /// The name of the group
    #[arg(long)]
    pub(crate) name: String,
    /// The e-mail address of the account
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: String,
}

/// What a group gives its members, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Gives {
    /// No access: a group for permissions and restrictions
    None,
    /// Guest access
    Guest,
    /// Confluence access, with a licence
    User,
    /// Confluence access, as product administrators
    Admin,
}

impl From<Gives> for ConfluenceAccess {
    fn from(gives: Gives) -> Self {
        match gives {
            Gives::None => Self::None,
            Gives::Guest => Self::Guest,
            Gives::User => Self::User,
            Gives::Admin => Self::Admin,
        }
    }
}

/// Create a group
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex group create --name engineers
  narthex group create --name staff --confluence user")]
pub(crate) struct NewGroup {
    /// The name of the group
    #[arg(long)]
    pub(crate) name: String,
    /// The access to Confluence that the group gives its members
    #[arg(long, value_enum, ignore_case = true, default_value = "none")]
    pub(crate) confluence: Gives,
    /// Make the members agents of the service desk, which gives no access to Confluence
    #[arg(long)]
    pub(crate) service_desk: bool,
}
