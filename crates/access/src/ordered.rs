//! A persistent ordered map. Cloning it only counts two references, a change copies only the nodes
//! on its path, and a range is read in key order.
//!
//! It is a B+ tree of shared nodes. The catalogue is made of these and of maps by id: readers hold
//! an old version as long as they like while a writer makes the next one.
//!
//! The keys and the values of a node are stored apart, each in one allocation of exactly their
//! size: a search reads keys alone, and a node that isn't full wastes nothing. Neither looking up
//! nor reading a range allocates. Nodes that become small aren't merged, only dropped when they are
//! empty.

pub(crate) mod walk;

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::borrow::Borrow;
use core::iter::Zip;
use core::slice;
use walk::{Open, Tree, Walk};

/// The maximum number of entries in a node. With 64, a copied leaf of page rows takes some
/// kilobytes, and a million entries take four levels.
const FULL: usize = 64;

/// A map from `K` to `V` in the order of `K`, whose nodes are shared between revisions.
#[derive(Debug, Clone)]
pub struct Ordered<K, V> {
    root: Node<K, V>,
    len: usize,
}

#[derive(Debug, Clone)]
enum Node<K, V> {
    Leaf {
        keys: Arc<[K]>,
        values: Arc<[V]>,
    },
    Branch {
        /// For each child a key that isn't above its smallest one.
        keys: Arc<[K]>,
        children: Arc<[Node<K, V>]>,
    },
}

impl<K, V> Default for Node<K, V> {
    fn default() -> Self {
        Self::Leaf {
            keys: Arc::default(),
            values: Arc::default(),
        }
    }
}

impl<K, V> Default for Ordered<K, V> {
    fn default() -> Self {
        Self {
            root: Node::default(),
            len: 0,
        }
    }
}

impl<K: Ord + Clone, V: Clone + PartialEq> PartialEq for Ordered<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && (self.is_same(other) || self.iter().eq(other.iter()))
    }
}

impl<K: Ord + Clone, V: Clone + Eq> Eq for Ordered<K, V> {}

/// Builds the whole map at once with full nodes, which is much quicker than inserting entries one
/// by one. Of entries with equal keys the last one stays.
impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Ordered<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut entries: Vec<(K, V)> = entries.into_iter().collect();
        if !entries.is_sorted_by(|(a, _), (b, _)| a < b) {
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            entries.dedup_by(|later, kept| {
                let equal = later.0 == kept.0;
                if equal {
                    core::mem::swap(later, kept);
                }
                equal
            });
        }
        let len = entries.len();
        let mut nodes = Vec::with_capacity(len.div_ceil(FULL));
        let mut entries = entries.into_iter();
        while !entries.as_slice().is_empty() {
            let (keys, values): (Vec<K>, Vec<V>) = entries.by_ref().take(FULL).unzip();
            nodes.push(Node::Leaf {
                keys: keys.into(),
                values: values.into(),
            });
        }
        while nodes.len() > 1 {
            nodes = nodes
                .chunks(FULL)
                .map(|children| Node::Branch {
                    keys: children
                        .iter()
                        .filter_map(Node::smallest)
                        .cloned()
                        .collect(),
                    children: children.into(),
                })
                .collect();
        }
        Self {
            root: nodes.pop().unwrap_or_default(),
            len,
        }
    }
}

impl<K, V> Ordered<K, V> {
    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the other map is an unchanged clone of this one. This is never true of maps that
    /// differ, but may be false of maps that are equal.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.root, &other.root) {
            (Node::Leaf { keys, values }, Node::Leaf { keys: k, values: v }) => {
                self.len == 0 && other.len == 0 || Arc::ptr_eq(keys, k) && Arc::ptr_eq(values, v)
            }
            (
                Node::Branch { keys, children },
                Node::Branch {
                    keys: k,
                    children: c,
                },
            ) => Arc::ptr_eq(keys, k) && Arc::ptr_eq(children, c),
            _ => false,
        }
    }

    /// Returns all entries in key order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        Walk::all(&self.root)
    }
}

impl<K: Ord + Clone, V: Clone> Ordered<K, V> {
    /// Returns the value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let mut node = &self.root;
        loop {
            match node {
                Node::Leaf { keys, values } => {
                    let at = keys.binary_search_by(|k| k.borrow().cmp(key)).ok()?;
                    return values.get(at);
                }
                Node::Branch { keys, children } => {
                    let after = keys.partition_point(|k| k.borrow() <= key);
                    node = children.get(after.saturating_sub(1))?;
                }
            }
        }
    }

    /// Whether the map has an entry for a key.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// Sets the value of a key and returns the previous one.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (before, split) = self.root.insert(key, value, true);
        if let Some(right) = split {
            let left = core::mem::take(&mut self.root);
            let children = [left, right];
            self.root = Node::Branch {
                keys: children
                    .iter()
                    .filter_map(Node::smallest)
                    .cloned()
                    .collect(),
                children: children.into(),
            };
        }
        self.len += usize::from(before.is_none());
        before
    }

    /// Removes a key and returns the value it had.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        // Removing a key that isn't there must not copy its path.
        self.get(key)?;
        let removed = self.root.remove(key);
        self.len -= usize::from(removed.is_some());
        while let Node::Branch { children, .. } = &self.root {
            match &**children {
                [only] => self.root = only.clone(),
                [] => self.root = Node::default(),
                _ => break,
            }
        }
        removed
    }

    /// Returns the entries whose key isn't below `key`, in key order.
    pub fn from<Q: Ord + ?Sized>(
        &self,
        key: &Q,
    ) -> impl Iterator<Item = (&K, &V)> + use<'_, K, V, Q>
    where
        K: Borrow<Q>,
    {
        let mut walk = Walk::none();
        let mut node = &self.root;
        loop {
            match node {
                Node::Leaf { keys, values } => {
                    let at = keys.partition_point(|k| k.borrow() < key);
                    let keys = keys.get(at..).unwrap_or_default();
                    let values = values.get(at..).unwrap_or_default();
                    walk.begin(keys.iter().zip(values));
                    return walk;
                }
                Node::Branch { keys, children } => {
                    let after = keys.partition_point(|k| k.borrow() <= key).max(1);
                    walk.push(children.get(after..).unwrap_or_default());
                    match children.get(after - 1) {
                        Some(child) => node = child,
                        None => return walk,
                    }
                }
            }
        }
    }
}

impl<K, V> Node<K, V> {
    fn smallest(&self) -> Option<&K> {
        match self {
            Self::Leaf { keys, .. } | Self::Branch { keys, .. } => keys.first(),
        }
    }
}

impl<K: Ord + Clone, V: Clone> Node<K, V> {
    /// Sets the value of a key. Returns the previous value, and the upper part of this node if it
    /// became too full. `last` says that no node of the tree is to the right of this one.
    fn insert(&mut self, key: K, value: V, last: bool) -> (Option<V>, Option<Self>) {
        match self {
            Self::Leaf { keys, values } => match keys.binary_search(&key) {
                Ok(at) => {
                    let value_there = Arc::make_mut(values).get_mut(at);
                    (value_there.map(|it| core::mem::replace(it, value)), None)
                }
                Err(at) => {
                    let Some(middle) = middle(keys.len(), at, last) else {
                        *keys = with(keys, at, key);
                        *values = with(values, at, value);
                        return (None, None);
                    };
                    let right = Self::Leaf {
                        keys: split_with(keys, middle, at, key),
                        values: split_with(values, middle, at, value),
                    };
                    (None, Some(right))
                }
            },
            Self::Branch { keys, children } => {
                let at = keys.partition_point(|k| *k <= key).saturating_sub(1);
                if keys.get(at).is_some_and(|lowest| key < *lowest)
                    && let Some(lowest) = Arc::make_mut(keys).get_mut(at)
                {
                    *lowest = key.clone();
                }
                let child_is_last = last && at + 1 == children.len();
                let Some(child) = Arc::make_mut(children).get_mut(at) else {
                    return (None, None);
                };
                let (before, split) = child.insert(key, value, child_is_last);
                let Some((lowest, below)) = split.and_then(|n| Some((n.smallest()?.clone(), n)))
                else {
                    return (before, None);
                };
                let Some(middle) = middle(keys.len(), at + 1, last) else {
                    *keys = with(keys, at + 1, lowest);
                    *children = with(children, at + 1, below);
                    return (before, None);
                };
                let right = Self::Branch {
                    keys: split_with(keys, middle, at + 1, lowest),
                    children: split_with(children, middle, at + 1, below),
                };
                (before, Some(right))
            }
        }
    }

    fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        match self {
            Self::Leaf { keys, values } => {
                let at = keys.binary_search_by(|k| k.borrow().cmp(key)).ok()?;
                let removed = values.get(at).cloned();
                *keys = without(keys, at);
                *values = without(values, at);
                removed
            }
            Self::Branch { keys, children } => {
                let at = keys
                    .partition_point(|k| k.borrow() <= key)
                    .saturating_sub(1);
                let child = Arc::make_mut(children).get_mut(at)?;
                let removed = child.remove(key);
                if child.smallest().is_none() {
                    *keys = without(keys, at);
                    *children = without(children, at);
                }
                removed
            }
        }
    }
}

/// Returns where a node of `len` entries splits when one more is inserted at `at`, or `None` if it
/// has room. The last node of a tree that grows at its end stays full, so that rows that come in
/// order leave no half-empty nodes.
fn middle(len: usize, at: usize, last: bool) -> Option<usize> {
    match len < FULL {
        true => None,
        false if last && at == len => Some(len),
        false => Some(len / 2),
    }
}

/// Returns a node's entries with one more at an index.
fn with<T: Clone>(these: &[T], at: usize, one: T) -> Arc<[T]> {
    let (before, after) = these.split_at_checked(at).unwrap_or((these, &[]));
    let one = core::iter::once(one);
    before
        .iter()
        .cloned()
        .chain(one)
        .chain(after.iter().cloned())
        .collect()
}

/// Returns a node's entries without the one at an index.
fn without<T: Clone>(these: &[T], at: usize) -> Arc<[T]> {
    let (before, rest) = these.split_at_checked(at).unwrap_or((these, &[]));
    let after = rest.get(1..).unwrap_or_default();
    before
        .iter()
        .cloned()
        .chain(after.iter().cloned())
        .collect()
}

/// Inserts one more into a full node's entries, leaves those below `middle` in it and returns the
/// others.
fn split_with<T: Clone>(these: &mut Arc<[T]>, middle: usize, at: usize, one: T) -> Arc<[T]> {
    let (left, right) = these.split_at_checked(middle).unwrap_or((these, &[]));
    let at_the_end = right.is_empty();
    let (left, right) = if at > middle || at_the_end {
        (left.into(), with(right, at - middle, one))
    } else {
        (with(left, at, one), right.into())
    };
    *these = left;
    right
}

impl<K, V> Tree for Node<K, V> {
    type Entries<'a>
        = Zip<slice::Iter<'a, K>, slice::Iter<'a, V>>
    where
        Self: 'a;

    fn open(&self) -> Open<'_, Self> {
        match self {
            Self::Leaf { keys, values } => Open::Entries(keys.iter().zip(values.iter())),
            Self::Branch { children, .. } => Open::Nodes(children),
        }
    }
}

#[cfg(test)]
mod tests;
