//! `GET /wiki/api/v2/pages`, `/blogposts`, `/spaces/{id}/pages`, `/spaces/{id}/blogposts`:
//! the pages or blog posts that the caller sees.
//!
//! `id`, `space-id`, `title`, `status`, `subtype`, `sort`, `depth=root`, `body-format`,
//! `cursor`, `limit`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::keyset::{Cut, Place, Sort, cut, cut_ordered};
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_written_v2};
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::page::Page;
use crate::rest::written::Entries;
use crate::route::Answer;
use narthex_access::view::SeenPage;
use narthex_access::{PageId, PageKind, PageState, SpaceId};

/// The conditions that pages must meet; an empty list of ids or spaces is no condition.
struct Filter {
    kind: PageKind,
    ids: Vec<PageId>,
    spaces: Vec<SpaceId>,
    title: Option<String>,
    states: Vec<PageState>,
    only_roots: bool,
    /// Whether nothing can match, because the subtype doesn't exist here or the caller sees none of
    /// the named spaces.
    nothing: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Title,
    Created,
    Modified,
}

const WORDS: &[(&str, By)] = &[
    ("id", By::Id),
    ("title", By::Title),
    ("created-date", By::Created),
    ("modified-date", By::Modified),
];

const OF_BLOG_POSTS: &[(&str, By)] = &[
    ("id", By::Id),
    ("created-date", By::Created),
    ("modified-date", By::Modified),
];

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

async fn answer(call: Call, kind: PageKind, mut spaces: Vec<SpaceId>) -> Answer {
    // Spaces that the caller doesn't see are left out before their pages are read.
    let named = !spaces.is_empty();
    spaces.retain(|space| call.view.space(*space).is_ok());
    let all_hidden = named && spaces.is_empty();
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let words = if kind == PageKind::Page {
        WORDS
    } else {
        OF_BLOG_POSTS
    };
    let sort = Sort::of(&query, words, Sort::ascending(By::Id))?;
    let after = After::<Place<'static>>::of(&query, 25)?;
    let filter = Filter {
        kind,
        ids: query.parsed_list("id", "ids of pages")?,
        spaces,
        title: query.get("title").map(str::to_lowercase),
        states: states(&query)?,
        only_roots: only_roots(&query)?,
        nothing: of_another_subtype(&query)? || all_hidden,
    };
    let (pages, next) = match (sort.field, sort.descending) {
        (By::Id, false) => by_id(&call, &filter, &after),
        (by, descending) => {
            let pages = seen(&call, &filter, PageId::from_random(0));
            cut(
                pages.map(|page| (place(by, page), page)),
                &after,
                descending,
            )
        }
    };
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let mut results = Entries::new(lens);
    let mut next = next;
    let mut last = None;
    for page in pages {
        if !results.push(&Page::of(lens, page, format).await?)? {
            next = last.map(|last| place(sort.field, last).to_string());
            break;
        }
        last = Some(page);
    }
    answer_written_v2(&call, results, next)
}

/// Returns the matching pages from an id on, ordered by id.
fn seen<'v>(
    call: &'v Call,
    filter: &'v Filter,
    first: PageId,
) -> Box<dyn Iterator<Item = SeenPage<'v>> + 'v> {
    let wanted = |page: &SeenPage<'_>| filter.takes(page);
    match filter.spaces.as_slice() {
        _ if filter.nothing => Box::new(std::iter::empty()),
        [space] => Box::new(call.view.pages_in(*space, first).filter(wanted)),
        _ => Box::new(call.view.pages_from(first).filter(wanted)),
    }
}

/// Returns one page of the list ordered by id, continuing after the last entry without reading
/// those before it.
fn by_id<'v>(
    call: &'v Call,
    filter: &'v Filter,
    after: &After<Place<'static>>,
) -> Cut<SeenPage<'v>> {
    let last = after.last.as_ref().and_then(|last| PageId::new(last.id()));
    let pages = seen(call, filter, last.unwrap_or(PageId::from_random(0)));
    cut_ordered(
        pages.map(|page| (Place::by_id(page.id().get()), page)),
        after,
    )
}

fn place(by: By, page: SeenPage<'_>) -> Place<'_> {
    let (row, id) = (page.row(), page.id().get());
    match by {
        By::Id => Place::by_id(id),
        By::Title => Place::by_text(&row.title, id),
        By::Created => Place::by_number(row.created_at, id),
        By::Modified => Place::by_number(row.updated_at, id),
    }
}

fn only_roots(query: &Parameters<'_>) -> Result<bool, Failure> {
    match query.get("depth") {
        None | Some("all") => Ok(false),
        Some("root") => Ok(true),
        Some(_) => Err(Failure::bad_request(
            "the query parameter \"depth\" must be all or root",
        )),
    }
}

/// Whether the query asks for live documents, which don't exist here: all pages are of the subtype
/// `page`.
fn of_another_subtype(query: &Parameters<'_>) -> Result<bool, Failure> {
    match query.get("subtype") {
        None | Some("page") => Ok(false),
        Some("live") => Ok(true),
        Some(_) => Err(Failure::bad_request(
            "the query parameter \"subtype\" must be live or page",
        )),
    }
}

fn states(query: &Parameters<'_>) -> Result<Vec<PageState>, Failure> {
    let mut states = Vec::new();
    for word in query.list("status") {
        match PageState::from_word(word) {
            Some(state) => states.push(state),
            // Nothing that is deleted is still listed.
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
