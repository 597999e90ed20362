//! The `editor` representation in: the HTML that Confluence's older editor holds, and that
//! [`ViewKind::Editor`](crate::view::ViewKind::Editor) writes.
//!
//! Macros come back from the data that stands for them, and links and pictures of the site from their addresses. What
//! isn't of the editor's own is HTML, which storage format has as it is.

use crate::storage::{self, Children, Document, Element, Markup, Node, ParseError, Tag};
use crate::url::percent_decoded;

/// Reads an editor's HTML and writes it in storage format.
///
/// # Errors
/// Where the body is too long or too deep.
///
/// ```
/// let html = r#"<p><span class="editor-inline-macro" data-macro-name="toc" data-macro-parameters="maxLevel=2">toc</span></p>"#;
/// let document = narthex_content::editor::to_storage(html)?;
/// assert!(document.as_str().contains(r#"<ac:parameter ac:name="maxLevel">2</ac:parameter>"#));
/// # Ok::<(), narthex_content::storage::ParseError>(())
/// ```
pub fn to_storage(html: &str) -> Result<Document, ParseError> {
    let document = storage::parse(html)?;
    let mut writer = Writer::default();
    writer.nodes(document.children());
    storage::parse(&writer.markup.finish())
}

#[derive(Default)]
struct Writer {
    markup: Markup,
}

impl Writer {
    fn nodes(&mut self, nodes: Children<'_>) {
        for node in nodes {
            match node {
                Node::Text(raw) => self.markup.raw(raw),
                Node::CData(text) => self.markup.cdata(text),
                Node::Element(element) => self.element(element),
                Node::Comment(_) | Node::Instruction(_) => {}
            }
        }
    }

    fn element(&mut self, element: Element<'_>) {
        let has = |class| has_class(element, class);
        match element.tag() {
            Tag::Table if has("wysiwyg-macro") => self.macro_(element),
            Tag::Span | Tag::Img if has("editor-inline-macro") => self.macro_(element),
            Tag::A => self.link(element),
            Tag::Img => self.picture(element),
            Tag::Span if has("nx-mention-hidden") => {
                self.markup.raw("<ac:link><ri:user /></ac:link>")
            }
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
            // What the view adds around its own.
            Tag::Div if has("nx-table-wrap") => self.nodes(element.children()),
            Tag::Span if has("nx-link-absent") || has("nx-emoji") || has("nx-mention") => {
                self.nodes(element.children());
            }
            _ => self.plain(element),
        }
    }

    fn around(&mut self, element: Element<'_>, name: &str, attribute: &str, value: Option<&str>) {
        self.markup.open(name, &[(attribute, value)]);
        self.nodes(element.children());
        self.markup.close(name);
    }

    /// An element as it is, without the classes and ids that the view gave it.
    fn plain(&mut self, element: Element<'_>) {
        let is_given = |name: &str, value: &str| {
            name == "class" && value.split(' ').any(|class| class.starts_with("nx-"))
                || name == "id" && element.tag().heading_level().is_some()
                || name == "rel"
        };
        let attributes: Vec<_> = element
            .attributes()
            .map(|attribute| (attribute.name, attribute.value()))
            .filter(|(name, value)| !is_given(name, value))
            .collect();
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

    fn macro_(&mut self, element: Element<'_>) {
        let name = element.attribute("data-macro-name").unwrap_or_default();
        self.markup.open_macro(&name, &[]);
        let written = element
            .attribute("data-macro-parameters")
            .unwrap_or_default();
        for (name, value) in parameters(&written) {
            self.markup.parameter(&name, &value);
        }
        let body = element.descendants().find_map(|node| match node {
            Node::Element(cell) if has_class(cell, "wysiwyg-macro-body") => Some(cell),
            _ => None,
        });
        match (body, element.attribute("data-macro-body-type").as_deref()) {
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

    fn link(&mut self, element: Element<'_>) {
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

    fn picture(&mut self, element: Element<'_>) {
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
        self.markup.close("ac:image");
    }

    fn file(&mut self, page: &str, name: &str) {
        self.markup
            .open("ri:attachment", &[("ri:filename", Some(name))]);
        self.markup
            .void("ri:content-entity", &[("ri:content-id", Some(page))]);
        self.markup.close("ri:attachment");
    }

    fn task(&mut self, element: Element<'_>) {
        self.markup.open("ac:task", &[]);
        if let Some(id) = element.attribute("data-task") {
            self.markup.element("ac:task-id", &[], &id);
        }
        let status = match has_class(element, "nx-task-done") {
            true => "complete",
            false => "incomplete",
        };
        self.markup.element("ac:task-status", &[], status);
        let body = element.child(Tag::Div).unwrap_or(element);
        self.around(body, "ac:task-body", "", None);
        self.markup.close("ac:task");
        // The lists of the task stand behind it in storage format.
        let lists = element.elements().filter(|list| list.tag() == Tag::Ul);
        for list in lists.filter(|_| body.tag() == Tag::Div) {
            self.around(list, "ac:task-list", "", None);
        }
    }
}

/// What an address of the site means.
enum Place<'a> {
    Person(&'a str),
    Page {
        id: &'a str,
        anchor: Option<&'a str>,
    },
    File {
        page: &'a str,
        name: String,
    },
}

fn place_of(address: &str) -> Option<Place<'_>> {
    let path = address.strip_prefix("/wiki/")?;
    let (path, anchor) = match path.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (path, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        ["people", id] => Some(Place::Person(id)),
        ["spaces", _, "pages", id, ..] | ["spaces", _, "blog", _, _, _, id, ..] if is_id(id) => {
            Some(Place::Page { id, anchor })
        }
        ["download", "attachments", page, name] if is_id(page) => Some(Place::File {
            page,
            name: percent_decoded(name)?,
        }),
        _ => None,
    }
}

fn has_class(element: Element<'_>, class: &str) -> bool {
    element
        .attribute("class")
        .is_some_and(|classes| classes.split(' ').any(|one| one == class))
}

/// The kind of a section of a layout, by the class that stands for it.
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

/// The parameters of a macro as the editor keeps them: `name=value`, with `|` between, and `\` before what isn't meant
/// so.
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
