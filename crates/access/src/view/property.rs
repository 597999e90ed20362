//! The properties that a view shows: decided as what they are on (law 2.25).

use super::View;
use crate::action::Object;
use crate::id::PropertyId;
use crate::property::PropertyRow;
use crate::seen::{Absent, PropertyKey, Seen};
use alloc::vec::Vec;

impl View {
    /// The properties of something, in the order of their keys.
    ///
    /// # Errors
    /// [`Absent`] if that isn't there for the subject.
    pub fn properties(&self, on: Object) -> Result<Vec<&PropertyRow>, Absent> {
        if !self.sees(on) {
            return Err(Absent::HERE);
        }
        let mut rows: Vec<_> = self.catalogue.properties.of(on).collect();
        rows.sort_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
        Ok(rows)
    }

    /// A property of something by its key.
    ///
    /// # Errors
    /// [`Absent`] if that, or the property, isn't there for the subject.
    pub fn property_named(&self, on: Object, key: &str) -> Result<&PropertyRow, Absent> {
        let mut rows = self.properties(on)?.into_iter();
        rows.find(|row| *row.key == *key).ok_or(Absent::HERE)
    }

    /// A property by its id.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn property(&self, id: PropertyId) -> Result<&PropertyRow, Absent> {
        let row = self.catalogue.properties.get(id).ok_or(Absent::HERE)?;
        self.sees(row.on).then_some(row).ok_or(Absent::HERE)
    }

    /// The witness for the value of a property.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn property_value(&self, id: PropertyId) -> Result<Seen<'_, PropertyKey>, Absent> {
        let row = self.property(id)?;
        Ok(Seen::witness(PropertyKey {
            property: id,
            body: row.body,
        }))
    }
}
