//! A v2 space.

use super::author;
use crate::rest::lens::{Lens, below_base, moment};
use narthex_access::SpaceState;
use narthex_access::view::SeenSpace;
use narthex_site::address;
use serde::Serialize;

/// A v2 space.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Space<'v> {
    id: String,
    key: &'v str,
    name: &'v str,
    #[serde(rename = "type")]
    kind: &'static str,
    status: &'static str,
    author_id: Option<String>,
    space_owner_id: Option<String>,
    current_active_alias: &'v str,
    created_at: String,
    homepage_id: Option<String>,
    description: Option<Description<'v>>,
    #[serde(rename = "_links")]
    links: Links<'v>,
}

#[derive(Debug, Serialize)]
struct Description<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    plain: Option<Text<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<Text<'v>>,
}

#[derive(Debug, Serialize)]
struct Text<'v> {
    representation: &'static str,
    value: &'v str,
}

#[derive(Debug, Serialize)]
struct Links<'v> {
    webui: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<&'v str>,
}

impl<'v> Space<'v> {
    /// A space, with its description in the format that is asked for.
    pub fn of(lens: Lens<'v>, space: SeenSpace<'v>, description_format: Option<&str>) -> Self {
        let row = space.row();
        let text = |representation| Text {
            representation,
            value: &row.description,
        };
        let description = match description_format {
            Some("plain") => Some(Description {
                plain: Some(text("plain")),
                view: None,
            }),
            Some("view") => Some(Description {
                plain: None,
                view: Some(text("view")),
            }),
            _ => None,
        };
        let creator = author(lens, Some(row.creator));
        Self {
            id: row.id.to_string(),
            key: &row.key,
            name: &row.name,
            kind: row.kind.word(),
            status: if row.state == SpaceState::Archived {
                "archived"
            } else {
                "current"
            },
            space_owner_id: creator.clone(),
            author_id: creator,
            current_active_alias: &row.key,
            created_at: moment(row.created_at),
            homepage_id: space.homepage().map(|page| page.id().to_string()),
            description,
            links: Links {
                webui: below_base(&address::space(&row.key)).to_owned(),
                base: None,
            },
        }
    }

    /// The object as the answer to a request for it alone.
    #[must_use]
    pub fn alone(mut self, lens: Lens<'v>) -> Self {
        self.links.base = Some(lens.base);
        self
    }
}
