//! A v1 content object: a page, blog post or folder. Attachments and comments are content too, and
//! their own files fill the same object.

use super::body::Bodies;
use super::children::{Below, ChildTypes, Children, Hung};
use super::expand::Expand;
use super::history::History;
use super::metadata;
use super::restriction::Restrictions;
use super::space::{Operation, Space};
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base};
use narthex_access::view::SeenPage;
use narthex_access::{Action, Object};
use narthex_site::{address, place};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A v1 content object. A part that isn't expanded is `None`, and noted in `expandable`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Content<'v> {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) space: Option<Space<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) history: Option<History<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<Version<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ancestors: Option<Vec<Content<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operations: Option<Vec<Operation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) children: Option<Children<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) descendants: Option<Children<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) child_types: Option<ChildTypes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) container: Option<Container<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Bodies>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) restrictions: Option<Restrictions<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) metadata: Option<Value>,
    pub(super) macro_rendered_output: Map<String, Value>,
    pub(super) extensions: Value,
    #[serde(rename = "_expandable")]
    pub(super) expandable: Map<String, Value>,
    #[serde(rename = "_links")]
    pub(super) links: Links,
}

/// The container of a content object: a space, or the page that it is attached to.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Container<'v> {
    Space(Box<Space<'v>>),
    Page(Box<Content<'v>>),
}

/// The links of a content object, relative to their base.
#[derive(Debug, Default, Serialize)]
pub(super) struct Links {
    pub(super) webui: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) editui: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tinyui: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) download: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) thumbnail: Option<String>,
    #[serde(rename = "self")]
    pub(super) this: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) base: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) context: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) collection: Option<&'static str>,
}

impl<'v> Content<'v> {
    /// Builds the object of a page, blog post or folder, with the parts that are expanded.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage errors.
    pub async fn of(lens: Lens<'v>, page: SeenPage<'v>, expand: &Expand) -> Result<Self, Failure> {
        let row = page.row();
        let id = row.id.to_string();
        let space = lens.view.space(row.space)?;
        let key = address::encoded(&space.row().key);
        let mut left_out = LeftOut::new(expand);

        let whole_space = match left_out.has("space", || format!("/rest/api/space/{key}")) {
            true => {
                let expand = expand.within("space");
                Some(Box::pin(Space::of(lens, space, &expand)).await?)
            }
            false => None,
        };
        let history = match left_out.has("history", || format!("/rest/api/content/{id}/history")) {
            true => Some(History::of(lens, page, &expand.within("history")).await?),
            false => None,
        };
        let version = match left_out.has("version", String::new) {
            true => Some(Version::current(lens, page).await?),
            false => None,
        };
        let ancestors = match left_out.has("ancestors", String::new) {
            true => Some(ancestors(lens, page, &expand.within("ancestors")).await?),
            false => None,
        };
        let container = match left_out.has("container", || format!("/rest/api/space/{key}")) {
            true => {
                let expand = expand.within("container");
                let space = Box::pin(Space::of(lens, space, &expand)).await?;
                Some(Container::Space(Box::new(space)))
            }
            false => None,
        };
        let body = match left_out.has("body", String::new) {
            true => Some(Bodies::of_page(lens, page, &expand.within("body")).await?),
            false => None,
        };
        let Hung {
            children,
            descendants,
            child_types,
        } = Hung::of(
            lens,
            |reach| Below::of_page(page, reach),
            &id,
            &mut left_out,
        )
        .await?;
        let by_operation = || format!("/rest/api/content/{id}/restriction/byOperation");
        let restrictions = match left_out.has("restrictions", by_operation) {
            true => {
                let expand = expand.within("restrictions");
                Some(Box::pin(Restrictions::of(lens, page, &expand)).await?)
            }
            false => None,
        };
        let operations = left_out
            .has("operations", String::new)
            .then(|| operations(lens, Object::Page(row.id)));
        let metadata = match left_out.has("metadata", String::new) {
            true => {
                let expand = expand.within("metadata");
                let on = Object::Page(row.id);
                Some(metadata::of(lens, on, &id, &expand).await?.into())
            }
            false => None,
        };
        let position = place::visible_position(lens.view, &page);
        let webui = address::page(&space.row().key, row);
        Ok(Self {
            kind: row.kind.word(),
            status: row.state.word(),
            title: row.title.to_string(),
            space: whole_space,
            history,
            version,
            ancestors,
            operations,
            children,
            descendants,
            child_types,
            container,
            body,
            restrictions,
            metadata,
            macro_rendered_output: Map::new(),
            extensions: position.map_or_else(|| json!({}), |n| json!({ "position": n })),
            expandable: left_out.expandable,
            links: Links {
                webui: below_base(&webui).to_owned(),
                editui: (row.kind.has_text() && lens.view.may(Action::Edit, Object::Page(row.id)))
                    .then(|| format!("/pages/edit?pageId={id}")),
                tinyui: Some(below_base(&address::short_link(row.id)).to_owned()),
                this: format!("{}/rest/api/content/{id}", lens.base),
                ..Links::default()
            },
            id,
        })
    }

    /// Returns the title of the content.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns the address at which people read it, relative to the base.
    pub fn webui(&self) -> &str {
        &self.links.webui
    }

    /// Completes the object for a response that consists of it alone.
    #[must_use]
    pub fn alone(mut self, lens: Lens<'v>) -> Self {
        self.links.base = Some(lens.base.to_owned());
        self.links.context = Some("/wiki");
        self.links.collection = Some("/rest/api/content");
        self
    }
}

/// The parts that are left out, noted as they are looked up.
pub(super) struct LeftOut<'e> {
    pub(super) expand: &'e Expand,
    pub(super) expandable: Map<String, Value>,
}

impl<'e> LeftOut<'e> {
    pub(super) fn new(expand: &'e Expand) -> Self {
        Self {
            expand,
            expandable: Map::new(),
        }
    }

    /// Whether a part is expanded; if not, it is noted with the address that has it.
    pub(super) fn has(&mut self, part: &str, address: impl FnOnce() -> String) -> bool {
        let has = self.expand.has(part);
        if !has {
            self.expandable
                .insert(part.to_owned(), Value::String(address()));
        }
        has
    }

    /// Notes a part that is never returned within the object.
    pub(super) fn never(&mut self, part: &str) {
        self.expandable
            .insert(part.to_owned(), Value::String(String::new()));
    }
}

async fn ancestors<'v>(
    lens: Lens<'v>,
    page: SeenPage<'v>,
    expand: &Expand,
) -> Result<Vec<Content<'v>>, Failure> {
    let mut above = Vec::new();
    for ancestor in page.ancestors() {
        above.push(Box::pin(Content::of(lens, ancestor, expand)).await?);
    }
    Ok(above)
}

/// Returns the operations that the viewer may do on an object.
pub(super) fn operations(lens: Lens<'_>, object: Object) -> Vec<Operation> {
    narthex_site::operations::operations(lens.view, object)
        .into_iter()
        .map(|may| Operation::new(may.operation, may.target_type))
        .collect()
}
