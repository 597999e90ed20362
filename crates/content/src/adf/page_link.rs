//! Recognises links that a client wrote as an address of this site.

use serde_json::Value;

use super::card::WORDS;
use super::pointer::{METADATA, Pointer};
use super::{AdfError, MAX_BYTES, json, kind, text_attribute};
use crate::editor::place::{Place, place_of};
use crate::hole::{AttachmentRef, ContentRef};
use crate::reference::Resource;
use crate::url::percent_decoded;
use crate::view::anchor_id;

/// Adds pointers to links and cards whose address is a page of this site, or a file on one, so that
/// they are like those that this server returned. `origin` is the beginning of the site's
/// addresses, without a slash at its end. Returns `None` if there are no such links.
///
/// Ids are taken from the address unchecked: whether there is such a page is decided for each
/// reader.
///
/// # Errors
/// Fails if the text isn't JSON.
pub fn with_page_links(json: &str, origin: &str) -> Result<Option<String>, AdfError> {
    let may_have_any = json.contains("/wiki/") || json.contains("/wiki\\/");
    if !may_have_any || json.len() > MAX_BYTES {
        return Ok(None);
    }
    json::changed(json, &mut |value| name_targets(value, origin))
}

/// Adds pointers to the links in a node and below it, and returns whether there were any.
fn name_targets(node: &mut Value, origin: &str) -> bool {
    match node {
        Value::Array(items) => items
            .iter_mut()
            .fold(false, |any, item| name_targets(item, origin) | any),
        Value::Object(_) => {
            let mut any = match kind(node) {
                "link" => name_target(node, "href", None, origin),
                "inlineCard" => name_target(node, "url", Some("inline"), origin),
                "blockCard" => name_target(node, "url", Some("block"), origin),
                "embedCard" => name_target(node, "url", Some("embed"), origin),
                _ => false,
            };
            if let Value::Object(members) = node {
                for inside in ["content", "marks"] {
                    if let Some(inside) = members.get_mut(inside) {
                        any |= name_targets(inside, origin);
                    }
                }
            }
            any
        }
        _ => false,
    }
}

fn name_target(node: &mut Value, name: &str, appearance: Option<&str>, origin: &str) -> bool {
    let Some(address) = text_attribute(node, name).map(str::to_owned) else {
        return false;
    };
    let Some(mut pointer) = on_site(&address, origin).and_then(pointer_to) else {
        return false;
    };
    pointer.appearance = appearance.map(str::to_owned);
    pointer.is_named = appearance.is_none();
    let Some(Value::Object(attributes)) = node.get_mut("attrs") else {
        return false;
    };
    match attributes.get(METADATA) {
        None => {}
        // It is what this server noted of a card that was an address.
        Some(noted) if noted.get("linkType").is_none() && appearance.is_some() => {
            pointer.text = noted.get(WORDS).and_then(Value::as_str).map(str::to_owned);
        }
        Some(_) => return false,
    }
    let metadata = pointer.attributes(name, &address).remove(METADATA);
    attributes.insert(METADATA.into(), metadata.unwrap_or_default());
    true
}

/// Returns an address of the site without its origin.
fn on_site<'a>(address: &'a str, origin: &str) -> Option<&'a str> {
    let is_ours = |start: &str| !origin.is_empty() && start.eq_ignore_ascii_case(origin);
    let path = match address.get(..origin.len()) {
        Some(start) if is_ours(start) => address.get(origin.len()..)?,
        _ => address,
    };
    path.starts_with("/wiki/").then_some(path)
}

/// Returns the target of an address of the site, or `None` if storage format can't express all of
/// it, such as a comment on the page.
fn pointer_to(path: &str) -> Option<Pointer> {
    if path.contains('?') {
        return None;
    }
    match place_of(path)? {
        Place::Page { id, anchor } => {
            let before = path.split('#').next().unwrap_or_default();
            let (_, behind) = before.rsplit_once(&format!("/{id}"))?;
            // It is a page of the user interface about the page, such as its history.
            if behind.matches('/').count() > 1 {
                return None;
            }
            let mut pointer = Pointer::to(Resource::Content(ContentRef::Id(id.parse().ok()?)));
            if let Some(anchor) = anchor {
                let name = percent_decoded(anchor)?;
                if name.is_empty() || anchor_id(&name) != name {
                    return None;
                }
                pointer.anchor = Some(name);
            }
            Some(pointer)
        }
        Place::File { page, name } if !path.contains('#') => {
            let of = ContentRef::Id(page.parse().ok()?);
            Some(Pointer::to(Resource::Attachment(AttachmentRef {
                file: name,
                of,
            })))
        }
        Place::File { .. } | Place::Person(_) => None,
    }
}
