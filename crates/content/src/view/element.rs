//! Renders elements of HTML, and dispatches all other elements.

use std::fmt::Write;

use super::anchor::named_place;
use super::{ViewKind, Writer, anchor_id};
use crate::css;
use crate::escape::push_escaped;
use crate::figure;
use crate::storage::{Element, Macro, Tag};

impl Writer<'_> {
    /// Writes one element. `parent` is the element of HTML that it ends up in: cells, rows and list
    /// items are only written where they belong, because a browser would move them, or close the
    /// elements around them.
    pub(super) fn element(&mut self, element: Element<'_>, parent: Tag) {
        if self.kind == ViewKind::Editor && self.editor_element(element, parent) {
            return;
        }
        self.shown(element, parent);
    }

    /// Writes an element as people see it.
    pub(super) fn shown(&mut self, element: Element<'_>, parent: Tag) {
        match element.tag() {
            tag @ (Tag::P
            | Tag::Strong
            | Tag::Em
            | Tag::Code
            | Tag::Span
            | Tag::Ul
            | Tag::Dl
            | Tag::B
            | Tag::I
            | Tag::U
            | Tag::S
            | Tag::Del
            | Tag::Ins
            | Tag::Sub
            | Tag::Sup
            | Tag::Small
            | Tag::Kbd
            | Tag::Samp
            | Tag::Var
            | Tag::Mark
            | Tag::Cite
            | Tag::Q
            | Tag::Abbr
            | Tag::Pre
            | Tag::Blockquote
            | Tag::Div) => self.plain(element, tag.name(), tag),
            Tag::Strike => self.plain(element, "s", Tag::S),
            Tag::Tt => self.plain(element, "code", Tag::Code),
            Tag::Big | Tag::Font => self.plain(element, "span", Tag::Span),
            Tag::Center => self.wrapped("div", "nx-center", element),
            Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => self.heading(element),
            Tag::Br => self.template.push("<br />"),
            Tag::Hr => self.template.push("<hr />"),
            Tag::Wbr => self.template.push("<wbr />"),
            Tag::Ol => self.ordered_list(element),
            Tag::Li => self.item(element, parent),
            Tag::Dt | Tag::Dd => self.placed(element, element.tag().name(), parent == Tag::Dl),
            Tag::Table => self.table(element),
            Tag::Thead | Tag::Tbody | Tag::Tfoot => {
                self.placed(element, element.tag().name(), parent == Tag::Table)
            }
            Tag::Colgroup => {
                if parent == Tag::Table {
                    self.plain(element, "colgroup", Tag::Colgroup);
                }
            }
            Tag::Col => {
                if matches!(parent, Tag::Table | Tag::Colgroup) {
                    self.column_of_row_numbers();
                    self.template.push("<col");
                    self.styling(element);
                    self.template.push(" />");
                }
            }
            Tag::TableCaption => self.placed(element, "caption", parent == Tag::Table),
            Tag::Tr => self.row(element, parent),
            Tag::Td | Tag::Th => self.cell(element, parent),
            Tag::Time => self.time(element),
            Tag::A => self.anchor(element, parent),
            Tag::Img => self.html_image(element),
            Tag::Iframe => self.html_iframe(element, parent),
            Tag::Object | Tag::Embed | Tag::Video | Tag::Audio => self.embedded(element, parent),
            Tag::Macro | Tag::OldMacro => {
                if let Some(found) = Macro::read(element) {
                    self.macro_(found);
                }
            }
            Tag::Link => self.link(element),
            Tag::Image => self.image(element),
            Tag::Emoticon => self.emoticon(element),
            Tag::TaskList => self.task_list(element),
            Tag::Task => self.task(element, parent),
            Tag::Layout => self.wrapped("div", "nx-layout", element),
            Tag::LayoutSection => self.layout_section(element),
            Tag::LayoutCell => self.wrapped("div", "nx-layout-cell", element),
            Tag::InlineCommentMarker => self.inline_comment_marker(element),
            Tag::AdfExtension => self.adf_extension(element, parent),
            Tag::PlainTextBody | Tag::PlainTextLinkBody => self.text(&element.text()),
            // A resource outside a link still refers to something.
            Tag::RiPage
            | Tag::RiBlogPost
            | Tag::RiAttachment
            | Tag::RiUser
            | Tag::RiSpace
            | Tag::RiUrl
            | Tag::RiShortcut
            | Tag::RiContentEntity => self.bare_resource(element),
            Tag::Svg => self.text(&figure::words_of_svg(element)),
            Tag::Placeholder
            | Tag::Parameter
            | Tag::DefaultParameter
            | Tag::TaskId
            | Tag::TaskUuid
            | Tag::TaskStatus
            | Tag::AdfAttribute
            | Tag::AdfParameter
            | Tag::AdfParameterValue => {}
            tag if tag.is_program() => {}
            Tag::Math | Tag::Other if figure::is_math(element) => self.math(element),
            // Blocks that a browser shows as such; what else they mean is nothing to a reader.
            Tag::Other if element.is_container() => self.plain(element, "div", Tag::Div),
            _ => self.nodes(element.children(), parent),
        }
    }

    /// Writes an element of HTML with the attributes that any element may have.
    pub(super) fn plain(&mut self, element: Element<'_>, name: &str, tag: Tag) {
        let html = self.template.html();
        html.push('<');
        html.push_str(name);
        self.styling(element);
        self.template.push(">");
        if self.kind != ViewKind::Editor
            && let Some(place) = named_place(element, tag)
        {
            self.anchor_mark(&place);
        }
        self.nodes(element.children(), tag);
        self.close(name);
    }

    /// Writes an element that belongs into certain others; elsewhere it becomes a `div`.
    fn placed(&mut self, element: Element<'_>, name: &str, is_in_place: bool) {
        if is_in_place {
            self.plain(element, name, element.tag());
        } else {
            self.plain(element, "div", Tag::Div);
        }
    }

    /// Writes the attributes that any element may have, each checked.
    pub(super) fn styling(&mut self, element: Element<'_>) {
        self.styling_over(element, None);
    }

    /// Writes them as [`Writer::styling`] does, with this background instead of the one in its
    /// style.
    pub(super) fn styling_over(&mut self, element: Element<'_>, background: Option<&str>) {
        let mut style = element.attribute("style").unwrap_or_default();
        let font_colour = element.attribute("color");
        if let Some(colour) = font_colour
            && element.tag() == Tag::Font
            && css::is_color(&colour)
        {
            style = format!("color:{colour};{style}").into();
        }
        if let Some(colour) = background {
            style = format!("{style};background-color:{colour}").into();
        }
        self.style(&style);
        for (name, attribute) in element.attributes_of(&["title", "lang", "dir"]) {
            if name != "dir" || matches!(attribute.raw, "ltr" | "rtl" | "auto") {
                self.attribute(name, &attribute.value());
            }
        }
        self.carry_tag(element);
    }

    /// Writes a style attribute, if any declaration of it is safe. Text on a background that an
    /// author chose must be readable in each theme: if the author chose no colour for it, it gets
    /// one.
    pub(super) fn style(&mut self, style: &str) {
        let is_kept_as_written = self.kind == ViewKind::Editor;
        let html = self.template.html();
        let before = html.len();
        html.push_str(" style=\"");
        let start = html.len();
        css::push_safe(html, style);
        if html.len() == start {
            return html.truncate(before);
        }
        // An editor sends back what it receives, and only blanks and capitals differ.
        if is_kept_as_written
            && html
                .get(start..)
                .is_some_and(|safe| css::is_same(safe, style))
        {
            html.truncate(start);
            push_escaped(html, style);
        }
        let ink = html.get(start..).and_then(css::ink_beside);
        let ink = ink.filter(|_| !is_kept_as_written);
        if let Some(ink) = ink {
            let _ = write!(html, ";color:{}", ink.colour());
        }
        html.push('"');
        if let Some(ink) = ink {
            let _ = write!(html, " data-on=\"{}\"", ink.background());
        }
    }

    fn heading(&mut self, element: Element<'_>) {
        let name = element.tag().name();
        let html = self.template.html();
        html.push('<');
        html.push_str(name);
        let heading = self.headings.at(element.position());
        let id = heading.map_or("", |heading| heading.id.as_str());
        if !id.is_empty() {
            html.push_str(" id=\"");
            push_escaped(html, id);
            html.push('"');
        }
        let place = named_place(element, element.tag())
            .filter(|place| self.kind != ViewKind::Editor && anchor_id(place) != id);
        self.styling(element);
        self.template.push(">");
        if let Some(place) = place {
            self.anchor_mark(&place);
        }
        self.nodes(element.children(), element.tag());
        self.close(name);
    }

    fn ordered_list(&mut self, element: Element<'_>) {
        self.template.push("<ol");
        if let Some(start) = element
            .attribute("start")
            .and_then(|start| start.parse::<u32>().ok())
        {
            let _ = write!(self.template.html(), " start=\"{start}\"");
        }
        let kind = element.attribute("type");
        if let Some(kind) = kind.filter(|kind| matches!(kind.as_ref(), "1" | "a" | "A" | "i" | "I"))
        {
            self.attribute("type", &kind);
        }
        if element.attribute("reversed").is_some() {
            self.template.push(" reversed=\"\"");
        }
        self.styling(element);
        self.template.push(">");
        self.nodes(element.children(), Tag::Ol);
        self.template.push("</ol>");
    }

    fn item(&mut self, element: Element<'_>, parent: Tag) {
        let number = element.attribute("value");
        let number = number.and_then(|number| number.trim().parse::<i32>().ok());
        match (parent, number) {
            (Tag::Ol, Some(number)) => {
                let _ = write!(self.template.html(), "<li value=\"{number}\"");
                self.styling(element);
                self.template.push(">");
                self.nodes(element.children(), Tag::Li);
                self.template.push("</li>");
            }
            _ => self.placed(element, "li", matches!(parent, Tag::Ul | Tag::Ol)),
        }
    }

    /// Writes a day: in the author's words if there are any, otherwise in ours.
    fn time(&mut self, element: Element<'_>) {
        let datetime = element.attribute("datetime").unwrap_or_default();
        let words = day_in_words(&datetime);
        self.template.push("<time class=\"nx-time\"");
        if words.is_some() {
            self.attribute("datetime", &datetime);
        }
        self.template.push(">");
        if element.text().trim().is_empty() {
            self.text(words.as_deref().unwrap_or(&datetime));
        }
        self.nodes(element.children(), Tag::Time);
        self.template.push("</time>");
    }

    fn inline_comment_marker(&mut self, element: Element<'_>) {
        self.template
            .push("<span class=\"nx-comment-mark inline-comment-marker\"");
        if let Some(reference) = element.attribute("ac:ref") {
            self.attribute("data-ref", &reference);
        }
        self.template.push(">");
        self.nodes(element.children(), Tag::Span);
        self.template.push("</span>");
    }

    /// Writes the storage format of a node of the newer editor: its panels as panels, its decisions
    /// as a list, anything else as its fallback, or as its content if it has none.
    fn adf_extension(&mut self, element: Element<'_>, parent: Tag) {
        let node = element.child(Tag::AdfNode);
        let kind = node.and_then(|node| node.attribute("type"));
        match (node, kind.as_deref()) {
            (Some(node), Some("panel")) if node.child(Tag::AdfContent).is_some() => {
                self.adf_panel(node, None);
            }
            (Some(node), Some("decision-list")) if element.child(Tag::AdfFallback).is_none() => {
                self.adf_decisions(node);
            }
            _ => {
                let inside = element.child(Tag::AdfFallback).unwrap_or(element);
                self.nodes(inside.children(), parent);
            }
        }
    }

    /// Writes a formula as far as HTML can express it.
    fn math(&mut self, element: Element<'_>) {
        self.open("span", "nx-math");
        for piece in figure::pieces_of_math(element) {
            match piece.script.tag() {
                Some(tag) => {
                    self.open(tag, "");
                    self.text(&piece.text);
                    self.close(tag);
                }
                None => self.text(&piece.text),
            }
        }
        self.close("span");
    }

    fn adf_decisions(&mut self, list: Element<'_>) {
        self.template.push("<ul class=\"nx-decisions\">");
        for item in list.elements().filter(|item| item.tag() == Tag::AdfNode) {
            self.template.push("<li>");
            if let Some(content) = item.child(Tag::AdfContent) {
                self.nodes(content.children(), Tag::Li);
            }
            self.template.push("</li>");
        }
        self.template.push("</ul>");
    }
}

/// Returns `31 May 2024` for `2024-05-31`.
pub(crate) fn day_in_words(day: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut numbers = day
        .get(..10)?
        .splitn(3, '-')
        .map(|number| number.parse::<u16>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let month = MONTHS.get(usize::from(month.checked_sub(1)?))?;
    (1..=31)
        .contains(&day)
        .then(|| format!("{day} {month} {year}"))
}
