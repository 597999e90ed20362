//! A v1 content object: a page or blog post. Attachments and comments are
//! content too, and fill the same object in their own files.

use super::attachment;
use super::body::Bodies;
use super::comment;
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

/// How many children of each type are answered within a content object.
const MOST_CHILDREN: usize = 25;

/// A v1 content object.
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

/// What a content object is in: a space, or the page that it hangs on.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Container<'v> {
    Space(Box<Space<'v>>),
    Page(Box<Content<'v>>),
}

/// The children of a content object by type.
#[derive(Debug, Serialize)]
pub(super) struct Children<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<Few<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachment: Option<Few<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<Few<'v>>,
    #[serde(rename = "_expandable")]
    expandable: Map<String, Value>,
}

/// The first of a list within an object.
#[derive(Debug, Serialize)]
pub(super) struct Few<'v> {
    results: Vec<Content<'v>>,
    start: usize,
    limit: usize,
    size: usize,
    #[serde(rename = "_links")]
    links: FewLinks,
}

#[derive(Debug, Serialize)]
struct FewLinks {
    #[serde(rename = "self")]
    this: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
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
    /// A page or blog post, with the parts that are expanded.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage.
    pub async fn of(lens: Lens<'v>, page: SeenPage<'v>, expand: &Expand) -> Result<Self, Failure> {
        let row = page.row();
        let id = row.id.to_string();
        let space = lens.view.space(row.space)?;
        let key = address::segment(&space.row().key);
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
        let children = match left_out.has("children", || format!("/rest/api/content/{id}/child")) {
            true => Some(Box::pin(children(lens, page, &expand.within("children"))).await?),
            false => None,
        };
        let restrictions = left_out
            .has("restrictions", || {
                format!("/rest/api/content/{id}/restriction/byOperation")
            })
            .then(|| Restrictions::of(lens, page, &expand.within("restrictions")));
        let operations = left_out
            .has("operations", String::new)
            .then(|| operations(lens, Object::Page(row.id), row.kind.word()));
        let metadata = match left_out.has("metadata", String::new) {
            true => {
                let expand = expand.within("metadata");
                let on = Object::Page(row.id);
                Some(metadata::of(lens, on, &id, &expand).await?.into())
            }
            false => None,
        };
        left_out.never("childTypes");
        left_out.never("descendants");
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
            container,
            body,
            restrictions,
            metadata,
            macro_rendered_output: Map::new(),
            extensions: position.map_or_else(|| json!({}), |n| json!({ "position": n })),
            expandable: left_out.expandable,
            links: Links {
                webui: below_base(&webui).to_owned(),
                editui: Some(format!("/pages/edit?pageId={id}")),
                tinyui: Some(format!("/x/{id}")),
                this: format!("{}/rest/api/content/{id}", lens.base),
                ..Links::default()
            },
            id,
        })
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where people read it, relative to the base.
    pub fn webui(&self) -> &str {
        &self.links.webui
    }

    /// The object as the answer to a request for it alone.
    #[must_use]
    pub fn alone(mut self, lens: Lens<'v>) -> Self {
        self.links.base = Some(lens.base.to_owned());
        self.links.context = Some("/wiki");
        self.links.collection = Some("/rest/api/content");
        self
    }
}

/// The parts that are left out, noted as they are asked for.
pub(super) struct LeftOut<'e> {
    expand: &'e Expand,
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

    /// Notes a part that is never answered within the object.
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

async fn children<'v>(
    lens: Lens<'v>,
    page: SeenPage<'v>,
    expand: &Expand,
) -> Result<Children<'v>, Failure> {
    let row = page.row();
    let mut expandable = Map::new();
    let mut closed = |part: &str| {
        let open = expand.has(part);
        if !open {
            let address = format!("/rest/api/content/{}/child/{part}", row.id);
            expandable.insert(part.to_owned(), Value::String(address));
        }
        open
    };
    let (pages, attachments, comments) = (closed("page"), closed("attachment"), closed("comment"));
    let few = |results: Vec<Content<'v>>, more: bool, part: &str| {
        let path = format!("/rest/api/content/{}/child/{part}", row.id);
        Few {
            start: 0,
            limit: MOST_CHILDREN,
            size: results.len(),
            results,
            links: FewLinks {
                this: format!("{}{path}", lens.base),
                next: more.then(|| format!("{path}?limit={MOST_CHILDREN}&start={MOST_CHILDREN}")),
            },
        }
    };
    let mut answer = Children {
        page: None,
        attachment: None,
        comment: None,
        expandable: Map::new(),
    };
    if pages {
        let mut below = lens.view.children(row.space, Some(row.id));
        let mut results = Vec::new();
        for child in below.by_ref().take(MOST_CHILDREN) {
            results.push(Content::of(lens, child, &expand.within("page")).await?);
        }
        answer.page = Some(few(results, below.next().is_some(), "page"));
    }
    if attachments {
        let all = lens.view.attachments(row.id);
        let expand = expand.within("attachment");
        let mut results = Vec::new();
        for attached in all.iter().take(MOST_CHILDREN) {
            results.push(attachment::content(lens, page, attached, &expand).await?);
        }
        answer.attachment = Some(few(results, all.len() > MOST_CHILDREN, "attachment"));
    }
    if comments {
        let all = lens.view.comments(row.id);
        let expand = expand.within("comment");
        let mut results = Vec::new();
        for said in all.iter().take(MOST_CHILDREN) {
            results.push(comment::content(lens, page, said, &expand).await?);
        }
        answer.comment = Some(few(results, all.len() > MOST_CHILDREN, "comment"));
    }
    answer.expandable = expandable;
    Ok(answer)
}

/// What the viewer may do to a content object.
pub(super) fn operations(lens: Lens<'_>, object: Object, kind: &'static str) -> Vec<Operation> {
    let known = [
        (Action::View, "read"),
        (Action::Edit, "update"),
        (Action::Delete, "delete"),
        (Action::Restrict, "restrict_content"),
        (Action::Archive, "archive"),
    ];
    let may = known
        .into_iter()
        .filter(|(action, _)| lens.view.may(*action, object));
    may.map(|(_, verb)| Operation::new(verb, kind)).collect()
}
