//! `GET /wiki/api/v2/pages`, `/blogposts`, `/spaces/{id}/pages`, `/spaces/{id}/blogposts`:
//! the pages or blog posts that the caller sees.
//!
//! `id`, `space-id`, `title`, `status`, `sort`, `depth=root`, `body-format`, `cursor`, `limit`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::page::Page;
use crate::route::Answer;
use narthex_access::view::SeenPage;
use narthex_access::{PageId, PageKind, PageState, SpaceId};

/// Which of the pages that are seen are wanted.
struct Filter {
    kind: PageKind,
    ids: Vec<PageId>,
    spaces: Vec<SpaceId>,
    title: Option<String>,
    states: Vec<PageState>,
    only_roots: bool,
}

impl Filter {
    fn takes(&self, page: &SeenPage<'_>) -> bool {
        let row = page.row();
        row.kind == self.kind
            && self.states.contains(&row.state)
            && (self.ids.is_empty() || self.ids.contains(&row.id))
            && (self.spaces.is_empty() || self.spaces.contains(&row.space))
            && self
                .title
                .as_ref()
                .is_none_or(|title| row.title.to_lowercase() == *title)
            && (!self.only_roots || row.parent.is_none())
    }
}

pub(super) async fn handle(call: Call, kind: PageKind) -> Answer {
    let spaces = call.query().parsed_list("space-id", "ids of spaces")?;
    answer(call, kind, spaces).await
}

pub(super) async fn of_space(call: Call, kind: PageKind) -> Answer {
    let space = call.view.space(call.id("id")?)?.id();
    answer(call, kind, vec![space]).await
}

async fn answer(call: Call, kind: PageKind, spaces: Vec<SpaceId>) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let filter = Filter {
        kind,
        ids: query.parsed_list("id", "ids of pages")?,
        spaces,
        title: query.get("title").map(str::to_lowercase),
        states: states(&query)?,
        only_roots: query.get("depth") == Some("root"),
    };
    let (pages, next) = match query.get("sort") {
        None | Some("id") => by_id(&call, &filter, &After::of(&query, 25)?),
        Some(sort) => sorted(&call, &filter, sort, &After::of(&query, 25)?)?,
    };
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let mut results = Vec::with_capacity(pages.len());
    for page in pages {
        results.push(Page::of(lens, page, format).await?);
    }
    answer_v2(&call, results, next)
}

type Cut<'v> = (Vec<SeenPage<'v>>, Option<String>);

/// In the order of ids: goes on after the last one without reading those before.
fn by_id<'v>(call: &'v Call, filter: &Filter, after: &After<PageId>) -> Cut<'v> {
    let first = after.last.unwrap_or(PageId::from_random(0));
    let wanted =
        |page: &SeenPage<'_>| after.last.is_none_or(|last| page.id() > last) && filter.takes(page);
    let most = after.limit.saturating_add(1);
    let mut pages: Vec<_> = match filter.spaces.as_slice() {
        [space] => call
            .view
            .pages_in(*space, first)
            .filter(wanted)
            .take(most)
            .collect(),
        _ => call
            .view
            .pages_from(first)
            .filter(wanted)
            .take(most)
            .collect(),
    };
    let more = pages.len() > after.limit;
    pages.truncate(after.limit);
    let next = pages
        .last()
        .filter(|_| more)
        .map(|page| page.id().to_string());
    (pages, next)
}

/// In another order: the cursor is a place among the pages that the caller sees.
fn sorted<'v>(
    call: &'v Call,
    filter: &Filter,
    sort: &str,
    after: &After<usize>,
) -> Result<Cut<'v>, Failure> {
    let first = PageId::from_random(0);
    let mut pages: Vec<_> = call
        .view
        .pages_from(first)
        .filter(|page| filter.takes(page))
        .collect();
    let (field, descending) = match sort.strip_prefix('-') {
        Some(field) => (field, true),
        None => (sort, false),
    };
    match field {
        "id" => {}
        "title" => pages.sort_by(|a, b| a.row().title.cmp(&b.row().title)),
        "created-date" => pages.sort_by_key(|page| page.row().created_at),
        "modified-date" => pages.sort_by_key(|page| page.row().updated_at),
        _ => {
            return Err(Failure::bad_request(
                "the query parameter \"sort\" must be id, title, created-date or modified-date, \
                 or one of them after \"-\"",
            ));
        }
    }
    if descending {
        pages.reverse();
    }
    let start = after.last.unwrap_or(0);
    let end = start.saturating_add(after.limit);
    let next = (after.limit > 0 && end < pages.len()).then(|| end.to_string());
    Ok((
        pages.into_iter().skip(start).take(after.limit).collect(),
        next,
    ))
}

fn states(query: &Parameters<'_>) -> Result<Vec<PageState>, Failure> {
    let mut states = Vec::new();
    for word in query.list("status") {
        match PageState::from_word(word) {
            Some(state) => states.push(state),
            // Nothing is deleted and still listed.
            None if matches!(word, "deleted" | "historical") => {}
            None => {
                return Err(Failure::bad_request(
                    "the query parameter \"status\" must be current, archived, draft or trashed",
                ));
            }
        }
    }
    if query.get("status").is_none() {
        states.extend([PageState::Live, PageState::Archived]);
    }
    Ok(states)
}
