//! Renders pages from elsewhere in a frame: the `iframe` and `widget` macros, and the element
//! `iframe`.
//!
//! The site's [`Policy`](super::Policy) decides which hosts are framed; any other address is a
//! link.

use std::fmt::Write;

use super::Writer;
use super::macros::percent;
use crate::embedded;
use crate::reference::Resource;
use crate::storage::{Element, Macro, Tag};
use crate::template::Template;
use crate::url::{self, Reach};

impl Writer<'_> {
    pub(super) fn iframe(&mut self, found: Macro<'_>) {
        match address(found, &["src", "url", ""]) {
            Some(address) => self.frame(
                &address,
                &address,
                found.text("width").as_deref(),
                found.text("height").as_deref(),
            ),
            None => self.template.push(
                "<span class=\"nx-macro\"><span class=\"nx-macro-name\">iframe</span></span>",
            ),
        }
    }

    pub(super) fn widget(&mut self, found: Macro<'_>) {
        match address(found, &["url", "overlay", ""]) {
            Some(address) => {
                let player = player(&address);
                let shown = player.as_deref().unwrap_or(&address);
                self.frame(
                    &address,
                    shown,
                    found.text("width").as_deref(),
                    found.text("height").as_deref(),
                );
            }
            None => self.template.push(
                "<span class=\"nx-macro\"><span class=\"nx-macro-name\">widget</span></span>",
            ),
        }
    }

    /// Writes `iframe`, or its text if it has no safe address.
    pub(super) fn html_iframe(&mut self, element: Element<'_>, parent: Tag) {
        let is_safe = embedded::address(element).is_some();
        match element.attribute("src") {
            Some(address) if is_safe || !embedded::has_words(element) => self.frame(
                &address,
                &address,
                element.attribute("width").as_deref(),
                element.attribute("height").as_deref(),
            ),
            _ => self.nodes(element.children(), parent),
        }
    }

    /// Writes an element of HTML that loads something: a link to that, or the element's text if it
    /// has no safe address.
    pub(super) fn embedded(&mut self, element: Element<'_>, parent: Tag) {
        match embedded::address(element) {
            Some(address) => self.static_link(&address, Template::default(), &address),
            None => self.nodes(element.children(), parent),
        }
    }

    /// Writes a frame with `shown` if the site allows its host over `https`, otherwise a link to
    /// `address`.
    fn frame(&mut self, address: &str, shown: &str, width: Option<&str>, height: Option<&str>) {
        let safe = url::safe(shown).unwrap_or_default();
        let is_allowed = safe
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case("https://"))
            && matches!(url::reach(&safe), Reach::Elsewhere(Some(host)) if self.policy.frames.allow(host));
        if !is_allowed || self.is_in_link {
            return self.static_link(address, Template::default(), address);
        }
        self.template.push("<iframe class=\"nx-embed\"");
        self.attribute("src", &safe);
        for (name, value) in [("width", width), ("height", height)] {
            let pixels = value
                .and_then(|v| v.trim_end_matches("px").parse::<u16>().ok())
                .filter(|v| *v <= 4000);
            if let Some(pixels) = pixels {
                let _ = write!(self.template.html(), " {name}=\"{pixels}\"");
            }
        }
        self.template.push(
            " sandbox=\"allow-scripts allow-same-origin allow-popups\" referrerpolicy=\"no-referrer\" loading=\"lazy\" title=\"Embedded page\"></iframe>",
        );
    }
}

/// Returns the address in the first of these parameters that has one.
fn address(found: Macro<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(
        |name| match found.parameter(name).and_then(Resource::first_in) {
            Some(Resource::Url(address)) => Some(address),
            _ => found.text(name),
        },
    )
}

/// Returns the address of the player alone, for videos that are given by their usual address.
fn player(address: &str) -> Option<String> {
    let behind = |starts: [&str; 3]| starts.iter().find_map(|start| address.strip_prefix(start));
    let id = |text: &str| {
        let end = text.find(['&', '?', '#', '/']).unwrap_or(text.len());
        text.get(..end).filter(|id| !id.is_empty()).map(percent)
    };
    if let Some(video) = behind([
        "https://www.youtube.com/watch?v=",
        "https://youtube.com/watch?v=",
        "https://youtu.be/",
    ]) {
        return Some(format!(
            "https://www.youtube-nocookie.com/embed/{}",
            id(video)?
        ));
    }
    let video = address.strip_prefix("https://vimeo.com/")?;
    Some(format!("https://player.vimeo.com/video/{}", id(video)?))
}
