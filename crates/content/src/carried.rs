//! What the HTML for editors carries beside what it shows: the markup of the storage format that an element stands for.
//!
//! An element of that HTML has the markup as one attribute and, as another, two numbers that are made of what is shown. If
//! the numbers still fit when the HTML comes back, nobody has changed what is shown, and the markup is taken as if it
//! had been sent in the storage format. If they don't, what is shown counts.

use crate::escape::{decode, push_escaped};
use crate::storage::{self, Element, Node, Tag};

/// The attribute with the markup.
pub(crate) const MARKUP: &str = "data-nx-storage";

/// The attribute with the numbers of what is shown: of the tag, and behind a blank of what is in the element.
pub(crate) const SHOWN: &str = "data-nx-shown";

/// What stands in the markup for the content of the element that carries it.
pub(crate) const PLACE: &str = "<?in?>";

/// How deep in each other elements say something about their content that holds only as long as it stays the same: to find
/// out takes time for all of it.
pub(crate) const MAX_ABOUT_DEPTH: usize = 4;

/// Whether a node is [`PLACE`].
pub(crate) fn is_place(node: Node<'_>) -> bool {
    matches!(node, Node::Instruction("in"))
}

/// The markup that an element stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Carried {
    markup: String,
    content: Content,
}

/// What the second number is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// Nothing: the content is written where the markup has its place.
    Live,
    /// What is shown: the markup has all of it.
    Shown,
    /// The content in storage format, which stands in the markup's place.
    Stored(u64),
}

impl Carried {
    /// Markup with a place for the content.
    pub(crate) fn around(markup: String) -> Self {
        Self {
            markup,
            content: Content::Live,
        }
    }

    /// Markup that says all that is shown.
    pub(crate) fn whole(markup: &str) -> Self {
        Self {
            markup: without_places(markup.to_owned()),
            content: Content::Shown,
        }
    }

    /// Markup that says all that is shown, but for what stands in its place and is written elsewhere.
    pub(crate) fn whole_around(markup: String) -> Self {
        Self {
            markup,
            content: Content::Shown,
        }
    }

    /// Markup with a place for content, of which it says more that only holds while the content is this.
    pub(crate) fn about<'a>(markup: String, content: impl Iterator<Item = Node<'a>>) -> Self {
        Self {
            markup,
            content: Content::Stored(of_content(content)),
        }
    }

    /// Appends the two attributes to a start tag, which begins at a place in `out` and isn't closed yet. `inside` is the
    /// HTML that follows.
    pub(crate) fn push(&self, out: &mut String, tag_at: usize, inside: &str) {
        let tag = out.get(tag_at..).unwrap_or_default();
        let shape = storage::parse_derived(&format!("{tag} />"))
            .ok()
            .and_then(|tag| first_element(&tag).map(of_tag))
            .unwrap_or_default();
        let content = match self.content {
            Content::Live => None,
            Content::Stored(number) => Some(number),
            Content::Shown => storage::parse_derived(inside)
                .ok()
                .map(|inside| of_content(inside.children())),
        };
        out.push(' ');
        out.push_str(MARKUP);
        out.push_str("=\"");
        push_escaped(out, &self.markup);
        out.push_str("\" ");
        out.push_str(SHOWN);
        out.push_str("=\"");
        push_number(out, shape);
        if let Some(number) = content {
            out.push(' ');
            push_number(out, number);
        }
        out.push('"');
    }

    /// Puts the two attributes into HTML that is one element, or else into a `span` around it.
    pub(crate) fn push_with(&self, out: &mut String, html: &str) {
        let at = out.len();
        let Some((tag, inside)) = only_element(html) else {
            out.push_str("<span class=\"nx-kept\"");
            self.push(out, at, html);
            out.push('>');
            out.push_str(html);
            return out.push_str("</span>");
        };
        out.push_str(tag);
        self.push(out, at, inside);
        out.push_str(html.get(tag.len()..).unwrap_or_default());
    }
}

/// Writes a number in the letters from `a` to `p`, so that it is never taken for an id.
fn push_number(out: &mut String, number: u64) {
    let letters = number.to_be_bytes().into_iter();
    let letters = letters.flat_map(|byte| [byte >> 4, byte & 15]);
    out.extend(letters.map(|letter| char::from(b'a' + letter)));
}

/// Reads a number of [`push_number`].
fn number_of(letters: &str) -> Option<u64> {
    letters.bytes().try_fold(0_u64, |number, letter| {
        let digit = letter.checked_sub(b'a').filter(|digit| *digit < 16)?;
        number.checked_mul(16)?.checked_add(u64::from(digit))
    })
}

/// The start tag, up to its end, and the content of HTML that is one element and nothing else.
fn only_element(html: &str) -> Option<(&str, &str)> {
    let parsed = storage::parse_derived(html).ok()?;
    if parsed.as_str() != html {
        return None;
    }
    let mut nodes = parsed.children();
    let (Some(Node::Element(element)), None) = (nodes.next(), nodes.next()) else {
        return None;
    };
    let tag = html.get(..element.raw_start_tag().len())?;
    let inside = html.get(tag.len()..tag.len() + element.inner().len())?;
    let open = tag.strip_suffix("/>").or_else(|| tag.strip_suffix('>'))?;
    Some((open.trim_end(), inside))
}

/// What an element carries, if it is shown as it was written.
pub(crate) struct Kept {
    /// The markup.
    pub(crate) document: storage::Document,
    /// The second number.
    pub(crate) content: Option<u64>,
}

impl Kept {
    /// Reads what an element carries; `None` where it carries nothing, or its tag was changed.
    pub(crate) fn of(element: Element<'_>) -> Option<Self> {
        let shown = element.attribute(SHOWN)?;
        let mut numbers = shown.split(' ').map(number_of);
        if numbers.next()?? != of_tag(element) {
            return None;
        }
        Some(Self {
            document: markup_of(element)?,
            content: numbers.next().flatten(),
        })
    }
}

/// The markup that an element carries, whether it was changed or not. It is read as everything that is sent.
pub(crate) fn markup_of(element: Element<'_>) -> Option<storage::Document> {
    storage::parse(&element.attribute(MARKUP)?).ok()
}

/// The first element of a document.
pub(crate) fn first_element(document: &storage::Document) -> Option<Element<'_>> {
    document.children().find_map(|node| match node {
        Node::Element(element) => Some(element),
        _ => None,
    })
}

/// Whether a client may change an attribute without meaning anything by it.
fn is_incidental(name: &str) -> bool {
    matches!(name, MARKUP | SHOWN | "rel" | "loading" | "referrerpolicy")
}

/// The number of an element's tag.
fn of_tag(element: Element<'_>) -> u64 {
    let mut number = Number::default();
    number.tag(element);
    number.0
}

/// The number of what is in an element, or in a document.
pub(crate) fn of_content<'a>(nodes: impl Iterator<Item = Node<'a>>) -> u64 {
    let mut number = Number::default();
    number.nodes(nodes);
    number.0
}

/// A number that is made of texts, by FNV-1a: it has to be the same in every version of the program. It guards against
/// changes by chance; what others write is checked as everything that they write is.
struct Number(u64);

impl Default for Number {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Number {
    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn nodes<'a>(&mut self, nodes: impl Iterator<Item = Node<'a>>) {
        for node in nodes {
            match node {
                Node::Text(raw) => self.add(&decode(raw)),
                Node::CData(text) => self.add(text),
                Node::Element(element) => {
                    self.add("\u{1}");
                    self.tag(element);
                    self.add("\u{4}");
                    self.nodes(element.children());
                    self.add("\u{5}");
                }
                Node::Comment(_) | Node::Instruction(_) => {}
            }
        }
    }

    fn tag(&mut self, element: Element<'_>) {
        self.add(&element.name().to_ascii_lowercase());
        for (name, value) in attributes(element) {
            if !is_incidental(name) {
                for part in ["\u{2}", name, "\u{3}", &value] {
                    self.add(part);
                }
            }
        }
    }
}

/// The attributes of an element by their names, as they are the same in any order.
pub(crate) fn attributes(element: Element<'_>) -> Vec<(&str, std::borrow::Cow<'_, str>)> {
    let all = element.attributes();
    let mut all: Vec<_> = all.map(|one| (one.name, one.value())).collect();
    all.sort();
    all
}

/// The start tag of an element, as if it had content.
pub(crate) fn open_tag(element: Element<'_>) -> String {
    let raw = element.raw_start_tag();
    match raw.strip_suffix("/>") {
        Some(tag) => format!("{}>", tag.trim_end()),
        None => raw.to_owned(),
    }
}

/// An element as it stands in storage format.
pub(crate) fn outer(element: Element<'_>) -> String {
    let mut out = element.raw_start_tag().to_owned();
    if !element.is_self_closed() {
        out.push_str(element.inner());
        push_end(&mut out, element.name());
    }
    out
}

/// An element with a place for its content.
pub(crate) fn shell(element: Element<'_>) -> String {
    if element.tag().is_void() && element.children().next().is_none() {
        return outer(element);
    }
    let mut out = open_tag(element);
    out.push_str(PLACE);
    push_end(&mut out, element.name());
    out
}

/// An element in which each node that `is_live` picks has a place for its content. Such nodes stand right in the element
/// or in an `ac:adf-node` of it; one that is no element leaves the place alone.
pub(crate) fn shell_with(element: Element<'_>, is_live: &dyn Fn(Node<'_>) -> bool) -> String {
    let mut out = open_tag(element);
    for node in element.children() {
        match node {
            Node::Element(part) if is_live(node) && has_place(part) => out.push_str(&shell(part)),
            _ if is_live(node) => out.push_str(PLACE),
            Node::Element(part) if part.tag() == Tag::AdfNode && !part.is_self_closed() => {
                out.push_str(&shell_with(part, is_live));
            }
            Node::Element(part) => out.push_str(&without_places(outer(part))),
            Node::Text(raw) => out.push_str(raw),
            Node::CData(text) => out.extend(["<![CDATA[", text, "]]>"]),
            Node::Comment(text) => out.extend(["<!--", text, "-->"]),
            Node::Instruction("in") => {}
            Node::Instruction(text) => out.extend(["<?", text, "?>"]),
        }
    }
    push_end(&mut out, element.name());
    out
}

/// Markup without instructions that would be taken for places. Text and sections of text may say the same.
pub(crate) fn without_places(markup: String) -> String {
    if !markup.contains(PLACE) {
        return markup;
    }
    let parsed = storage::parse_derived(&markup);
    match parsed.is_ok_and(|parsed| parsed.descendants().any(is_place)) {
        true => markup.replace(PLACE, ""),
        false => markup,
    }
}

/// Whether an element keeps its tags when its content is written apart from it.
fn has_place(element: Element<'_>) -> bool {
    matches!(
        element.tag(),
        Tag::LinkBody
            | Tag::PlainTextLinkBody
            | Tag::RichTextBody
            | Tag::PlainTextBody
            | Tag::TaskBody
            | Tag::AdfContent
            | Tag::AdfFallback
    )
}

fn push_end(out: &mut String, name: &str) {
    out.extend(["</", name, ">"]);
}
