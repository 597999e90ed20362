//! Likes of pages, blog posts and comments.

use crate::Millis;
use crate::action::Object;
use crate::catalogue::rows::Found;
use crate::id::{AccountId, LikeId};

/// A row of `like_of`: one account's like of one thing, decided as that thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikeRow {
    /// Its id.
    pub id: LikeId,
    /// What is liked.
    pub on: Object,
    /// Who likes it.
    pub by: AccountId,
    /// Since when.
    pub at: Millis,
}

/// What a like is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LikeKey {
    /// What is liked.
    On(Object),
    /// Who likes it.
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
