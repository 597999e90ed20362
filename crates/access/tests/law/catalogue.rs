//! Checks that a catalogue is the same however it comes to its rows.

use crate::site::{Site, site};
use narthex_access::*;
use proptest::prelude::*;

/// Returns the changes that lead from one site to another, one for each row that differs.
fn changes(before: &Site, after: &Site) -> Vec<RowChange> {
    let (was, is) = (before.rows(), after.rows());
    let there = |row: &Row| {
        is.iter()
            .any(|it| (it.table(), it.id()) == (row.table(), row.id()))
    };
    let gone = was.iter().filter(|row| !there(row));
    let gone = gone.map(|row| RowChange::Remove(row.table(), row.id()));
    let put = is
        .iter()
        .filter(|row| !was.contains(row))
        .cloned()
        .map(RowChange::Put);
    gone.chain(put).collect()
}

/// Returns the elements of a slice in another order.
fn shuffled<T: Clone>(these: &[T], order: &[prop::sample::Index]) -> Vec<T> {
    let mut rest = these.to_vec();
    let mut all = Vec::new();
    for next in order.iter().cycle().take(these.len()) {
        all.push(rest.remove(next.index(rest.len())));
    }
    all
}

fn order() -> impl Strategy<Value = Vec<prop::sample::Index>> {
    prop::collection::vec(any::<prop::sample::Index>(), 40)
}

proptest! {
    #[test]
    fn rows_in_any_order_make_the_same_catalogue(site in site(), order in order()) {
        let mut catalogue = Catalogue::default();
        for row in shuffled(&site.rows(), &order) {
            catalogue.apply(RowChange::Put(row));
        }
        prop_assert_eq!(catalogue, site.catalogue());
    }

    #[test]
    fn following_changes_in_any_order_arrives_where_loading_does(
        before in site(), between in site(), after in site(), order in order(),
    ) {
        let mut catalogue = before.catalogue();
        for change in shuffled(&changes(&before, &between), &order) {
            catalogue.apply(change);
        }
        prop_assert_eq!(&catalogue, &between.catalogue());
        for change in shuffled(&changes(&between, &after), &order) {
            catalogue.apply(change);
        }
        prop_assert_eq!(catalogue, after.catalogue());
    }
}

#[test]
fn a_name_that_goes_over_to_another_row_is_found_there() {
    let mut catalogue = Catalogue::default();
    for id in [1, 2] {
        catalogue.apply(crate::rows::account(id).into());
    }
    let email = crate::rows::account(1).email;
    let mut second = crate::rows::account(2);
    second.email = email.clone();
    let mut first = crate::rows::account(1);
    first.email = "elsewhere@example.com".into();
    catalogue.apply(second.into());
    catalogue.apply(first.into());
    let found = catalogue.account_by_email(&email).map(|it| it.row().id);
    assert_eq!(found, AccountId::new(2));
}

#[test]
fn a_damaged_tree_that_goes_round_ends() {
    let mut catalogue = Catalogue::default();
    catalogue.apply(crate::rows::space(1, SpaceState::Live).into());
    for id in 1..=40_u64 {
        let mut page = crate::rows::page(id, 1, 1);
        page.parent = PageId::new(id % 40 + 1);
        catalogue.apply(page.into());
        let page = PageId::from_random(id);
        let who = [Principal::Account(AccountId::from_random(1))];
        catalogue.apply(crate::rows::restriction(id, page, RestrictionKind::View, who).into());
    }
    let page = PageId::from_random(1);
    assert!(catalogue.ancestors_and_self(page).count() >= 40);
    let nobody = Subject::anonymous();
    let decision = decide::decide(&catalogue, &nobody, Action::View, Object::Page(page));
    assert!(!decision.is_allowed());
}
