//! `GET /wiki/rest/api/search/user`: people by name, for people who may see profiles (law 3.6); for
//! all others the list is empty.
//!
//! `cql` (`user`, `user.fullname`, `user.accountid`, `type = user`), `start`, `limit`,
//! `sitePermissionTypeFilter`.

use crate::call::Call;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::rest::paging::Window;
use crate::rest::v1::represent::search_result::{SearchResult, Searched};
use crate::rest::written::Entries;
use crate::route::Answer;
use narthex_access::Tier;
use narthex_site::search::{cql, people};

/// The values that `sitePermissionTypeFilter` accepts.
pub(super) const PERMISSION_TYPES: [&str; 3] = ["all", "externalCollaborator", "none"];

pub(super) async fn handle(call: Call) -> Answer {
    let parameters = call.query();
    let text = parameters.required("cql")?;
    let query = cql::parse_people(text).map_err(|error| Failure::bad_request(error.to_string()))?;
    let window = Window::of(&parameters, 25)?;
    let filter = parameters.word("sitePermissionTypeFilter", &PERMISSION_TYPES)?;
    let mut found = people::find(&call.view, &query);
    found.retain(|account| match filter {
        Some("all") => true,
        Some("externalCollaborator") => account.tier() == Some(Tier::Guest),
        _ => account.tier() == Some(Tier::Licensed),
    });
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let (total, shown) = (
        found.len(),
        found.iter().skip(window.start).take(window.limit),
    );
    let results: Vec<_> = shown
        .map(|account| SearchResult::person(lens, account.row()))
        .collect();
    let end = window.start.saturating_add(results.len());
    let next = (end < total && window.limit > 0).then(|| window.after(&call));
    let mut entries = Entries::new(lens);
    for result in &results {
        entries.push(result)?;
    }
    let rest = Searched::of(&call, results.len(), window, total, text, next);
    entries.answer(&rest)
}
