//! Watches: which accounts want to learn of changes to pages, spaces and labels. Whether a watch
//! has effect is decided in the [view](crate::view).

use crate::Millis;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, LabelId, PageId, SpaceId, WatchId};
use core::fmt;
use core::str::FromStr;

/// The thing that an account watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Watched {
    /// A page or blog post.
    Page(PageId),
    /// A space with everything in it.
    Space(SpaceId),
    /// A label with everything that it is on.
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

/// The error for a text that doesn't name anything that can be watched.
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

/// A row of `watch`: one account watches one thing. The watch has no effect while the account can't
/// see the thing (law 3.10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchRow {
    /// The id of the watch.
    pub id: WatchId,
    /// The account that watches.
    pub account: AccountId,
    /// The thing that is watched.
    pub on: Watched,
    /// When the watch began.
    pub since: Millis,
}

/// The keys by which a watch is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WatchKey {
    /// The thing that is watched.
    On(Watched),
    /// The account that watches.
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
