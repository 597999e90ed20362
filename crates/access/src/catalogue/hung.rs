//! Looking up what hangs on things, undecided: for plans of writes.

use super::Catalogue;
use crate::action::Object;
use crate::label::{LabelKey, LabelRow};
use crate::property::PropertyRow;

impl Catalogue {
    /// The labels on something, whosever they are, in the order of their rows' ids.
    pub fn labels_on(&self, on: Object) -> impl Iterator<Item = &LabelRow> {
        self.labels.of(LabelKey::On(on))
    }

    /// The properties of something, in the order of their ids.
    pub fn properties_on(&self, on: Object) -> impl Iterator<Item = &PropertyRow> {
        self.properties.of(on)
    }
}
