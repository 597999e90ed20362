//! Content statuses: a word in a colour that says how far a page is. The API calls them content
//! states. Some are suggested in every space, and people can add their own.

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, ContentStatusId, PageId, StatusChoiceId};
use alloc::sync::Arc;

/// A row of `content_status`: the status of one page or blog post, as visible as that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentStatusRow {
    /// The id of this row.
    pub id: ContentStatusId,
    /// The page or blog post that has the status.
    pub page: PageId,
    /// Whether the status belongs to its setter's draft. It becomes the page's own when the draft
    /// is published.
    pub draft: bool,
    /// Which of the available statuses was chosen.
    pub choice: StatusChoiceId,
    /// The text of the status.
    pub name: Arc<str>,
    /// Its colour: `#` and six hexadecimal digits.
    pub colour: Arc<str>,
    /// The account that set it.
    pub by: AccountId,
    /// When it was set.
    pub at: Millis,
}

/// A row of `custom_status`: a status that an account made for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomStatusRow {
    /// The id by which the status is chosen.
    pub id: StatusChoiceId,
    /// The account that made it.
    pub account: AccountId,
    /// The text of the status.
    pub name: Arc<str>,
    /// Its colour: `#` and six hexadecimal digits.
    pub colour: Arc<str>,
    /// When it was last set on a page or blog post.
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

/// A status that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusChoice<'a> {
    /// The id by which the status is chosen.
    pub id: StatusChoiceId,
    /// The text of the status.
    pub name: &'a str,
    /// Its colour: `#` and six hexadecimal digits.
    pub colour: &'a str,
}

/// The statuses that every space suggests.
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
