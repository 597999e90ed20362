//! A persistent map by id: cloning is a reference count, a change copies only
//! the nodes on its path, and a range is read in the order of the ids.
//!
//! Ids are random numbers, so their own bits spread them evenly: a radix tree
//! over them is shallow and balanced without any work. Looking up compares keys
//! only in the last node: 20,000 pages are two steps away, a million are three.
//! It is what a decision looks through; what is found by other keys is in an
//! [`Ordered`](crate::ordered::Ordered).

use crate::id::{END, Id};
use crate::ordered::walk::{Open, Tree, Walk};
use alloc::sync::Arc;
use alloc::vec::{self, Vec};
use core::iter::Zip;
use core::slice;

/// The bits of an id that one fork reads.
const BITS: u32 = 5;

/// The nodes below a fork.
const WIDTH: usize = 1 << BITS;

/// The most entries of a bucket that isn't at the end of the bits.
const FULL: usize = 32;

/// Where the root reads its bits.
const TOP: u32 = END.ilog2() - BITS;

/// A map from ids to `V`, in the order of the ids, shared between revisions.
#[derive(Debug, Clone)]
pub(crate) struct ById<K, V> {
    root: Node<K, V>,
    len: usize,
}

#[derive(Debug, Clone)]
enum Node<K, V> {
    /// Entries in the order of their ids. The keys lie apart: looking one up
    /// reads them, next to each other, and one value.
    Bucket { keys: Arc<[K]>, values: Arc<[V]> },
    /// A node for each value of the next five bits.
    Fork(Arc<[Node<K, V>; WIDTH]>),
}

/// Which node below a fork, that reads from the bit `shift` on, an id is in.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is left of the number is below WIDTH"
)]
fn digit<K: Id>(key: K, shift: u32) -> usize {
    (key.number() >> shift) as usize % WIDTH
}

/// Where the fork below one that reads from `shift` on reads. The last one
/// overlaps the one above: its bits suffice to tell ids apart all the same.
fn below(shift: u32) -> u32 {
    shift.saturating_sub(BITS)
}

/// The place of an id among those of a bucket, or where it would be. They are
/// few, and which half of them is next no processor can guess: all are compared.
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

/// Builds the whole map at once: much quicker than inserting one by one. Of
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
    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Whether the other is a clone of this, unchanged since. Never true of maps
    /// that differ; may be false of maps that are equal.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&self.root, &other.root) {
            (Node::Bucket { values, .. }, Node::Bucket { values: others, .. }) => {
                Arc::ptr_eq(values, others)
            }
            (Node::Fork(nodes), Node::Fork(others)) => Arc::ptr_eq(nodes, others),
            _ => false,
        }
    }

    /// The value of an id.
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

    /// All entries in the order of their ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        Walk::all(&self.root)
    }

    /// The entries from an id on, in the order of their ids.
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
    /// Whether an id is there.
    pub(crate) fn contains(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// Sets the value of an id; answers the one it had.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let before = self.root.insert(key, value, TOP);
        self.len += usize::from(before.is_none());
        before
    }

    /// Takes an id out; answers the value it had.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        // An id that isn't there must not copy its path.
        self.get(key)?;
        let removed = self.root.remove(*key, TOP);
        self.len -= usize::from(removed.is_some());
        removed
    }
}

/// A bucket of entries in the order of their ids.
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
    /// The node of the next `count` of these entries, which are sorted, and whose
    /// ids differ only below the bit `shift` + [`BITS`].
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

    /// What a node would take up of a bucket in its parent's place: more than
    /// fits, for a fork.
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
