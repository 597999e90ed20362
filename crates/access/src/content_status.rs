//! Content statuses: a word in a colour that says how far a page is. The API calls
//! them content states.

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, ContentStatusId, PageId, StatusChoiceId};
use alloc::sync::Arc;

/// A row of `content_status`: the status of one page or blog post, decided as that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentStatusRow {
    /// Its id.
    pub id: ContentStatusId,
    /// The page.
    pub page: PageId,
    /// Whether it is of the draft that its setter keeps, and comes to be the page's
    /// own when that is published.
    pub draft: bool,
    /// Which of the statuses on offer it is.
    pub choice: StatusChoiceId,
    /// The word.
    pub name: Arc<str>,
    /// Its colour: `#` and six hexadecimal digits.
    pub colour: Arc<str>,
    /// Who set it.
    pub by: AccountId,
    /// When.
    pub at: Millis,
}

/// A row of `custom_status`: a status that somebody made for themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomStatusRow {
    /// Its id.
    pub id: StatusChoiceId,
    /// Who made it.
    pub account: AccountId,
    /// The word.
    pub name: Arc<str>,
    /// Its colour: `#` and six hexadecimal digits.
    pub colour: Arc<str>,
    /// When it was last set on something.
    pub used_at: Millis,
}

impl Found for ContentStatusRow {
    type Id = ContentStatusId;
    type Key = PageId;
    type Keys = [PageId; 1];

    fn id(&self) -> ContentStatusId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        [self.page]
    }
}

impl Found for CustomStatusRow {
    type Id = StatusChoiceId;
    type Key = AccountId;
    type Keys = [AccountId; 1];

    fn id(&self) -> StatusChoiceId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        [self.account]
    }
}

/// A status on offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusChoice<'a> {
    /// Its id.
    pub id: StatusChoiceId,
    /// The word.
    pub name: &'a str,
    /// Its colour.
    pub colour: &'a str,
}

/// What every space suggests.
pub const SUGGESTED: [StatusChoice<'static>; 4] = [
    suggested(1, "Rough draft", "#ffc400"),
    suggested(2, "In progress", "#2684ff"),
    suggested(3, "Ready for review", "#57d9a3"),
    suggested(4, "Verified", "#1d7afc"),
];

const fn suggested(id: u64, name: &'static str, colour: &'static str) -> StatusChoice<'static> {
    StatusChoice {
        id: StatusChoiceId::from_random(id),
        name,
        colour,
    }
}
