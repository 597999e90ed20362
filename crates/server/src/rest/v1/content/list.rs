//! `GET /wiki/rest/api/content`: the pages or blog posts that the caller sees.
//!
//! `type`, `spaceKey`, `title`, `status`, `postingDay`, `orderby`, `start`, `limit`, `expand`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::lens::{Lens, moment};
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::content::Content;
use crate::route::Answer;
use narthex_access::view::SeenPage;
use narthex_access::{PageId, PageKind, PageState};

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let window = Window::of(&query, 25)?;
    let expand = Expand::of(&query);
    let pages = wanted(&call, &query)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let (entries, mut page) = Page::cut(pages.into_iter(), window).take();
    for entry in entries {
        page.entries.push(Content::of(lens, entry, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, page))
}

fn wanted<'v>(call: &'v Call, query: &Parameters<'_>) -> Result<Vec<SeenPage<'v>>, Failure> {
    let kind = match query.get("type") {
        None => PageKind::Page,
        Some(word) => match PageKind::from_word(word) {
            Some(kind) => kind,
            // Comments and attachments are listed below their page.
            None if matches!(word, "comment" | "attachment") => return Ok(Vec::new()),
            None => {
                return Err(Failure::bad_request(
                    "the query parameter \"type\" must be page or blogpost",
                ));
            }
        },
    };
    let states = states(query)?;
    let title = query.get("title");
    let space = match query.get("spaceKey") {
        Some(key) => Some(call.view.space_by_key(key)?.id()),
        None => None,
    };
    let first = PageId::from_random(0);
    let mut pages: Vec<SeenPage<'v>> = match (space, title) {
        (Some(space), Some(title)) if states == [PageState::Live] => call
            .view
            .page_titled(space, kind, title)
            .into_iter()
            .collect(),
        (Some(space), _) => call.view.pages_in(space, first).collect(),
        (None, _) => call.view.pages_from(first).collect(),
    };
    let title = title.map(str::to_lowercase);
    pages.retain(|page| {
        let row = page.row();
        row.kind == kind
            && states.contains(&row.state)
            && title
                .as_ref()
                .is_none_or(|title| row.title.to_lowercase() == *title)
    });
    if let Some(day) = query
        .get("postingDay")
        .filter(|_| kind == PageKind::BlogPost)
    {
        pages.retain(|page| moment(page.row().created_at).starts_with(day));
    }
    order(&mut pages, query.get("orderby").unwrap_or_default());
    Ok(pages)
}

fn states(query: &Parameters<'_>) -> Result<Vec<PageState>, Failure> {
    let mut states = Vec::new();
    for word in query.list("status") {
        match (word, PageState::from_word(word)) {
            ("any", _) => states.extend(PageState::ALL.iter().filter(|s| **s != PageState::Draft)),
            // Former versions are listed below their page.
            ("historical", _) => {}
            (_, Some(state)) => states.push(state),
            (_, None) => {
                return Err(Failure::bad_request(
                    "the query parameter \"status\" must be current, archived, draft, trashed or any",
                ));
            }
        }
    }
    if query.get("status").is_none() {
        states.push(PageState::Live);
    }
    Ok(states)
}

/// Orders by `field` or `field desc`; by id where nothing is said, so that pages
/// of the list don't overlap.
fn order(pages: &mut [SeenPage<'_>], orderby: &str) {
    let mut words = orderby.split_whitespace();
    let field = words.next().unwrap_or_default().to_lowercase();
    match field.as_str() {
        "title" => pages.sort_by(|a, b| (&a.row().title, a.id()).cmp(&(&b.row().title, b.id()))),
        "created" | "history.createddate" => {
            pages.sort_by_key(|page| (page.row().created_at, page.id()));
        }
        "modified" | "lastmodified" | "history.lastupdated.when" => {
            pages.sort_by_key(|page| (page.row().updated_at, page.id()));
        }
        _ => {}
    }
    if words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("desc"))
    {
        pages.reverse();
    }
}
