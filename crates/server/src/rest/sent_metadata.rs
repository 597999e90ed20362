//! Reads the labels and properties that a request sends with their content: `"metadata": {"labels":
//! [{"prefix", "name"}], "properties": {KEY: {"value", "version": {"number"}}}}`. Both may also
//! have the form that they have in responses.

use crate::failure::Failure;
use crate::request::json::{Node, Object};
use crate::rest::sent_labels;
use narthex_site::metadata::Metadata;
use narthex_site::property::{LONGEST_VALUE, SentProperty};

/// The members that responses have besides properties and that aren't properties.
const OF_ANSWERS: [&str; 2] = ["_expandable", "_links"];

/// Reads the labels and properties of a request.
///
/// # Errors
/// Bad request if a value doesn't name a label or a property has no value; too large if a value is
/// too long.
pub fn read(request: &Object<'_>) -> Result<Metadata, Failure> {
    let Some(metadata) = request.optional("metadata")? else {
        return Ok(Metadata::default());
    };
    let metadata = metadata.object()?;
    let labels = match metadata.optional("labels")? {
        Some(labels) if labels.is_object() => {
            let results = labels.object()?.required("results")?;
            Some(sent_labels::named(&results)?)
        }
        Some(labels) => Some(sent_labels::named(&labels)?),
        None => None,
    };
    let properties = match metadata.optional("properties")? {
        Some(properties) => read_properties(&properties)?,
        None => Vec::new(),
    };
    Ok(Metadata { labels, properties })
}

fn read_properties(node: &Node<'_>) -> Result<Vec<SentProperty>, Failure> {
    let members = node.object()?;
    let keys = members.names().filter(|name| !OF_ANSWERS.contains(name));
    keys.map(|key| read_property(key, &members.required(key)?.object()?))
        .collect()
}

fn read_property(key: &str, property: &Object<'_>) -> Result<SentProperty, Failure> {
    let value = property.required("value")?.raw();
    if value.len() > LONGEST_VALUE {
        return Err(Failure::TooLarge(LONGEST_VALUE));
    }
    let version = match property.optional("version")? {
        Some(version) => {
            let number = version.object()?.optional("number")?;
            number.map(|number| number.version_number()).transpose()?
        }
        None => None,
    };
    Ok(SentProperty {
        key: key.to_owned(),
        value: value.to_owned(),
        version,
    })
}
