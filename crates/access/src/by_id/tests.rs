//! Compares the map with the one of the standard library.

use super::*;
use crate::id::PageId;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
enum Step {
    Insert(PageId, u8),
    Remove(PageId),
}

/// Ids as a site has them, and ids that share almost all of their bits.
fn ids() -> impl Strategy<Value = PageId> {
    prop_oneof![
        3 => (0..600u64).prop_map(|n| PageId::from_random(n.wrapping_mul(0x9e37_79b9_7f4a_7c15))),
        2 => (0..300u64).prop_map(PageId::from_random),
        1 => (0..50u64).prop_map(|n| PageId::from_random(END - 1 - n)),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (ids(), any::<u8>()).prop_map(|(id, v)| Step::Insert(id, v)),
        2 => ids().prop_map(Step::Remove),
    ];
    prop::collection::vec(step, 0..3000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn it_behaves_as_a_map_and_old_versions_stay(
        steps in steps(),
        asked in prop::collection::vec(ids(), 50),
    ) {
        let mut map = ById::default();
        let mut model = BTreeMap::new();
        let mut old = (map.clone(), model.clone());
        for (n, step) in steps.iter().enumerate() {
            match *step {
                Step::Insert(id, v) => prop_assert_eq!(map.insert(id, v), model.insert(id, v)),
                Step::Remove(id) => prop_assert_eq!(map.remove(&id), model.remove(&id)),
            }
            if n == steps.len() / 2 {
                old = (map.clone(), model.clone());
            }
        }
        for (map, model) in [(map, model), old] {
            prop_assert_eq!(map.len(), model.len());
            prop_assert!(map.iter().eq(model.iter()));
            for id in &asked {
                prop_assert_eq!(map.get(id), model.get(id));
                prop_assert!(map.from(id).eq(model.range(*id..)));
            }
        }
    }

    #[test]
    fn it_is_built_at_once_as_one_by_one(
        entries in prop::collection::vec((ids(), any::<u8>()), 0..2000),
    ) {
        let mut one_by_one = ById::default();
        for (id, v) in &entries {
            one_by_one.insert(*id, *v);
        }
        let at_once: ById<PageId, u8> = entries.iter().copied().collect();
        prop_assert_eq!(at_once.len(), one_by_one.len());
        for (id, _) in &entries {
            prop_assert_eq!(at_once.get(id), one_by_one.get(id));
        }
        prop_assert_eq!(at_once, one_by_one);
    }
}

#[test]
fn a_map_that_is_emptied_becomes_one_bucket_again() {
    let ids: Vec<PageId> = (0..5000)
        .map(|n: u64| PageId::from_random(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        .collect();
    let mut map: ById<PageId, ()> = ids.iter().map(|id| (*id, ())).collect();
    for id in &ids {
        map.remove(id);
    }
    assert!(matches!(map.root, Node::Bucket { .. }));
}
