//! Running text of storage format, read into the document format.

use serde_json::{Map, Value};

use super::read::{Question, Reader, attribute, card_appearance, text_node};
use super::{colour, day, kind, make, put};
use crate::escape::decode;
use crate::hole::Target;
use crate::reference::{ContentRef, PersonRef, Resource};
use crate::storage::{Children, Element, Macro, Node, Tag};
use crate::view::emoji_of;

/// How many comments one piece of text can carry; more would let a short text grow without bound.
const MAX_ANNOTATIONS: usize = 3;

impl Reader<'_> {
    /// Reads running text. What can't stand in it, such as a picture, comes out as the block that it is.
    pub(super) fn inline(&mut self, nodes: Children<'_>, marks: &[Value], out: &mut Vec<Value>) {
        for node in nodes {
            self.inline_node(node, marks, out);
        }
    }

    pub(super) fn inline_node(&mut self, node: Node<'_>, marks: &[Value], out: &mut Vec<Value>) {
        match node {
            Node::Text(raw) => {
                self.push_text(out, &decode(raw).replace(['\n', '\r', '\t'], " "), marks)
            }
            Node::CData(text) => self.push_text(out, text, marks),
            Node::Element(element) => self.inline_element(element, marks, out),
            Node::Comment(_) | Node::Instruction(_) => {}
        }
    }

    fn inline_element(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        match element.tag() {
            Tag::Strong | Tag::B => self.marked(element, mark("strong", &[]), marks, out),
            Tag::Em | Tag::I | Tag::Cite | Tag::Var => {
                self.marked(element, mark("em", &[]), marks, out)
            }
            Tag::U | Tag::Ins => self.marked(element, mark("underline", &[]), marks, out),
            Tag::Del | Tag::S | Tag::Strike => {
                self.marked(element, mark("strike", &[]), marks, out)
            }
            Tag::Code | Tag::Tt | Tag::Kbd | Tag::Samp => {
                self.marked(element, mark("code", &[]), marks, out)
            }
            Tag::Sub => self.marked(element, mark("subsup", &[("type", "sub")]), marks, out),
            Tag::Sup => self.marked(element, mark("subsup", &[("type", "sup")]), marks, out),
            Tag::Span | Tag::Font => self.span(element, marks, out),
            Tag::A => self.anchor(element, marks, out),
            Tag::Br => out.push(make("hardBreak", Map::new(), None)),
            Tag::Link => self.link(element, marks, out),
            Tag::InlineCommentMarker => {
                let id = attribute(element, "ac:ref").unwrap_or_default();
                self.marked(
                    element,
                    mark(
                        "annotation",
                        &[("id", &id), ("annotationType", "inlineComment")],
                    ),
                    marks,
                    out,
                );
            }
            Tag::Emoticon => out.push(self.with_marks(emoji(element), marks)),
            Tag::Time => out.push(self.with_marks(date(element), marks)),
            Tag::Placeholder => {
                let mut attributes = Map::new();
                put(&mut attributes, "text", Some(element.text().into_owned()));
                out.push(make("placeholder", attributes, None));
            }
            Tag::Macro | Tag::OldMacro => {
                if let Some(found) = Macro::read(element) {
                    let node = self.macro_(element, found, true);
                    out.push(if kind(&node) == "status" {
                        self.with_marks(node, marks)
                    } else {
                        node
                    });
                }
            }
            Tag::Image => {
                let picture = self.picture(element);
                out.push(picture);
            }
            Tag::AdfExtension => match self.opened(element) {
                Some(node) => out.push(node),
                None => {
                    let inside = element.child(Tag::AdfFallback).unwrap_or(element);
                    let was_inside = std::mem::replace(&mut self.is_in_extension, true);
                    self.inline(inside.children(), marks, out);
                    self.is_in_extension = was_inside;
                }
            },
            Tag::Parameter
            | Tag::DefaultParameter
            | Tag::TaskId
            | Tag::TaskUuid
            | Tag::TaskStatus
            | Tag::AdfAttribute
            | Tag::AdfParameter => {}
            tag if tag.is_program() => {}
            _ => self.inline(element.children(), marks, out),
        }
    }

    fn marked(&mut self, element: Element<'_>, new: Value, marks: &[Value], out: &mut Vec<Value>) {
        let marks = with_mark(marks, new);
        self.inline(element.children(), &marks, out);
    }

    fn span(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        let style = element.attribute("style").unwrap_or_default();
        let mut all = marks.to_vec();
        for (property, name) in [
            ("color", "textColor"),
            ("background-color", "backgroundColor"),
        ] {
            if let Some(value) = colour::property(&style, property).and_then(colour::from_css) {
                all = with_mark(&all, mark(name, &[("color", &value)]));
            }
        }
        self.inline(element.children(), &all, out);
    }

    fn anchor(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        let Some(href) = attribute(element, "href") else {
            return self.inline(element.children(), marks, out);
        };
        if card_appearance(element).is_some() {
            let mut attributes = Map::new();
            attributes.insert("url".into(), href.into());
            return out.push(make("inlineCard", attributes, None));
        }
        let mut all = vec![("href", href.as_str())];
        let title = attribute(element, "title");
        all.extend(title.as_deref().map(|title| ("title", title)));
        self.marked(element, mark("link", &all), marks, out);
    }

    fn link(&mut self, element: Element<'_>, marks: &[Value], out: &mut Vec<Value>) {
        let resource = element.elements().find_map(Resource::read);
        let body = element
            .elements()
            .find(|child| matches!(child.tag(), Tag::LinkBody | Tag::PlainTextLinkBody));
        let anchor = attribute(element, "ac:anchor");
        let target = match resource {
            Some(Resource::Person(person)) => {
                return out.push(self.with_marks(mention(element, person, body), marks));
            }
            Some(Resource::Content(content)) => Some(Target::Content {
                content,
                anchor: anchor.as_deref().map(crate::view::anchor_id),
            }),
            Some(Resource::Attachment(attachment)) => Some(Target::Attachment(attachment)),
            Some(Resource::Space(key)) => Some(Target::Space(key)),
            Some(Resource::Url(_) | Resource::Shortcut { .. }) | None => None,
        };
        let href = match (&target, anchor) {
            (
                Some(Target::Content {
                    content: ContentRef::Itself,
                    ..
                })
                | None,
                Some(anchor),
            ) => Some(format!("#{}", crate::view::anchor_id(&anchor))),
            (Some(target), _) => (self.ask)(Question::Address(target)),
            (None, None) => None,
        };
        let marks = match &href {
            Some(href) => with_mark(marks, mark("link", &[("href", href)])),
            None => marks.to_vec(),
        };
        let before = out.len();
        if let Some(body) = body {
            self.inline(body.children(), &marks, out);
        }
        if out.len() == before
            && let Some(target) = &target
        {
            self.push_text(out, crate::slot::target_name(target), &marks);
        }
    }

    /// Adds marks to a node, as long as they don't let the document grow without bound: each piece of text repeats
    /// them all.
    fn with_marks(&mut self, mut node: Value, marks: &[Value]) -> Value {
        let Some(left) = self.marks_left.checked_sub(weight(marks)) else {
            return node;
        };
        self.marks_left = left;
        if let (Some(object), false) = (node.as_object_mut(), marks.is_empty()) {
            object.insert("marks".into(), Value::Array(marks.to_vec()));
        }
        node
    }

    /// Appends text, to the text before it where that has the same marks.
    fn push_text(&mut self, out: &mut Vec<Value>, text: &str, marks: &[Value]) {
        if text.is_empty() {
            return;
        }
        if let Some(Value::Object(last)) = out.last_mut() {
            let before = last.get("marks").and_then(Value::as_array);
            let same_marks = before.map(Vec::as_slice).unwrap_or_default() == marks;
            let is_text = last.get("type").and_then(Value::as_str) == Some("text");
            if let (true, true, Some(Value::String(before))) =
                (same_marks, is_text, last.get_mut("text"))
            {
                return before.push_str(text);
            }
        }
        let node = self.with_marks(text_node(text), marks);
        out.push(node);
    }
}

fn mention(element: Element<'_>, person: PersonRef, body: Option<Element<'_>>) -> Value {
    let mut attributes = Map::new();
    let id = match person {
        PersonRef::Account(id) | PersonRef::Key(id) | PersonRef::Name(id) => id,
        PersonRef::Unnamed => String::new(),
    };
    put(&mut attributes, "id", Some(id));
    let user = element.child(Tag::RiUser);
    put(
        &mut attributes,
        "localId",
        user.and_then(|user| attribute(user, "ri:local-id")),
    );
    put(
        &mut attributes,
        "text",
        body.map(|body| body.text().into_owned()),
    );
    make("mention", attributes, None)
}

fn emoji(element: Element<'_>) -> Value {
    let (shown, name) = emoji_of(element);
    let mut attributes = Map::new();
    put(
        &mut attributes,
        "shortName",
        Some(attribute(element, "ac:emoji-shortname").unwrap_or_else(|| format!(":{name}:"))),
    );
    put(&mut attributes, "id", attribute(element, "ac:emoji-id"));
    let is_classic = element.attribute("ac:emoji-shortname").is_none();
    put(
        &mut attributes,
        "text",
        attribute(element, "ac:emoji-fallback").or_else(|| is_classic.then_some(shown)),
    );
    put(
        &mut attributes,
        "localId",
        attribute(element, "ac:local-id"),
    );
    make("emoji", attributes, None)
}

fn date(element: Element<'_>) -> Value {
    let day = attribute(element, "datetime").unwrap_or_default();
    let mut attributes = Map::new();
    put(
        &mut attributes,
        "timestamp",
        Some(day::to_timestamp(&day).unwrap_or(day)),
    );
    put(&mut attributes, "localId", attribute(element, "local-id"));
    make("date", attributes, None)
}

fn mark(kind: &str, attributes: &[(&str, &str)]) -> Value {
    let attributes = attributes
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect();
    make(kind, attributes, None)
}

/// Adds a mark. Each kind counts once, the innermost; only comments may overlap, a few of them.
fn with_mark(marks: &[Value], new: Value) -> Vec<Value> {
    let same = marks.iter().filter(|mark| kind(mark) == kind(&new)).count();
    let is_comment = kind(&new) == "annotation";
    if is_comment && same >= MAX_ANNOTATIONS {
        return marks.to_vec();
    }
    let mut all: Vec<Value> = marks
        .iter()
        .filter(|mark| is_comment || kind(mark) != kind(&new))
        .cloned()
        .collect();
    all.push(new);
    all
}

/// How many bytes the marks hold, near enough.
fn weight(marks: &[Value]) -> usize {
    let attributes = |mark: &Value| -> usize {
        let object = mark.get("attrs").and_then(Value::as_object);
        object
            .into_iter()
            .flatten()
            .map(|(name, value)| name.len() + value.as_str().map_or(8, str::len))
            .sum()
    };
    marks.iter().map(|mark| 32 + attributes(mark)).sum()
}
