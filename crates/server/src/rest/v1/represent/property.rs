//! A v1 content property or space property.

use super::content::Content;
use super::expand::Expand;
use super::space::Space;
use super::user::User;
use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use crate::rest::v1::content::Any;
use narthex_access::{Action, Object, PropertyRow};
use narthex_site::address;
use serde::Serialize;
use serde_json::value::RawValue;

/// A property with its value, a JSON text that people wrote.
#[derive(Debug, Serialize)]
pub struct Property<'v> {
    id: String,
    key: &'v str,
    value: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Box<Content<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    space: Option<Box<Space<'v>>>,
    #[serde(rename = "_links")]
    links: Links,
    #[serde(rename = "_expandable")]
    expandable: Expandable,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Version<'v> {
    by: User<'v>,
    when: String,
    message: &'v str,
    number: u32,
    minor_edit: bool,
    content_type_modified: bool,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Expandable {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    space: Option<String>,
}

impl<'v> Property<'v> {
    /// Builds the object of a property that the viewer sees. Who changed it last, and their
    /// message, belongs to its past (law 2.24).
    ///
    /// # Errors
    /// Absent if it has been removed since; storage errors.
    pub async fn of(lens: Lens<'v>, row: &'v PropertyRow) -> Result<Self, Failure> {
        let value = lens.site.property_value(lens.view, row.id).await?;
        let past = lens.view.may(Action::ViewPast, row.on);
        let (on, content, space) = match row.on {
            Object::Space(id) => {
                let space = lens.view.space(id)?;
                let path = format!("/rest/api/space/{}", address::encoded(&space.row().key));
                (path.clone(), None, Some(path))
            }
            Object::Page(id) => of_content(&id.to_string()),
            Object::Attachment(id) => of_content(&format!("att{id}")),
            Object::Comment(id) => of_content(&id.to_string()),
            Object::Template(_) => return Err(Failure::Absent),
        };
        Ok(Self {
            id: row.id.to_string(),
            key: &row.key,
            value: RawValue::from_string(value).map_err(|_| Failure::Fault)?,
            version: Some(Version {
                by: if past || row.version == 1 {
                    User::author(lens, Some(row.updated_by))
                } else {
                    User::HIDDEN
                },
                when: moment(row.updated_at),
                message: if past { &row.message } else { "" },
                number: row.version,
                minor_edit: past && row.minor,
                content_type_modified: false,
            }),
            content: None,
            space: None,
            links: Links {
                this: format!("{}{on}/property/{}", lens.base, address::encoded(&row.key)),
                base: None,
                context: None,
            },
            expandable: Expandable {
                version: None,
                content,
                space,
            },
        })
    }

    /// Builds the object of a property with the parts that are expanded: its version, and the
    /// content or space that has the property.
    ///
    /// # Errors
    /// As [`Property::of`].
    pub async fn expanded(
        lens: Lens<'v>,
        row: &'v PropertyRow,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let mut property = Self::of(lens, row).await?;
        if !expand.has("version") {
            property.version = None;
            property.expandable.version = Some("");
        }
        match (row.on, Any::of(lens.view, row.on)?) {
            (Object::Space(id), _) if expand.has("space") => {
                let expand = expand.within("space");
                let space = Space::of(lens, lens.view.space(id)?, &expand).await?;
                property.space = Some(Box::new(space));
                property.expandable.space = None;
            }
            (_, Some(any)) if expand.has("content") => {
                let content = any.represent(lens, &expand.within("content")).await?;
                property.content = Some(Box::new(content));
                property.expandable.content = None;
            }
            _ => {}
        }
        Ok(property)
    }

    /// Completes the object for a response that consists of it alone.
    #[must_use]
    pub fn alone(mut self, lens: Lens<'v>) -> Self {
        self.links.base = Some(lens.base.to_owned());
        self.links.context = Some("/wiki");
        self
    }
}

fn of_content(id: &str) -> (String, Option<String>, Option<String>) {
    let path = format!("/rest/api/content/{id}");
    (path.clone(), Some(path), None)
}
