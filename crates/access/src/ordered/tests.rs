//! Compares the map with the one of the standard library.

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

fn leaves<K, V>(node: &Node<K, V>) -> Vec<usize> {
    match node {
        Node::Leaf { keys, .. } => vec![keys.len()],
        Node::Branch { children, .. } => children.iter().flat_map(leaves).collect(),
    }
}

#[test]
fn entries_that_come_in_order_fill_their_nodes() {
    let mut map = Ordered::default();
    for k in 0..10_000u32 {
        map.insert(k, ());
    }
    assert_eq!(leaves(&map.root).len(), 10_000usize.div_ceil(FULL));
}

#[test]
fn entries_that_come_in_falling_order_between_others_fill_half_of_their_nodes() {
    let mut map: Ordered<u32, ()> = (0..64).chain(100_000..100_640).map(|k| (k, ())).collect();
    for k in (64..10_000).rev() {
        map.insert(k, ());
    }
    assert!(leaves(&map.root).len() <= 2 * 10_640 / FULL + 1);
}

proptest! {
    #[test]
    fn it_is_built_at_once_as_one_by_one(
        entries in prop::collection::vec((0..5000u16, any::<u8>()), 0..3000),
    ) {
        let mut one_by_one = Ordered::default();
        for (k, v) in &entries {
            one_by_one.insert(*k, *v);
        }
        let at_once: Ordered<u16, u8> = entries.into_iter().collect();
        prop_assert_eq!(at_once.len(), one_by_one.len());
        for k in 0..5000 {
            prop_assert_eq!(at_once.get(&k), one_by_one.get(&k));
        }
        prop_assert_eq!(at_once, one_by_one);
    }
}
