//! `/wiki/pages/restrictions?pageId=`: who may view and who may edit one page.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::page::PageLink;
use crate::web::pages::space_permissions::Principal;
use crate::web::pages::{FieldError, Text};
use crate::web::paths::{self, PagePath};

/// The form of both lists. It posts, for `X` = `view` and `edit`: `X_mode` = `open` | `listed` (a
/// name in `X_add` means `listed`); `X_keep` = `account:ID` or `group:ID` (repeated: the entries
/// that stay); `X_add` (e-mail addresses and group names, one per line).
#[derive(Clone, Debug, Template)]
#[template(path = "space/restrictions.html")]
pub struct PageRestrictions<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The key of the page's space.
    pub space_key: Text<'a>,
    /// The address at which the page is read.
    pub page_address: PagePath<'a>,
    /// The id of the page.
    pub page_id: u64,
    /// The title of the page.
    pub page_title: Text<'a>,
    /// Says in a sentence who can view it at the moment; `None` if the reader may not see that.
    pub now: Option<Text<'a>>,
    /// The restricted pages above it that the reader sees: only their readers can see this page,
    /// whatever is set here.
    pub inherited: Vec<PageLink<'a>>,
    /// The list of those who may view.
    pub view: RestrictionList<'a>,
    /// The list of those who may edit.
    pub edit: RestrictionList<'a>,
    /// Whether the reader may change the lists.
    pub may_change: bool,
}

/// One of the two lists of a page.
#[derive(Clone, Debug)]
pub struct RestrictionList<'a> {
    /// Whether the page is restricted; it can be with an empty list (law 2.16).
    pub restricted: bool,
    /// The accounts and groups on the list.
    pub listed: Vec<Listed<'a>>,
    /// The lines of `X_add` as they were typed.
    pub adding: Text<'a>,
    /// The error about `X_add`.
    pub adding_error: FieldError<'a>,
}

/// One account or group on a list.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// Whether it is an account or a group; a class is never listed.
    pub kind: Principal,
    /// The id of the account or group.
    pub id: Text<'a>,
    /// The name of the account or group.
    pub name: Text<'a>,
}
