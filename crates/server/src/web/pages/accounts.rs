//! Administration: the accounts of the site, and one account.

use askama::Template;

use crate::web::pages::access::{ConfluenceAccess, ServiceDeskAccess};
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// `/wiki/admin/accounts`.
///
/// The filter is a `GET` form: `q` (part of name or e-mail), `access` = empty | `user` | `guest` |
/// `none` | `customer` | `agent`, `state` = empty | `active` | `deactivated`.
/// The form for a new account posts `name`, `email`, `access` = `user` | `guest` | `none` |
/// `customer`, `space` (a guest's space key).
#[derive(Clone, Debug, Template)]
#[template(path = "admin/accounts.html")]
pub struct Accounts<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The accounts that match, by name.
    pub accounts: Vec<AccountLine<'a>>,
    /// How many match in all.
    pub total: Count,
    /// The filter as it was chosen.
    pub filter: AccountFilter<'a>,
    /// The spaces that a guest can be assigned to, by name.
    pub spaces: Vec<GuestSpace<'a>>,
    /// The form for a new account.
    pub add: AddAccount<'a>,
    /// Where the next accounts are.
    pub next: Option<Text<'a>>,
}

/// One account in the table.
#[derive(Clone, Debug)]
pub struct AccountLine<'a> {
    /// The id.
    pub id: Text<'a>,
    /// The display name.
    pub name: Text<'a>,
    /// The e-mail address.
    pub email: Text<'a>,
    /// Access to Confluence.
    pub confluence: ConfluenceAccess,
    /// Access to the service desk.
    pub service_desk: ServiceDeskAccess,
    /// Whether it administers the site.
    pub administers_site: bool,
    /// Whether it may log in.
    pub active: bool,
}

/// The filter of the table of accounts; each field holds the value of the form.
#[derive(Clone, Debug, Default)]
pub struct AccountFilter<'a> {
    /// `q`.
    pub q: Text<'a>,
    /// `access`.
    pub access: Text<'a>,
    /// `state`.
    pub state: Text<'a>,
}

/// The form for a new account.
#[derive(Clone, Debug, Default)]
pub struct AddAccount<'a> {
    /// Whether it is unfolded: after a refused attempt.
    pub open: bool,
    /// The name as it was typed.
    pub name: Text<'a>,
    /// What is wrong with `name`.
    pub name_error: FieldError<'a>,
    /// The e-mail address as it was typed.
    pub email: Text<'a>,
    /// What is wrong with `email`.
    pub email_error: FieldError<'a>,
    /// The chosen access.
    pub access: Text<'a>,
    /// The space key as it was chosen.
    pub space: Text<'a>,
    /// What is wrong with `space`.
    pub space_error: FieldError<'a>,
}

/// `/wiki/admin/accounts/ID`. Forms by `do`:
/// - `set-access`: `confluence` = `none` | `guest` | `user`, `space` (a guest's space key),
///   `service_desk` = `none` | `customer` | `agent`;
/// - `add-group`, `remove-group`: `group` (its id);
/// - `site-administrator`: `to` = `on` | `off`;
/// - `deactivate`, `reactivate`: nothing else;
/// - `one-time-link`: nothing else; leads to [`OneTimeLinkMade`].
#[derive(Clone, Debug, Template)]
#[template(path = "admin/account.html")]
pub struct AccountDetail<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The account.
    pub account: AccountLine<'a>,
    /// When it was made.
    pub created: Moment,
    /// Whether it has a password.
    pub has_password: bool,
    /// How many API tokens it has that haven't ended.
    pub tokens: Count,
    /// The access to Confluence that is chosen in the form.
    pub chosen: ConfluenceAccess,
    /// The spaces that a guest can be assigned to, by name.
    pub spaces: Vec<GuestSpace<'a>>,
    /// The key of a guest's space.
    pub guest_space: Text<'a>,
    /// What is wrong with `space`.
    pub guest_space_error: FieldError<'a>,
    /// Its groups.
    pub groups: Vec<GroupRef<'a>>,
    /// Groups that it can be added to.
    pub other_groups: Vec<GroupRef<'a>>,
}

/// A space that a guest can be assigned to.
#[derive(Clone, Debug)]
pub struct GuestSpace<'a> {
    /// The key.
    pub key: Text<'a>,
    /// The name.
    pub name: Text<'a>,
}

/// A group by id and name.
#[derive(Clone, Debug)]
pub struct GroupRef<'a> {
    /// The id.
    pub id: Text<'a>,
    /// The name.
    pub name: Text<'a>,
}

/// Where `one-time-link` and a new account lead: the one time that the link is shown, and what is said of
/// it afterwards. Never cached.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/one_time_link.html")]
pub struct OneTimeLinkMade<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The id of the account.
    pub account_id: Text<'a>,
    /// The display name.
    pub name: Text<'a>,
    /// Whether the account is active, so that another link can be made.
    pub active: bool,
    /// The link; `None` once it was shown.
    pub made: Option<MadeLink<'a>>,
}

/// A one-time link.
#[derive(Clone, Debug)]
pub struct MadeLink<'a> {
    /// The link, whole.
    pub address: Text<'a>,
    /// Until when it holds.
    pub expires: Moment,
}
