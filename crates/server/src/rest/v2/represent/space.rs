//! A v2 space: its own members, and the parts that the request adds to them.

use super::author;
use super::hung::Hung;
use super::include::Include;
use super::included::Included;
use super::operation::Operation;
use super::permission::{Assignment, assignments};
use super::space_role::RoleAssignment;
use crate::failure::{Failure, html_escaped};
use crate::request::bad_request::BadRequest;
use crate::request::query::Parameters;
use crate::rest::lens::{Lens, below_base, moment};
use crate::web::assets;
use narthex_access::view::SeenSpace;
use narthex_access::{Object, SpaceState};
use narthex_site::address;
use serde::Serialize;
use std::borrow::Cow;

/// A space as this reader sees it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Space<'v> {
    id: String,
    key: &'v str,
    name: &'v str,
    #[serde(rename = "type")]
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    space_owner_id: Option<String>,
    current_active_alias: &'v str,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Description<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<Icon>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<Included<Operation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<Included<Assignment>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_assignments: Option<Included<RoleAssignment>>,
    #[serde(flatten)]
    hung: Hung<'v>,
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
    value: Cow<'v, str>,
}

/// The icon of every space.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Icon {
    path: &'static str,
    api_download_link: &'static str,
}

const ICON: Icon = Icon {
    path: assets::SPACE_ICON,
    api_download_link: assets::SPACE_ICON,
};

#[derive(Debug, Serialize)]
struct Links<'v> {
    webui: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<&'v str>,
}

/// The representation of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DescriptionFormat {
    Plain,
    View,
}

/// The parts of a space that a response has besides the space's own members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Show {
    description: Option<DescriptionFormat>,
    icon: bool,
    operations: bool,
    permissions: bool,
    role_assignments: bool,
    labels: bool,
    properties: bool,
}

impl Show {
    /// The parts of a space in the response to creating it.
    pub const MADE: Self = Self {
        description: Some(DescriptionFormat::Plain),
        icon: false,
        operations: false,
        permissions: false,
        role_assignments: false,
        labels: false,
        properties: false,
    };

    /// Reads the parameters of a query.
    ///
    /// # Errors
    /// Bad request if there is no such format, or if a flag is neither true nor false.
    pub fn of(query: &Parameters<'_>) -> Result<Self, BadRequest> {
        let description = match query.get("description-format") {
            None => None,
            Some("plain") => Some(DescriptionFormat::Plain),
            Some("view") => Some(DescriptionFormat::View),
            Some(_) => {
                return Err(BadRequest::new(
                    "the query parameter \"description-format\" must be plain or view",
                ));
            }
        };
        Ok(Self {
            description,
            icon: query.flag("include-icon")?,
            operations: query.flag("include-operations")?,
            permissions: query.flag("include-permissions")?,
            role_assignments: query.flag("include-role-assignments")?,
            labels: query.flag("include-labels")?,
            properties: query.flag("include-properties")?,
        })
    }
}

/// Returns the word for a state; `None` for a state that no list shows.
pub fn status(state: SpaceState) -> Option<&'static str> {
    match state {
        SpaceState::Live => Some("current"),
        SpaceState::Archived => Some("archived"),
        SpaceState::Trashed | SpaceState::Importing => None,
    }
}

impl<'v> Space<'v> {
    /// Builds the object of a space, with the parts that `show` names.
    pub fn of(lens: Lens<'v>, space: SeenSpace<'v>, show: Show) -> Self {
        let row = space.row();
        // A description is plain text, and becomes HTML in the representation `view`.
        let text = |representation| {
            Some(Text {
                representation,
                value: match representation {
                    "view" => html_escaped(&row.description).into(),
                    _ => (&*row.description).into(),
                },
            })
        };
        let description = show.description.map(|format| match format {
            DescriptionFormat::Plain => Description {
                plain: text("plain"),
                view: None,
            },
            DescriptionFormat::View => Description {
                plain: None,
                view: text("view"),
            },
        });
        let creator = author(lens, Some(row.creator));
        let address = format!("spaces/{}", row.id);
        let object = Object::Space(row.id);
        Self {
            id: row.id.to_string(),
            key: &row.key,
            name: &row.name,
            kind: row.kind.word(),
            status: status(row.state).unwrap_or("current"),
            space_owner_id: creator.clone(),
            author_id: creator,
            current_active_alias: &row.key,
            created_at: moment(row.created_at),
            homepage_id: space.homepage().map(|page| page.id().to_string()),
            description,
            icon: show.icon.then_some(ICON),
            operations: show
                .operations
                .then(|| Operation::included(lens, object, &address)),
            permissions: show.permissions.then(|| assignments(space, &address)),
            role_assignments: show
                .role_assignments
                .then(|| RoleAssignment::included(space, &address)),
            hung: Hung::default(),
            links: Links {
                webui: below_base(&address::space(&row.key)).to_owned(),
                base: None,
            },
        }
    }

    /// Adds the embedded labels and properties, if the request includes them.
    ///
    /// # Errors
    /// Absent if something has been removed since; storage errors.
    pub async fn including(
        mut self,
        lens: Lens<'v>,
        space: SeenSpace<'v>,
        show: Show,
    ) -> Result<Self, Failure> {
        let (on, address) = (Object::Space(space.id()), format!("spaces/{}", self.id));
        let include = Include {
            labels: show.labels,
            properties: show.properties,
            ..Include::NOTHING
        };
        self.hung = Hung::of(lens, on, &address, include).await?;
        Ok(self)
    }

    /// Completes the object for a response that consists of it alone.
    #[must_use]
    pub fn alone(mut self, lens: Lens<'v>) -> Self {
        self.links.base = Some(lens.base);
        self
    }
}
