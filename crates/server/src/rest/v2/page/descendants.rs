//! `GET /wiki/api/v2/pages/{id}/descendants`, `/folders/{id}/descendants`: the live pages and
//! folders below one as the tree shows them, each before those below it. `depth` (2, at most 10),
//! `cursor`, `limit`.

use super::find;
use crate::call::Call;
use crate::failure::Failure;
use crate::rest::keyset::{Anchor, cut_anchored};
use crate::rest::paging::{After, answer_v2};
use crate::route::Answer;
use narthex_access::view::SeenPage;
use narthex_access::{PageId, PageKind, SpaceId, View};
use serde::Serialize;

/// The maximum number of levels in one response.
const DEEPEST: usize = 10;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descendant<'v> {
    id: String,
    status: &'static str,
    title: &'v str,
    #[serde(rename = "type")]
    kind: &'static str,
    parent_id: String,
    depth: usize,
    child_position: usize,
}

/// A page below another, with its parent, its depth and its position among its siblings.
struct Below<'v> {
    page: SeenPage<'v>,
    parent: PageId,
    depth: usize,
    at: usize,
}

pub(in crate::rest::v2) async fn handle(call: Call, kind: PageKind) -> Answer {
    let query = call.query();
    let after = After::<Anchor>::of(&query, 25)?;
    let depth = query.number("depth")?.unwrap_or(2);
    if !(1..=DEEPEST).contains(&depth) {
        return Err(Failure::bad_request(format!(
            "the query parameter \"depth\" must be a whole number from 1 to {DEEPEST}"
        )));
    }
    let top = find(&call, &call.view, kind)?.row();
    let (page, next) = cut_anchored(
        || Walk::new(&call.view, top.space, top.id, depth),
        |below| below.page.id().get(),
        &after,
    );
    let results = page.into_iter().map(|below| Descendant {
        id: below.page.id().to_string(),
        status: below.page.row().state.word(),
        title: &below.page.row().title,
        kind: below.page.row().kind.word(),
        parent_id: below.parent.to_string(),
        depth: below.depth,
        child_position: below.at,
    });
    answer_v2(&call, results.collect(), next)
}

/// The remaining children of a page, each with its position among all of them.
type Children<'v> = Box<dyn Iterator<Item = (usize, SeenPage<'v>)> + 'v>;

/// Goes through the pages below a page, each page before those below it.
struct Walk<'v> {
    view: &'v View,
    space: SpaceId,
    depth: usize,
    /// For each page on the way down, its id and its remaining children.
    levels: Vec<(PageId, Children<'v>)>,
}

impl<'v> Walk<'v> {
    fn new(view: &'v View, space: SpaceId, top: PageId, depth: usize) -> Self {
        let mut walk = Self {
            view,
            space,
            depth,
            levels: Vec::new(),
        };
        walk.enter(top);
        walk
    }

    fn enter(&mut self, page: PageId) {
        let children = self.view.children(self.space, Some(page));
        self.levels.push((page, Box::new(children.enumerate())));
    }
}

impl<'v> Iterator for Walk<'v> {
    type Item = Below<'v>;

    fn next(&mut self) -> Option<Below<'v>> {
        loop {
            let depth = self.levels.len();
            let (parent, children) = self.levels.last_mut()?;
            let parent = *parent;
            match children.next() {
                Some((at, page)) => {
                    if depth < self.depth {
                        self.enter(page.id());
                    }
                    return Some(Below {
                        page,
                        parent,
                        depth,
                        at,
                    });
                }
                None => {
                    self.levels.pop();
                }
            }
        }
    }
}
