//! Renders links: `ac:link`, `a`, and resources outside links.
//!
//! A link to content, an attachment, a space or a person is a hole, because it depends on the
//! viewer. Only addresses are written as they are, if [`url::safe`] lets them through.

use super::anchor::named_place;
use super::{Writer, anchor_id};
use crate::hole::{Hole, Link, Target};
use crate::reference::{ContentRef, PersonRef, Resource, person_at};
use crate::slot::push_href;
use crate::storage::{Element, Tag};
use crate::template::Template;
use crate::url::{self, Reach};

impl Writer<'_> {
    /// Writes `ac:link`.
    pub(super) fn link(&mut self, element: Element<'_>) {
        let anchor = element
            .attribute("ac:anchor")
            .filter(|anchor| !anchor.is_empty());
        let resource = element.elements().find_map(Resource::read);
        let body = element
            .elements()
            .find(|child| matches!(child.tag(), Tag::LinkBody | Tag::PlainTextLinkBody));
        let template = self.link_inside(|writer| match body {
            Some(body) if body.tag() == Tag::PlainTextLinkBody => writer.text(&body.text()),
            Some(body) => writer.nodes(body.children(), Tag::Span),
            None => {}
        });
        match resource {
            None => match anchor {
                Some(anchor) => {
                    let place = self.place(&anchor);
                    self.static_link(&place, template, &anchor);
                }
                // It has no target, so only its text or content is written.
                None if body.is_none() => self.nodes(element.children(), Tag::Span),
                None => self.template.append(template),
            },
            Some(resource) => self.resource(resource, anchor.as_deref(), template),
        }
    }

    /// Writes `ac:link` to a resource, with this text.
    pub(super) fn link_with(&mut self, resource: Resource, element: Element<'_>, words: Template) {
        let anchor = element.attribute("ac:anchor");
        let anchor = anchor.as_deref().filter(|anchor| !anchor.is_empty());
        self.resource(resource, anchor, words);
    }

    /// Writes a resource outside any link.
    pub(super) fn bare_resource(&mut self, element: Element<'_>) {
        if let Some(resource) = Resource::read(element) {
            self.resource(resource, None, Template::default());
        }
    }

    fn resource(&mut self, resource: Resource, anchor: Option<&str>, body: Template) {
        let target = match resource {
            Resource::Content(ContentRef::Itself) if anchor.is_some() => {
                let anchor = anchor.unwrap_or_default();
                let place = self.place(anchor);
                return self.static_link(&place, body, anchor);
            }
            Resource::Content(content) => Target::Content {
                content,
                anchor: anchor.map(anchor_id),
            },
            Resource::Attachment(attachment) => Target::Attachment(attachment),
            Resource::Space(key) => Target::Space(key),
            // The author's text isn't used, as it may be a name that this viewer must not see.
            Resource::Person(person) => return self.person(person),
            Resource::Url(address) => return self.static_link(&address, body, &address),
            Resource::Shortcut { key, parameter } => {
                if body.is_empty() {
                    self.text(&format!("{parameter}@{key}"));
                }
                return self.template.append(body);
            }
        };
        if self.is_in_link {
            if body.is_empty() {
                self.text(crate::slot::target_name(&target));
            }
            return self.template.append(body);
        }
        self.template.push_hole(Hole::Link(Link { target, body }));
    }

    /// Leaves a hole for a person.
    pub(super) fn person(&mut self, person: PersonRef) {
        let is_in_link = self.is_in_link;
        self.template.push_hole(Hole::Person { person, is_in_link });
    }

    /// Writes a link with an address from the markup.
    pub(super) fn static_link(&mut self, address: &str, body: Template, otherwise: &str) {
        let href = url::safe(address).filter(|_| !self.is_in_link);
        if let Some(href) = &href {
            self.open_link(href);
        }
        if body.is_empty() {
            self.text(otherwise);
        } else {
            self.template.append(body);
        }
        if href.is_some() {
            self.template.push("</a>");
        }
    }

    /// Writes the start tag of a link to an address that [`url::safe`] let through.
    pub(super) fn open_link(&mut self, href: &str) {
        self.begin_link(href);
        self.template.push(">");
    }

    /// Writes the start tag of a link without its `>`.
    pub(super) fn begin_link(&mut self, href: &str) {
        let html = self.template.html();
        html.push_str("<a href=\"");
        push_href(html, href);
        html.push('"');
        if matches!(url::reach(href), Reach::Elsewhere(_)) {
            html.push_str(" rel=\"nofollow noopener noreferrer\"");
        }
    }

    /// Writes `a`. Links don't nest; a link with an unsafe address becomes text.
    pub(super) fn anchor(&mut self, element: Element<'_>, parent: Tag) {
        let href = element.attribute("href");
        // The author's text isn't used, as it may be a name that this viewer must not see.
        if let Some(person) = href.as_deref().and_then(person_at) {
            return self.person(person);
        }
        let href = href
            .as_deref()
            .and_then(url::safe)
            .filter(|_| !self.is_in_link);
        if let Some(name) = named_place(element, Tag::A) {
            self.anchor_mark(&name);
        }
        match href {
            Some(href) => {
                let href = self.within(href);
                self.open_link(&href);
                let was_in_link = std::mem::replace(&mut self.is_in_link, true);
                self.nodes(element.children(), Tag::Span);
                self.is_in_link = was_in_link;
                self.template.push("</a>");
            }
            None => self.nodes(element.children(), parent),
        }
    }

    /// Writes an anchor.
    pub(super) fn anchor_mark(&mut self, name: &str) {
        self.template.push("<span class=\"nx-anchor\"");
        self.attribute("id", &anchor_id(name));
        self.template.push("></span>");
    }
}
