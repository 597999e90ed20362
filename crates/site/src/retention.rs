//! How long the audit log is kept: set by site administration, an audited act.

use crate::account::site_admin;
use crate::entry::entry;
use crate::error::SiteError;
use crate::site::Site;
use narthex_access::{Credential, Millis};
use narthex_store::DbError;
use narthex_store::change::{Beside, Change, Event};
pub use narthex_store::retention::Retention;

const DAY: Millis = 24 * 60 * 60 * 1_000;
/// The longest time, in days: a hundred years.
const LONGEST: Millis = 36_500;

/// The units that a time can be set in, and how many days each is.
const UNITS: [(&str, Millis); 4] = [("DAYS", 1), ("WEEKS", 7), ("MONTHS", 30), ("YEARS", 365)];

impl Site {
    /// How long the audit log is kept; none for ever.
    ///
    /// # Errors
    /// Forbidden to all but site administration; storage.
    pub async fn retention(&self, credential: &Credential) -> Result<Option<Retention>, SiteError> {
        self.rehearse(credential, site_admin::require).await?;
        Ok(self.store().retention().await?)
    }

    /// Sets how long the audit log is kept; none for ever. Setting what is set leaves
    /// no entry.
    ///
    /// # Errors
    /// Forbidden to all but site administration; invalid for a time that is none.
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

    /// Removes what the audit log needn't keep any longer.
    ///
    /// # Errors
    /// What the database says.
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

/// How long a time is, in milliseconds.
///
/// # Errors
/// Invalid for none, and for one that is too long.
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
