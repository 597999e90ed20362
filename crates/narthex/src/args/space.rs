//! `narthex space`.

use super::{Confirmation, OnOff};
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum SpaceCommand {
    Create(CreateSpace),
    CreatePersonal(CreatePersonalSpace),
    /// List spaces: who may view each, as set and in effect
    List,
    View(ViewSpace),
    /// List the spaces that are in the trash
    Trash,
    Restore(RestoreSpace),
}

/// Create a space with a home page
///
/// It belongs to the site's oldest administrator. All licensed users may view,
/// create and comment, unless it is private; nobody else may.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex space create --key HELP --name 'Help centre'
  narthex space create --key BOARD --name Board --private")]
pub(crate) struct CreateSpace {
    /// Its key: letters and digits, unique without case
    #[arg(long)]
    pub(crate) key: String,
    /// Its name
    #[arg(long)]
    pub(crate) name: String,
    /// A line about it
    #[arg(long, default_value = "")]
    pub(crate) description: String,
    /// Only its creator sees it at first
    #[arg(long)]
    pub(crate) private: bool,
}

/// Create the personal space of somebody with a licence
///
/// Its key is ~ and the id of the account, which administers it. All licensed users
/// may view it and comment, unless it is private. An account has one at most.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex space create-personal ana@example.com
  narthex space create-personal ana@example.com --name Notes --private")]
pub(crate) struct CreatePersonalSpace {
    /// The e-mail address of its owner
    #[arg(value_name = "EMAIL")]
    pub(crate) owner: String,
    /// Its name; the owner's name if it is left out
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// A line about it
    #[arg(long, default_value = "")]
    pub(crate) description: String,
    /// Only its owner sees it at first
    #[arg(long)]
    pub(crate) private: bool,
}

/// Show or set who may view a space beside those who are granted it
///
/// The same fact that the call `.../permissions/space/unlicensedview` and the space's
/// permissions page set. Without options the facts are shown.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex space view HELP                        what is set, and what holds
  narthex space view HELP --unlicensed on --dry-run
  narthex space view HELP --unlicensed on --yes  any active account can view it
  narthex space view HELP --unlicensed off")]
pub(crate) struct ViewSpace {
    /// The key of the space, in any case
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    /// Any active account can view this space
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) unlicensed: Option<OnOff>,
    /// Anonymous people, that is the internet, can view this space
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) anonymous: Option<OnOff>,
    #[command(flatten)]
    pub(crate) confirmation: Confirmation,
}

/// Take a space out of the trash
///
/// It comes back with its pages, permissions and restrictions, and with the views that
/// were set for it; what was archived is archived again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex space restore HELP --dry-run     who would see it again
  narthex space restore HELP --yes")]
pub(crate) struct RestoreSpace {
    /// The key of the space, in any case
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    #[command(flatten)]
    pub(crate) confirmation: Confirmation,
}
