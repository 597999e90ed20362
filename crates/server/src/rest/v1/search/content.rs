//! `GET /wiki/rest/api/content/search`: the content that the caller sees of what a query
//! asks for, as content objects.
//!
//! `cql`, `cqlcontext`, `cursor`, `start`, `limit`, `expand`.

use super::asked::Search;
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::after_v1;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::search_result::{ContentList, content};
use crate::route::Answer;
use narthex_site::search::find::Item;

pub(super) async fn handle(call: Call) -> Answer {
    let parameters = call.query();
    let expand = Expand::of(&parameters);
    let search = Search::of(&parameters, expand.max_entries())?;
    let searched = call
        .app
        .site
        .search(&call.credential, &call.view, &search.query, &search.asked)
        .await?;
    let base = call.base();
    let lens = Lens::new(&call, &searched.view, &base);
    let mut results = Vec::with_capacity(searched.found.hits.len());
    for hit in &searched.found.hits {
        if let Some(item) = Item::of(lens.view, hit.thing) {
            results.extend(content(lens, item, &expand).await?);
        }
    }
    let window = search.window;
    let next = searched.found.more.as_ref().map(|cursor| {
        let start = window.start.saturating_add(results.len());
        after_v1(&call, cursor.to_string(), start, window.limit)
    });
    let cql = parameters.get("cql").unwrap_or_default();
    let total = searched.found.total;
    respond::ok(&ContentList::of(&call, results, window, total, cql, next))
}
