//! The page tree beside a page, as nested lists.

use crate::web::pages::Text;

/// The page tree of a space, as far as it is shown.
///
/// It is stored flat, in reading order, so that a tree of any depth is written without recursion.
#[derive(Clone, Debug, Default)]
pub struct Tree<'a> {
    lines: Vec<TreeLine<'a>>,
}

/// One page of the tree, before its position in the nesting is known.
#[derive(Clone, Debug)]
pub struct TreeEntry<'a> {
    /// Its depth; root pages have 0.
    pub depth: usize,
    /// The id of the page.
    pub id: u64,
    /// The title of the page.
    pub title: Text<'a>,
    /// Whether it is the page that is being read.
    pub current: bool,
    /// Whether its children are shown without a click: it is on the way to the current page.
    pub open: bool,
    /// Whether it has children that this tree leaves out.
    pub more: bool,
}

/// One page of the tree with its position in the nesting.
#[derive(Clone, Debug)]
pub(crate) struct TreeLine<'a> {
    pub(crate) entry: TreeEntry<'a>,
    /// Whether the next line is its child.
    pub(crate) branch: bool,
    /// The number of nested lists that end after it.
    pub(crate) closes: usize,
}

impl<'a> Tree<'a> {
    /// Builds the tree from its pages in reading order (each page before its children).
    ///
    /// A page that is more than one level deeper than the one before it is shown one level deeper.
    pub fn from_preorder(entries: impl IntoIterator<Item = TreeEntry<'a>>) -> Self {
        let mut lines: Vec<TreeLine<'a>> = Vec::new();
        for mut entry in entries {
            match lines.last_mut() {
                None => entry.depth = 0,
                Some(before) => {
                    entry.depth = entry.depth.min(before.entry.depth + 1);
                    before.branch = entry.depth > before.entry.depth;
                    before.closes = before.entry.depth.saturating_sub(entry.depth);
                }
            }
            lines.push(TreeLine {
                entry,
                branch: false,
                closes: 0,
            });
        }
        if let Some(last) = lines.last_mut() {
            last.closes = last.entry.depth;
        }
        Self { lines }
    }

    pub(crate) fn lines(&self) -> &[TreeLine<'a>] {
        &self.lines
    }

    /// Returns whether there is no page to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(depths: &[usize]) -> Tree<'static> {
        Tree::from_preorder(depths.iter().map(|&depth| TreeEntry {
            depth,
            id: 1,
            title: "T".into(),
            current: false,
            open: false,
            more: false,
        }))
    }

    #[test]
    fn every_list_that_opens_is_closed() {
        for depths in [
            &[][..],
            &[0],
            &[3],
            &[0, 1, 2, 0],
            &[0, 1, 2, 1, 5, 5, 0, 1],
            &[0, 9, 9, 9],
        ] {
            let tree = tree(depths);
            let opened = tree.lines().iter().filter(|line| line.branch).count();
            let closed: usize = tree.lines().iter().map(|line| line.closes).sum();
            assert_eq!(opened, closed, "{depths:?}");
            assert_eq!(tree.lines().len(), depths.len());
        }
    }
}
