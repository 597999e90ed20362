//! `narthex account`.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    Add(AddAccount),
    /// List the accounts with their tier, groups and state
    List,
    SetAccess(SetAccess),
    /// Deactivate an account: it can't log in, and its sessions and API tokens end at once
    Deactivate(Account),
    /// Let a deactivated account log in again; its former sessions and API tokens stay ended
    Reactivate(Account),
    /// Create a one-time link with which the person sets a password; prints only the link
    Link(Account),
    SetPassword(SetPassword),
}

/// The account that a command is about.
#[derive(Debug, Args)]
pub(crate) struct Account {
    /// The e-mail address of the account
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: String,
}

/// What an account gets of Confluence, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AccessWord {
    /// Licensed: uses Confluence with the permissions that it has in spaces
    Confluence,
    /// Guest: uses one space, which --space names
    Guest,
    /// Unlicensed: views what is open to every account
    None,
    /// Customer of the help centre, which isn't built yet: can't log in until it is
    Customer,
}

/// Add an account
///
/// Without --password-stdin, prints a one-time link with which the person sets a password.
/// There is no default password.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex account add --email ada@example.org --name Ada --access confluence
  narthex account add --email gus@caterer.example --name Gus \\
    --access guest --space PIER
  narthex account add --email una@example.org --name Una --access none
  pass show wiki/bo | narthex account add --email bo@example.org --name Bo \\
    --access none --password-stdin")]
pub(crate) struct AddAccount {
    /// The e-mail address to log in with
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: String,
    /// The name that others see
    #[arg(long)]
    pub(crate) name: String,
    /// The account's access to Confluence
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) access: AccessWord,
    /// A group to add the account to; can be repeated
    #[arg(long = "group", value_name = "GROUP")]
    pub(crate) groups: Vec<String>,
    /// The key of the space that a guest may use
    #[arg(long, value_name = "KEY")]
    pub(crate) space: Option<String>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

/// Change an account's access to Confluence
///
/// Permissions, restrictions and roles that name the account are kept. They have no
/// effect while the account has no access, and count again when it gets access back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex account set-access --email una@example.org --access confluence
  narthex account set-access --email gus@caterer.example \\
    --access guest --space PIER")]
pub(crate) struct SetAccess {
    #[command(flatten)]
    pub(crate) account: Account,
    /// The account's access to Confluence
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) access: AccessWord,
    /// The key of the space that a guest may use
    #[arg(long, value_name = "KEY")]
    pub(crate) space: Option<String>,
}

/// Set an account's password, read from standard input, and end its sessions
///
/// Prefer `narthex account link` where the person can open a page: then nobody else
/// knows the password.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  pass show wiki/bo |
    narthex account set-password --email bo@example.org --password-stdin")]
pub(crate) struct SetPassword {
    #[command(flatten)]
    pub(crate) account: Account,
    /// Read the password from the first line of standard input
    #[arg(long, required = true)]
    pub(crate) password_stdin: bool,
}
