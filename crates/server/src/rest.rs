//! The APIs of Confluence Cloud: one folder an API, one file a use.

mod file;
pub mod keyset;
pub mod knowledge_base;
pub mod lens;
pub mod paging;
pub mod sent_body;
pub mod sent_labels;
pub mod sent_metadata;
pub mod sent_moment;
pub mod space_key;
pub mod status;
pub mod task_filter;
pub mod v1;
pub mod v2;
mod written;

use crate::route::Route;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = knowledge_base::routes();
    routes.extend(v1::routes());
    routes.extend(v2::routes());
    routes
}
