//! Reads the `editor` representation: the HTML that Confluence's older editor edits, and that
//! [`ViewKind::Editor`](crate::view::ViewKind::Editor) writes.
//!
//! The markup that an element carries is restored if nobody has changed what is shown, see
//! [`carried`](crate::carried). Otherwise macros are restored from their data attributes, and links
//! and pictures of the site from their addresses. Everything else is HTML, which is storage format
//! as it is.

mod kept;
pub(crate) mod place;

use crate::carried::{MARKUP, PLACE, SHOWN, first_element, markup_of, outer};
use crate::reference::parameter_text;
use crate::storage::{self, Children, Document, Element, Macro, Markup, Node, ParseError, Tag};
use place::{Place, place_of};

/// Reads an editor's HTML and writes it in storage format. The HTML may be as long as a body in the
/// Atlassian document format, as it takes more bytes than storage format for the same content.
///
/// # Errors
/// Fails if the body is too long or too deep.
///
/// ```
/// let html = r#"<p><span class="editor-inline-macro" data-macro-name="toc" data-macro-parameters="maxLevel=2">toc</span></p>"#;
/// let document = narthex_content::editor::to_storage(html)?;
/// assert!(document.as_str().contains(r#"<ac:parameter ac:name="maxLevel">2</ac:parameter>"#));
/// # Ok::<(), narthex_content::storage::ParseError>(())
/// ```
pub fn to_storage(html: &str) -> Result<Document, ParseError> {
    let document = storage::parse_longer(html)?;
    let mut writer = Writer::of(&document);
    writer.nodes(document.children());
    storage::parse(&writer.markup.finish())
}

/// The attributes that editors see, in HTML or in its style.
const SHOWN_BY_HTML: [&str; 18] = [
    "style",
    "title",
    "lang",
    "dir",
    "colspan",
    "rowspan",
    "scope",
    "start",
    "type",
    "reversed",
    "value",
    "href",
    "src",
    "alt",
    "width",
    "bgcolor",
    "color",
    "data-highlight-colour",
];

/// The classes of elements that were added around text that stands for something else.
const ADDED: [&str; 7] = [
    "nx-link-absent",
    "nx-image-absent",
    "nx-emoji",
    "nx-mention",
    "nx-macro-part",
    "nx-math",
    "nx-kept",
];

#[derive(Default)]
struct Writer<'h> {
    markup: Markup,
    /// The caption of the picture that is being written.
    caption: Option<Element<'h>>,
    /// The number of enclosing elements with markup that makes statements about their content.
    about_depth: usize,
    /// The number of bytes that may still be read just to find out what an element is.
    left_to_check: usize,
}

/// The maximum number of a macro's parameters that are compared with their former values.
const MAX_COMPARED: usize = 64;

/// The limit for reading the HTML to find out whether what its elements show was changed, as a
/// multiple of its length. An editor's own HTML needs one or two; elements that were forged one
/// inside another would need one for each level.
const MAX_CHECKS: usize = 8;

impl<'h> Writer<'h> {
    fn of(document: &Document) -> Self {
        Self {
            left_to_check: document.as_str().len().saturating_mul(MAX_CHECKS),
            ..Self::default()
        }
    }

    fn nodes(&mut self, nodes: Children<'h>) {
        for node in nodes {
            match node {
                Node::Text(raw) => self.markup.raw(raw),
                Node::CData(text) => self.markup.cdata(text),
                Node::Element(element) => self.element(element),
                Node::Comment(_) | Node::Instruction(_) => {}
            }
        }
    }

    fn element(&mut self, element: Element<'h>) {
        if self.kept(element) {
            return;
        }
        let has = |class| has_class(element, class);
        match element.tag() {
            Tag::Table if has("wysiwyg-macro") => self.macro_(element),
            Tag::Span | Tag::Img if has("editor-inline-macro") => self.macro_(element),
            Tag::A => self.link(element),
            Tag::Img => self.picture(element),
            Tag::Span if has("nx-mention-hidden") => {
                self.markup.raw("<ac:link><ri:user /></ac:link>")
            }
            Tag::Span if has("text-placeholder") => {
                self.around(element, "ac:placeholder", "", None);
            }
            Tag::Other if has("nx-figure") => self.figure(element),
            Tag::Other if has("nx-caption") => self.around(element, "ac:caption", "", None),
            Tag::Span if has("nx-comment-mark") => {
                let reference = element.attribute("data-ref");
                self.around(
                    element,
                    "ac:inline-comment-marker",
                    "ac:ref",
                    reference.as_deref(),
                );
            }
            Tag::Time if has("nx-time") => {
                let day = element.attribute("datetime");
                self.markup.void("time", &[("datetime", day.as_deref())]);
            }
            Tag::Ul if has("nx-tasks") => self.around(element, "ac:task-list", "", None),
            Tag::Li | Tag::Div if has("nx-task") => self.task(element),
            Tag::Div if has("nx-layout") => self.around(element, "ac:layout", "", None),
            Tag::Div if has("nx-layout-section") => {
                let kind = section_kind(element);
                self.around(element, "ac:layout-section", "ac:type", Some(kind));
            }
            Tag::Div if has("nx-layout-cell") => self.around(element, "ac:layout-cell", "", None),
            Tag::Ul if has("nx-decisions") => self.decisions(element),
            // Skip the elements that the view adds around its own.
            Tag::Div if has("nx-table-wrap") => self.nodes(element.children()),
            Tag::Tr if has("nx-row-added") => self.nodes(element.children()),
            Tag::Span | Tag::Div if ADDED.into_iter().any(has) => self.nodes(element.children()),
            _ => self.plain(element),
        }
    }

    fn around(&mut self, element: Element<'h>, name: &str, attribute: &str, value: Option<&str>) {
        self.markup.open(name, &[(attribute, value)]);
        self.nodes(element.children());
        self.markup.close(name);
    }

    /// Writes an element as it is, without the classes and ids that the view gave it. If its tag
    /// was changed, it keeps those attributes of its former tag that HTML doesn't show.
    fn plain(&mut self, element: Element<'h>) {
        let before = markup_of(element);
        let before = before.as_ref().and_then(first_element);
        let before = before.filter(|before| before.name() == element.name());
        let mut attributes: Vec<_> = element
            .attributes()
            .map(|attribute| (attribute.name, attribute.value()))
            .filter(|(name, value)| !is_given(element, name, value))
            .collect();
        for attribute in before.into_iter().flat_map(|before| before.attributes()) {
            let is_same = |name: &str| name.eq_ignore_ascii_case(attribute.name);
            let is_there = attributes.iter().any(|(name, _)| is_same(name));
            if !is_there && !SHOWN_BY_HTML.into_iter().any(is_same) {
                attributes.push((attribute.name, attribute.value()));
            }
        }
        let attributes: Vec<_> = attributes
            .iter()
            .map(|(name, value)| (*name, Some(value.as_ref())))
            .collect();
        if element.is_self_closed() {
            return self.markup.void(element.name(), &attributes);
        }
        self.markup.open(element.name(), &attributes);
        self.nodes(element.children());
        self.markup.close(element.name());
    }

    fn macro_(&mut self, element: Element<'h>) {
        let name = element.attribute("data-macro-name").unwrap_or_default();
        // The markup of the macro from before one of its parameters was changed.
        let before = markup_of(element);
        let before = before.as_ref().and_then(first_element);
        let before = before
            .and_then(Macro::read)
            .filter(|before| before.name() == name);
        let attributes = before.map(|before| before.element().attributes());
        let attributes: Vec<_> = attributes
            .into_iter()
            .flatten()
            .filter(|attribute| attribute.name != "ac:name")
            .map(|attribute| (attribute.name, attribute.value()))
            .collect();
        let attributes: Vec<_> = attributes
            .iter()
            .map(|(name, value)| (*name, Some(value.as_ref())))
            .collect();
        self.markup.open_macro(&name, &attributes);
        let written = element
            .attribute("data-macro-parameters")
            .unwrap_or_default();
        let known = before.into_iter().flat_map(|before| before.parameters());
        let known = known.take(MAX_COMPARED);
        let mut known: Vec<_> = known
            .map(|known| (known.name, parameter_text(known.value), known.value))
            .collect();
        for (name, value) in parameters(&written) {
            let is_same = |known: &(_, _, _)| known.0 == name && known.1 == value;
            match known.iter().position(is_same) {
                // Use each only once, so that the result can't grow.
                Some(at) => self.markup.raw(&outer(known.remove(at).2)),
                None => self.markup.parameter(&name, &value),
            }
        }
        match (
            body_of_macro(element),
            element.attribute("data-macro-body-type").as_deref(),
        ) {
            (Some(body), Some("PLAIN_TEXT")) => {
                self.markup.open("ac:plain-text-body", &[]);
                self.markup.cdata(&body.text());
                self.markup.close("ac:plain-text-body");
            }
            (Some(body), _) => self.around(body, "ac:rich-text-body", "", None),
            (None, _) => {}
        }
        self.markup.close_macro();
    }

    fn link(&mut self, element: Element<'h>) {
        let href = element.attribute("href").unwrap_or_default();
        let Some(place) = place_of(&href) else {
            return self.plain(element);
        };
        match place {
            Place::Person(id) => {
                self.markup.open("ac:link", &[]);
                self.markup.void("ri:user", &[("ri:account-id", Some(id))]);
            }
            Place::Page { id, anchor } => {
                self.markup.open("ac:link", &[("ac:anchor", anchor)]);
                self.markup
                    .void("ri:content-entity", &[("ri:content-id", Some(id))]);
                self.around(element, "ac:link-body", "", None);
            }
            Place::File { page, name } => {
                self.markup.open("ac:link", &[]);
                self.file(page, &name);
                self.around(element, "ac:link-body", "", None);
            }
        }
        self.markup.close("ac:link");
    }

    fn picture(&mut self, element: Element<'h>) {
        let src = element.attribute("src").unwrap_or_default();
        let Some(Place::File { page, name }) = place_of(&src) else {
            return self.plain(element);
        };
        let text = |name: &str| element.attribute(name).filter(|value| !value.is_empty());
        let (alt, title, width, height) =
            (text("alt"), text("title"), text("width"), text("height"));
        let align = ["left", "center", "right"]
            .into_iter()
            .find(|side| has_class(element, &format!("nx-image-{side}")));
        self.markup.open(
            "ac:image",
            &[
                ("ac:alt", alt.as_deref()),
                ("ac:title", title.as_deref()),
                ("ac:width", width.as_deref()),
                ("ac:height", height.as_deref()),
                ("ac:align", align),
                (
                    "ac:border",
                    has_class(element, "nx-image-border").then_some("true"),
                ),
            ],
        );
        self.file(page, &name);
        if let Some(caption) = self.caption.take() {
            self.element(caption);
        }
        self.markup.close("ac:image");
    }

    /// Writes a picture with its caption, which storage format has inside the picture.
    fn figure(&mut self, element: Element<'h>) {
        let is_caption = |part: &Element<'h>| part.name() == "figcaption";
        self.caption = element.elements().find(is_caption);
        for part in element.elements().filter(|part| !is_caption(part)) {
            self.element(part);
        }
        // The picture was removed.
        if let Some(caption) = self.caption.take() {
            self.around(caption, "p", "", None);
        }
    }

    fn decisions(&mut self, element: Element<'h>) {
        self.markup
            .raw("<ac:adf-extension><ac:adf-node type=\"decision-list\">");
        self.items_of_decisions(element);
        self.markup.raw("</ac:adf-node></ac:adf-extension>");
    }

    /// Writes the items of a list of decisions; items that were added carry no markup.
    fn items_of_decisions(&mut self, list: Element<'h>) {
        for node in list.children() {
            match node {
                Node::Element(item) if !self.kept(item) => {
                    self.markup.raw(
                        "<ac:adf-node type=\"decision-item\"><ac:adf-attribute key=\"state\">DECIDED</ac:adf-attribute>",
                    );
                    self.around(item, "ac:adf-content", "", None);
                    self.markup.close("ac:adf-node");
                }
                Node::Text(raw) => self.markup.raw(raw),
                _ => {}
            }
        }
    }

    fn file(&mut self, page: &str, name: &str) {
        self.markup
            .open("ri:attachment", &[("ri:filename", Some(name))]);
        self.markup
            .void("ri:content-entity", &[("ri:content-id", Some(page))]);
        self.markup.close("ri:attachment");
    }

    fn task(&mut self, element: Element<'h>) {
        let id = element.attribute("data-task");
        let is_done = has_class(element, "nx-task-done");
        self.markup.raw(&start_of_task(id.as_deref(), is_done));
        self.content_of_task(element);
        self.markup.raw(END_OF_TASK);
        self.lists_of_task(element);
    }

    /// Writes the text of a task.
    fn content_of_task(&mut self, task: Element<'h>) {
        if let Some(body) = task.child(Tag::Div) {
            return self.nodes(body.children());
        }
        for node in task.children() {
            match node {
                Node::Element(part) if part.name() == "input" => {}
                Node::Element(part) => self.element(part),
                Node::Text(raw) => self.markup.raw(raw),
                _ => {}
            }
        }
    }

    /// Writes the lists in a task, which storage format has after it.
    fn lists_of_task(&mut self, task: Element<'h>) {
        let has_body =
            |node: &Node<'h>| matches!(node, Node::Element(part) if part.tag() == Tag::Div);
        if !task.children().any(|node| has_body(&node)) {
            return;
        }
        for node in task.children().skip_while(|node| !has_body(node)).skip(1) {
            match node {
                Node::Element(list) if has_class(list, "nx-tasks") => self.element(list),
                Node::Element(list) if list.tag() == Tag::Ul => {
                    self.around(list, "ac:task-list", "", None);
                }
                Node::Text(blanks) if blanks.trim().is_empty() => self.markup.raw(blanks),
                _ => {}
            }
        }
    }
}

const END_OF_TASK: &str = "</ac:task-body></ac:task>";

fn start_of_task(id: Option<&str>, is_done: bool) -> String {
    let mut markup = Markup::default();
    markup.open("ac:task", &[]);
    if let Some(id) = id {
        markup.element("ac:task-id", &[], id);
    }
    let status = match is_done {
        true => "complete",
        false => "incomplete",
    };
    markup.element("ac:task-status", &[], status);
    markup.open("ac:task-body", &[]);
    markup.finish()
}

/// Returns the task that results from the attributes that every editor gets of it, with a
/// placeholder for its body.
pub(crate) fn shell_of_task(task: Element<'_>) -> String {
    let text = |tag| task.child(tag).map(|part| part.text().trim().to_owned());
    let is_done = text(Tag::TaskStatus).as_deref() == Some("complete");
    start_of_task(text(Tag::TaskId).as_deref(), is_done) + PLACE + END_OF_TASK
}

/// Returns the macro that results from the attributes that every editor gets of it, with a
/// placeholder for its body.
pub(crate) fn shell_of_macro(name: &str, written: &str, body: &str) -> String {
    let mut markup = Markup::default();
    markup.open_macro(name, &[]);
    for (name, value) in parameters(written) {
        markup.parameter(&name, &value);
    }
    let body = match body {
        "PLAIN_TEXT" => Some("ac:plain-text-body"),
        "RICH_TEXT" => Some("ac:rich-text-body"),
        _ => None,
    };
    if let Some(body) = body {
        markup.open(body, &[]);
        markup.raw(PLACE);
        markup.close(body);
    }
    markup.close_macro();
    markup.finish()
}

/// Returns whether an attribute of HTML comes from the view and not from the author.
pub(crate) fn is_given(element: Element<'_>, name: &str, value: &str) -> bool {
    name == "class" && value.split(' ').any(|class| class.starts_with("nx-"))
        || name == "id" && element.tag().heading_level().is_some()
        || matches!(name, "rel" | MARKUP | SHOWN)
}

/// Returns whether a link to this address is read as a link of HTML, and not as one to content of
/// the site.
pub(crate) fn keeps_address(address: &str) -> bool {
    place_of(address).is_none()
}

/// Returns the element that holds a macro's body.
fn body_of_macro(element: Element<'_>) -> Option<Element<'_>> {
    element.descendants().find_map(|node| match node {
        Node::Element(cell) if has_class(cell, "wysiwyg-macro-body") => Some(cell),
        _ => None,
    })
}

fn has_class(element: Element<'_>, class: &str) -> bool {
    element
        .attribute("class")
        .is_some_and(|classes| classes.split(' ').any(|one| one == class))
}

/// Returns the type of a section of a layout, by its class.
fn section_kind(element: Element<'_>) -> &'static str {
    let kinds = [
        ("nx-layout-two-equal", "two_equal"),
        ("nx-layout-left-sidebar", "two_left_sidebar"),
        ("nx-layout-right-sidebar", "two_right_sidebar"),
        ("nx-layout-three-equal", "three_equal"),
        ("nx-layout-two-sidebars", "three_with_sidebars"),
        ("nx-layout-four-equal", "four_equal"),
        ("nx-layout-five-equal", "five_equal"),
    ];
    let found = kinds.iter().find(|(class, _)| has_class(element, class));
    found.map_or("single", |(_, kind)| kind)
}

/// Parses the parameters of a macro in the editor's notation: `name=value`, separated by `|`, with
/// `\` before a literal character.
fn parameters(written: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut one = String::new();
    let mut keep = |one: &mut String| {
        if let Some((name, value)) = std::mem::take(one).split_once('=') {
            found.push((name.to_owned(), value.to_owned()));
        }
    };
    let mut rest = written.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => one.extend(rest.next()),
            '|' => keep(&mut one),
            c => one.push(c),
        }
    }
    keep(&mut one);
    found
}
