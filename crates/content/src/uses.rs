//! Extracts what search indexes besides the text of a body: its macros, and the people whom it
//! mentions.

use crate::reference::{PersonRef, Resource};
use crate::storage::{Document, Macro, Node, Tag};

/// Returns the names of the macros in a body, each once, in lower case.
#[must_use]
pub fn macros(document: &Document) -> Vec<String> {
    let names = document.descendants().filter_map(|node| match node {
        Node::Element(element) => Some(Macro::read(element)?.name().to_lowercase()),
        _ => None,
    });
    each_once(names)
}

/// Returns the account ids of the people whom a body mentions, each once.
#[must_use]
pub fn mentions(document: &Document) -> Vec<String> {
    let people = document.descendants().filter_map(|node| {
        let Node::Element(element) = node else {
            return None;
        };
        if element.tag() != Tag::Link {
            return None;
        }
        match element.elements().find_map(Resource::read)? {
            Resource::Person(PersonRef::Account(id)) => Some(id),
            _ => None,
        }
    });
    each_once(people)
}

fn each_once(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.collect();
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::parse;

    #[test]
    fn a_body_tells_its_macros_and_whom_it_mentions() {
        let body = r#"<ac:structured-macro ac:name="Info"><ac:rich-text-body><p><ac:link><ri:user ri:account-id="7a"/></ac:link>
            <ac:structured-macro ac:name="toc"/><ac:structured-macro ac:name="info"/></p></ac:rich-text-body></ac:structured-macro>
            <ac:link><ri:user ri:account-id="7a"/></ac:link>"#;
        let document = parse(body).unwrap();
        assert_eq!(macros(&document), ["info", "toc"]);
        assert_eq!(mentions(&document), ["7a"]);
    }
}
