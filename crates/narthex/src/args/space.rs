//! `narthex space`.

use super::{Confirmation, OnOff};
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum SpaceCommand {
    Create(CreateSpace),
    CreatePersonal(CreatePersonalSpace),
    /// List the spaces and who may view each, as set and in effect
    List,
    View(ViewSpace),
    /// List the spaces in the trash
    Trash,
    Restore(RestoreSpace),
}

/// Create a space with a home page
///
/// The oldest site administrator becomes its administrator. All licensed users may view
/// it, create pages and comment, unless it is private; nobody else may.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex space create --key HELP --name 'Help centre'
  narthex space create --key BOARD --name Board --private")]
pub(crate) struct CreateSpace {
    /// The key: letters and digits, unique without regard to case
    #[arg(long)]
    pub(crate) key: String,
    /// The name
    #[arg(long)]
    pub(crate) name: String,
    /// A short description
    #[arg(long, default_value = "")]
    pub(crate) description: String,
    /// Let only the creator view it at first
    #[arg(long)]
    pub(crate) private: bool,
}

/// Create the personal space of a licensed user
///
/// Its key is ~ and the id of the account, which administers it. All licensed users
/// may view it and comment, unless it is private. An account has at most one.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex space create-personal ana@example.com
  narthex space create-personal ana@example.com --name Notes --private")]
pub(crate) struct CreatePersonalSpace {
    /// The e-mail address of the owner
    #[arg(value_name = "EMAIL")]
    pub(crate) owner: String,
    /// The name [default: the owner's name]
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// A short description
    #[arg(long, default_value = "")]
    pub(crate) description: String,
    /// Let only the owner view it at first
    #[arg(long)]
    pub(crate) private: bool,
}

/// Show or set who may view a space without a permission of their own
///
/// Sets the same as the call `.../permissions/space/unlicensedview` and the space's
/// permissions page. Without options, shows what is set.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex space view HELP                        what is set, and in effect
  narthex space view HELP --unlicensed on --dry-run
  narthex space view HELP --unlicensed on --yes  any active account can view it
  narthex space view HELP --unlicensed off")]
pub(crate) struct ViewSpace {
    /// The key of the space, in any case
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    /// Let any active account view this space
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) unlicensed: Option<OnOff>,
    /// Let anyone on the internet view this space, without logging in
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) anonymous: Option<OnOff>,
    #[command(flatten)]
    pub(crate) confirmation: Confirmation,
}

/// Restore a space from the trash
///
/// It comes back with its pages, permissions and restrictions, and the same people as
/// before may view it. If it was archived, it is archived again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex space restore HELP --dry-run     who could view it again
  narthex space restore HELP --yes")]
pub(crate) struct RestoreSpace {
    /// The key of the space, in any case
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    #[command(flatten)]
    pub(crate) confirmation: Confirmation,
}
