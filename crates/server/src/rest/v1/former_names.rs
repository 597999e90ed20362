//! The parameters `key` and `username`, which named people before they had account ids.

use crate::failure::Failure;
use crate::request::query::Parameters;

/// Refuses the former names, because ignoring one could act on another person than the one it
/// names.
///
/// # Errors
/// Bad request if `key` or `username` is sent.
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
