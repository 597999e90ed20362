//! A v2 content property or space property.

use super::author;
use crate::failure::Failure;
use crate::rest::lens::{Lens, moment};
use narthex_access::{Action, Object, PropertyRow};
use serde::Serialize;
use serde_json::value::RawValue;

/// A property with its value, a JSON text that people wrote.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Property<'v> {
    id: String,
    key: &'v str,
    value: Box<RawValue>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    made: Option<Made>,
    version: Version<'v>,
}

/// The members that a space property has and a content property doesn't.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    created_at: String,
    created_by: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Version<'v> {
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_id: Option<Option<String>>,
    message: &'v str,
    number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    minor_edit: Option<bool>,
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
        let of_space = matches!(row.on, Object::Space(_));
        let by = Some(row.updated_by).filter(|_| past || row.version == 1);
        let by = author(lens, by);
        Ok(Self {
            id: row.id.to_string(),
            key: &row.key,
            value: RawValue::from_string(value).map_err(|_| Failure::Fault)?,
            made: of_space.then(|| Made {
                created_at: moment(row.created_at),
                created_by: author(lens, Some(row.author)),
            }),
            version: Version {
                created_at: moment(row.updated_at),
                created_by: of_space.then(|| by.clone()),
                author_id: (!of_space).then_some(by),
                message: if past { &row.message } else { "" },
                number: row.version,
                minor_edit: (!of_space).then_some(past && row.minor),
            },
        })
    }
}
