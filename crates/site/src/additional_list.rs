//! Additional lists, which keep a page as closed as it was when it moves without anybody having
//! opened it (laws 2b.1 and 2b.4).
//!
//! Trashing, purging and restoring move pages out from below others. Every view restriction that
//! applied from above such a page and no longer does stays on the page itself, beside its own list,
//! until somebody who may restrict the page lifts it.

use crate::plan::Plan;
use narthex_access::{PageId, Principal, RestrictionId, RestrictionKind, RestrictionRow};
use narthex_store::change::Change;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Copies to a page the view restrictions of `from` and of the pages above it, up to the first page
/// that is also above it at its new parent `to`.
///
/// A list that equals one already left on the page by an earlier move isn't added again.
pub(crate) fn keep_closed<T>(
    plan: &Plan<'_>,
    page: PageId,
    from: Option<PageId>,
    to: Option<PageId>,
    change: &mut Change<T>,
) {
    let catalogue = plan.catalogue;
    let stay: BTreeSet<PageId> = to
        .into_iter()
        .flat_map(|to| catalogue.ancestors_and_self(to))
        .map(|node| node.row().id)
        .collect();
    let lost = from
        .into_iter()
        .flat_map(|from| catalogue.ancestors_and_self(from))
        .map(|node| node.row().id)
        .take_while(|node| !stay.contains(node));
    let mut there: Vec<Arc<[Principal]>> = catalogue
        .lists(page)
        .into_iter()
        .flat_map(|lists| lists.view())
        .filter(|list| list.left_by.is_some())
        .map(|list| list.listed.clone())
        .collect();
    for node in lost {
        let lists = catalogue.lists(node);
        for list in lists.into_iter().flat_map(|lists| lists.view()) {
            if there.contains(&list.listed) {
                continue;
            }
            there.push(list.listed.clone());
            let left = RestrictionRow {
                id: plan.new_id(RestrictionId::from_random),
                page,
                kind: RestrictionKind::View,
                left_by: Some(list.left_by.unwrap_or(node)),
                ..(**list).clone()
            };
            change.rows.push(left.into());
        }
    }
}
