//! The lists of pages and files that macros write, of what the viewer sees.

use super::Place;
use super::filling::Filling;
use super::loaded::{Found, Part};
use crate::address;
use narthex_access::view::SeenPage;
use narthex_access::{AttachmentRow, PageId, PageState, SpaceId};
use narthex_content::hole::{AttachmentList, Children, Order, PageTree, RecentlyUpdated};
use narthex_content::slot::{self, List, Slot};
use std::cmp::Reverse;

/// The largest number of entries in one list.
pub(super) const LONGEST_LIST: usize = 500;

/// How the pages of a tree are listed.
#[derive(Clone, Copy)]
struct Branch {
    order: Order,
    reverse: bool,
    excerpt: bool,
}

impl<'a> Filling<'a> {
    pub(super) fn children(&mut self, children: &Children, slot: &mut Slot<'_>, place: Place) {
        let Some(of) = place.resolve(self.view, &children.of) else {
            return slot.absent();
        };
        let branch = Branch {
            order: children.order,
            reverse: children.reverse,
            excerpt: children.excerpt,
        };
        let first = children.first.map_or(usize::MAX, |first| first as usize);
        let depth = children.depth.unwrap_or(u32::MAX);
        let mut left = LONGEST_LIST;
        slot.list(|list| self.branch(list, of, branch, depth, first, &mut left));
    }

    pub(super) fn page_tree(&mut self, tree: &PageTree, slot: &mut Slot<'_>, place: Place) {
        let Some(root) = place.resolve(self.view, &tree.root) else {
            return slot.absent();
        };
        let branch = Branch {
            order: tree.order,
            reverse: tree.reverse,
            excerpt: false,
        };
        let mut left = LONGEST_LIST;
        slot.list(|list| self.branch(list, root, branch, u32::MAX, usize::MAX, &mut left));
    }

    fn branch(
        &mut self,
        list: &mut List<'_>,
        of: SeenPage<'a>,
        branch: Branch,
        depth: u32,
        first: usize,
        left: &mut usize,
    ) {
        let mut below: Vec<SeenPage<'_>> =
            self.view.children(of.row().space, Some(of.id())).collect();
        sort(&mut below, branch.order);
        if branch.reverse {
            below.reverse();
        }
        for child in below.into_iter().take(first) {
            if *left == 0 || !self.takes_an_entry() {
                return;
            }
            *left -= 1;
            let note = self.note(child.id(), branch.excerpt);
            let (href, title) = (self.href(child), &child.row().title);
            list.item_with(&href, title, &note, |nested| {
                if depth > 1 {
                    self.branch(nested, child, branch, depth - 1, usize::MAX, left);
                }
            });
        }
    }

    pub(super) fn takes_an_entry(&mut self) -> bool {
        let left = self.entries_left.checked_sub(1);
        self.entries_left = left.unwrap_or_default();
        left.is_some()
    }

    /// Returns the beginning of a page, if the list shows it.
    pub(super) fn note(&mut self, page: PageId, wanted: bool) -> std::sync::Arc<str> {
        match wanted.then(|| self.part(page, Part::Summary)).flatten() {
            Some(Found::Summary(summary)) => summary,
            _ => "".into(),
        }
    }

    /// Returns the spaces with these keys that the viewer sees; without keys, the space that the
    /// text belongs to.
    pub(super) fn spaces(&self, keys: &[String], place: Place) -> Vec<SpaceId> {
        if keys.is_empty() {
            return place.space().into_iter().collect();
        }
        let mut spaces: Vec<SpaceId> = Vec::new();
        for key in keys {
            let space = match key.as_str() {
                "@self" => place.space(),
                key => self.view.space_by_key(key).ok().map(|space| space.id()),
            };
            if let Some(space) = space.filter(|space| !spaces.contains(space)) {
                spaces.push(space);
            }
        }
        spaces
    }

    pub(super) fn attachments(&mut self, list: &AttachmentList, slot: &mut Slot<'_>, place: Place) {
        let files = self.files_of(list, place, |_| true);
        self.write_files(&files, |rows| slot.attachments(rows));
    }

    pub(super) fn gallery(&mut self, list: &AttachmentList, slot: &mut Slot<'_>, place: Place) {
        let files = self.files_of(list, place, |row| row.media_type.starts_with("image/"));
        self.write_files(&files, |rows| slot.gallery(rows));
    }

    fn files_of(
        &mut self,
        list: &AttachmentList,
        place: Place,
        fits: impl Fn(&AttachmentRow) -> bool,
    ) -> Vec<&'a AttachmentRow> {
        let view = self.view;
        let of = place.resolve(view, &list.of);
        let mut rows = of.map(|of| view.attachments(of.id())).unwrap_or_default();
        let matches = |patterns: &[String], row: &AttachmentRow| {
            patterns
                .iter()
                .any(|pattern| fits_name(pattern, &row.file_name))
        };
        rows.retain(|row| {
            fits(row)
                && self.has_labels(row, &list.labels)
                && (list.include.is_empty() || matches(&list.include, row))
                && !matches(&list.exclude, row)
        });
        match list.order {
            Order::Title => rows.sort_by_key(|row| (row.file_name.to_lowercase(), row.id)),
            Order::Created => rows.sort_by_key(|row| (row.created_at, row.id)),
            Order::Modified => rows.sort_by_key(|row| (row.updated_at, row.id)),
            Order::Size => rows.sort_by_key(|row| (row.size, row.id)),
            _ => {}
        }
        if list.reverse {
            rows.reverse();
        }
        rows.truncate(LONGEST_LIST.min(self.entries_left));
        self.entries_left -= rows.len().min(self.entries_left);
        rows
    }

    fn write_files(
        &self,
        files: &[&AttachmentRow],
        write: impl FnOnce(&[slot::AttachmentRow<'_>]),
    ) {
        let told: Vec<(String, String)> = files
            .iter()
            .map(|row| (self.at(address::download(row)), day(row.updated_at)))
            .collect();
        let rows: Vec<slot::AttachmentRow<'_>> = files
            .iter()
            .zip(&told)
            .map(|(row, (href, day))| slot::AttachmentRow {
                file: &row.file_name,
                href,
                src: href,
                bytes: row.size,
                note: day,
            })
            .collect();
        write(&rows);
    }

    pub(super) fn recently_updated(
        &mut self,
        recent: &RecentlyUpdated,
        slot: &mut Slot<'_>,
        place: Place,
    ) {
        let view = self.view;
        let most = (recent.max as usize).min(LONGEST_LIST);
        let asked = |word: &str, otherwise: bool| match recent.types.as_slice() {
            [] => otherwise,
            types => types.iter().any(|kind| kind.trim_end_matches('s') == word),
        };
        let (comments, files) = (asked("comment", false), asked("attachment", false));
        let mut lines: Vec<Line> = Vec::new();
        for space in self.spaces(&recent.spaces, place) {
            for page in view.pages_in(space, PageId::from_random(0)) {
                if page.row().state != PageState::Live || !self.has_label(page, &recent.labels) {
                    continue;
                }
                if page.row().kind.has_text() && asked(page.row().kind.word(), true) {
                    lines.push(Line::page(page));
                }
                if comments {
                    let said = view.comments(page.id()).into_iter();
                    lines.extend(said.map(|row| Line {
                        at: row.updated_at,
                        page: page.id(),
                        what: What::Comment(row.id.get()),
                    }));
                }
                if files {
                    let rows = view.attachments(page.id()).into_iter();
                    lines.extend(rows.map(|row| Line {
                        at: row.updated_at,
                        page: page.id(),
                        what: What::File(row.id.get()),
                    }));
                }
            }
        }
        lines.sort_by_key(|line| (Reverse(line.at), line.page, line.what));
        lines.truncate(most);
        slot.list(|list| {
            for line in lines {
                self.write_line(list, line);
            }
        });
    }

    fn write_line(&mut self, list: &mut List<'_>, line: Line) {
        let Ok(page) = self.view.page(line.page) else {
            return;
        };
        if !self.takes_an_entry() {
            return;
        }
        let day = day(line.at);
        match line.what {
            What::Page => list.item_with(&self.href(page), &page.row().title, &day, |_| {}),
            What::Comment(id) => self.comment_line(list, page, id, &day),
            What::File(id) => {
                let files = self.view.attachments(page.id());
                if let Some(row) = files.into_iter().find(|row| row.id.get() == id) {
                    self.file_line(list, row, &day);
                }
            }
        }
    }

    /// Writes a comment into a list, by the number of its id.
    pub(super) fn comment_line(
        &self,
        list: &mut List<'_>,
        page: SeenPage<'_>,
        id: u64,
        note: &str,
    ) {
        let href = format!("{}?focusedCommentId={id}", self.href(page));
        let title = format!("Re: {}", page.row().title);
        list.item_with(&href, &title, note, |_| {});
    }

    /// Writes a file into a list.
    pub(super) fn file_line(&self, list: &mut List<'_>, row: &AttachmentRow, note: &str) {
        let href = self.at(address::download(row));
        list.item_with(&href, &row.file_name, note, |_| {});
    }
}

/// One line in a list of recent changes.
#[derive(Clone, Copy)]
struct Line {
    at: i64,
    page: PageId,
    what: What,
}

/// The subject of a line: the page itself, or one of its comments or files, by id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Page,
    Comment(u64),
    File(u64),
}

impl Line {
    fn page(page: SeenPage<'_>) -> Self {
        Self {
            at: page.row().updated_at,
            page: page.id(),
            what: What::Page,
        }
    }
}

/// The day of an instant, as `2026-01-31`.
fn day(at: narthex_access::Millis) -> String {
    jiff::Timestamp::from_millisecond(at)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%Y-%m-%d")
        .to_string()
}

pub(super) fn sort(pages: &mut [SeenPage<'_>], order: Order) {
    match order {
        Order::Title => {
            pages.sort_by_cached_key(|page| (page.row().title.to_lowercase(), page.id()));
        }
        Order::Created => pages.sort_by_key(|page| (page.row().created_at, page.id())),
        Order::Modified => pages.sort_by_key(|page| (page.row().updated_at, page.id())),
        _ => {}
    }
}

/// Whether a file name fits a pattern as people write them: `*.png`, `.*\.png`, or the name itself.
/// Case doesn't matter, and `*` stands for anything.
fn fits_name(pattern: &str, name: &str) -> bool {
    let pattern = pattern.replace(".*", "*").replace('\\', "").to_lowercase();
    let name = name.to_lowercase();
    let Some((first, behind)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let (middle, last) = behind.rsplit_once('*').unwrap_or(("", behind));
    let rest = name.strip_prefix(first);
    let Some(mut rest) = rest.and_then(|rest| rest.strip_suffix(last)) else {
        return false;
    };
    // The first match of a piece leaves the most for the pieces after it.
    for piece in middle.split('*') {
        match rest.split_once(piece) {
            Some((_, behind)) => rest = behind,
            None if piece.is_empty() => {}
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_file_names_are_read_as_people_write_them() {
        for pattern in ["a.PNG", "*.png", ".*\\.png", "*", "a*", "a.p*g", "*a*.*"] {
            assert!(fits_name(pattern, "A.png"), "{pattern}");
        }
        for pattern in ["", "png", "*.jpg", "a", "b*", "*a*a*"] {
            assert!(!fits_name(pattern, "A.png"), "{pattern}");
        }
        assert!(!fits_name(&"*a".repeat(200), &"b".repeat(200)));
    }
}
