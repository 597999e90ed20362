//! Private pages: created and restricted to their creator in one revision, so that nobody sees them
//! in between.

use crate::error::SiteError;
use crate::page::{NewPage, event, plan_create};
use crate::plan::Plan;
use crate::restriction::entry_of;
use narthex_access::{
    Action, Object, PageId, Principal, RestrictionId, RestrictionKind, RestrictionRow, Row,
    RowChange,
};
use narthex_store::change::{Change, Event};

/// Plans a page that is restricted to its creator.
pub(crate) fn plan_create_private(
    plan: &Plan<'_>,
    new: &NewPage,
) -> Result<Change<PageId>, SiteError> {
    let mut change = plan_create(plan, new)?;
    let author = plan.author()?;
    let page = change.rows.iter().find_map(|row| match row {
        RowChange::Put(Row::Page(row)) if row.id == change.answer => Some(row.clone()),
        _ => None,
    });
    let Some(page) = page else {
        return Ok(change);
    };
    plan.view
        .require(Action::Restrict, Object::Space(page.space))?;
    let only = Principal::Account(author);
    for kind in RestrictionKind::ALL {
        let list = RestrictionRow {
            id: plan.new_id(RestrictionId::from_random),
            page: page.id,
            kind: *kind,
            left_by: None,
            since: plan.now,
            by: author,
            listed: [only].into(),
        };
        change.rows.push(list.into());
        change.events.push(Event {
            after: Some(only.to_string()),
            ..event(entry_of(*kind), plan.catalogue, &page)
        });
    }
    Ok(change)
}
