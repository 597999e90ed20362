//! The typed reading of a macro.

use std::borrow::Cow;

use super::{Element, Node, Tag};

/// A macro: `ac:structured-macro`, or `ac:macro` of older versions.
#[derive(Clone, Copy, Debug)]
pub struct Macro<'a> {
    element: Element<'a>,
}

/// One parameter of a macro.
#[derive(Clone, Debug)]
pub struct Parameter<'a> {
    /// Its name; empty for the default parameter.
    pub name: Cow<'a, str>,
    /// Its element: a value is text, or a resource such as `ri:page`, or a link around one.
    pub value: Element<'a>,
}

impl<'a> Macro<'a> {
    /// Reads an element as a macro.
    #[must_use]
    pub fn read(element: Element<'a>) -> Option<Self> {
        matches!(element.tag(), Tag::Macro | Tag::OldMacro).then_some(Self { element })
    }

    /// The element that the macro is.
    pub(crate) fn element(&self) -> Element<'a> {
        self.element
    }

    /// The name of the macro, such as `info`.
    #[must_use]
    pub fn name(&self) -> Cow<'a, str> {
        self.element.attribute("ac:name").unwrap_or_default()
    }

    /// The parameters in the order of the source.
    pub fn parameters(&self) -> impl Iterator<Item = Parameter<'a>> + use<'a> {
        self.element
            .elements()
            .filter_map(|value| match value.tag() {
                Tag::Parameter => Some(Parameter {
                    name: value.attribute("ac:name").unwrap_or_default(),
                    value,
                }),
                Tag::DefaultParameter => Some(Parameter {
                    name: Cow::Borrowed(""),
                    value,
                }),
                _ => None,
            })
    }

    /// The element that holds a parameter's value. The default parameter has an empty name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<Element<'a>> {
        self.parameters()
            .find(|parameter| parameter.name == name)
            .map(|parameter| parameter.value)
    }

    /// A parameter's value as text, trimmed; `None` where it is missing or empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let value = self.parameter(name)?.text();
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Whether a parameter is set to `true`.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.text(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The body of a macro that takes markup.
    #[must_use]
    pub fn rich_body(&self) -> Option<Element<'a>> {
        self.element.child(Tag::RichTextBody)
    }

    /// The body of a macro that takes plain text.
    #[must_use]
    pub fn plain_body(&self) -> Option<Cow<'a, str>> {
        let bodies = self.element.elements();
        bodies
            .filter(|body| body.tag() == Tag::PlainTextBody)
            .map(|body| body.text())
            .reduce(|before, text| Cow::Owned(before.into_owned() + &text))
    }

    /// The plain text that a macro of code shows: none where it has another body instead.
    #[must_use]
    pub(crate) fn preformatted(&self) -> Option<Cow<'a, str>> {
        let is_other = |node: Node<'a>| !matches!(node, Node::Element(body) if body.tag() == Tag::PlainTextBody);
        match self.plain_body() {
            None if self.contents().any(is_other) => None,
            None => Some(Cow::Borrowed("")),
            text => text,
        }
    }

    /// All that is in the macro but its parameters: its bodies, and what stands beside them.
    pub(crate) fn contents(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.element.children().filter(|node| is_content(*node))
    }
}

/// Whether a node of a macro is none of its parameters.
pub(crate) fn is_content(node: Node<'_>) -> bool {
    match node {
        Node::Element(part) => !matches!(part.tag(), Tag::Parameter | Tag::DefaultParameter),
        Node::Text(raw) => !raw.trim().is_empty(),
        Node::CData(_) => true,
        Node::Comment(_) | Node::Instruction(_) => false,
    }
}
