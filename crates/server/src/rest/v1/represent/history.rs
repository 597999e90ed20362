//! v1's `history` of content: who created it and when; through the channel `own` also who changed
//! it (law 2.24).

use super::expand::Expand;
use super::user::User;
use super::version::{Collaborators, Version};
use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use narthex_access::view::SeenPage;
use narthex_access::{AccountId, AttachmentRow, CommentRow, Millis};
use narthex_store::past::VersionRead;
use serde::Serialize;

/// The history of a content object. A part that isn't expanded, or that the viewer may not see, is
/// `None`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct History<'v> {
    latest: bool,
    created_by: User<'v>,
    created_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    owned_by: Option<User<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated: Option<Version<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_version: Option<Version<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_version: Option<Version<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contributors: Option<Contributors<'v>>,
    #[serde(rename = "_expandable")]
    expandable: Expandable,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Contributors<'v> {
    publishers: Collaborators<'v>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Expandable {
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contributors: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owned_by: Option<&'static str>,
    last_owned_by: &'static str,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
}

impl<'v> History<'v> {
    /// Builds the history of a page.
    ///
    /// # Errors
    /// Storage errors.
    pub async fn of(lens: Lens<'v>, page: SeenPage<'v>, expand: &Expand) -> Result<Self, Failure> {
        let past = ["lastUpdated", "previousVersion", "contributors"];
        let versions = if page.shows_past() && past.iter().any(|part| expand.has(part)) {
            lens.site.history(lens.view, page.id()).await?
        } else {
            Vec::new()
        };
        let number = page.row().version;
        Ok(Self::of_version(lens, page, &versions, number, expand))
    }

    /// Builds the history of a page as it was in a version. `versions` are those that have been
    /// read; empty if they aren't requested or the viewer may not see them.
    pub fn of_version(
        lens: Lens<'v>,
        page: SeenPage<'v>,
        versions: &[VersionRead],
        number: u32,
        expand: &Expand,
    ) -> Self {
        let row = page.row();
        let id = row.id.to_string();
        let version = |part: &str, number: Option<u32>| {
            let wanted = number.filter(|_| expand.has(part))?;
            let read = versions.iter().find(|version| version.number == wanted)?;
            Some(Version::read(lens, &id, read))
        };
        let contributors = expand.has("contributors") && !versions.is_empty();
        let publishers = || {
            let until_then = versions.iter().filter(|version| version.number <= number);
            Collaborators::of(lens, until_then.map(|version| version.by))
        };
        Self {
            latest: number == row.version,
            owned_by: expand
                .has("ownedBy")
                .then(|| User::author(lens, Some(row.owner))),
            last_updated: version("lastUpdated", Some(row.version)),
            previous_version: version("previousVersion", number.checked_sub(1)),
            next_version: version("nextVersion", number.checked_add(1)),
            contributors: contributors.then(|| Contributors {
                publishers: publishers(),
            }),
            ..Self::bare(lens, &id, Some(row.author), row.created_at)
        }
        .noted()
    }

    /// Builds the history of a comment.
    pub fn of_comment(lens: Lens<'v>, row: &CommentRow) -> Self {
        Self::bare(lens, &row.id.to_string(), row.author, row.created_at).noted()
    }

    /// Builds the history of an attachment.
    pub fn of_attachment(lens: Lens<'v>, id: &str, row: &AttachmentRow) -> Self {
        Self::bare(lens, id, Some(row.author), row.created_at).noted()
    }

    fn bare(lens: Lens<'v>, id: &str, by: Option<AccountId>, at: Millis) -> Self {
        Self {
            latest: true,
            created_by: User::author(lens, by),
            created_date: moment(at),
            owned_by: None,
            last_updated: None,
            previous_version: None,
            next_version: None,
            contributors: None,
            expandable: Expandable {
                last_updated: None,
                previous_version: None,
                contributors: None,
                next_version: None,
                owned_by: None,
                last_owned_by: "",
            },
            links: Links {
                this: format!("{}/rest/api/content/{id}/history", lens.base),
            },
        }
    }

    /// Notes the parts that are left out.
    fn noted(mut self) -> Self {
        let closed = |shown: bool| (!shown).then_some("");
        self.expandable = Expandable {
            last_updated: closed(self.last_updated.is_some()),
            previous_version: closed(self.previous_version.is_some()),
            contributors: closed(self.contributors.is_some()),
            next_version: closed(self.next_version.is_some()),
            owned_by: closed(self.owned_by.is_some()),
            last_owned_by: "",
        };
        self
    }
}
