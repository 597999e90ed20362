//! Parses addresses of the site, to recognise links that an editor or client wrote as an address.

use crate::url::percent_decoded;

/// The target of an address of the site.
pub(crate) enum Place<'a> {
    Person(&'a str),
    Page {
        id: &'a str,
        anchor: Option<&'a str>,
    },
    File {
        page: &'a str,
        name: String,
    },
}

pub(crate) fn place_of(address: &str) -> Option<Place<'_>> {
    let path = address.strip_prefix("/wiki/")?;
    let (path, anchor) = match path.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (path, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        ["people", id] => Some(Place::Person(id)),
        ["spaces", _, "pages", id, ..] | ["spaces", _, "blog", _, _, _, id, ..] if is_id(id) => {
            Some(Place::Page { id, anchor })
        }
        ["download", "attachments", page, name] if is_id(page) => Some(Place::File {
            page,
            name: percent_decoded(name)?,
        }),
        _ => None,
    }
}
