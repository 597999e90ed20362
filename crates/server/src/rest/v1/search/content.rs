//! `GET /wiki/rest/api/content/search`: the content that matches a query and that the caller sees,
//! as content objects.
//!
//! `cql`, `cqlcontext`, `cursor`, `start`, `limit`, `expand`.

use super::asked::Search;
use crate::call::Call;
use crate::rest::lens::Lens;
use crate::rest::paging::after_v1;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::search_result::{Searched, content};
use crate::rest::written::Entries;
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
    let mut results = Entries::new(lens);
    let mut next = searched.found.more.clone();
    for (n, hit) in searched.found.hits.iter().enumerate() {
        let content = match Item::of(lens.view, hit.thing) {
            Some(item) => content(lens, item, &expand).await?,
            None => None,
        };
        if let Some(content) = content
            && !results.push(&content)?
        {
            next = search.place_after(&call, n).await?;
            break;
        }
    }
    let window = search.window;
    let next = next.map(|cursor| {
        let start = window.start.saturating_add(results.len());
        after_v1(&call, cursor.to_string(), start, window.limit)
    });
    let cql = parameters.get("cql").unwrap_or_default();
    let total = searched.found.total;
    let rest = Searched::of(&call, results.len(), window, total, cql, next);
    results.answer(&rest)
}
