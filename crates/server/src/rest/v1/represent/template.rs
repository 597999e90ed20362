//! A v1 template, with or without its text.

use super::expand::Expand;
use super::label::Label;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use narthex_access::{Object, TemplateRow};
use narthex_site::address;
use narthex_site::render::Place;
use narthex_site::representation::Format;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A content template of a space or, if `space` is `None`, of the site.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Template<'v> {
    template_id: String,
    name: &'v str,
    description: &'v str,
    #[serde(skip_serializing_if = "Option::is_none")]
    space: Option<Value>,
    labels: Vec<Label<'v>>,
    template_type: &'static str,
    editor_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    #[serde(rename = "_expandable")]
    expandable: Map<String, Value>,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
    base: String,
    context: &'static str,
}

impl<'v> Template<'v> {
    /// Builds the object of a template that the viewer sees, with its text if that is expanded.
    ///
    /// # Errors
    /// Absent if it has been removed since; storage errors.
    pub async fn of(
        lens: Lens<'v>,
        row: &'v TemplateRow,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let space = match row.space {
            Some(space) => Some(lens.view.space(space)?),
            None => None,
        };
        let mut expandable = Map::new();
        let body = if expand.has("body") {
            let text = lens.site.template_body(lens.view, row.id).await?;
            let place = row.space.map_or_else(Place::default, Place::within);
            let format = Format::Storage;
            let render = || lens.site.text_as(lens.reader(), place, &text, format);
            let word = format.word();
            lens.rendered(render).await?.map(|storage| {
                json!({ word: {
                    "value": storage, "representation": word, "embeddedContent": [],
                    "_expandable": { "content": "" },
                } })
            })
        } else {
            expandable.insert("body".to_owned(), Value::String(String::new()));
            None
        };
        let labels = lens.view.labels(Object::Template(row.id))?;
        Ok(Self {
            template_id: row.id.to_string(),
            name: &row.name,
            description: &row.description,
            space: space.map(|space| {
                let row = space.row();
                let this = format!(
                    "{}/rest/api/space/{}",
                    lens.base,
                    address::encoded(&row.key)
                );
                json!({
                    "id": row.id.get(), "key": row.key.as_ref(), "name": row.name.as_ref(),
                    "type": row.kind.word(), "_links": { "self": this },
                })
            }),
            labels: labels.into_iter().map(Label::of).collect(),
            template_type: row.kind.word(),
            editor_version: "v2",
            body,
            expandable,
            links: Links {
                this: format!("{}/rest/api/template/{}", lens.base, row.id),
                base: lens.base.to_owned(),
                context: "/wiki",
            },
        })
    }
}
