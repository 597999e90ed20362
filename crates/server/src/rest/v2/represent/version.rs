//! A v2 version. Through an open channel its reader sees the number and the instant of the current
//! one (law 2.24).

use super::author;
use super::included::{Included, MOST_INCLUDED};
use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use narthex_access::view::SeenPage;
use narthex_access::{AccountId, CommentRow, Millis};
use narthex_site::version::Versioned;
use narthex_store::past::{VersionRead, VersionRun};
use serde::Serialize;

/// A version of some content: its number, message, author and instant.
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
    /// Builds the current version of a page.
    ///
    /// # Errors
    /// Storage errors.
    pub async fn of_page(lens: Lens<'_>, page: SeenPage<'_>) -> Result<Self, Failure> {
        let row = page.row();
        let shown = page.shows_past();
        if shown {
            let of = Versioned::Page(row.id);
            let read = lens.site.version(lens.view, of, row.version).await?;
            if let Some(read) = read {
                return Ok(Self::read(lens, &read));
            }
        }
        let by = Some(row.updated_by);
        Ok(Self::of(lens, shown, row.version, by, row.updated_at))
    }

    /// Builds the current version of a comment. A first version has no message.
    ///
    /// # Errors
    /// Storage errors.
    pub async fn of_comment(
        lens: Lens<'_>,
        row: &CommentRow,
        shows_past: bool,
    ) -> Result<Self, Failure> {
        if shows_past && row.version > 1 {
            let of = Versioned::Comment(row.id);
            let read = lens.site.version(lens.view, of, row.version).await?;
            if let Some(read) = read {
                return Ok(Self::read(lens, &read));
            }
        }
        let (number, by, at) = (row.version, row.updated_by, row.updated_at);
        Ok(Self::of(lens, shows_past, number, by, at))
    }

    /// Builds a version that was read from the past.
    pub fn read(lens: Lens<'_>, read: &VersionRead) -> Self {
        Self {
            number: read.number,
            message: read.message.clone(),
            minor_edit: read.minor,
            author_id: author(lens, read.by),
            created_at: moment(read.at),
        }
    }

    /// A version without a message. Its author is shown with the past; the first version's is the
    /// author of the whole.
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

    /// Returns the id of its author, if the viewer may see it.
    pub fn author(&self) -> Option<&str> {
        self.author_id.as_deref()
    }

    /// Adds the message of its author.
    #[must_use]
    pub fn saying(mut self, message: &str) -> Self {
        message.clone_into(&mut self.message);
        self
    }

    /// Returns the newest versions within their object, whose address is `/wiki/api/v2/` and
    /// `address`; empty for people who can't see its past.
    ///
    /// # Errors
    /// Storage errors.
    pub async fn included(
        lens: Lens<'_>,
        of: Versioned,
        shows_past: bool,
        address: &str,
    ) -> Result<Included<Self>, Failure> {
        let address = format!("/wiki/api/v2/{address}/versions");
        if !shows_past {
            return Ok(Included::nothing());
        }
        let run = VersionRun {
            newest_first: true,
            after: None,
            limit: MOST_INCLUDED + 1,
        };
        let mut read = lens.site.versions(lens.view, of, run).await?;
        let more = read.len() > MOST_INCLUDED;
        read.truncate(MOST_INCLUDED);
        let next = read.last().filter(|_| more).map(|v| v.number.to_string());
        let versions = read.iter().map(|read| Self::read(lens, read)).collect();
        Ok(Included::of(versions, next.as_deref(), address))
    }
}
