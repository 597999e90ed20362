//! A persistent map by id. Cloning it only counts a reference, a change copies only the nodes on
//! its path, and a range is read in the order of the ids.
//!
//! Ids are random numbers, so their own bits spread them evenly: a radix tree over them is shallow
//! and balanced without any work. A look-up compares keys only in the last node; 20,000 pages are
//! two steps away, and a million are three. Decisions look things up here. Rows that are found by
//! other keys are in an [`Ordered`](crate::ordered::Ordered).

use crate::id::{END, Id};
use crate::ordered::walk::{Open, Tree, Walk};
use alloc::sync::Arc;
use alloc::vec::{self, Vec};
use core::iter::Zip;
use core::slice;

/// The number of bits of an id that one fork reads.
const BITS: u32 = 5;

/// The number of nodes below a fork.
const WIDTH: usize = 1 << BITS;

/// The maximum number of entries in a bucket, except for one at the end of the bits.
const FULL: usize = 32;

/// The lowest of the bits that the root reads.
const TOP: u32 = END.ilog2() - BITS;

/// A map from ids to `V` in the order of the ids, whose nodes are shared between revisions.
#[derive(Debug, Clone)]
pub(crate) struct ById<K, V> {
    root: Node<K, V>,
    len: usize,
}

#[derive(Debug, Clone)]
enum Node<K, V> {
    /// Entries in the order of their ids. The keys are stored apart from the values, so that a
    /// look-up reads keys that lie next to each other, and one value.
    Bucket { keys: Arc<[K]>, values: Arc<[V]> },
    /// A node for each value of the next five bits.
    Fork(Arc<[Node<K, V>; WIDTH]>),
}

/// Returns which node an id is in, below a fork that reads from the bit `shift` on.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is left of the number is below WIDTH"
)]
fn digit<K: Id>(key: K, shift: u32) -> usize {
    (key.number() >> shift) as usize % WIDTH
}

/// Returns the lowest bit that is read by a fork below one that reads from `shift` on. The last
/// fork overlaps the one above it: its bits suffice to tell ids apart all the same.
fn below(shift: u32) -> u32 {
    shift.saturating_sub(BITS)
}

/// Returns the position of an id in a bucket, or the one it would have. This is a linear count
/// instead of a binary search: there are few keys, and a count has no unpredictable branches.
fn place<K: Id>(keys: &[K], key: K) -> usize {
    keys.iter().map(|it| usize::from(*it < key)).sum()
}

impl<K, V> Default for Node<K, V> {
    fn default() -> Self {
        Self::Bucket {
            keys: Arc::default(),
            values: Arc::default(),
        }
    }
}

impl<K, V> Default for ById<K, V> {
    fn default() -> Self {
        Self {
            root: Node::default(),
            len: 0,
        }
    }
}

impl<K: Id, V: PartialEq> PartialEq for ById<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && (self.is_same(other) || self.iter().eq(other.iter()))
    }
}

impl<K: Id, V: Eq> Eq for ById<K, V> {}

/// Builds the whole map at once, which is much quicker than inserting entries one by one. Of
/// entries with equal keys the last one stays.
impl<K: Id, V> FromIterator<(K, V)> for ById<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut entries: Vec<(K, V)> = entries.into_iter().collect();
        if !entries.is_sorted_by(|(a, _), (b, _)| a < b) {
            entries.sort_by_key(|(key, _)| *key);
            entries.dedup_by(|later, kept| {
                let equal = later.0 == kept.0;
                if equal {
                    core::mem::swap(later, kept);
                }
                equal
            });
        }
        let len = entries.len();
        Self {
            root: Node::of(&mut entries.into_iter(), len, TOP),
            len,
        }
    }
}

impl<K: Id, V> ById<K, V> {
    /// Returns the number of entries.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Whether the other map is an unchanged clone of this one. This is never true of maps that
    /// differ, but may be false of maps that are equal.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&self.root, &other.root) {
            (Node::Bucket { values, .. }, Node::Bucket { values: others, .. }) => {
                Arc::ptr_eq(values, others)
            }
            (Node::Fork(nodes), Node::Fork(others)) => Arc::ptr_eq(nodes, others),
            _ => false,
        }
    }

    /// Returns the value of an id.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let mut node = &self.root;
        let mut shift = TOP;
        loop {
            match node {
                Node::Fork(nodes) => {
                    node = nodes.get(digit(*key, shift))?;
                    shift = below(shift);
                }
                Node::Bucket { keys, values } => {
                    let at = place(keys, *key);
                    return values.get(at).filter(|_| keys.get(at) == Some(key));
                }
            }
        }
    }

    /// Returns all entries in the order of their ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        Walk::all(&self.root)
    }

    /// Returns the entries from an id on, in the order of their ids.
    pub(crate) fn from(&self, key: &K) -> impl Iterator<Item = (&K, &V)> + use<'_, K, V> {
        let mut walk = Walk::none();
        let mut node = &self.root;
        let mut shift = TOP;
        loop {
            match node {
                Node::Fork(nodes) => {
                    let from = nodes.get(digit(*key, shift)..);
                    let Some((here, rest)) = from.and_then(<[_]>::split_first) else {
                        break;
                    };
                    walk.push(rest);
                    node = here;
                    shift = below(shift);
                }
                Node::Bucket { keys, values } => {
                    let at = place(keys, *key);
                    let (keys, values) = (keys.get(at..), values.get(at..));
                    walk.begin(
                        keys.unwrap_or_default()
                            .iter()
                            .zip(values.unwrap_or_default()),
                    );
                    break;
                }
            }
        }
        walk
    }
}

impl<K: Id, V: Clone> ById<K, V> {
    /// Whether the map has an entry for an id.
    pub(crate) fn contains(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// Sets the value of an id and returns the previous one.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let before = self.root.insert(key, value, TOP);
        self.len += usize::from(before.is_none());
        before
    }

    /// Removes an id and returns the value it had.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        // Removing an id that isn't there must not copy its path.
        self.get(key)?;
        let removed = self.root.remove(*key, TOP);
        self.len -= usize::from(removed.is_some());
        removed
    }
}

/// Makes a bucket of entries that are in the order of their ids.
impl<K, V> FromIterator<(K, V)> for Node<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let (keys, values): (Vec<K>, Vec<V>) = entries.into_iter().unzip();
        Self::Bucket {
            keys: keys.into(),
            values: values.into(),
        }
    }
}

impl<K: Id, V> Node<K, V> {
    /// Builds the node for the next `count` of these entries, which are sorted, and whose ids
    /// differ only below the bit `shift` + [`BITS`].
    fn of(entries: &mut vec::IntoIter<(K, V)>, count: usize, shift: u32) -> Self {
        if count <= FULL {
            return entries.take(count).collect();
        }
        let mut left = count;
        Self::Fork(Arc::new(core::array::from_fn(|at| {
            let ahead = entries.as_slice().get(..left).unwrap_or_default();
            let here = ahead.partition_point(|(key, _)| digit(*key, shift) <= at);
            left -= here;
            Self::of(entries, here, below(shift))
        })))
    }
}

impl<K: Id, V: Clone> Node<K, V> {
    fn insert(&mut self, key: K, value: V, shift: u32) -> Option<V> {
        match self {
            Self::Fork(nodes) => {
                let node = Arc::make_mut(nodes).get_mut(digit(key, shift))?;
                node.insert(key, value, below(shift))
            }
            Self::Bucket { keys, values } => {
                let at = place(keys, key);
                if keys.get(at) == Some(&key) {
                    let there = Arc::make_mut(values).get_mut(at)?;
                    return Some(core::mem::replace(there, value));
                }
                let count = keys.len() + 1;
                let keys = keys.iter().copied();
                let values = values.iter().cloned();
                let before = keys.clone().zip(values.clone()).take(at);
                let after = keys.zip(values).skip(at);
                let all = before.chain([(key, value)]).chain(after);
                *self = if count > FULL {
                    Self::of(&mut all.collect::<Vec<_>>().into_iter(), count, shift)
                } else {
                    all.collect()
                };
                None
            }
        }
    }

    fn remove(&mut self, key: K, shift: u32) -> Option<V> {
        match self {
            Self::Fork(nodes) => {
                let node = Arc::make_mut(nodes).get_mut(digit(key, shift))?;
                let removed = node.remove(key, below(shift));
                if nodes.iter().map(Self::room).sum::<usize>() <= FULL / 2 {
                    *self = Walk::all(self).map(|(k, v)| (*k, v.clone())).collect();
                }
                removed
            }
            Self::Bucket { keys, values } => {
                let at = place(keys, key);
                let removed = values.get(at).cloned()?;
                let kept = keys.iter().zip(values.iter()).enumerate();
                *self = kept
                    .filter(|(n, _)| *n != at)
                    .map(|(_, (key, value))| (*key, value.clone()))
                    .collect();
                Some(removed)
            }
        }
    }

    /// Returns how many entries a node would add to a bucket that replaces its parent. A fork
    /// counts as a full bucket, so that a fork with forks below it is never replaced.
    fn room(&self) -> usize {
        match self {
            Self::Bucket { keys, .. } => keys.len(),
            Self::Fork(_) => FULL,
        }
    }
}

impl<K, V> Tree for Node<K, V> {
    type Entries<'a>
        = Zip<slice::Iter<'a, K>, slice::Iter<'a, V>>
    where
        Self: 'a;

    fn open(&self) -> Open<'_, Self> {
        match self {
            Self::Bucket { keys, values } => Open::Entries(keys.iter().zip(values.iter())),
            Self::Fork(nodes) => Open::Nodes(nodes.as_slice()),
        }
    }
}

#[cfg(test)]
mod tests;
