//! The pages for people.

use crate::route::Route;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    Vec::new()
}
