//! Administration: the list of the site's accounts, and the page of one account.

use askama::Template;

use crate::web::pages::access::{ConfluenceAccess, ServiceDeskAccess};
use crate::web::pages::chrome::Chrome;
use crate::web::pages::moment::{Count, Moment};
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// `/wiki/admin/accounts`.
///
/// The filter is a `GET` form: `q` (part of name or e-mail), `access` = empty | `user` | `guest` |
/// `none` | `customer` | `agent`, `state` = empty | `active` | `deactivated`. The form for a new
/// account posts `name`, `email`, `access` = `user` | `guest` | `none` | `customer`, `space` (a
/// guest's space key).
#[derive(Clone, Debug, Template)]
#[template(path = "admin/accounts.html")]
pub struct Accounts<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The accounts that match, by name.
    pub accounts: Vec<AccountLine<'a>>,
    /// The number of matching accounts on all pages.
    pub total: Count,
    /// The filter as it was chosen.
    pub filter: AccountFilter<'a>,
    /// The spaces that a guest can be assigned to, by name.
    pub spaces: Vec<GuestSpace<'a>>,
    /// The form for a new account.
    pub add: AddAccount<'a>,
    /// The address of the next accounts; `None` if there are no more.
    pub next: Option<Text<'a>>,
}

/// One account in the table.
#[derive(Clone, Debug)]
pub struct AccountLine<'a> {
    /// The id of the account.
    pub id: Text<'a>,
    /// The display name of the account.
    pub name: Text<'a>,
    /// The e-mail address of the account.
    pub email: Text<'a>,
    /// The access to Confluence.
    pub confluence: ConfluenceAccess,
    /// The access to the service desk.
    pub service_desk: ServiceDeskAccess,
    /// Whether the account administers the site.
    pub administers_site: bool,
    /// Whether the account is active, and may log in.
    pub active: bool,
}

/// The filter of the table of accounts; each field holds the value that the form sent.
#[derive(Clone, Debug, Default)]
pub struct AccountFilter<'a> {
    /// A part of the name or e-mail address.
    pub q: Text<'a>,
    /// The access; empty for all.
    pub access: Text<'a>,
    /// The state; empty for all.
    pub state: Text<'a>,
}

/// The form for a new account.
#[derive(Clone, Debug, Default)]
pub struct AddAccount<'a> {
    /// Whether the form is unfolded, as it is after a refused attempt.
    pub open: bool,
    /// The name as it was typed.
    pub name: Text<'a>,
    /// The error about `name`.
    pub name_error: FieldError<'a>,
    /// The e-mail address as it was typed.
    pub email: Text<'a>,
    /// The error about `email`.
    pub email_error: FieldError<'a>,
    /// The chosen access.
    pub access: Text<'a>,
    /// The chosen space key.
    pub space: Text<'a>,
    /// The error about `space`.
    pub space_error: FieldError<'a>,
}

/// `/wiki/admin/accounts/ID`. Its forms, by the field `do`:
/// - `set-access`: `confluence` = `none` | `guest` | `user`, `space` (a guest's space key),
///   `service_desk` = `none` | `customer` | `agent`;
/// - `add-group`, `remove-group`: `group` (its id);
/// - `site-administrator`: `to` = `on` | `off`;
/// - `deactivate`, `reactivate`: no other field;
/// - `one-time-link`: no other field; leads to [`OneTimeLinkMade`].
#[derive(Clone, Debug, Template)]
#[template(path = "admin/account.html")]
pub struct AccountDetail<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The account that is shown.
    pub account: AccountLine<'a>,
    /// The instant at which it was made.
    pub created: Moment,
    /// Whether it has a password.
    pub has_password: bool,
    /// The number of its API tokens that haven't expired.
    pub tokens: Count,
    /// The access to Confluence that is chosen in the form.
    pub chosen: ConfluenceAccess,
    /// The spaces that a guest can be assigned to, by name.
    pub spaces: Vec<GuestSpace<'a>>,
    /// The key of a guest's space.
    pub guest_space: Text<'a>,
    /// The error about `space`.
    pub guest_space_error: FieldError<'a>,
    /// The groups that it is a member of.
    pub groups: Vec<GroupRef<'a>>,
    /// The groups that it can be added to.
    pub other_groups: Vec<GroupRef<'a>>,
}

/// A space that a guest can be assigned to.
#[derive(Clone, Debug)]
pub struct GuestSpace<'a> {
    /// The key of the space.
    pub key: Text<'a>,
    /// The name of the space.
    pub name: Text<'a>,
}

/// A group by its id and name.
#[derive(Clone, Debug)]
pub struct GroupRef<'a> {
    /// The id of the group.
    pub id: Text<'a>,
    /// The name of the group.
    pub name: Text<'a>,
}

/// The page that `one-time-link` and a new account lead to: it shows the link once, and afterwards
/// says that it was shown. It is never cached.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/one_time_link.html")]
pub struct OneTimeLinkMade<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The id of the account.
    pub account_id: Text<'a>,
    /// The display name of the account.
    pub name: Text<'a>,
    /// Whether the account is active, so that another link can be made.
    pub active: bool,
    /// The link; `None` once it was shown.
    pub made: Option<MadeLink<'a>>,
}

/// A one-time link.
#[derive(Clone, Debug)]
pub struct MadeLink<'a> {
    /// The full address of the link.
    pub address: Text<'a>,
    /// The instant until which the link is valid.
    pub expires: Moment,
}
