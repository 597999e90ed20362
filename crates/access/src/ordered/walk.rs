//! Iteration over a tree in key order that doesn't allocate, for both persistent maps.

use core::slice;

/// The maximum depth of a tree, which is never reached. Each level of an
/// [`Ordered`](super::Ordered) multiplies the number of entries by 32; each level of a
/// [`ById`](crate::by_id::ById) reads five of the 53 bits of an id.
const LEVELS: usize = 12;

/// A node of a tree that has its entries in its leaves, in key order.
pub(crate) trait Tree: Sized {
    /// The entries of a leaf, in key order.
    type Entries<'a>: Iterator
    where
        Self: 'a;

    /// Returns the content of the node.
    fn open(&self) -> Open<'_, Self>;
}

/// The content of a node.
pub(crate) enum Open<'a, N: Tree> {
    /// The nodes below a branch.
    Nodes(&'a [N]),
    /// The entries of a leaf.
    Entries(N::Entries<'a>),
}

/// An iterator over entries in key order.
pub(crate) struct Walk<'a, N: Tree> {
    /// The branches on the way down, each with the nodes that are still to be read.
    path: [slice::Iter<'a, N>; LEVELS],
    depth: usize,
    entries: Option<N::Entries<'a>>,
}

impl<'a, N: Tree> Walk<'a, N> {
    /// Returns a walk without entries, to be filled with [`Walk::push`] and [`Walk::begin`].
    pub(crate) fn none() -> Self {
        Self {
            path: core::array::from_fn(|_| [].iter()),
            depth: 0,
            entries: None,
        }
    }

    /// Returns a walk over all entries below a node.
    pub(crate) fn all(node: &'a N) -> Self {
        let mut walk = Self::none();
        walk.descend(node);
        walk
    }

    /// Adds nodes to be read after everything that is pushed later.
    pub(crate) fn push(&mut self, rest: &'a [N]) {
        if let Some(level) = self.path.get_mut(self.depth) {
            *level = rest.iter();
            self.depth += 1;
        }
    }

    /// Sets the entries to begin with.
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
