//! `/wiki/rest/api`: the first version of the API, one file a use.

pub mod represent;

mod audit;
mod content;
mod group;
mod restriction;
mod search;
mod space;
mod user;

use crate::route::Route;

/// Its routes.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = space::routes();
    routes.extend(content::routes());
    routes.extend(restriction::routes());
    routes.extend(user::routes());
    routes.extend(group::routes());
    routes.extend(audit::routes());
    routes.extend(search::routes());
    routes
}
