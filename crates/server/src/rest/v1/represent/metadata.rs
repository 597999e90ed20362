//! The `metadata` of a v1 content object: its labels, properties and likes, and whether it is the
//! caller's favourite; of a space its labels. Each is decided like the content (law 2.25).

use super::expand::Expand;
use super::label::Label;
use super::property::Property;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use narthex_access::Object;
use narthex_access::view::SeenSpace;
use narthex_site::address;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// How many labels are returned within a content object.
const MOST_LABELS: usize = 200;

/// Builds the metadata of content; `id` is its id as addresses write it.
///
/// # Errors
/// Absent if the viewer can't see the content; storage errors.
pub(super) async fn of(
    lens: Lens<'_>,
    on: Object,
    id: &str,
    expand: &Expand,
) -> Result<Map<String, Value>, Failure> {
    let mut metadata = Map::new();
    let mut expandable = Map::new();
    let mut part = |name: &str, value: Option<Value>| match value {
        Some(value) => metadata.insert(name.to_owned(), value),
        None => expandable.insert(name.to_owned(), Value::String(String::new())),
    };
    let labels = match expand.has("labels") {
        true => Some(labels(lens, on, &format!("/rest/api/content/{id}/label"))?),
        false => None,
    };
    part("labels", labels);
    let own = match expand.has("properties") {
        true => Some(properties(lens, on, id, &expand.within("properties")).await?),
        false => None,
    };
    part("properties", own);
    let likes = match expand.has("likes") {
        true => Some(json!({ "count": lens.view.likes(on)?.len() })),
        false => None,
    };
    part("likes", likes);
    let current = match expand.has("currentuser") {
        true => Some(current_user(lens, on)),
        false => None,
    };
    part("currentuser", current);
    metadata.insert("_expandable".to_owned(), Value::Object(expandable));
    Ok(metadata)
}

/// Builds the metadata of a space, which is its labels.
///
/// # Errors
/// Absent if the viewer can't see the space.
pub(super) fn of_space(
    lens: Lens<'_>,
    space: SeenSpace<'_>,
    expand: &Expand,
) -> Result<Map<String, Value>, Failure> {
    let mut metadata = Map::new();
    let mut expandable = Map::new();
    if expand.has("labels") {
        let key = address::encoded(&space.row().key).to_string();
        let path = format!("/rest/api/space/{key}/label");
        let labels = labels(lens, Object::Space(space.id()), &path)?;
        metadata.insert("labels".to_owned(), labels);
    } else {
        expandable.insert("labels".to_owned(), Value::String(String::new()));
    }
    metadata.insert("_expandable".to_owned(), Value::Object(expandable));
    Ok(metadata)
}

/// Returns the first labels of an object; the whole list is at `path`.
fn labels(lens: Lens<'_>, on: Object, path: &str) -> Result<Value, Failure> {
    let rows = lens.view.labels(on)?;
    let results: Vec<Label<'_>> = rows
        .iter()
        .take(MOST_LABELS)
        .map(|row| Label::of(row))
        .collect();
    let mut links = json!({ "self": format!("{}{path}", lens.base) });
    if rows.len() > results.len() {
        let next = format!("{path}?limit={MOST_LABELS}&start={MOST_LABELS}");
        if let Some(links) = links.as_object_mut() {
            links.insert("next".to_owned(), Value::String(next));
        }
    }
    Ok(json!({
        "results": value(&results)?,
        "start": 0,
        "limit": MOST_LABELS,
        "size": results.len(),
        "_links": links,
    }))
}

/// Returns the properties whose keys are expanded, and the addresses of the others.
async fn properties(
    lens: Lens<'_>,
    on: Object,
    id: &str,
    expand: &Expand,
) -> Result<Value, Failure> {
    let mut properties = Map::new();
    let mut expandable = Map::new();
    for row in lens.view.properties(on)? {
        let key = row.key.to_string();
        if expand.has(&key) {
            let property = Property::of(lens, row).await?;
            properties.insert(key, value(&property)?);
        } else {
            let path = format!("/rest/api/content/{id}/property/{}", address::encoded(&key));
            expandable.insert(key, Value::String(path));
        }
    }
    properties.insert("_expandable".to_owned(), Value::Object(expandable));
    Ok(Value::Object(properties))
}

fn current_user(lens: Lens<'_>, on: Object) -> Value {
    let is_favourite = lens.view.is_favourite(on);
    json!({ "favourited": { "isFavourite": is_favourite }, "_expandable": {} })
}

fn value(of: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(of).map_err(|_| Failure::Fault)
}
