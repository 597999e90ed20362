//! `GET /wiki/rest/api/content/{id}/property`, `/space/{key}/property`: the properties of content
//! or of a space, ordered by key.
//!
//! `key` (repeated), `expand`, `start`, `limit`.

use super::{DEFAULTS, Of};
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::property::Property;
use crate::route::Answer;

pub(super) async fn handle(call: Call, of: Of) -> Answer {
    let query = call.query();
    let keys: Vec<&str> = query.list("key").collect();
    let expand = Expand::or(&query, &DEFAULTS);
    let on = of.find(&call, &call.view)?;
    let rows = call.view.properties(on)?.into_iter();
    let rows = rows.filter(|row| keys.is_empty() || keys.contains(&row.key.as_ref()));
    let (rows, mut page) = Page::cut(rows, Window::up_to(&query, 10, expand.max_entries())?).take();
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    for row in rows {
        page.entries
            .push(Property::expanded(lens, row, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, page))
}
