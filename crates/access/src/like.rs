//! Likes of pages, blog posts and comments. Giving one needs the channel `own`.

use crate::Millis;
use crate::action::Object;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, LikeId};

/// A row of `like_of`: one account's like of one thing, as visible as that thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikeRow {
    /// The id of the like.
    pub id: LikeId,
    /// The page, blog post or comment that is liked.
    pub on: Object,
    /// The account that likes it.
    pub by: AccountId,
    /// When it was liked.
    pub at: Millis,
}

/// The keys by which a like is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LikeKey {
    /// The thing that is liked.
    On(Object),
    /// The account that likes it.
    By(AccountId),
}

impl Found for LikeRow {
    type Id = LikeId;
    type Key = LikeKey;
    type Keys = [LikeKey; 2];

    fn id(&self) -> LikeId {
        self.id
    }

    fn keys(&self) -> Self::Keys {
        [LikeKey::On(self.on), LikeKey::By(self.by)]
    }
}
