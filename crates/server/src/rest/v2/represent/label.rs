//! A v2 label.

use narthex_access::LabelRow;
use serde::Serialize;

/// A v2 label.
#[derive(Debug, Serialize)]
pub struct Label<'v> {
    id: String,
    name: &'v str,
    prefix: &'static str,
}

impl<'v> Label<'v> {
    /// A label that the viewer meets.
    pub fn of(row: &'v LabelRow) -> Self {
        Self {
            id: row.label().to_string(),
            name: &row.name,
            prefix: row.prefix.word(),
        }
    }
}
