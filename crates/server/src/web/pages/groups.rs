//! Administration: the list of the site's groups, and the page of one group.

use askama::Template;

use crate::web::pages::access::ConfluenceAccess;
use crate::web::pages::accounts::AccountLine;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::global::GroupAccess;
use crate::web::pages::{FieldError, Text};
use crate::web::paths;

/// `/wiki/admin/groups`. The form for a new group posts `name`, `access` = `none` | `guest` |
/// `user`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/groups.html")]
pub struct Groups<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The groups, by name.
    pub groups: Vec<GroupAccess<'a>>,
    /// The name as it was typed.
    pub name: Text<'a>,
    /// The error about `name`.
    pub name_error: FieldError<'a>,
}

/// `/wiki/admin/groups/ID`. Its forms, by the field `do`:
/// - `add-member`: `email`;
/// - `remove-member`: `account` (its id);
/// - `set-access`: `access` = `none` | `guest` | `user`;
/// - `delete`: no other field.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/group.html")]
pub struct GroupDetail<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The group that is shown.
    pub group: GroupAccess<'a>,
    /// Its members, by name.
    pub members: Vec<AccountLine<'a>>,
    /// The e-mail address as it was typed.
    pub adding: Text<'a>,
    /// The error about `email`.
    pub adding_error: FieldError<'a>,
    /// The address of the next members; `None` if there are no more.
    pub next: Option<Text<'a>>,
}

/// The choices of `access`, with their labels.
const GROUP_ACCESS: [(ConfluenceAccess, &str); 3] = [
    (
        ConfluenceAccess::User,
        "Confluence access: its members have a licence",
    ),
    (
        ConfluenceAccess::Guest,
        "Guest: its members see the one space each is assigned",
    ),
    (ConfluenceAccess::None, "None: membership gives no access"),
];
