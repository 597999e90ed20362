//! A v1 label.

use narthex_access::LabelRow;
use serde::Serialize;

/// A v1 label.
#[derive(Debug, Serialize)]
pub struct Label<'v> {
    prefix: &'static str,
    name: &'v str,
    id: String,
    label: &'v str,
}

impl<'v> Label<'v> {
    /// A label that the viewer meets.
    pub fn of(row: &'v LabelRow) -> Self {
        Self {
            prefix: row.prefix.word(),
            name: &row.name,
            id: row.label().to_string(),
            label: &row.name,
        }
    }
}
