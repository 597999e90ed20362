//! `/wiki/pages/restrictions?pageId=`: who may view and who may edit one page.

use askama::Template;

use crate::web::pages::chrome::Chrome;
use crate::web::pages::page::PageLink;
use crate::web::pages::space_permissions::Principal;
use crate::web::pages::{FieldError, Text};
use crate::web::paths::{self, PagePath};

/// Posts, for `X` = `view` and `edit`: `X_mode` = `open` | `listed` (a name in `X_add` means `listed`); `X_keep` = `account:ID` or
/// `group:ID` (repeated: the listed that stay); `X_add` (e-mail addresses and group names, one a
/// line).
#[derive(Clone, Debug, Template)]
#[template(path = "space/restrictions.html")]
pub struct PageRestrictions<'a> {
    /// The layout around the page.
    pub chrome: Chrome<'a>,
    /// The key of the page's space.
    pub space_key: Text<'a>,
    /// Where the page is read.
    pub page_address: PagePath<'a>,
    /// The id of the page.
    pub page_id: u64,
    /// The title of the page.
    pub page_title: Text<'a>,
    /// Who can view it right now, in a sentence; none for people who aren't shown that.
    pub now: Option<Text<'a>>,
    /// Restricted pages above it that the asker sees: their readers only, whatever is set here.
    pub inherited: Vec<PageLink<'a>>,
    /// Who may view.
    pub view: RestrictionList<'a>,
    /// Who may edit.
    pub edit: RestrictionList<'a>,
    /// Whether the asker may change the lists.
    pub may_change: bool,
}

/// One of the two lists of a page.
#[derive(Clone, Debug)]
pub struct RestrictionList<'a> {
    /// Whether the page is restricted; it can be, with nobody listed (law 2.16).
    pub restricted: bool,
    /// Who is listed.
    pub listed: Vec<Listed<'a>>,
    /// The lines of `X_add` as they were typed.
    pub adding: Text<'a>,
    /// What is wrong with `X_add`.
    pub adding_error: FieldError<'a>,
}

/// One account or group on a list.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// Account or group; a class is never listed.
    pub kind: Principal,
    /// Its id.
    pub id: Text<'a>,
    /// Its name.
    pub name: Text<'a>,
}
