//! The part of a view about likes, which are decided as the thing that is liked (law 2.25).

use super::View;
use crate::action::Object;
use crate::like::{LikeKey, LikeRow};
use crate::seen::Absent;
use alloc::vec::Vec;

impl View {
    /// Returns the likes of something, oldest first.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see the thing.
    pub fn likes(&self, on: Object) -> Result<Vec<&LikeRow>, Absent> {
        if !self.sees(on) {
            return Err(Absent::HERE);
        }
        let mut rows: Vec<_> = self.catalogue.likes.of(LikeKey::On(on)).collect();
        rows.sort_by_key(|row| (row.at, row.id));
        Ok(rows)
    }

    /// Returns the subject's own like of something that it sees.
    #[must_use]
    pub fn own_like(&self, on: Object) -> Option<&LikeRow> {
        let own = self.subject.account?;
        let mut rows = self.catalogue.likes.of(LikeKey::On(on));
        rows.find(|row| row.by == own).filter(|_| self.sees(on))
    }
}
