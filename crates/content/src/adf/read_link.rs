//! Reads links of storage format into the document format.

use serde_json::{Map, Value};

use super::inline::is_inline;
use super::pointer::{METADATA, NOWHERE, Pointer};
use super::read::{Question, Reader, attribute};
use super::read_inline::{mark, with_mark};
use super::reader_bound::without_card;
use super::{card, element, kind, make, put};
use crate::reference::{PersonRef, Resource};
use crate::storage::{Element, Tag};

impl Reader<'_> {
    /// Reads `a`.
    pub(super) fn anchor(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        let Some(href) = attribute(element, "href") else {
            return self.inline(element.children(), marks, out);
        };
        let appearance = attribute(element, "data-card-appearance");
        if let Some(appearance) = appearance.filter(|_| !card::says_more(element)) {
            let mut attributes = Map::new();
            card::put_words(&mut attributes, element, &href);
            attributes.insert("url".into(), href.into());
            let kind = card::kind_of(&appearance);
            if kind != "inlineCard" {
                put(&mut attributes, "layout", attribute(element, "data-layout"));
            }
            let card = self.marked_card(make(kind, attributes, None), marks);
            return self.push(out, card);
        }
        let mut all = vec![("href", href.as_str())];
        let title = attribute(element, "title");
        all.extend(title.as_deref().map(|title| ("title", title)));
        self.marked(element, mark("link", &all), marks, out);
    }

    /// Reads `ac:link`.
    pub(super) fn link(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        let body = element
            .elements()
            .find(|child| matches!(child.tag(), Tag::LinkBody | Tag::PlainTextLinkBody));
        let Some(pointer) = Pointer::of_link(element) else {
            // It has no target, so only its text is read.
            return self.inline(element.children(), marks, out);
        };
        let user = element.child(Tag::RiUser).unwrap_or(element);
        self.link_to(pointer, user, body, marks, out);
    }

    /// Reads a resource outside any link, which is shown as a link to it.
    pub(super) fn bare_resource(
        &mut self,
        element: Element<'_>,
        marks: &[Value],
        out: &mut Vec<Value>,
    ) {
        if let Some(pointer) = Pointer::of_resource(element) {
            self.link_to(pointer, element, None, marks, out);
        }
    }

    /// Reads a link to a target, with its body if it has one. `user` is the element of a person.
    fn link_to(
        &mut self,
        mut pointer: Pointer,
        user: Element<'_>,
        body: Option<Element<'_>>,
        marks: &[Value],
        out: &mut Vec<Value>,
    ) {
        let link = match &pointer.resource {
            Resource::Person(person) => {
                let node = mention(user, person.clone(), body);
                let node = self.with_marks(node, marks);
                return self.push(out, node);
            }
            Resource::Url(address) => mark("link", &[("href", address)]),
            _ => {
                let address = match pointer.target() {
                    Some(target) => (self.ask)(Question::Address(&target)),
                    None => pointer.place_in_page(),
                };
                let appearance = pointer.appearance.as_deref();
                if let Some(appearance) = appearance.filter(|_| !body.is_some_and(card::says_more))
                {
                    let kind = card::kind_of(appearance);
                    pointer.text = body.and_then(card::words);
                    let node = match address {
                        Some(address) => make(kind, pointer.attributes("url", &address), None),
                        None => without_card(kind, pointer),
                    };
                    let node = self.marked_card(node, marks);
                    return self.push(out, node);
                }
                pointer.is_named = body.is_some_and(says_something);
                if !pointer.is_named {
                    pointer.shown = pointer.name_for_reader(self.ask);
                }
                let address = address.unwrap_or_else(|| NOWHERE.to_owned());
                let attributes = pointer.attributes("href", &address);
                make("link", attributes, None)
            }
        };
        let marks = with_mark(marks, link);
        let before = self.pushed;
        if let Some(body) = body.filter(|body| says_something(*body)) {
            self.inline(body.children(), &marks, out);
        }
        if self.pushed == before {
            let name = pointer.shown.take().unwrap_or_else(|| pointer.name());
            self.push_text(out, &name, &marks);
        }
    }
}

impl Reader<'_> {
    /// Returns a card in a line with the marks around it, without links, which don't nest.
    fn marked_card(&mut self, mut card: Value, marks: &[Value]) -> Value {
        let own = element::joined(&card).into_owned();
        if marks.is_empty() || !is_inline(kind(&card)) {
            return card;
        }
        let around = marks.iter().filter(|mark| kind(mark) != "link").cloned();
        let all: Vec<Value> = around.chain(own).collect();
        if let Value::Object(members) = &mut card {
            members.remove("marks");
        }
        self.with_marks(card, &all)
    }
}

/// Returns whether a link's body shows anything.
fn says_something(body: Element<'_>) -> bool {
    !body.text().trim().is_empty() || body.elements().next().is_some()
}

/// Reads a mention. Only the id of an account is one that the document format has a word for.
fn mention(user: Element<'_>, person: PersonRef, body: Option<Element<'_>>) -> Value {
    let mut attributes = Map::new();
    if matches!(person, PersonRef::Key(_) | PersonRef::Name(_)) {
        let pointer = Pointer::to(Resource::Person(person.clone()));
        attributes.insert(METADATA.into(), pointer.metadata().into());
    }
    let id = match person {
        PersonRef::Account(id) | PersonRef::Key(id) | PersonRef::Name(id) => id,
        PersonRef::Unnamed => String::new(),
    };
    put(&mut attributes, "id", Some(id));
    put(&mut attributes, "localId", attribute(user, "ri:local-id"));
    put(
        &mut attributes,
        "text",
        body.map(|body| body.text().into_owned()),
    );
    make("mention", attributes, None)
}
