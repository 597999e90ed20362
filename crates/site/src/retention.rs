//! The retention of the audit log: how long its entries are stored. Site administration sets it,
//! and the change is audited.

use crate::account::site_admin;
use crate::entry::entry;
use crate::error::SiteError;
use crate::site::Site;
use narthex_access::{Credential, Millis};
use narthex_store::DbError;
use narthex_store::change::{Beside, Change, Event};
pub use narthex_store::retention::Retention;

const DAY: Millis = 24 * 60 * 60 * 1_000;
/// The longest retention, in days: a hundred years.
const LONGEST: Millis = 36_500;

/// The units of a retention, each with its number of days.
const UNITS: [(&str, Millis); 4] = [("DAYS", 1), ("WEEKS", 7), ("MONTHS", 30), ("YEARS", 365)];

impl Site {
    /// Returns how long entries of the audit log are stored; `None` means for ever.
    ///
    /// # Errors
    /// Forbidden to all but site administration; storage.
    pub async fn retention(&self, credential: &Credential) -> Result<Option<Retention>, SiteError> {
        self.rehearse(credential, site_admin::require).await?;
        Ok(self.store().retention().await?)
    }

    /// Sets how long entries of the audit log are stored; `None` means for ever. If it is set
    /// already, no entry is written.
    ///
    /// # Errors
    /// Forbidden to all but site administration; invalid for a bad number or unit.
    pub async fn set_retention(
        &self,
        credential: &Credential,
        kept: Option<Retention>,
    ) -> Result<(), SiteError> {
        if let Some(kept) = &kept {
            length(kept)?;
        }
        let was = self.retention(credential).await?;
        if was == kept {
            return Ok(());
        }
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            Ok(set(was.as_ref(), kept.as_ref()))
        })
        .await
    }

    /// Removes the entries that are older than the retention.
    ///
    /// # Errors
    /// The errors of the database.
    pub async fn remove_old_entries(&self) -> Result<(), DbError> {
        let kept = self.store().retention().await?;
        let Some(length) = kept.and_then(|kept| length(&kept).ok()) else {
            return Ok(());
        };
        let (_, now) = self.store().catalogue().await?;
        self.store().remove_events(now.saturating_sub(length)).await
    }
}

fn set(was: Option<&Retention>, kept: Option<&Retention>) -> Change<()> {
    let told = |kept: Option<&Retention>| {
        kept.map_or_else(
            || "for ever".to_owned(),
            |kept| format!("{} {}", kept.number, kept.units),
        )
    };
    Change {
        rows: Vec::new(),
        beside: vec![Beside::Retention(kept.cloned())],
        events: vec![Event {
            before: Some(told(was)),
            after: Some(told(kept)),
            ..entry("audit.retention.set", "audit log")
        }],
        answer: (),
    }
}

/// Returns the length of a retention, in milliseconds.
///
/// # Errors
/// Invalid for zero, for an unknown unit, and if it is too long.
fn length(kept: &Retention) -> Result<Millis, SiteError> {
    let unit = UNITS.iter().find(|(word, _)| *word == kept.units);
    let days = unit.map(|(_, days)| days.saturating_mul(kept.number.into()));
    match days {
        Some(days) if (1..=LONGEST).contains(&days) => Ok(days.saturating_mul(DAY)),
        _ => Err(SiteError::invalid(
            "the audit log is kept for 1 day to 100 years: \"number\" is a whole number, and \"units\" \
             are DAYS, WEEKS, MONTHS or YEARS; or FOREVER",
        )),
    }
}
