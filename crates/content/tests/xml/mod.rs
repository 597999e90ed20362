//! An XML parser that isn't ours.

use std::fmt::Write;

/// Wraps a body as clients do before they parse it, with the prefixes and the entities of XHTML.
fn wrapped(body: &str) -> String {
    let mut document = "<!DOCTYPE page [".to_owned();
    for (name, value) in entities() {
        let _ = write!(document, "<!ENTITY {name} \"{value}\">");
    }
    let _ = write!(
        document,
        "]><page xmlns:ac=\"urn:ac\" xmlns:ri=\"urn:ri\" xmlns:at=\"urn:at\">{body}</page>"
    );
    document
}

/// Returns the names of XHTML's entities, each with a text.
fn entities() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../bodies/entities.txt")
        .split_whitespace()
        .map(|name| (name, "x"))
}

/// Returns why an XML parser refuses a body, or `None` if it accepts it.
pub(crate) fn refusal(body: &str) -> Option<String> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..roxmltree::ParsingOptions::default()
    };
    roxmltree::Document::parse_with_options(&wrapped(body), options)
        .err()
        .map(|error| format!("{error} in {body}"))
}
