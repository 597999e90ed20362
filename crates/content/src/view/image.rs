//! Renders pictures: `ac:image` and `img`.
//!
//! An attached picture is a hole, because it depends on the viewer. Any other is shown by its address
//! if that is on this site or the site's [`Policy`](super::Policy) allows the host.

use super::Writer;
use crate::hole::{Align, Frame, Hole, Image};
use crate::reference::Resource;
use crate::slot::push_image;
use crate::storage::{Element, Tag};
use crate::template::Template;
use crate::url::{self, Reach};

/// The largest width or height that is accepted, in CSS pixels.
const MAX_PIXELS: u32 = 10_000;

impl Writer<'_> {
    /// Writes `ac:image`.
    pub(super) fn image(&mut self, element: Element<'_>) {
        let caption = element.child(Tag::Caption);
        if caption.is_some() {
            self.template.push("<figure class=\"nx-figure\">");
        }
        self.picture(element);
        if let Some(caption) = caption {
            self.wrapped("figcaption", "nx-caption", caption);
            self.template.push("</figure>");
        }
    }

    /// Writes `ac:image` without its caption.
    pub(super) fn picture(&mut self, element: Element<'_>) {
        let frame = frame(&element, "ac:");
        match element.elements().find_map(Resource::read) {
            Some(Resource::Attachment(attachment)) => {
                self.template.push_hole(Hole::Image(Image {
                    attachment,
                    frame,
                    is_in_link: self.is_in_link,
                }));
            }
            Some(Resource::Url(address)) => self.picture_from(&address, &frame),
            _ => self.text(&frame.alt),
        }
    }

    /// Writes `img`.
    pub(super) fn html_image(&mut self, element: Element<'_>) {
        let frame = frame(&element, "");
        match element.attribute("src") {
            Some(address) => self.picture_from(&address, &frame),
            None => self.text(&frame.alt),
        }
    }

    /// Writes a picture by its address: it is shown if it is on this site or on a host that the
    /// site allows, and is a link otherwise.
    fn picture_from(&mut self, address: &str, frame: &Frame) {
        let title = frame.title.as_deref().unwrap_or_default();
        let words = match frame.alt.is_empty() {
            true => title,
            false => &frame.alt,
        };
        let Some(address) = url::safe(address) else {
            return self.text(words);
        };
        match url::reach(&address) {
            Reach::Here if address.starts_with('/') => {
                push_image(self.template.html(), &address, frame, "")
            }
            Reach::Elsewhere(Some(host)) if self.policy.images.allow(host) => {
                push_image(
                    self.template.html(),
                    &address,
                    frame,
                    " referrerpolicy=\"no-referrer\"",
                );
            }
            _ => {
                let name = match words.is_empty() {
                    true => address.as_ref(),
                    false => words,
                };
                self.static_link(&address, Template::default(), name);
            }
        }
    }
}

/// Reads how a picture is shown; `prefix` is that of the attributes.
fn frame(element: &Element<'_>, prefix: &str) -> Frame {
    let text = |name: &str| {
        element
            .attribute(&format!("{prefix}{name}"))
            .filter(|value| !value.is_empty())
    };
    let pixels = |name: &str| {
        let value = text(name)?;
        let number = value
            .strip_suffix("px")
            .unwrap_or(&value)
            .parse::<f64>()
            .ok()?;
        let whole = number.round();
        (1.0..=f64::from(MAX_PIXELS))
            .contains(&whole)
            .then(|| format!("{whole}").parse().ok())
            .flatten()
    };
    Frame {
        alt: text("alt").unwrap_or_default().into_owned(),
        title: text("title").map(std::borrow::Cow::into_owned),
        width: pixels("width"),
        height: pixels("height"),
        align: match text("align").or_else(|| text("layout")).as_deref() {
            Some("left" | "wrap-left") => Some(Align::Left),
            Some("center") => Some(Align::Center),
            Some("right" | "wrap-right" | "align-end") => Some(Align::Right),
            _ => None,
        },
        border: text("border").is_some_and(|value| value == "true"),
    }
}
