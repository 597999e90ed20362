//! The part of a view about labels, which are decided as the thing that they are on (law 2.25).

use super::View;
use crate::action::{Action, Object};
use crate::id::LabelId;
use crate::label::{LabelKey, LabelPrefix, LabelRow};
use crate::page::{ContentState, PageState};
use crate::seen::Absent;
use crate::space::SpaceState;
use alloc::vec::Vec;

/// The name of the label with which people mark their favourites.
const FAVOURITE: &str = "favourite";

impl View {
    /// Returns the labels on something, in the order of their names.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see the thing.
    pub fn labels(&self, on: Object) -> Result<Vec<&LabelRow>, Absent> {
        if !self.sees(on) {
            return Err(Absent::HERE);
        }
        let rows = self.catalogue.labels.of(LabelKey::On(on));
        let mut rows: Vec<_> = rows.filter(|row| self.is_told(row)).collect();
        rows.sort_by(|a, b| (&a.name, a.prefix, a.id).cmp(&(&b.name, b.prefix, b.id)));
        Ok(rows)
    }

    /// Returns the uses of a label on things that are current and that the subject sees, in the
    /// order of the things' ids. Empty if there are none.
    pub fn labelled(&self, label: LabelId) -> impl Iterator<Item = &LabelRow> {
        let rows = self.catalogue.labels.of(LabelKey::Label(label));
        let mut rows: Vec<_> = rows.filter(|row| self.is_met(row)).collect();
        rows.sort_by_key(|row| row.on);
        rows.into_iter()
    }

    /// Returns a label, as it is on something that the subject sees.
    ///
    /// # Errors
    /// Returns [`Absent`] if the label is on nothing that the subject sees.
    pub fn label(&self, label: LabelId) -> Result<&LabelRow, Absent> {
        let mut rows = self.catalogue.labels.of(LabelKey::Label(label));
        rows.find(|row| self.is_met(row)).ok_or(Absent::HERE)
    }

    /// Returns the labels from an id on that are on something that the subject sees, each once, in
    /// the order of their ids.
    pub fn labels_from(&self, first: LabelId) -> impl Iterator<Item = &LabelRow> {
        let mut last = None;
        self.catalogue
            .labels
            .from(LabelKey::Label(first))
            .filter_map(move |(key, row)| {
                if last == Some(*key) || !self.is_met(row) {
                    return None;
                }
                last = Some(*key);
                Some(row)
            })
    }

    /// Whether something that the subject sees is one of its favourites, which are marked by a
    /// label of its own.
    #[must_use]
    pub fn is_favourite(&self, on: Object) -> bool {
        let labels = self.labels(on).unwrap_or_default();
        labels
            .iter()
            .any(|row| row.prefix == LabelPrefix::My && &*row.name == FAVOURITE)
    }

    /// Whether the subject sees a use of a label: it sees the thing, and the thing is current.
    fn is_met(&self, row: &LabelRow) -> bool {
        self.is_told(row) && self.is_current(row.on) && self.sees(row.on)
    }

    /// Whether a label may be shown to the subject. One of [`LabelPrefix::My`] is shown to its
    /// owner alone.
    fn is_told(&self, row: &LabelRow) -> bool {
        row.prefix != LabelPrefix::My || self.subject.account == Some(row.by)
    }

    /// Whether something is neither a draft nor in the trash, whoever can see it.
    fn is_current(&self, object: Object) -> bool {
        let page = |id| {
            let state = self.catalogue.page(id).map(|page| page.state);
            matches!(state, Some(PageState::Live | PageState::Archived))
        };
        match object {
            Object::Space(id) => {
                let state = self.catalogue.space(id).map(|space| space.state);
                matches!(state, Some(SpaceState::Live | SpaceState::Archived))
            }
            Object::Page(id) => page(id),
            Object::Attachment(id) => self
                .catalogue
                .attachment(id)
                .is_some_and(|row| row.state == ContentState::Live && page(row.page)),
            Object::Comment(id) => self
                .catalogue
                .comment(id)
                .is_some_and(|row| row.state == ContentState::Live && page(row.page)),
            Object::Template(_) => true,
        }
    }

    /// Whether the subject sees something at this view's entry point.
    pub(super) fn sees(&self, object: Object) -> bool {
        let action = match object {
            Object::Space(_) => Action::View,
            _ => self.reading(),
        };
        self.may(action, object)
    }
}
