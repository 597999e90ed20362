//! `narthex global`.

use super::{Confirmation, OnOff};
use clap::Args;

/// Show or set the switches of the site
///
/// A space is open to people without a licence only where its own flag and the
/// site's switch are both on. Without options the switches are shown.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex global                            what is set, and what it means
  narthex global --jsm-access on --dry-run  who would gain what
  narthex global --jsm-access on --yes      unlicensed view counts: its
                                            spaces open to every account
  narthex global --anonymous off            no reader from the internet any more")]
pub(crate) struct Global {
    /// "Use Confluence" in the JSM access tab: whether unlicensed view counts
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) jsm_access: Option<OnOff>,
    /// "Use Confluence" in the Anonymous access tab: whether anonymous view counts
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) anonymous: Option<OnOff>,
    /// Whether anonymous view counts for nobody while anonymous access is off
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) enforce_anonymous: Option<OnOff>,
    /// "View user profiles" for people who aren't logged in
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) view_user_profiles: Option<OnOff>,
    /// Whether people who aren't logged in are shown the names of authors
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) author_names: Option<OnOff>,
    /// on: search engines may list what the internet can read; off: they are asked to stay away
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) indexing: Option<OnOff>,
    #[command(flatten)]
    pub(crate) confirmation: Confirmation,
}
