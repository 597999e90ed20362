//! Reads labels in a request: `{"prefix", "name"}` or a name, one of them or an array.

use crate::failure::Failure;
use crate::request::json::Node;
use narthex_access::LabelPrefix;
use narthex_site::label::NewLabel;

/// Returns the labels that a value names: one or an array, each an object or a name. A blank in a
/// name separates labels, as on Cloud.
///
/// # Errors
/// Bad request if a value doesn't name a label.
pub fn named(node: &Node<'_>) -> Result<Vec<NewLabel>, Failure> {
    if node.is_array() {
        let mut labels = Vec::new();
        for element in node.array()? {
            labels.extend(one(&element)?);
        }
        return Ok(labels);
    }
    one(node)
}

/// Returns the labels that one object or name in an array stands for.
fn one(node: &Node<'_>) -> Result<Vec<NewLabel>, Failure> {
    if !node.is_object() {
        return Ok(NewLabel::all_written(&node.string()?)?);
    }
    let object = node.object()?;
    let name = object.required("name")?.string()?;
    let Some(prefix) = object.optional("prefix")? else {
        return Ok(NewLabel::all_written(&name)?);
    };
    let word = prefix.string()?;
    let prefix = LabelPrefix::from_word(&word).ok_or_else(|| {
        Failure::bad_request(format!(
            "the member \"{}\" must be global, my or team",
            prefix.path()
        ))
    })?;
    Ok(NewLabel::all(prefix, &name)?)
}
