//! Renders storage format to HTML.
//!
//! Only what is listed here reaches the page: there are lists of the allowed elements, attributes,
//! addresses and style declarations, and of everything else only the content is shown. No byte of a
//! start tag is ever copied, except that the HTML for editors has markup as the value of an
//! attribute, see `carried`.

mod anchor;
mod carried;
mod code;
mod editor;
mod element;
mod embed;
mod emoji;
mod heading;
mod image;
mod layout;
mod link;
mod lists;
mod macros;
mod panel;
mod policy;
mod table;
mod task;

pub(crate) use anchor::{Anchors, named_place};
pub(crate) use element::day_in_words;
pub(crate) use emoji::emoji_of;
pub use heading::anchor_id;
pub use policy::{Hosts, Policy};

use crate::escape::push_escaped;
use crate::storage::{Children, Document, Element, Macro, Node, Tag};
use crate::template::Template;
use crate::text;
use heading::Headings;

/// The HTML representations of Confluence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ViewKind {
    /// `view`: for a page that people read on the site.
    #[default]
    View,
    /// `export_view`: for reading elsewhere; nothing is folded.
    ExportView,
    /// `styled_view`: a whole HTML document with its style.
    StyledView,
    /// `anonymous_export_view`: like `export_view`; the caller fills it as an anonymous visitor
    /// sees it.
    AnonymousExportView,
    /// `editor`: for an editor; macros have their names and parameters as data.
    Editor,
}

impl ViewKind {
    /// Returns whether content that is folded on the site is open.
    fn is_unfolded(self) -> bool {
        !matches!(self, Self::View)
    }
}

/// Renders documents. It is cheap to hold and to share, and has no state of any document.
#[derive(Debug, Default)]
pub struct Renderer {
    policy: Policy,
}

impl Renderer {
    /// Creates a renderer for a site with this policy.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy }
    }

    /// Renders a whole body.
    #[must_use]
    pub fn render(&self, document: &Document, kind: ViewKind) -> Template {
        let mut writer = Writer::new(self, document, kind);
        if kind == ViewKind::StyledView {
            writer.template.push(STYLED_HEAD);
        }
        writer.nodes(document.children(), Tag::Other);
        if kind == ViewKind::StyledView {
            writer.template.push("</body></html>");
        }
        writer.finish()
    }

    /// Renders the excerpt that an author marked: the first, or the first with this name.
    ///
    /// `None` if the body has no such excerpt.
    #[must_use]
    pub fn excerpt(
        &self,
        document: &Document,
        name: Option<&str>,
        kind: ViewKind,
    ) -> Option<Template> {
        let excerpt = text::find_excerpt(document, name)?;
        let mut writer = Writer::new(self, document, kind);
        writer.nodes(excerpt.children(), Tag::Other);
        Some(writer.finish())
    }

    /// Renders the page properties of a body: each key as text with its value, in order.
    ///
    /// `id` selects one set of properties; `None` selects all.
    #[must_use]
    pub fn details(
        &self,
        document: &Document,
        id: Option<&str>,
        kind: ViewKind,
    ) -> Vec<(String, Template)> {
        let mut writer = Writer::new(self, document, kind);
        let mut rows = Vec::new();
        let mut end_of_last = 0;
        for node in document.descendants() {
            let Node::Element(element) = node else {
                continue;
            };
            if element.position() < end_of_last {
                continue;
            }
            let Some(details) = Macro::read(element).filter(|found| found.name() == "details")
            else {
                continue;
            };
            if id.is_some() && details.text("id").as_deref() != id {
                continue;
            }
            let Some(body) = details.rich_body() else {
                continue;
            };
            end_of_last = body.position_behind();
            for row in body.descendants() {
                let Node::Element(row) = row else { continue };
                let mut cells = row
                    .elements()
                    .filter(|cell| matches!(cell.tag(), Tag::Th | Tag::Td));
                if let (Tag::Tr, Some(key), Some(value)) = (row.tag(), cells.next(), cells.next()) {
                    let value = writer.apart(|writer| writer.nodes(value.children(), Tag::Other));
                    rows.push((text::of_element(key).trim().to_owned(), value));
                }
            }
        }
        rows
    }
}

const STYLED_HEAD: &str = concat!(
    "<!DOCTYPE html><html><head><meta charset=\"utf-8\" /><style>",
    include_str!("styled.css"),
    "</style></head><body class=\"nx-content\">"
);

/// One rendering of one document.
struct Writer<'r> {
    policy: &'r Policy,
    kind: ViewKind,
    template: Template,
    document: &'r Document,
    headings: Headings,
    /// The anchors that links within the document lead to, once there is such a link.
    anchors: Option<Anchors>,
    /// The number of bytes that tables of contents may still take.
    toc_left: usize,
    /// The number of bytes of code that may still be highlighted.
    colour_left: usize,
    /// The number of lines of code that may still be numbered.
    lines_left: usize,
    /// The row numbers of the table that is being written, if it shows them.
    row_numbers: Option<table::RowNumbers>,
    /// Whether a link is being written. Links don't nest: another one inside is only its text.
    is_in_link: bool,
    /// The number of enclosing elements that carry markup about their content, for an editor.
    about_depth: usize,
    /// Whether an enclosing element carries all that is written, for an editor.
    is_in_atom: bool,
}

impl<'r> Writer<'r> {
    fn new(renderer: &'r Renderer, document: &'r Document, kind: ViewKind) -> Self {
        Self {
            policy: &renderer.policy,
            kind,
            template: Template::with_capacity(
                document.as_str().len() + document.as_str().len() / 4,
            ),
            document,
            headings: Headings::of(document),
            anchors: None,
            toc_left: heading::MAX_TOC_BYTES,
            colour_left: code::MAX_COLOURED_BYTES,
            lines_left: code::MAX_NUMBERED_LINES,
            row_numbers: None,
            is_in_link: false,
            about_depth: 0,
            is_in_atom: false,
        }
    }

    fn finish(mut self) -> Template {
        self.template.shrink();
        self.template
    }

    /// Writes the nodes of one level. `parent` is the element of HTML that they end up in.
    fn nodes(&mut self, nodes: Children<'_>, parent: Tag) {
        if table::holds_rows(parent) {
            return self.rows(nodes, parent);
        }
        for node in nodes {
            self.node(node, parent);
        }
    }

    fn node(&mut self, node: Node<'_>, parent: Tag) {
        match node {
            // Well-formed text is fit for HTML as it is: it has no `<`, and each of its entities is
            // known.
            Node::Text(raw) => self.template.push(raw),
            Node::CData(text) => push_escaped(self.template.html(), text),
            Node::Element(element) => self.element(element, parent),
            Node::Comment(text) => self.kept_comment("<!--", text, "-->"),
            Node::Instruction(text) => self.kept_comment("<?", text, "?>"),
        }
    }

    /// Writes an element's content into `<name class="class">`; both are constants of this crate.
    fn wrapped(&mut self, name: &str, class: &str, element: Element<'_>) {
        self.open(name, class);
        self.nodes(element.children(), Tag::Div);
        self.close(name);
    }

    fn open(&mut self, name: &str, class: &str) {
        let html = self.template.html();
        html.push('<');
        html.push_str(name);
        if !class.is_empty() {
            html.push_str(" class=\"");
            html.push_str(class);
            html.push('"');
        }
        html.push('>');
    }

    fn close(&mut self, name: &str) {
        let html = self.template.html();
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }

    fn text(&mut self, text: &str) {
        push_escaped(self.template.html(), text);
    }

    /// Appends an attribute with a plain value.
    fn attribute(&mut self, name: &str, value: &str) {
        let html = self.template.html();
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        push_escaped(html, value);
        html.push('"');
    }

    /// Renders into a template of its own, for content inside a hole.
    fn apart(&mut self, write: impl FnOnce(&mut Self)) -> Template {
        let outer = std::mem::take(&mut self.template);
        write(self);
        let mut inner = std::mem::replace(&mut self.template, outer);
        inner.shrink();
        inner
    }

    /// Renders the content of a link.
    fn link_inside(&mut self, write: impl FnOnce(&mut Self)) -> Template {
        let was_in_link = std::mem::replace(&mut self.is_in_link, true);
        let body = self.apart(write);
        self.is_in_link = was_in_link;
        body
    }
}
