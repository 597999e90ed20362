//! v1's `history` of a page: who made it and when; through `own` also who
//! changed it (law 2, The past).

use super::expand::Expand;
use super::user::User;
use super::version::{Told, Version};
use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use narthex_access::view::SeenPage;
use serde::Serialize;
use std::collections::BTreeSet;

/// v1's `history`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct History<'v> {
    latest: bool,
    created_by: User<'v>,
    created_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated: Option<Version<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_version: Option<Version<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contributors: Option<Contributors<'v>>,
    #[serde(rename = "_expandable")]
    expandable: Expandable,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Contributors<'v> {
    publishers: Publishers<'v>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Publishers<'v> {
    users: Vec<User<'v>>,
    user_keys: Vec<String>,
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
    next_version: &'static str,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
}

impl<'v> History<'v> {
    /// The history of a page.
    ///
    /// # Errors
    /// Storage.
    pub async fn of(lens: Lens<'v>, page: SeenPage<'v>, expand: &Expand) -> Result<Self, Failure> {
        let row = page.row();
        let id = row.id.to_string();
        let past = page.shows_past();
        let wants = |part: &str| past && expand.has(part);
        let (last, previous, contributors) = (
            wants("lastUpdated"),
            wants("previousVersion"),
            wants("contributors"),
        );
        let versions = if last || previous || contributors {
            lens.site.history(lens.view, page.id()).await?
        } else {
            Vec::new()
        };
        let version = |number: u32| {
            let read = versions.iter().find(|version| version.number == number)?;
            let (by, at, message) = (read.by, read.at, read.message.clone());
            let told = Told {
                number,
                by,
                at,
                message,
                minor: read.minor,
            };
            Some(Version::told(lens, &id, told))
        };
        let publishers: BTreeSet<_> = versions.iter().map(|version| version.by).collect();
        let users = publishers.into_iter().map(|by| User::author(lens, by));
        let publishers = Publishers {
            users: users.collect(),
            user_keys: Vec::new(),
        };
        let last_updated = if last { version(row.version) } else { None };
        let before = row.version.checked_sub(1).filter(|_| previous);
        let closed = |shown: bool| (!shown).then_some("");
        Ok(Self {
            latest: true,
            created_by: User::author(lens, Some(row.author)),
            created_date: moment(row.created_at),
            last_updated,
            previous_version: before.and_then(version),
            contributors: contributors.then_some(Contributors { publishers }),
            expandable: Expandable {
                last_updated: closed(last),
                previous_version: closed(previous),
                contributors: closed(contributors),
                next_version: "",
            },
            links: Links {
                this: format!("{}/rest/api/content/{id}/history", lens.base),
            },
        })
    }
}
