//! A v2 label, as lists of labels and the objects with labels write it.

use narthex_access::LabelRow;
use serde::Serialize;

/// A label with its id, name and prefix.
#[derive(Debug, Serialize)]
pub struct Label<'v> {
    id: String,
    name: &'v str,
    prefix: &'static str,
}

impl<'v> Label<'v> {
    /// Builds the object of a label that the viewer sees.
    pub fn of(row: &'v LabelRow) -> Self {
        Self {
            id: row.label().to_string(),
            name: &row.name,
            prefix: row.prefix.word(),
        }
    }
}
