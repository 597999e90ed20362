//! Watches: who wants to be told of changes.

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, LabelId, PageId, SpaceId, WatchId};
use core::fmt;
use core::str::FromStr;

/// What is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Watched {
    /// A page or blog post.
    Page(PageId),
    /// A space: all that is in it.
    Space(SpaceId),
    /// A label: whatever it is on.
    Label(LabelId),
}

impl fmt::Display for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(id) => write!(f, "page:{id}"),
            Self::Space(id) => write!(f, "space:{id}"),
            Self::Label(id) => write!(f, "label:{id}"),
        }
    }
}

/// A text that names nothing that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotWatched;

impl FromStr for Watched {
    type Err = NotWatched;

    fn from_str(text: &str) -> Result<Self, NotWatched> {
        let (kind, id) = text.split_once(':').ok_or(NotWatched)?;
        let watched = match kind {
            "page" => id.parse().map(Self::Page),
            "space" => id.parse().map(Self::Space),
            "label" => id.parse().map(Self::Label),
            _ => return Err(NotWatched),
        };
        watched.map_err(|_| NotWatched)
    }
}

/// A row of `watch`: one account watches one thing. It rests while the account
/// doesn't see that (law 3.10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchRow {
    /// Its id.
    pub id: WatchId,
    /// Who watches.
    pub account: AccountId,
    /// What.
    pub on: Watched,
    /// Since when.
    pub since: Millis,
}

/// What a watch is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WatchKey {
    /// What is watched.
    On(Watched),
    /// Who watches.
    By(AccountId),
}

impl Found for WatchRow {
    type Id = WatchId;
    type Key = WatchKey;
    type Keys = [WatchKey; 2];

    fn id(&self) -> WatchId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        [WatchKey::On(self.on), WatchKey::By(self.account)]
    }
}
