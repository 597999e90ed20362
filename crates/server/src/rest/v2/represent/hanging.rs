//! What hangs on a v2 object, within it: labels, properties, likes.

use super::author;
use super::included::{Included, MOST_INCLUDED};
use super::label::Label;
use super::property::Property;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use narthex_access::Object;
use serde::Serialize;

/// Who likes something.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Like {
    account_id: Option<String>,
}

/// The labels on something, whose address is `/wiki/api/v2` and this.
///
/// # Errors
/// Absent.
pub fn labels<'v>(
    lens: Lens<'v>,
    on: Object,
    address: &str,
) -> Result<Included<Label<'v>>, Failure> {
    let rows = lens.view.labels(on)?;
    let first = rows.iter().copied().take(MOST_INCLUDED);
    let first = first.map(Label::of).collect();
    let address = format!("/wiki/api/v2/{address}/labels");
    Ok(Included::first(first, rows.len(), address))
}

/// The properties of something.
///
/// # Errors
/// Absent; storage.
pub async fn properties<'v>(
    lens: Lens<'v>,
    on: Object,
    address: &str,
) -> Result<Included<Property<'v>>, Failure> {
    let rows = lens.view.properties(on)?;
    let mut first = Vec::new();
    for row in rows.iter().copied().take(MOST_INCLUDED) {
        first.push(Property::of(lens, row).await?);
    }
    let address = format!("/wiki/api/v2/{address}/properties");
    Ok(Included::first(first, rows.len(), address))
}

/// The likes of something, oldest first.
///
/// # Errors
/// Absent.
pub fn likes(lens: Lens<'_>, on: Object, address: &str) -> Result<Included<Like>, Failure> {
    let rows = lens.view.likes(on)?;
    let like = |by| Like {
        account_id: author(lens, Some(by)),
    };
    let first = rows.iter().take(MOST_INCLUDED).map(|row| like(row.by));
    let address = format!("/wiki/api/v2/{address}/likes/users");
    Ok(Included::first(first.collect(), rows.len(), address))
}
