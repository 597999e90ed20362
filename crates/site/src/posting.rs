//! The date of a blog post: its day is part of the post's address, and two posts may have the same
//! title on different days.

use crate::error::SiteError;
use crate::plan::Plan;
use narthex_access::{Millis, PageKind};

/// How far ahead of the site's clock a blog post may be dated, since callers have other time zones
/// and clocks that are a little fast.
const MAX_AHEAD: Millis = 24 * 60 * 60 * 1000;
/// The beginning of the year 1, before which a day has no address.
const EARLIEST: Millis = -62_135_596_800_000;

/// Returns the new date of a page or blog post: the requested one, else `given`.
///
/// # Errors
/// Invalid if a date is requested for anything but a blog post, or if it is in the future or before
/// the year 1.
pub(crate) fn moment(
    plan: &Plan<'_>,
    kind: PageKind,
    asked: Option<Millis>,
    given: Millis,
) -> Result<Millis, SiteError> {
    let Some(asked) = asked else {
        return Ok(given);
    };
    if kind != PageKind::BlogPost {
        return Err(SiteError::invalid(
            "only a blog post can have a date of creation that you choose; leave it out",
        ));
    }
    if asked < EARLIEST || asked > plan.now.saturating_add(MAX_AHEAD) {
        return Err(SiteError::invalid(
            "the date of creation of a blog post must be in the past, from the year 1 on; \
             send such a date, or leave it out",
        ));
    }
    Ok(asked)
}

/// Returns the day of a moment as addresses write it: `2026/01/31`.
pub(crate) fn day(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%Y/%m/%d")
        .to_string()
}
