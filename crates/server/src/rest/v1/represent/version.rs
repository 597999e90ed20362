//! A v1 version. Through an open channel one sees its number and its instant,
//! and nothing of who changed what (law 2, The past).

use super::user::User;
use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use narthex_access::view::SeenPage;
use narthex_access::{AccountId, Millis};
use serde::Serialize;

/// A v1 version.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Version<'v> {
    by: User<'v>,
    when: String,
    message: String,
    number: u32,
    minor_edit: bool,
    content_type_modified: bool,
    #[serde(rename = "_expandable")]
    expandable: Expandable,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Expandable {
    collaborators: &'static str,
    content: String,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    this: Option<String>,
}

/// What is told of a version.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) number: u32,
    pub(super) by: Option<AccountId>,
    pub(super) at: Millis,
    pub(super) message: String,
    pub(super) minor: bool,
}

impl<'v> Version<'v> {
    /// The current version of a page.
    ///
    /// # Errors
    /// Storage.
    pub async fn current(lens: Lens<'v>, page: SeenPage<'v>) -> Result<Self, Failure> {
        let row = page.row();
        if !page.shows_past() {
            // The first version's author is the page's; later ones are its past.
            let by = if row.version == 1 {
                User::author(lens, Some(row.updated_by))
            } else {
                User::HIDDEN
            };
            return Ok(Self::bare(by, row.version, row.updated_at));
        }
        let history = lens.site.history(lens.view, page.id()).await?;
        let told = history
            .into_iter()
            .find(|version| version.number == row.version);
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

    /// A version of which all is told.
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
                collaborators: "",
                content: format!("/rest/api/content/{content}"),
            },
            links: Links { this: Some(this) },
            ..Self::bare(User::author(lens, by), number, at)
        }
    }

    /// A version of which the number and the instant are told.
    pub(super) fn bare(by: User<'v>, number: u32, at: Millis) -> Self {
        Self {
            by,
            when: moment(at),
            message: String::new(),
            number,
            minor_edit: false,
            content_type_modified: false,
            expandable: Expandable {
                collaborators: "",
                content: String::new(),
            },
            links: Links { this: None },
        }
    }
}
