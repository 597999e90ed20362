//! A persistent ordered map: cloning is one reference count, a change copies
//! only the nodes on its path, and a range is read in key order.
//!
//! A B+ tree of shared nodes. The catalogue is made of these: readers hold an
//! old version as long as they like while a writer makes the next one.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::borrow::Borrow;

/// The most entries of a node. 64 keeps a copied leaf of page rows at some
/// kilobytes and a million entries at four levels.
const FULL: usize = 64;

/// A map from `K` to `V`, ordered by `K`, shared between revisions.
#[derive(Debug, Clone)]
pub struct Ordered<K, V> {
    root: Node<K, V>,
    len: usize,
}

#[derive(Debug, Clone)]
enum Node<K, V> {
    Leaf(Arc<Vec<(K, V)>>),
    /// Each child with a key not above its smallest.
    Branch(Arc<Vec<(K, Node<K, V>)>>),
}

impl<K, V> Default for Ordered<K, V> {
    fn default() -> Self {
        Self {
            root: Node::Leaf(Arc::new(Vec::new())),
            len: 0,
        }
    }
}

/// The half that a full node gives up: its smallest key, and the node.
type Split<K, V> = Option<(K, Node<K, V>)>;

impl<K: Ord + Clone, V: Clone + PartialEq> PartialEq for Ordered<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<K: Ord + Clone, V: Clone + Eq> Eq for Ordered<K, V> {}

impl<K: Ord + Clone, V: Clone> Ordered<K, V> {
    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let mut node = &self.root;
        loop {
            match node {
                Node::Leaf(entries) => {
                    let at = entries
                        .binary_search_by(|(k, _)| k.borrow().cmp(key))
                        .ok()?;
                    return entries.get(at).map(|(_, v)| v);
                }
                Node::Branch(children) => {
                    let after = children.partition_point(|(k, _)| k.borrow() <= key);
                    node = &children.get(after.saturating_sub(1))?.1;
                }
            }
        }
    }

    /// Whether a key is there.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// Sets the value of a key; answers the one it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (before, split) = insert(&mut self.root, key, value);
        if let Some((right_key, right)) = split {
            let left_key = match smallest(&self.root) {
                Some(key) => key.clone(),
                None => right_key.clone(),
            };
            let left = core::mem::replace(&mut self.root, Node::Leaf(Arc::new(Vec::new())));
            let mut children = Vec::with_capacity(FULL + 1);
            children.push((left_key, left));
            children.push((right_key, right));
            self.root = Node::Branch(Arc::new(children));
        }
        self.len += usize::from(before.is_none());
        before
    }

    /// Takes a key out; answers the value it had.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        // A key that isn't there must not copy its path.
        self.get(key)?;
        let removed = remove(&mut self.root, key);
        self.len -= usize::from(removed.is_some());
        while let Node::Branch(children) = &self.root {
            match children.as_slice() {
                [(_, only)] => self.root = only.clone(),
                [] => self.root = Node::Leaf(Arc::new(Vec::new())),
                _ => break,
            }
        }
        removed
    }

    /// All entries in key order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        let mut iter = Iter {
            path: Vec::with_capacity(4),
            leaf: [].iter(),
        };
        iter.descend(&self.root);
        iter
    }

    /// The entries whose key is not below `key`, in key order.
    pub fn from<Q: Ord + ?Sized>(&self, key: &Q) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
    {
        let mut iter = Iter {
            path: Vec::with_capacity(4),
            leaf: [].iter(),
        };
        let mut node = &self.root;
        loop {
            match node {
                Node::Leaf(entries) => {
                    let at = entries.partition_point(|(k, _)| k.borrow() < key);
                    iter.leaf = entries.get(at..).unwrap_or_default().iter();
                    return iter;
                }
                Node::Branch(children) => {
                    let after = children.partition_point(|(k, _)| k.borrow() <= key).max(1);
                    iter.path
                        .push(children.get(after..).unwrap_or_default().iter());
                    match children.get(after - 1) {
                        Some((_, child)) => node = child,
                        None => return iter,
                    }
                }
            }
        }
    }
}

fn smallest<K, V>(node: &Node<K, V>) -> Option<&K> {
    match node {
        Node::Leaf(entries) => entries.first().map(|(k, _)| k),
        Node::Branch(children) => children.first().map(|(k, _)| k),
    }
}

fn insert<K: Ord + Clone, V: Clone>(
    node: &mut Node<K, V>,
    key: K,
    value: V,
) -> (Option<V>, Split<K, V>) {
    match node {
        Node::Leaf(entries) => {
            let entries = Arc::make_mut(entries);
            match entries.binary_search_by(|(k, _)| k.cmp(&key)) {
                Ok(at) => {
                    let before = entries
                        .get_mut(at)
                        .map(|entry| core::mem::replace(&mut entry.1, value));
                    (before, None)
                }
                Err(at) => {
                    entries.insert(at, (key, value));
                    let split = split(entries, at).and_then(|right| {
                        let first = right.first()?.0.clone();
                        Some((first, Node::Leaf(Arc::new(right))))
                    });
                    (None, split)
                }
            }
        }
        Node::Branch(children) => {
            let children = Arc::make_mut(children);
            let at = children
                .partition_point(|(k, _)| *k <= key)
                .saturating_sub(1);
            let Some((child_key, child)) = children.get_mut(at) else {
                children.push((key.clone(), Node::Leaf(Arc::new(alloc::vec![(key, value)]))));
                return (None, None);
            };
            if key < *child_key {
                *child_key = key.clone();
            }
            let (before, below) = insert(child, key, value);
            let Some(right) = below else {
                return (before, None);
            };
            children.insert(at + 1, right);
            let split = split(children, at + 1).and_then(|right| {
                let first = right.first()?.0.clone();
                Some((first, Node::Branch(Arc::new(right))))
            });
            (before, split)
        }
    }
}

/// The upper part of a node that has become too full. A node that grew at its
/// end stays full: rows that come in order leave no half-empty nodes.
fn split<T>(entries: &mut Vec<T>, grown_at: usize) -> Option<Vec<T>> {
    if entries.len() <= FULL {
        return None;
    }
    let at = if grown_at == FULL { FULL } else { FULL / 2 };
    Some(entries.split_off(at))
}

fn remove<K: Ord + Clone + Borrow<Q>, V: Clone, Q: Ord + ?Sized>(
    node: &mut Node<K, V>,
    key: &Q,
) -> Option<V> {
    match node {
        Node::Leaf(entries) => {
            let at = entries
                .binary_search_by(|(k, _)| k.borrow().cmp(key))
                .ok()?;
            Some(Arc::make_mut(entries).remove(at).1)
        }
        Node::Branch(children) => {
            let at = children
                .partition_point(|(k, _)| k.borrow() <= key)
                .saturating_sub(1);
            let children = Arc::make_mut(children);
            let child = &mut children.get_mut(at)?.1;
            let removed = remove(child, key);
            if smallest(child).is_none() {
                children.remove(at);
            }
            removed
        }
    }
}

/// Entries in key order.
#[derive(Debug, Clone)]
pub struct Iter<'a, K, V> {
    path: Vec<core::slice::Iter<'a, (K, Node<K, V>)>>,
    leaf: core::slice::Iter<'a, (K, V)>,
}

impl<'a, K, V> Iter<'a, K, V> {
    fn descend(&mut self, mut node: &'a Node<K, V>) {
        loop {
            match node {
                Node::Leaf(entries) => {
                    self.leaf = entries.iter();
                    return;
                }
                Node::Branch(children) => {
                    let mut rest = children.iter();
                    let first = rest.next();
                    self.path.push(rest);
                    match first {
                        Some((_, child)) => node = child,
                        None => return,
                    }
                }
            }
        }
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.leaf.next() {
                return Some((key, value));
            }
            match self.path.last_mut()?.next() {
                Some((_, node)) => self.descend(node),
                None => {
                    self.path.pop();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[derive(Debug, Clone)]
    enum Step {
        Insert(u16, u8),
        Remove(u16),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        prop::collection::vec(
            prop_oneof![
                3 => (0..2000u16, any::<u8>()).prop_map(|(k, v)| Step::Insert(k, v)),
                2 => (0..2000u16).prop_map(Step::Remove),
            ],
            0..3000,
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn it_behaves_as_a_map_and_old_versions_stay(steps in steps(), start in 0..2000u16) {
            let mut map = Ordered::default();
            let mut model = BTreeMap::new();
            let mut old = (map.clone(), model.clone());
            for (n, step) in steps.iter().enumerate() {
                match *step {
                    Step::Insert(k, v) => prop_assert_eq!(map.insert(k, v), model.insert(k, v)),
                    Step::Remove(k) => prop_assert_eq!(map.remove(&k), model.remove(&k)),
                }
                if n == steps.len() / 2 {
                    old = (map.clone(), model.clone());
                }
            }
            for (map, model) in [(map, model), old] {
                prop_assert_eq!(map.len(), model.len());
                prop_assert!(map.iter().eq(model.iter()));
                prop_assert!(map.from(&start).eq(model.range(start..)));
                for k in 0..2000 {
                    prop_assert_eq!(map.get(&k), model.get(&k));
                }
            }
        }
    }

    #[test]
    fn entries_that_come_in_order_fill_their_nodes() {
        let mut map = Ordered::default();
        for k in 0..10_000u32 {
            map.insert(k, ());
        }
        let mut node = &map.root;
        while let Node::Branch(children) = node {
            node = &children[0].1;
        }
        let Node::Leaf(first) = node else {
            panic!("a branch is no leaf")
        };
        assert_eq!(first.len(), FULL);
    }
}
