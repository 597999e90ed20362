//! Content of any type: the one operation that v2 has for ids whose type isn't known.

mod convert_ids_to_types;

use crate::route::{Flavour, Route};
use http::Method;

/// Returns the route for content of any type.
pub(crate) fn routes() -> Vec<Route> {
    const TYPES: &str = "/wiki/api/v2/content/convert-ids-to-types";
    vec![Route::new(
        Method::POST,
        TYPES,
        Flavour::V2,
        convert_ids_to_types::handle,
    )]
}
