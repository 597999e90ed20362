//! `narthex account`.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    Add(AddAccount),
    /// List accounts: tier, groups, active or not
    List,
    SetAccess(SetAccess),
    /// Stop an account: it can't log in, its sessions and tokens end at once
    Deactivate(Account),
    /// Let a deactivated account log in again; what was ended stays ended
    Reactivate(Account),
    /// Make a one-time link by which somebody sets a password; prints the link alone
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
    /// Licensed: reads and writes by its grants
    Confluence,
    /// Guest: one space
    Guest,
    /// Unlicensed: sees what is open to every account
    None,
    /// Portal-only: for the help centre, which isn't built yet; can't log in until it is
    Customer,
}

/// Add an account
///
/// Without a password a one-time link is printed once, by which its owner sets one.
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
    /// The e-mail address that logs in
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: String,
    /// The name that others see
    #[arg(long)]
    pub(crate) name: String,
    /// What it gets of Confluence
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) access: AccessWord,
    /// A group that it is in; may be given several times
    #[arg(long = "group", value_name = "GROUP")]
    pub(crate) groups: Vec<String>,
    /// The one space of a guest
    #[arg(long, value_name = "KEY")]
    pub(crate) space: Option<String>,
    /// Read the password from standard input: its first line
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

/// Change what an account gets of Confluence
///
/// Grants, lists and memberships of roles are kept and rest while they don't count.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex account set-access --email una@example.org --access confluence
  narthex account set-access --email gus@caterer.example \\
    --access guest --space PIER")]
pub(crate) struct SetAccess {
    #[command(flatten)]
    pub(crate) account: Account,
    /// What it gets of Confluence
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) access: AccessWord,
    /// The one space of a guest
    #[arg(long, value_name = "KEY")]
    pub(crate) space: Option<String>,
}

/// Set an account's password from standard input; ends its sessions
///
/// `narthex account link` is better where its owner can open a page: then nobody
/// else knows the password.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  pass show wiki/bo |
    narthex account set-password --email bo@example.org --password-stdin")]
pub(crate) struct SetPassword {
    #[command(flatten)]
    pub(crate) account: Account,
    /// Read the password from standard input: its first line
    #[arg(long, required = true)]
    pub(crate) password_stdin: bool,
}
