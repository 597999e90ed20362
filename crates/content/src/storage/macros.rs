//! Typed access to macros.

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
    /// Its element: the value is text, or a resource such as `ri:page`, or a link around one.
    pub value: Element<'a>,
}

impl<'a> Macro<'a> {
    /// Reads an element as a macro, or returns `None` if it isn't one.
    #[must_use]
    pub fn read(element: Element<'a>) -> Option<Self> {
        matches!(element.tag(), Tag::Macro | Tag::OldMacro).then_some(Self { element })
    }

    /// Returns the element of the macro.
    pub(crate) fn element(&self) -> Element<'a> {
        self.element
    }

    /// Returns the name of the macro, such as `info`.
    #[must_use]
    pub fn name(&self) -> Cow<'a, str> {
        self.element.attribute("ac:name").unwrap_or_default()
    }

    /// Returns the parameters in the order of the source.
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

    /// Returns the element with a parameter's value. The default parameter has an empty name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<Element<'a>> {
        self.parameters()
            .find(|parameter| parameter.name == name)
            .map(|parameter| parameter.value)
    }

    /// Returns a parameter's value as text, trimmed, or `None` if it is missing or empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let value = self.parameter(name)?.text();
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Returns whether a parameter is set to `true`.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.text(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Returns the body of a macro that takes markup.
    #[must_use]
    pub fn rich_body(&self) -> Option<Element<'a>> {
        self.element.child(Tag::RichTextBody)
    }

    /// Returns the body of a macro that takes plain text.
    #[must_use]
    pub fn plain_body(&self) -> Option<Cow<'a, str>> {
        let bodies = self.element.elements();
        bodies
            .filter(|body| body.tag() == Tag::PlainTextBody)
            .map(|body| body.text())
            .reduce(|before, text| Cow::Owned(before.into_owned() + &text))
    }

    /// Returns the plain text that a macro of code shows, or `None` if it has another body instead.
    #[must_use]
    pub(crate) fn preformatted(&self) -> Option<Cow<'a, str>> {
        let is_other = |node: Node<'a>| !matches!(node, Node::Element(body) if body.tag() == Tag::PlainTextBody);
        match self.plain_body() {
            None if self.contents().any(is_other) => None,
            None => Some(Cow::Borrowed("")),
            text => text,
        }
    }

    /// Returns the content of the macro without its parameters: its bodies, and anything beside
    /// them.
    pub(crate) fn contents(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.element.children().filter(|node| is_content(*node))
    }
}

/// Returns whether a node in a macro is content, and not a parameter.
pub(crate) fn is_content(node: Node<'_>) -> bool {
    match node {
        Node::Element(part) => !matches!(part.tag(), Tag::Parameter | Tag::DefaultParameter),
        Node::Text(raw) => !raw.trim().is_empty(),
        Node::CData(_) => true,
        Node::Comment(_) | Node::Instruction(_) => false,
    }
}
