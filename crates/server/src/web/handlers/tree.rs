//! The page tree beside a page, as far as it is open: the root pages, the pages on the way to the
//! one that is read, their siblings, and its children.

use crate::web::pages::tree::{Tree, TreeEntry};
use narthex_access::view::SeenPage;
use narthex_access::{PageId, SpaceId, View};

/// The most siblings that a level shows: a tree is for finding one's way, not a list.
const WIDEST: usize = 200;

/// Makes the tree of a space around a page, or around the home page if there is none.
pub(super) fn around<'v>(view: &'v View, space: SpaceId, current: Option<PageId>) -> Tree<'v> {
    let home = || Some(view.space(space).ok()?.homepage()?.id());
    let mut open: Vec<PageId> = home().into_iter().collect();
    if let Some(page) = current.and_then(|id| view.page(id).ok()) {
        open.extend(page.ancestors().iter().map(SeenPage::id));
        open.push(page.id());
    }
    let mut entries = Vec::new();
    level(view, space, None, &open, current, 0, &mut entries);
    Tree::from_preorder(entries)
}

fn level<'v>(
    view: &'v View,
    space: SpaceId,
    parent: Option<PageId>,
    open: &[PageId],
    current: Option<PageId>,
    depth: usize,
    entries: &mut Vec<TreeEntry<'v>>,
) {
    for page in view.children(space, parent).take(WIDEST) {
        let id = page.id();
        let opened = open.contains(&id);
        entries.push(TreeEntry {
            depth,
            id: id.get(),
            title: (*page.row().title).into(),
            current: current == Some(id),
            open: opened,
            more: !opened && view.children(space, Some(id)).next().is_some(),
        });
        // Each page is opened once, so this goes no deeper than the page that is read.
        if opened && depth < DEEPEST {
            level(view, space, Some(id), open, current, depth + 1, entries);
        }
    }
}

/// The deepest level that the tree shows.
const DEEPEST: usize = 100;
