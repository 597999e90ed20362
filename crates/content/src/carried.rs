//! The markup in storage format that the HTML for editors carries beside what it shows.
//!
//! An element of that HTML has the markup as one attribute and, as another, two numbers computed
//! from what is shown. If the numbers still match when the HTML comes back, nobody has changed what
//! is shown, and the markup is read as if it had been sent in storage format. Otherwise what is
//! shown counts.

use crate::escape::{decode, push_escaped};
use crate::storage::{self, Element, Node, Tag};

/// The attribute for the markup.
pub(crate) const MARKUP: &str = "data-nx-storage";

/// The attribute for the numbers: that of the tag, then a blank and that of the element's content.
pub(crate) const SHOWN: &str = "data-nx-shown";

/// The placeholder in the markup for the content of the element that carries it.
pub(crate) const PLACE: &str = "<?in?>";

/// The maximum nesting of elements whose markup is valid only while their content is unchanged:
/// checking that takes time for all of the content at every level.
pub(crate) const MAX_ABOUT_DEPTH: usize = 4;

/// Returns whether a node is [`PLACE`].
pub(crate) fn is_place(node: Node<'_>) -> bool {
    matches!(node, Node::Instruction("in"))
}

/// The markup that an element stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Carried {
    markup: String,
    content: Content,
}

/// The input of the second number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// There is no second number: the content is written in the placeholder of the markup.
    Live,
    /// The content as shown; the markup contains all of it.
    Shown,
    /// The content in storage format, which is written in the placeholder.
    Stored(u64),
}

impl Carried {
    /// Creates markup with a placeholder for the content.
    pub(crate) fn around(markup: String) -> Self {
        Self {
            markup,
            content: Content::Live,
        }
    }

    /// Creates markup that contains all that is shown.
    pub(crate) fn whole(markup: &str) -> Self {
        Self {
            markup: without_places(markup.to_owned()),
            content: Content::Shown,
        }
    }

    /// Creates markup that contains all that is shown, except for the part in its placeholder,
    /// which is written elsewhere.
    pub(crate) fn whole_around(markup: String) -> Self {
        Self {
            markup,
            content: Content::Shown,
        }
    }

    /// Creates markup with a placeholder for content, and with statements about that content that
    /// hold only while it is unchanged.
    pub(crate) fn about<'a>(markup: String, content: impl Iterator<Item = Node<'a>>) -> Self {
        Self {
            markup,
            content: Content::Stored(of_content(content)),
        }
    }

    /// Appends the two attributes to a start tag, which begins at `tag_at` in `out` and isn't
    /// closed yet. `inside` is the HTML that follows.
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

    /// Adds the two attributes to HTML that is one element, or to a `span` around it if it isn't.
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

/// Writes a number in the letters from `a` to `p`, so that it is never mistaken for an id.
fn push_number(out: &mut String, number: u64) {
    let letters = number.to_be_bytes().into_iter();
    let letters = letters.flat_map(|byte| [byte >> 4, byte & 15]);
    out.extend(letters.map(|letter| char::from(b'a' + letter)));
}

/// Reads a number that [`push_number`] wrote.
fn number_of(letters: &str) -> Option<u64> {
    letters.bytes().try_fold(0_u64, |number, letter| {
        let digit = letter.checked_sub(b'a').filter(|digit| *digit < 16)?;
        number.checked_mul(16)?.checked_add(u64::from(digit))
    })
}

/// Returns the start tag, without its end, and the content of HTML that is one element and nothing
/// else.
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

/// The markup that an element carries, if its tag is unchanged.
pub(crate) struct Kept {
    /// The markup, parsed.
    pub(crate) document: storage::Document,
    /// The second number, if there is one.
    pub(crate) content: Option<u64>,
}

impl Kept {
    /// Reads the markup of an element, or returns `None` if it carries none or its tag was changed.
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

/// Returns the markup that an element carries, changed or not. It is parsed like everything that
/// clients send.
pub(crate) fn markup_of(element: Element<'_>) -> Option<storage::Document> {
    storage::parse(&element.attribute(MARKUP)?).ok()
}

/// Returns the first element of a document.
pub(crate) fn first_element(document: &storage::Document) -> Option<Element<'_>> {
    document.children().find_map(|node| match node {
        Node::Element(element) => Some(element),
        _ => None,
    })
}

/// Returns whether clients change this attribute without intent.
fn is_incidental(name: &str) -> bool {
    matches!(name, MARKUP | SHOWN | "rel" | "loading" | "referrerpolicy")
}

/// Returns the number of an element's tag.
fn of_tag(element: Element<'_>) -> u64 {
    let mut number = Number::default();
    number.tag(element);
    number.0
}

/// Returns the number of the content of an element or document.
pub(crate) fn of_content<'a>(nodes: impl Iterator<Item = Node<'a>>) -> u64 {
    let mut number = Number::default();
    number.nodes(nodes);
    number.0
}

/// A hash of texts by FNV-1a, which must be the same in every version of the program. It guards
/// only against accidental changes; forged markup is checked like everything that clients send.
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

/// Returns the attributes of an element sorted by name, so that their order doesn't matter.
pub(crate) fn attributes(element: Element<'_>) -> Vec<(&str, std::borrow::Cow<'_, str>)> {
    let all = element.attributes();
    let mut all: Vec<_> = all.map(|one| (one.name, one.value())).collect();
    all.sort();
    all
}

/// Returns the start tag of an element, as if it had content.
pub(crate) fn open_tag(element: Element<'_>) -> String {
    let raw = element.raw_start_tag();
    match raw.strip_suffix("/>") {
        Some(tag) => format!("{}>", tag.trim_end()),
        None => raw.to_owned(),
    }
}

/// Returns an element as it is in storage format.
pub(crate) fn outer(element: Element<'_>) -> String {
    let mut out = element.raw_start_tag().to_owned();
    if !element.is_self_closed() {
        out.push_str(element.inner());
        push_end(&mut out, element.name());
    }
    out
}

/// Returns an element with a placeholder for its content.
pub(crate) fn shell(element: Element<'_>) -> String {
    if element.tag().is_void() && element.children().next().is_none() {
        return outer(element);
    }
    let mut out = open_tag(element);
    out.push_str(PLACE);
    push_end(&mut out, element.name());
    out
}

/// Returns an element with a placeholder in each node for which `is_live` is true. Such nodes are
/// children of the element or of an `ac:adf-node` in it; one that isn't an element is replaced by
/// the placeholder.
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

/// Removes the instructions that would be mistaken for placeholders from markup. The same letters
/// in text and CDATA sections remain.
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

/// Returns whether an element's tags are part of the markup when its content is written separately.
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
