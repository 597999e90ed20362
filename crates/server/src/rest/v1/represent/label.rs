//! A v1 label, as lists of labels and `metadata` write it.

use narthex_access::LabelRow;
use serde::Serialize;

/// A label with its prefix, name and id.
#[derive(Debug, Serialize)]
pub struct Label<'v> {
    prefix: &'static str,
    name: &'v str,
    id: String,
    label: &'v str,
}

impl<'v> Label<'v> {
    /// Builds the object of a label that the viewer sees.
    pub fn of(row: &'v LabelRow) -> Self {
        Self {
            prefix: row.prefix.word(),
            name: &row.name,
            id: row.label().to_string(),
            label: &row.name,
        }
    }
}
