//! Reading a tree in key order without allocating.

use core::slice;

/// More levels than a tree can come to have. Each level of an
/// [`Ordered`](super::Ordered) needs another 32-fold of entries; each of a
/// [`ById`](crate::by_id::ById) reads five of the 53 bits of an id.
const LEVELS: usize = 12;

/// A node of a tree whose entries lie in its leaves, in key order.
pub(crate) trait Tree: Sized {
    /// The entries of a leaf, in key order.
    type Entries<'a>: Iterator
    where
        Self: 'a;

    /// What the node holds.
    fn open(&self) -> Open<'_, Self>;
}

/// What a node holds.
pub(crate) enum Open<'a, N: Tree> {
    /// The nodes below it.
    Nodes(&'a [N]),
    /// Entries.
    Entries(N::Entries<'a>),
}

/// Entries in key order.
pub(crate) struct Walk<'a, N: Tree> {
    /// What is still to be read of the branches on the way down.
    path: [slice::Iter<'a, N>; LEVELS],
    depth: usize,
    entries: Option<N::Entries<'a>>,
}

impl<'a, N: Tree> Walk<'a, N> {
    /// No entry, yet.
    pub(crate) fn none() -> Self {
        Self {
            path: core::array::from_fn(|_| [].iter()),
            depth: 0,
            entries: None,
        }
    }

    /// All entries below a node.
    pub(crate) fn all(node: &'a N) -> Self {
        let mut walk = Self::none();
        walk.descend(node);
        walk
    }

    /// Goes on to these nodes after what is pushed later.
    pub(crate) fn push(&mut self, rest: &'a [N]) {
        if let Some(level) = self.path.get_mut(self.depth) {
            *level = rest.iter();
            self.depth += 1;
        }
    }

    /// Begins with these entries.
    pub(crate) fn begin(&mut self, entries: N::Entries<'a>) {
        self.entries = Some(entries);
    }

    fn descend(&mut self, mut node: &'a N) {
        loop {
            match node.open() {
                Open::Entries(entries) => return self.begin(entries),
                Open::Nodes(nodes) => {
                    let Some((first, rest)) = nodes.split_first() else {
                        return;
                    };
                    self.push(rest);
                    node = first;
                }
            }
        }
    }
}

impl<'a, N: Tree> Iterator for Walk<'a, N> {
    type Item = <N::Entries<'a> as Iterator>::Item;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.entries.as_mut().and_then(Iterator::next) {
                return Some(entry);
            }
            let level = self.path.get_mut(self.depth.checked_sub(1)?)?;
            match level.next() {
                Some(node) => self.descend(node),
                None => self.depth -= 1,
            }
        }
    }
}
