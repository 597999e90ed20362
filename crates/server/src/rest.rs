//! The APIs of Confluence Cloud: one folder an API, one file a use.

pub mod knowledge_base;
pub mod paging;

use crate::route::Route;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    knowledge_base::routes()
}
