//! The APIs of Confluence Cloud, and the knowledge-base call that Narthex exists for.
//!
//! There is one folder for each API (`v1`, `v2`, `knowledge_base`) and in it one file for each
//! operation. What both versions share, such as paging and the reading of bodies and labels, is in
//! the files beside those folders. Pages for browsers are in `web`.

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

/// Returns the routes of all the APIs.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = knowledge_base::routes();
    routes.extend(v1::routes());
    routes.extend(v2::routes());
    routes
}
