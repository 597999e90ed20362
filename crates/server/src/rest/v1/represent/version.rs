//! A v1 version. Through an open channel its reader sees the number and the instant, and nothing
//! about who changed what (law 2.24).

use super::content::Content;
use super::expand::Expand;
use super::user::User;
use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use narthex_access::view::SeenPage;
use narthex_access::{AccountId, CommentRow, Millis};
use narthex_site::version::Versioned;
use narthex_store::past::VersionRead;
use serde::Serialize;
use std::collections::BTreeSet;

/// A version of some content.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Version<'v> {
    by: User<'v>,
    when: String,
    message: String,
    number: u32,
    minor_edit: bool,
    content_type_modified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Box<Content<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collaborators: Option<Collaborators<'v>>,
    #[serde(rename = "_expandable")]
    expandable: Expandable,
    #[serde(rename = "_links")]
    links: Links,
}

/// The accounts that have written some content.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Collaborators<'v> {
    users: Vec<User<'v>>,
    user_account_ids: Vec<String>,
    user_keys: [(); 0],
}

impl<'v> Collaborators<'v> {
    /// Builds the list of these accounts, each once.
    pub fn of(lens: Lens<'v>, people: impl Iterator<Item = Option<AccountId>>) -> Self {
        let people: BTreeSet<_> = people.collect();
        let shown = |by: &Option<AccountId>| lens.view.author((*by)?).account();
        let accounts = people.iter().filter_map(shown);
        Self {
            user_account_ids: accounts
                .map(|account| account.row().id.to_string())
                .collect(),
            users: people
                .into_iter()
                .map(|by| User::author(lens, by))
                .collect(),
            user_keys: [],
        }
    }
}

#[derive(Debug, Serialize)]
struct Expandable {
    #[serde(skip_serializing_if = "Option::is_none")]
    collaborators: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    this: Option<String>,
}

/// The fields of a version, for people who may see all of them.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) number: u32,
    pub(super) by: Option<AccountId>,
    pub(super) at: Millis,
    pub(super) message: String,
    pub(super) minor: bool,
}

impl<'v> Version<'v> {
    /// Builds the current version of a page.
    ///
    /// # Errors
    /// Storage errors.
    pub async fn current(lens: Lens<'v>, page: SeenPage<'v>) -> Result<Self, Failure> {
        let row = page.row();
        if !page.shows_past() {
            // The first version's author is the page's; the authors of later ones belong to its
            // past.
            let by = if row.version == 1 {
                User::author(lens, Some(row.updated_by))
            } else {
                User::HIDDEN
            };
            return Ok(Self::bare(by, row.version, row.updated_at));
        }
        let of = Versioned::Page(row.id);
        let told = lens.site.version(lens.view, of, row.version).await?;
        let (message, minor) =
            told.map_or_else(Default::default, |version| (version.message, version.minor));
        let by = Some(row.updated_by);
        let told = Told {
            number: row.version,
            by,
            at: row.updated_at,
            message,
            minor,
        };
        Ok(Self::told(lens, &row.id.to_string(), told))
    }

    /// Builds the current version of a comment.
    ///
    /// # Errors
    /// Storage errors.
    pub async fn of_comment(
        lens: Lens<'v>,
        page: SeenPage<'v>,
        row: &CommentRow,
    ) -> Result<Self, Failure> {
        let (id, past) = (row.id.to_string(), page.shows_past());
        if past && row.version > 1 {
            let of = Versioned::Comment(row.id);
            let read = lens.site.version(lens.view, of, row.version).await?;
            if let Some(read) = read {
                return Ok(Self::read(lens, &id, &read));
            }
        }
        let (number, by, at) = (row.version, row.updated_by, row.updated_at);
        if !past {
            // As for a page; its address among the former versions is left out too.
            let first = number == 1;
            let by = if first {
                User::author(lens, by)
            } else {
                User::HIDDEN
            };
            return Ok(Self::bare(by, number, at));
        }
        let (message, minor) = (String::new(), false);
        let told = Told {
            number,
            by,
            at,
            message,
            minor,
        };
        Ok(Self::told(lens, &id, told))
    }

    /// Builds a version that was read from the past, for people who may see that.
    pub fn read(lens: Lens<'v>, content: &str, version: &VersionRead) -> Self {
        let told = Told {
            number: version.number,
            by: version.by,
            at: version.at,
            message: version.message.clone(),
            minor: version.minor,
        };
        Self::told(lens, content, told)
    }

    /// Adds the expanded parts; `content` is the content as of this version.
    #[must_use]
    pub fn expanded(
        mut self,
        lens: Lens<'v>,
        version: &VersionRead,
        content: Option<Content<'v>>,
        expand: &Expand,
    ) -> Self {
        if let Some(content) = content {
            self.content = Some(Box::new(content));
            self.expandable.content = None;
        }
        if expand.has("collaborators") {
            self.collaborators = Some(Collaborators::of(lens, [version.by].into_iter()));
            self.expandable.collaborators = None;
        }
        self
    }

    /// Builds a version with all its fields.
    pub(super) fn told(lens: Lens<'v>, content: &str, told: Told) -> Self {
        let Told {
            number,
            by,
            at,
            message,
            minor,
        } = told;
        let base = lens.base;
        let this = format!("{base}/rest/api/content/{content}/version/{number}");
        Self {
            message,
            minor_edit: minor,
            expandable: Expandable {
                collaborators: Some(""),
                content: Some(format!("/rest/api/content/{content}")),
            },
            links: Links { this: Some(this) },
            ..Self::bare(User::author(lens, by), number, at)
        }
    }

    /// Builds a version with no more than its author, number and instant.
    pub(super) fn bare(by: User<'v>, number: u32, at: Millis) -> Self {
        Self {
            by,
            when: moment(at),
            message: String::new(),
            number,
            minor_edit: false,
            content_type_modified: false,
            content: None,
            collaborators: None,
            expandable: Expandable {
                collaborators: Some(""),
                content: Some(String::new()),
            },
            links: Links { this: None },
        }
    }
}
