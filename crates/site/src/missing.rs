//! The answer for an id or a name that administration asks for and that isn't there.

use crate::error::SiteError;
use narthex_access::{Denied, Refusal};

/// Absent: the same answer as for what isn't for the caller (law 6.1).
pub(crate) fn absent() -> SiteError {
    Refusal::of(Denied::NotThere).into()
}
