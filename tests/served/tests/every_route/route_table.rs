//! The table of routes is complete: what is served is tried, and what is tried is served.

use narthex_served::table::table;
use std::collections::BTreeSet;

#[test]
fn every_route_is_in_the_table_once_and_every_entry_has_a_route() {
    let served: BTreeSet<String> = narthex_server::routes()
        .iter()
        .map(|route| format!("{} {}", route.method, route.template))
        .collect();
    let entries: Vec<String> = table().iter().map(|entry| entry.name()).collect();
    let tried: BTreeSet<String> = entries.iter().cloned().collect();
    let missing: Vec<_> = served.difference(&tried).collect();
    let idle: Vec<_> = tried.difference(&served).collect();
    assert!(
        missing.is_empty() && idle.is_empty(),
        "served, but not in tests/served/src/table: {missing:#?}\nin the table, but not served: {idle:#?}"
    );
    let mut once = BTreeSet::new();
    let twice: Vec<_> = entries.iter().filter(|name| !once.insert(*name)).collect();
    assert!(twice.is_empty(), "in the table twice: {twice:#?}");
}
