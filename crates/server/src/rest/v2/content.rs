//! Content of any type.

mod convert_ids_to_types;

use crate::route::{Flavour, Route};
use http::Method;

/// Its routes.
pub(crate) fn routes() -> Vec<Route> {
    const TYPES: &str = "/wiki/api/v2/content/convert-ids-to-types";
    vec![Route::new(
        Method::POST,
        TYPES,
        Flavour::V2,
        convert_ids_to_types::handle,
    )]
}
