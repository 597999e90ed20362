//! The part of a view about content statuses, which are decided as their page is (law 2.25).

use super::View;
use crate::action::Object;
use crate::content_status::{ContentStatusRow, CustomStatusRow, SUGGESTED, StatusChoice};
use crate::id::{PageId, StatusChoiceId};
use crate::seen::Absent;
use alloc::vec::Vec;

impl View {
    /// Returns the status of a page or blog post, or with `draft` the one in the subject's own
    /// draft. Drafts of others are never shown.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see the page.
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

    /// Returns the statuses that the subject made for itself, the last used one first.
    #[must_use]
    pub fn custom_statuses(&self) -> Vec<&CustomStatusRow> {
        let Some(own) = self.subject.account else {
            return Vec::new();
        };
        let mut rows: Vec<_> = self.catalogue.custom_statuses.of(own).collect();
        rows.sort_by_key(|row| (core::cmp::Reverse(row.used_at), row.id));
        rows
    }

    /// Returns a status that the subject can choose: one that every space suggests, or one of its
    /// own.
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
    /// Returns the status as one that can be chosen.
    #[must_use]
    pub fn choice(&self) -> StatusChoice<'_> {
        StatusChoice {
            id: self.id,
            name: &self.name,
            colour: &self.colour,
        }
    }
}
