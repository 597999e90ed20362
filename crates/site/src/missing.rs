//! The error for an id or a name that an administrator sends and that doesn't exist.

use crate::error::SiteError;
use narthex_access::{Denied, Refusal};

/// Returns `Absent`, the same error as for things that the caller may not see (law 6.1).
pub(crate) fn absent() -> SiteError {
    Refusal::of(Denied::NotThere).into()
}
