//! `GET /wiki/api/v2/pages/{id}/properties`: the properties of an object, ordered by key;
//! `.../{property}`: one by its id. The same below `/blogposts`, `/folders`, `/attachments`,
//! `/comments` and `/spaces`.
//!
//! `key`, `sort`, `cursor`, `limit`.

use super::Of;
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::property::Property;
use crate::route::Answer;

pub(super) async fn handle_list(call: Call, of: Of) -> Answer {
    let query = call.query();
    // Keys are unique, so a key is the cursor of its property, in either direction.
    let after = After::<String>::of(&query, 25)?;
    let descending = match query.get("sort") {
        None | Some("key") => false,
        Some("-key") => true,
        Some(_) => {
            return Err(Failure::bad_request(
                "the query parameter \"sort\" must be key or -key",
            ));
        }
    };
    let on = of.find(&call, &call.view)?;
    let mut rows = call.view.properties(on)?;
    if let Some(key) = query.get("key") {
        rows.retain(|row| *row.key == *key);
    }
    if descending {
        rows.reverse();
    }
    if let Some(last) = &after.last {
        rows.retain(|row| {
            if descending {
                *row.key < **last
            } else {
                *row.key > **last
            }
        });
    }
    let more = rows.len() > after.limit;
    rows.truncate(after.limit);
    let next = rows.last().filter(|_| more).map(|row| row.key.to_string());
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let mut results = Vec::with_capacity(rows.len());
    for row in rows {
        results.push(Property::of(lens, row).await?);
    }
    answer_v2(&call, results, next)
}

pub(super) async fn handle(call: Call, of: Of) -> Answer {
    let row = of.property(&call, &call.view)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Property::of(lens, row).await?)
}
