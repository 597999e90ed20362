//! `/wiki/rest/api`: the first version of the API, one file a use.

pub mod represent;

mod audit;
mod content;
mod group;
mod long_task;
mod restriction;
mod settings;
mod space;
mod user;
mod version;

use crate::route::Route;

/// Its routes.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = space::routes();
    routes.extend(content::routes());
    routes.extend(version::routes());
    routes.extend(restriction::routes());
    routes.extend(user::routes());
    routes.extend(group::routes());
    routes.extend(long_task::routes());
    routes.extend(settings::routes());
    routes.extend(audit::routes());
    routes
}
