//! The content statuses that a view shows: decided as their page (law 2.25).

use super::View;
use crate::action::Object;
use crate::content_status::{ContentStatusRow, CustomStatusRow, SUGGESTED, StatusChoice};
use crate::id::{PageId, StatusChoiceId};
use crate::seen::Absent;
use alloc::vec::Vec;

impl View {
    /// The status of a page or blog post, or the one that the subject keeps for its
    /// draft: nobody else's draft is told of.
    ///
    /// # Errors
    /// [`Absent`] if the page isn't there for the subject.
    pub fn content_status(
        &self,
        page: PageId,
        draft: bool,
    ) -> Result<Option<&ContentStatusRow>, Absent> {
        if !self.sees(Object::Page(page)) {
            return Err(Absent::HERE);
        }
        let own = |row: &ContentStatusRow| self.subject.account == Some(row.by);
        let mut rows = self.catalogue.content_statuses.of(page);
        Ok(rows.find(|row| row.draft == draft && (!draft || own(row))))
    }

    /// The statuses that the subject made for itself, the one it used last first.
    #[must_use]
    pub fn custom_statuses(&self) -> Vec<&CustomStatusRow> {
        let Some(own) = self.subject.account else {
            return Vec::new();
        };
        let mut rows: Vec<_> = self.catalogue.custom_statuses.of(own).collect();
        rows.sort_by_key(|row| (core::cmp::Reverse(row.used_at), row.id));
        rows
    }

    /// A status on offer to the subject: one that every space suggests, or one of
    /// its own.
    #[must_use]
    pub fn status_choice(&self, id: StatusChoiceId) -> Option<StatusChoice<'_>> {
        let suggested = SUGGESTED.iter().find(|choice| choice.id == id).copied();
        suggested.or_else(|| {
            let row = self.catalogue.custom_statuses.get(id)?;
            (self.subject.account == Some(row.account)).then_some(row.choice())
        })
    }
}

impl CustomStatusRow {
    /// The status as one on offer.
    #[must_use]
    pub fn choice(&self) -> StatusChoice<'_> {
        StatusChoice {
            id: self.id,
            name: &self.name,
            colour: &self.colour,
        }
    }
}
