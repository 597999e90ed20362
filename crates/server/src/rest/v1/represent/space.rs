//! A v1 space, as lists of spaces and content objects write it.

use super::content::{Content, operations};
use super::expand::Expand;
use super::metadata;
use super::permission::SpacePermission;
use super::space_settings::Settings;
use super::user::{Icon, User};
use crate::failure::{Failure, html_escaped};
use crate::rest::lens::{Lens, below_base, moment};
use narthex_access::view::SeenSpace;
use narthex_access::{Object, SpaceState};
use narthex_site::address;
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A v1 space. A part that isn't expanded is `None`, and noted in `expandable`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Space<'v> {
    id: u64,
    key: &'v str,
    name: &'v str,
    #[serde(rename = "type")]
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Description<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<Icon>,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<Box<Content<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<History<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<Vec<SpacePermission<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<Vec<Operation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<Settings<'v>>,
    #[serde(rename = "_expandable")]
    expandable: Expandable,
    #[serde(rename = "_links")]
    links: Links<'v>,
}

#[derive(Debug, Serialize)]
struct Description<'v> {
    plain: Text<'v>,
    view: Text<'v>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Text<'v> {
    value: Cow<'v, str>,
    representation: &'static str,
    embedded_content: [(); 0],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct History<'v> {
    created_date: String,
    created_by: User<'v>,
}

/// An operation that the viewer may do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    operation: &'static str,
    target_type: &'static str,
}

impl Operation {
    /// An operation: a verb and the type of its target.
    pub const fn new(operation: &'static str, target_type: &'static str) -> Self {
        Self {
            operation,
            target_type,
        }
    }
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Expandable {
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<&'static str>,
    look_and_feel: &'static str,
    identifiers: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'static str>,
    theme: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<String>,
}

#[derive(Debug, Serialize)]
struct Links<'v> {
    webui: String,
    #[serde(rename = "self")]
    this: String,
    base: &'v str,
    context: &'static str,
}

impl<'v> Space<'v> {
    /// Builds the object of a space, with the parts that are expanded.
    ///
    /// # Errors
    /// Absent if something that is expanded has been purged since; storage errors.
    pub async fn of(
        lens: Lens<'v>,
        space: SeenSpace<'v>,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let row = space.row();
        let closed = |part: &str| (!expand.has(part)).then_some("");
        let homepage = space.homepage();
        let expanded_home = match homepage {
            Some(page) if expand.has("homepage") => {
                let expand = expand.within("homepage");
                Some(Box::new(Box::pin(Content::of(lens, page, &expand)).await?))
            }
            _ => None,
        };
        let description = expand.has("description").then(|| Description {
            plain: text(&row.description, "plain"),
            view: text(&row.description, "view"),
        });
        let history = expand.has("history").then(|| History {
            created_date: moment(row.created_at),
            created_by: User::author(lens, Some(row.creator)),
        });
        Ok(Self {
            id: row.id.get(),
            key: &row.key,
            name: &row.name,
            kind: row.kind.word(),
            status: if row.state == SpaceState::Archived {
                "archived"
            } else {
                "current"
            },
            description,
            icon: expand.has("icon").then_some(Icon::SPACE),
            history,
            permissions: expand.has("permissions").then(|| permissions(lens, space)),
            operations: expand
                .has("operations")
                .then(|| operations(lens, Object::Space(space.id()))),
            metadata: match expand.has("metadata") {
                true => Some(metadata::of_space(lens, space, &expand.within("metadata"))?),
                false => None,
            },
            settings: expand.has("settings").then(|| Settings::of(lens, space)),
            expandable: Expandable {
                settings: (!expand.has("settings"))
                    .then(|| format!("/rest/api/space/{}/settings", address::encoded(&row.key))),
                metadata: closed("metadata"),
                operations: closed("operations"),
                permissions: closed("permissions"),
                icon: closed("icon"),
                description: closed("description"),
                history: closed("history"),
                homepage: homepage
                    .filter(|_| !expand.has("homepage"))
                    .map(|page| format!("/rest/api/content/{}", page.id())),
                ..Expandable::default()
            },
            homepage: expanded_home,
            links: Links {
                webui: below_base(&address::space(&row.key)).to_owned(),
                this: format!(
                    "{}/rest/api/space/{}",
                    lens.base,
                    address::encoded(&row.key)
                ),
                base: lens.base,
                context: "/wiki",
            },
        })
    }
}

/// Writes a description. It is plain text, and becomes HTML in the representation `view`.
fn text<'v>(value: &'v str, representation: &'static str) -> Text<'v> {
    Text {
        value: match representation {
            "view" => html_escaped(value).into(),
            _ => value.into(),
        },
        representation,
        embedded_content: [],
    }
}

/// Returns the list of permissions; empty for people who may not see it: a list that is requested
/// through a closed channel is empty (law 6.4).
fn permissions<'v>(lens: Lens<'v>, space: SeenSpace<'v>) -> Vec<SpacePermission<'v>> {
    space.grants().map_or_else(
        |_| Vec::new(),
        |grants| {
            grants
                .map(|grant| SpacePermission::of(lens, grant))
                .collect()
        },
    )
}
