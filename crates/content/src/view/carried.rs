//! Makes the HTML for editors reversible: its elements carry the markup that they stand for.
//!
//! An element carries nothing if [`editor::to_storage`](crate::editor::to_storage) restores its
//! markup anyway.

use super::{ViewKind, Writer};
use crate::carried::{
    Carried, MAX_ABOUT_DEPTH, attributes, open_tag, outer, shell, shell_with, without_places,
};
use crate::editor;
use crate::embedded::{self, is_embedded};
use crate::figure;
use crate::reference::{ContentRef, Resource, person_at};
use crate::storage::{Element, Node, Tag};
use crate::url;

impl Writer<'_> {
    /// Writes an element for an editor, and returns whether it did. Elements of HTML are written as
    /// in other views, and carry their markup by [`Writer::carry_tag`].
    pub(super) fn editor_element(&mut self, element: Element<'_>, parent: Tag) -> bool {
        match element.tag() {
            Tag::Center => self.container(element, ("div", "nx-center"), "", Tag::Div),
            Tag::Br | Tag::Hr | Tag::Wbr if element.children().next().is_some() => {
                self.unknown_element(element, parent);
            }
            Tag::Br | Tag::Hr | Tag::Wbr => self.void(element),
            Tag::Col if element.children().next().is_some() => self.hidden(element),
            Tag::Colgroup if parent != Tag::Table => self.hidden(element),
            Tag::Col if !matches!(parent, Tag::Table | Tag::Colgroup) => self.hidden(element),
            Tag::A => self.editor_anchor(element, parent),
            Tag::Link => self.editor_link(element, parent),
            Tag::Image => self.editor_image(element),
            Tag::Math | Tag::Other if figure::is_math(element) => self.atom(element, parent),
            tag if is_embedded(tag) => match embedded::address(element) {
                None if embedded::has_words(element) => self.unknown_element(element, parent),
                _ => self.atom(element, parent),
            },
            Tag::Img
            | Tag::Emoticon
            | Tag::Time
            | Tag::Svg
            | Tag::RiPage
            | Tag::RiBlogPost
            | Tag::RiAttachment
            | Tag::RiUser
            | Tag::RiSpace
            | Tag::RiUrl
            | Tag::RiShortcut
            | Tag::RiContentEntity => self.atom(element, parent),
            Tag::InlineCommentMarker => {
                let native = element.attribute("ac:ref");
                let native = native.map_or_else(String::new, |reference| {
                    format!("<ac:inline-comment-marker ac:ref=\"{reference}\">")
                });
                if open_tag(element) == native {
                    return false;
                }
                self.container(
                    element,
                    ("span", "nx-comment-mark inline-comment-marker"),
                    "",
                    Tag::Span,
                );
            }
            Tag::Placeholder => self.container(
                element,
                ("span", "text-placeholder"),
                "<ac:placeholder>",
                Tag::Span,
            ),
            Tag::Layout => {
                self.container(element, ("div", "nx-layout"), "<ac:layout>", Tag::Div);
            }
            Tag::LayoutCell => {
                let html = ("div", "nx-layout-cell");
                self.container(element, html, "<ac:layout-cell>", Tag::Div);
            }
            Tag::LayoutSection => {
                let kind = element.attribute("ac:type").unwrap_or_default();
                let native = format!("<ac:layout-section ac:type=\"{kind}\">");
                let class = super::layout::section_class(&kind);
                // A type that isn't known is shown as a single section.
                let is_known = class != super::layout::section_class("") || kind == "single";
                let native = if is_known { &native } else { "" };
                self.container(element, ("div", class), native, Tag::Div);
            }
            Tag::AdfExtension => self.editor_extension(element, parent),
            Tag::Parameter
            | Tag::DefaultParameter
            | Tag::TaskId
            | Tag::TaskUuid
            | Tag::TaskStatus
            | Tag::AdfAttribute
            | Tag::AdfParameter
            | Tag::AdfParameterValue
            | Tag::Source
            | Tag::Track
            | Tag::Param => self.hidden(element),
            tag if tag.is_program() => self.hidden(element),
            Tag::PlainTextBody
            | Tag::PlainTextLinkBody
            | Tag::RichTextBody
            | Tag::LinkBody
            | Tag::Caption
            | Tag::TaskBody
            | Tag::AdfNode
            | Tag::AdfMark
            | Tag::AdfContent
            | Tag::AdfFallback
            | Tag::Other => self.unknown_element(element, parent),
            _ => return false,
        }
        true
    }

    /// Adds the tag of an element to the start tag that is being written, if that doesn't express
    /// all of it.
    pub(super) fn carry_tag(&mut self, element: Element<'_>) {
        if self.kind != ViewKind::Editor {
            return;
        }
        let html = self.template.html();
        let at = html.rfind('<').unwrap_or_default();
        let written = html.get(at..).unwrap_or_default();
        let is_all = crate::storage::parse_derived(&format!("{written} />"))
            .ok()
            .as_ref()
            .and_then(crate::carried::first_element)
            .is_some_and(|written| {
                let read = attributes(written).into_iter();
                let read = read.filter(|(name, value)| !editor::is_given(written, name, value));
                written.name() == element.name() && read.eq(attributes(element))
            });
        if !is_all {
            Carried::around(shell(element)).push(html, at, "");
        }
    }

    /// Writes a comment or an instruction as carried markup, for editors only.
    pub(super) fn kept_comment(&mut self, open: &str, text: &str, close: &str) {
        if self.kind == ViewKind::Editor {
            let markup = format!("{open}{text}{close}");
            // Markup without an element is restored as it is, so nothing in it is mistaken for a
            // placeholder.
            Carried::whole_around(markup).push_with(self.template.html(), "");
        }
    }

    /// Writes an element that isn't shown.
    fn hidden(&mut self, element: Element<'_>) {
        Carried::whole(&outer(element)).push_with(self.template.html(), "");
    }

    /// Writes an element as it is shown, carrying all of its markup as a whole.
    fn atom(&mut self, element: Element<'_>, parent: Tag) {
        // An enclosing element carries all of this already; each level would repeat it.
        if self.is_in_atom {
            return self.shown(element, parent);
        }
        self.is_in_atom = true;
        let inner = self.apart(|writer| writer.shown(element, parent));
        self.is_in_atom = false;
        self.template
            .append_carrying(inner, Carried::whole(&outer(element)));
    }

    fn void(&mut self, element: Element<'_>) {
        let html = self.template.html();
        let at = html.len();
        html.push('<');
        html.push_str(element.tag().name());
        if element.attributes().next().is_some() {
            Carried::around(shell(element)).push(html, at, "");
        }
        html.push_str(" />");
    }

    /// Writes an element's content into an element of HTML with the name and class in `html`. If
    /// the element's start tag is `native`, nothing needs to be carried.
    fn container(&mut self, element: Element<'_>, html: (&str, &str), native: &str, inside: Tag) {
        self.begin_container(element, html, native);
        self.nodes(element.children(), inside);
        self.close(html.0);
    }

    fn begin_container(&mut self, element: Element<'_>, html: (&str, &str), native: &str) {
        let out = self.template.html();
        let at = out.len();
        out.extend(["<", html.0, " class=\"", html.1, "\""]);
        if open_tag(element) != native {
            Carried::around(shell(element)).push(out, at, "");
        }
        out.push('>');
    }

    /// Writes the start of a list of tasks.
    pub(super) fn begin_task_list(&mut self, element: Element<'_>) {
        match self.kind {
            ViewKind::Editor => {
                self.begin_container(element, ("ul", "nx-tasks"), "<ac:task-list>");
            }
            _ => self.open("ul", "nx-tasks"),
        }
    }

    /// Adds the markup of a task to its start tag, which begins at `at`.
    pub(super) fn carry_task(&mut self, task: Element<'_>, at: usize) {
        if self.kind == ViewKind::Editor {
            let is_body =
                |node: Node<'_>| matches!(node, Node::Element(body) if body.tag() == Tag::TaskBody);
            let markup = shell_with(task, &is_body);
            if markup != editor::shell_of_task(task) {
                Carried::around(markup).push(self.template.html(), at, "");
            }
        }
    }

    /// Writes the content of an element that HTML doesn't have.
    fn unknown_element(&mut self, element: Element<'_>, parent: Tag) {
        if element.is_self_closed() {
            return self.hidden(element);
        }
        let is_block = |part: Element<'_>| part.tag().is_block() || part.is_container();
        let has_block = is_block(element) || element.elements().any(is_block);
        let name = if has_block { "div" } else { "span" };
        self.container(element, (name, "nx-kept"), "", parent);
    }

    fn editor_anchor(&mut self, element: Element<'_>, parent: Tag) {
        let href = element.attribute("href");
        if href.as_deref().and_then(person_at).is_some() {
            return self.atom(element, parent);
        }
        let safe = href.as_deref().and_then(url::safe);
        let Some(safe) = safe.filter(|_| !self.is_in_link) else {
            return self.container(element, ("span", "nx-kept"), "", parent);
        };
        let at = self.template.html().len();
        self.begin_link(&safe);
        let is_all = element.attributes().count() == 1
            && href.as_deref() == Some(safe.as_ref())
            && editor::keeps_address(&safe);
        if !is_all {
            Carried::around(shell(element)).push(self.template.html(), at, "");
        }
        self.template.push(">");
        let was_in_link = std::mem::replace(&mut self.is_in_link, true);
        self.nodes(element.children(), Tag::Span);
        self.is_in_link = was_in_link;
        self.template.push("</a>");
    }

    /// Writes `ac:link`: its text as content, and its target as carried markup.
    fn editor_link(&mut self, element: Element<'_>, parent: Tag) {
        let is_body = |tag| matches!(tag, Tag::LinkBody | Tag::PlainTextLinkBody);
        let body = element.elements().find(|child| is_body(child.tag()));
        let resource = element.elements().find_map(Resource::read);
        let Some(body) = body.filter(|_| !matches!(resource, Some(Resource::Person(_)))) else {
            return self.atom(element, parent);
        };
        let words = self.link_inside(|writer| writer.nodes(body.children(), Tag::Span));
        if words.is_blank() {
            return self.atom(element, parent);
        }
        let is_live = |node: Node<'_>| matches!(node, Node::Element(part) if part.position() == body.position());
        let carried = Carried::around(shell_with(element, &is_live));
        let anchor = element.attribute("ac:anchor");
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        let address = match (resource, anchor) {
            _ if self.is_in_link => None,
            (None | Some(Resource::Content(ContentRef::Itself)), Some(anchor)) => {
                Some(self.place(&anchor))
            }
            (Some(Resource::Url(address)), _) => Some(address),
            (Some(Resource::Shortcut { .. }) | None, _) => None,
            (Some(resource), _) => {
                let inner = self.apart(|writer| writer.link_with(resource, element, words));
                return self.template.append_carrying(inner, carried);
            }
        };
        let at = self.template.html().len();
        let address = address.as_deref().and_then(url::safe);
        match &address {
            Some(address) => self.begin_link(address),
            None => self.template.push("<span class=\"nx-kept\""),
        }
        carried.push(self.template.html(), at, "");
        self.template.push(">");
        self.template.append(words);
        self.close(if address.is_some() { "a" } else { "span" });
    }

    fn editor_image(&mut self, element: Element<'_>) {
        let inner = self.apart(|writer| writer.picture(element));
        let Some(caption) = element.child(Tag::Caption) else {
            let carried = Carried::whole(&outer(element));
            return self.template.append_carrying(inner, carried);
        };
        let is_caption = |node: Node<'_>| matches!(node, Node::Element(part) if part.position() == caption.position());
        self.open("figure", "nx-figure");
        let carried = Carried::whole_around(shell_with(element, &is_caption));
        self.template.append_carrying(inner, carried);
        let html = ("figcaption", "nx-caption");
        self.container(caption, html, "<ac:caption>", Tag::Div);
        self.close("figure");
    }

    fn editor_extension(&mut self, element: Element<'_>, parent: Tag) {
        let fallback = element.child(Tag::AdfFallback);
        let node = element.child(Tag::AdfNode);
        let kind = node.and_then(|node| node.attribute("type"));
        let is_checked = self.about_depth < MAX_ABOUT_DEPTH;
        let carried = |live: Element<'_>, is_about: bool| {
            let is_live = |node: Node<'_>| matches!(node, Node::Element(part) if part.position() == live.position());
            let markup = shell_with(element, &is_live);
            match is_about && is_checked {
                true if live.tag() == Tag::AdfNode => {
                    Carried::about(markup, std::iter::once(Node::Element(live)))
                }
                true => Carried::about(markup, live.children()),
                false => Carried::around(markup),
            }
        };
        self.about_depth += 1;
        match (node, kind.as_deref(), fallback) {
            (Some(node), Some("panel"), _) if let Some(content) = node.child(Tag::AdfContent) => {
                let carried = carried(content, fallback.is_some());
                self.adf_panel(node, Some(&carried));
            }
            (Some(node), Some("decision-list"), _)
                if is_simple_list(element, node) && (fallback.is_none() || has_content(node)) =>
            {
                self.editor_decisions(element, node, fallback.is_some() && is_checked);
            }
            (_, _, Some(fallback)) => {
                let own = node.filter(|node| has_content(*node));
                let carried = carried(own.unwrap_or(fallback), true);
                let html = self.template.html();
                let at = html.len();
                html.push_str("<div class=\"nx-kept\"");
                carried.push(html, at, "");
                html.push('>');
                match own {
                    Some(node) => self.unknown_element(node, parent),
                    None => self.nodes(fallback.children(), parent),
                }
                self.close("div");
            }
            _ => self.unknown_element(element, parent),
        }
        self.about_depth -= 1;
    }

    /// Writes a list of decisions; `is_about` tells whether the markup beside the items is valid
    /// only while they are unchanged.
    fn editor_decisions(&mut self, element: Element<'_>, list: Element<'_>, is_about: bool) {
        let behind = list.children().skip_while(|node| !is_item(*node));
        // The items share one placeholder.
        let (start, end) = (open_tag(element), format!("</{}>", element.name()));
        let mut markup = start + &open_tag(list);
        for node in list.children().take_while(|node| !is_item(*node)) {
            if let Node::Element(attribute) = node {
                markup.push_str(&outer(attribute));
            }
        }
        markup.push_str(crate::carried::PLACE);
        markup.push_str(&format!("</{}>", list.name()));
        let beside = element
            .elements()
            .filter(|part| part.position() != list.position());
        for part in beside {
            markup.push_str(&without_places(outer(part)));
        }
        markup.push_str(&end);
        let html = self.template.html();
        let at = html.len();
        html.push_str("<ul class=\"nx-decisions\"");
        let carried = match is_about {
            true => Carried::about(markup, behind.clone()),
            false => Carried::around(markup),
        };
        carried.push(html, at, "");
        html.push('>');
        for node in behind {
            let Node::Element(item) = node else {
                self.node(node, Tag::Ul);
                continue;
            };
            let is_content = |node: Node<'_>| matches!(node, Node::Element(part) if part.tag() == Tag::AdfContent);
            let html = self.template.html();
            let at = html.len();
            html.push_str("<li");
            Carried::around(shell_with(item, &is_content)).push(html, at, "");
            html.push('>');
            if let Some(content) = item.child(Tag::AdfContent) {
                self.nodes(content.children(), Tag::Li);
            }
            self.close("li");
        }
        self.close("ul");
    }
}

fn is_item(node: Node<'_>) -> bool {
    matches!(node, Node::Element(part) if part.tag() == Tag::AdfNode)
}

/// Returns whether a list of decisions, which is all of an extension except for a fallback after
/// it, contains nothing but items.
fn is_simple_list(element: Element<'_>, list: Element<'_>) -> bool {
    let has_one_content = |item: Element<'_>| {
        let contents = item.elements().filter(|part| part.tag() == Tag::AdfContent);
        contents.count() == 1
    };
    let mut items = list.elements().filter(|item| item.tag() == Tag::AdfNode);
    let mut beside = element.elements();
    let is_first = beside
        .next()
        .is_some_and(|first| first.position() == list.position());
    let has_others = beside.any(|part| part.tag() != Tag::AdfFallback);
    let mut behind = list.children().skip_while(|node| !is_item(*node));
    is_first
        && !has_others
        && items.all(has_one_content)
        && behind.all(|node| is_item(node) || is_blank(node))
}

/// Returns whether an `ac:adf-node` has content of its own.
fn has_content(node: Element<'_>) -> bool {
    node.elements().any(|part| match part.tag() {
        Tag::AdfContent => part.children().any(|node| !is_blank(node)),
        Tag::AdfNode => has_content(part),
        _ => false,
    })
}

/// Returns whether a node is white space.
fn is_blank(node: Node<'_>) -> bool {
    matches!(node, Node::Text(text) if text.trim().is_empty())
}
