//! `narthex global`.

use super::{Confirmation, OnOff};
use clap::Args;

/// Show or set the global permissions of the site
///
/// A space is open to people without a licence only if both the space's setting and
/// the site's setting are on. Without options, shows the settings.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex global                            what is set, and what it means
  narthex global --jsm-access on --dry-run  who would gain access to what
  narthex global --jsm-access on --yes      spaces with unlicensed view open
                                            to every account
  narthex global --anonymous off            nobody reads without logging in")]
pub(crate) struct Global {
    /// "Use Confluence" in the JSM access tab: let unlicensed view of spaces take effect
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) jsm_access: Option<OnOff>,
    /// "Use Confluence" in the Anonymous access tab: let anonymous view of spaces take effect
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) anonymous: Option<OnOff>,
    /// Let anonymous view of spaces have no effect for anybody while anonymous access is off
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) enforce_anonymous: Option<OnOff>,
    /// "View user profiles": show profiles to people who aren't logged in
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) view_user_profiles: Option<OnOff>,
    /// Show the names of authors to people who aren't logged in
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) author_names: Option<OnOff>,
    /// Let search engines list what anyone can read; while off, they are asked to stay away
    #[arg(long, value_enum, value_name = "ON|OFF", ignore_case = true)]
    pub(crate) indexing: Option<OnOff>,
    #[command(flatten)]
    pub(crate) confirmation: Confirmation,
}
