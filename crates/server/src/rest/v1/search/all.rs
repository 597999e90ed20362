//! `GET /wiki/rest/api/search`: the content and spaces that match a query and that the caller sees.
//!
//! `cql`, `cqlcontext`, `cursor`, `start`, `limit`, `includeArchivedSpaces`,
//! `excludeCurrentSpaces`, `excerpt`, `expand` (`content.…`, `space.…`). `limit=0` returns
//! `totalSize` alone.

use super::asked::Search;
use crate::call::Call;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::rest::paging::after_v1;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::search_result::{Excerpts, SearchResult, Searched};
use crate::rest::written::Entries;
use crate::route::Answer;
use narthex_site::search::find::{Hit, Item};

pub(super) async fn handle(call: Call) -> Answer {
    let parameters = call.query();
    let expand = Expand::of(&parameters);
    let mut search = Search::of(&parameters, expand.max_entries())?;
    search.asked.spaces = search.query.names_spaces();
    // These are checked but change nothing: no people are among the hits, and the cursor alone says
    // where the list continues.
    parameters.word("sitePermissionTypeFilter", &super::user::PERMISSION_TYPES)?;
    parameters.flag("next")?;
    parameters.flag("prev")?;
    let excerpts = match parameters.get("excerpt") {
        None => Excerpts::Highlight,
        Some(word) => Excerpts::of(word).ok_or_else(|| {
            Failure::bad_request(
                "the query parameter \"excerpt\" must be highlight, highlight_unescaped, indexed, \
                 indexed_unescaped or none",
            )
        })?,
    };
    let site = &call.app.site;
    let searched = site
        .search(&call.credential, &call.view, &search.query, &search.asked)
        .await?;
    let base = call.base();
    let lens = Lens::new(&call, &searched.view, &base);
    let hits = &searched.found.hits;
    let seen = |(n, hit): (usize, &Hit)| Some(((n, *hit), Item::of(lens.view, hit.thing)?));
    let (hits, items): (Vec<_>, Vec<_>) = hits.iter().enumerate().filter_map(seen).unzip();
    let mut passages = match excerpts {
        Excerpts::None => Vec::new(),
        _ => {
            site.excerpts_of_hits(lens.view, &items, &search.query)
                .await?
        }
    }
    .into_iter();
    let mut results = Entries::new(lens);
    let mut next = searched.found.more.clone();
    for ((n, hit), item) in hits.into_iter().zip(items) {
        let excerpt = excerpts.write(passages.next().flatten().unwrap_or_default());
        let result = SearchResult::of(lens, item, hit, excerpt, &expand).await?;
        if !results.push(&result)? {
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
