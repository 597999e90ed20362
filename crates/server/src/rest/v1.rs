//! `/wiki/rest/api`: the first version of the API, with one file for each operation.
//!
//! Its objects are written by [`represent`], as far as the request expands them. The routes of the
//! second version are in [`super::v2`].

pub mod represent;

mod attachment;
mod audit;
mod content;
mod content_body;
mod former_names;
mod group;
mod inline_task;
mod label;
mod long_task;
mod property;
mod restriction;
mod search;
mod settings;
mod space;
mod state;
mod template;
mod user;
mod user_property;
mod version;
mod watch;

use crate::route::Route;

/// Returns the routes of this version.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = space::routes();
    routes.extend(content::routes());
    routes.extend(content_body::routes());
    routes.extend(version::routes());
    routes.extend(attachment::routes());
    routes.extend(restriction::routes());
    routes.extend(user::routes());
    routes.extend(group::routes());
    routes.extend(long_task::routes());
    routes.extend(settings::routes());
    routes.extend(template::routes());
    routes.extend(audit::routes());
    routes.extend(search::routes());
    routes.extend(label::routes());
    routes.extend(property::routes());
    routes.extend(state::routes());
    routes.extend(inline_task::routes());
    routes.extend(user_property::routes());
    routes.extend(watch::routes());
    routes
}
