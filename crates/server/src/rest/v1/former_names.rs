//! `key` and `username`, by which people were named before they had account ids.

use crate::failure::Failure;
use crate::request::query::Parameters;

/// Refuses the names by which somebody else could be meant than is taken.
///
/// # Errors
/// Bad request for `key` and `username`.
pub(super) fn refuse(query: &Parameters<'_>) -> Result<(), Failure> {
    for former in ["key", "username"] {
        if query.get(former).is_some() {
            return Err(Failure::bad_request(format!(
                "the query parameter \"{former}\" is no longer in use; send accountId"
            )));
        }
    }
    Ok(())
}
