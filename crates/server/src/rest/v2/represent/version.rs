//! A v2 version. Through an open channel one sees its number and its instant
//! (law 2, The past).

use super::author;
use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use narthex_access::view::SeenPage;
use narthex_access::{AccountId, Millis};
use serde::Serialize;

/// A v2 version.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    number: u32,
    message: String,
    minor_edit: bool,
    author_id: Option<String>,
    created_at: String,
}

impl Version {
    /// The current version of a page.
    ///
    /// # Errors
    /// Storage.
    pub async fn of_page(lens: Lens<'_>, page: SeenPage<'_>) -> Result<Self, Failure> {
        let row = page.row();
        let shown = page.shows_past();
        let mut version = Self::of(
            lens,
            shown,
            row.version,
            Some(row.updated_by),
            row.updated_at,
        );
        if shown {
            let history = lens.site.history(lens.view, row.id).await?;
            let read = history
                .into_iter()
                .find(|version| version.number == row.version);
            if let Some(read) = read {
                version.message = read.message;
                version.minor_edit = read.minor;
            }
        }
        Ok(version)
    }

    /// A version of which nothing is said. Its author is shown with the past; the
    /// first version's is the author of the whole.
    pub fn of(
        lens: Lens<'_>,
        shows_past: bool,
        number: u32,
        by: Option<AccountId>,
        at: Millis,
    ) -> Self {
        Self {
            number,
            message: String::new(),
            minor_edit: false,
            author_id: author(lens, by.filter(|_| shows_past || number == 1)),
            created_at: moment(at),
        }
    }
}
