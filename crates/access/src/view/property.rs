//! The part of a view about properties, which are decided as the thing that they are on (law 2.25).

use super::View;
use crate::action::Object;
use crate::id::PropertyId;
use crate::property::PropertyRow;
use crate::seen::{Absent, PropertyKey, Seen};
use alloc::vec::Vec;

impl View {
    /// Returns the properties of something, in the order of their keys.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see the thing.
    pub fn properties(&self, on: Object) -> Result<Vec<&PropertyRow>, Absent> {
        if !self.sees(on) {
            return Err(Absent::HERE);
        }
        let mut rows: Vec<_> = self.catalogue.properties.of(on).collect();
        rows.sort_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
        Ok(rows)
    }

    /// Returns a property of something by its key.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see the thing, or it has no such property.
    pub fn property_named(&self, on: Object, key: &str) -> Result<&PropertyRow, Absent> {
        let mut rows = self.properties(on)?.into_iter();
        rows.find(|row| *row.key == *key).ok_or(Absent::HERE)
    }

    /// Returns a property by its id.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn property(&self, id: PropertyId) -> Result<&PropertyRow, Absent> {
        let row = self.catalogue.properties.get(id).ok_or(Absent::HERE)?;
        self.sees(row.on).then_some(row).ok_or(Absent::HERE)
    }

    /// Returns the witness for the value of a property.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn property_value(&self, id: PropertyId) -> Result<Seen<'_, PropertyKey>, Absent> {
        let row = self.property(id)?;
        Ok(Seen::witness(PropertyKey {
            property: id,
            body: row.body,
        }))
    }
}
