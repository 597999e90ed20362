//! What can be typed: the command line, one file a command.
//!
//! Nothing here says what a setting means or what a command does; see
//! [`settings`](crate::settings) and [`command`](crate::command).

mod access;
mod account;
mod global;
mod group;
mod index;
mod serve;
mod space;
mod token;

pub(crate) use access::{AccessCommand, Explain};
pub(crate) use account::{AccessWord, AccountCommand, AddAccount, SetAccess, SetPassword};
pub(crate) use global::Global;
pub(crate) use group::{GroupCommand, Member};
pub(crate) use index::IndexCommand;
pub(crate) use serve::{Demo, Init, Serve, ServerArgs};
pub(crate) use space::{CreatePersonalSpace, CreateSpace, RestoreSpace, SpaceCommand, ViewSpace};
pub(crate) use token::{CreateToken, TokenCommand};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A self-hosted knowledge base with Confluence Cloud's unlicensed access.
///
/// Commands act on the site in the data folder (--data) or the database (--database).
/// They can be used while the server runs: it sees each change at its next request.
#[derive(Debug, Parser)]
#[command(
    name = "narthex",
    version,
    arg_required_else_help = true,
    subcommand_required = true,
    after_help = "\
First steps:
  narthex demo                     try it: nothing is left behind
  narthex init --data ./site --email you@example.org --name You > token
  narthex serve --data ./site

Exit codes:
  0  done                          3  the site isn't set up yet: narthex init
  1  refused, or failed            4  the database can't be reached or used
  2  the command or a setting      5  a change that lets more people in wasn't
     isn't understood                 confirmed: --yes, or see it with --dry-run

Narthex is an independent project. It is not affiliated with, endorsed by or supported by Atlassian."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) site: SiteArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Which site, and how to answer: understood by every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct SiteArgs {
    /// The data folder, with uploaded files and, unless --database names another, the database
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "DIR",
        env = "NARTHEX_DATA"
    )]
    pub(crate) data: Option<PathBuf>,
    /// sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME [default: SQLite in the data folder]
    ///
    /// If the URL has a password, use the variable or the configuration file: other users
    /// of the machine can read the flags of a process.
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "URL",
        env = "NARTHEX_DATABASE",
        hide_env_values = true
    )]
    pub(crate) database: Option<String>,
    /// The configuration file, in TOML [default: narthex.toml in the data folder, if it exists]
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "FILE",
        env = "NARTHEX_CONFIG"
    )]
    pub(crate) config: Option<PathBuf>,
    /// The address at which people reach the site, used in links [default: the Host of each request]
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "URL",
        env = "NARTHEX_BASE_URL"
    )]
    pub(crate) base_url: Option<String>,
    /// Print results as JSON on standard output, and errors as JSON on standard error
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(Init),
    Serve(Serve),
    Demo(Demo),
    /// Accounts: add, list, change access, deactivate
    #[command(subcommand)]
    Account(AccountCommand),
    /// Groups: create, list, add and remove members
    #[command(subcommand)]
    Group(GroupCommand),
    /// API tokens: create, list, revoke
    #[command(subcommand)]
    Token(TokenCommand),
    Global(Global),
    /// Spaces: create, list, restore, and set who may view them
    #[command(subcommand)]
    Space(SpaceCommand),
    /// Explain who can see a page, and why
    #[command(subcommand)]
    Access(AccessCommand),
    /// The search index: rebuild
    #[command(subcommand)]
    Index(IndexCommand),
    /// Check the database, its durability, uploaded files, clock, file permissions, open access
    ///
    /// Prints a line for each check: good, warning or bad, with what to do. Exits with 1
    /// if a check is bad.
    Doctor,
}

/// A switch, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnOff {
    On,
    Off,
}

impl OnOff {
    pub(crate) fn is_on(self) -> bool {
        self == Self::On
    }
}

/// How a change that lets more people in is confirmed.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct Confirmation {
    /// Show who would gain or lose access to what, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Don't ask before letting more people in
    #[arg(long, short, conflicts_with = "dry_run")]
    pub(crate) yes: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_help_never_shows_the_database_and_its_password() {
        let command = Cli::command();
        let database = command
            .get_arguments()
            .find(|arg| arg.get_id() == "database");
        assert!(database.unwrap().is_hide_env_values_set());
    }
}
