//! `GET /wiki/api/v2/pages/{id}/children`, `/direct-children`: the live pages
//! right below a page, in their order or by `sort`; `cursor`, `limit`.

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
    Created,
    Modified,
}

const WORDS: &[(&str, By)] = &[
    ("child-position", By::Position),
    ("id", By::Id),
    ("created-date", By::Created),
    ("modified-date", By::Modified),
];

/// `typed`: whether each child says that it is a page, which `/children` needn't.
pub(super) async fn handle(call: Call, typed: bool) -> Answer {
    let query = call.query();
    let sort = Sort::of(&query, WORDS, Sort::ascending(By::Position))?;
    let row = find(&call, &call.view, PageKind::Page)?.row();
    let below = || call.view.children(row.space, Some(row.id)).enumerate();
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
        kind: typed.then_some("page"),
        space_id: page.row().space.to_string(),
        child_position: at,
    });
    answer_v2(&call, results.collect(), next)
}

fn place(by: By, page: SeenPage<'_>) -> Place<'static> {
    let (row, id) = (page.row(), page.id().get());
    match by {
        By::Position | By::Id => Place::by_id(id),
        By::Created => Place::by_number(row.created_at, id),
        By::Modified => Place::by_number(row.updated_at, id),
    }
}
