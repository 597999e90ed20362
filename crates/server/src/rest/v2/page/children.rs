//! `GET /wiki/api/v2/pages/{id}/direct-children`, `/folders/{id}/direct-children`: the live pages
//! and folders directly below one, in their order or by `sort`; `cursor`, `limit`.
//! `GET /wiki/api/v2/pages/{id}/children`: only the pages among them.

use super::find;
use crate::call::Call;
use crate::rest::keyset::{Anchor, Place, Sort, cut, cut_anchored};
use crate::rest::paging::{After, answer_v2};
use crate::route::Answer;
use narthex_access::PageKind;
use narthex_access::view::SeenPage;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Child<'v> {
    id: String,
    status: &'static str,
    title: &'v str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    space_id: String,
    child_position: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Position,
    Id,
    Title,
    Created,
    Modified,
}

const WORDS: &[(&str, By)] = &[
    ("child-position", By::Position),
    ("id", By::Id),
    ("title", By::Title),
    ("created-date", By::Created),
    ("modified-date", By::Modified),
];

/// Lists the pages and folders directly below one, each with its type.
pub(in crate::rest::v2) async fn handle(call: Call, kind: PageKind) -> Answer {
    answer(call, kind, true)
}

/// Lists the pages directly below a page, without a type, since all are pages.
pub(super) async fn handle_pages(call: Call) -> Answer {
    answer(call, PageKind::Page, false)
}

fn answer(call: Call, kind: PageKind, folders: bool) -> Answer {
    let query = call.query();
    let sort = Sort::of(&query, WORDS, Sort::ascending(By::Position))?;
    let row = find(&call, &call.view, kind)?.row();
    // A child's position counts all children, including folders.
    let below = || {
        let all = call.view.children(row.space, Some(row.id)).enumerate();
        all.filter(|(_, child)| folders || child.row().kind == PageKind::Page)
    };
    let (page, next) = match sort.field {
        By::Position => {
            let after = After::<Anchor>::of(&query, 25)?;
            let id = |(_, page): &(usize, SeenPage<'_>)| page.id().get();
            if sort.descending {
                let mut all: Vec<_> = below().collect();
                all.reverse();
                cut_anchored(|| all.iter().copied(), id, &after)
            } else {
                cut_anchored(below, id, &after)
            }
        }
        by => {
            let after = After::of(&query, 25)?;
            let placed = below().map(|child| (place(by, child.1), child));
            cut(placed, &after, sort.descending)
        }
    };
    let results = page.into_iter().map(|(at, page)| Child {
        id: page.id().to_string(),
        status: page.row().state.word(),
        title: &page.row().title,
        kind: folders.then(|| page.row().kind.word()),
        space_id: page.row().space.to_string(),
        child_position: at,
    });
    answer_v2(&call, results.collect(), next)
}

fn place(by: By, page: SeenPage<'_>) -> Place<'_> {
    let (row, id) = (page.row(), page.id().get());
    match by {
        By::Position | By::Id => Place::by_id(id),
        By::Title => Place::by_text(&row.title, id),
        By::Created => Place::by_number(row.created_at, id),
        By::Modified => Place::by_number(row.updated_at, id),
    }
}
