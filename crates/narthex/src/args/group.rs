//! `narthex group`.

use clap::{Args, Subcommand, ValueEnum};
use narthex_access::ConfluenceAccess;

#[derive(Debug, Subcommand)]
pub(crate) enum GroupCommand {
    Create(NewGroup),
    /// List groups: what each gives, and how many are in it
    List,
    /// Put an account into a group
    Add(Member),
    /// Take an account out of a group
    Remove(Member),
    /// Delete a group; what was granted to it ends, what it was listed on stays closed
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
    /// Nothing by itself: a group to grant to and to list
    None,
    /// The guest role
    Guest,
    /// A licence
    User,
    /// A licence, and the class of product administrators
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
    /// What its members get of Confluence
    #[arg(long, value_enum, ignore_case = true, default_value = "none")]
    pub(crate) confluence: Gives,
    /// Its members are agents of the service desk; no licence and no right here
    #[arg(long)]
    pub(crate) service_desk: bool,
}
