//! The writer of a hole's content.
//!
//! A [`Slot`] accepts names, titles and addresses, never HTML from the caller, so that nothing can
//! be injected. The only HTML that it accepts is [`Html`], which only this crate makes.

use std::borrow::Cow;
use std::fmt::Write;

use crate::carried::Carried;
use crate::escape::{escaped, push_escaped};
use crate::hole::{Align, Frame, Hole, Target};
use crate::template::Html;
use crate::url;

/// Writes the content of one [`Hole`] into a page. If nothing is written, nothing is shown.
#[derive(Debug)]
pub struct Slot<'a> {
    out: &'a mut String,
    hole: &'a Hole,
    body: &'a str,
    carried: Option<&'a Carried>,
}

/// One row of a list of attachments.
#[derive(Clone, Copy, Debug)]
pub struct AttachmentRow<'a> {
    /// The file name.
    pub file: &'a str,
    /// The address for downloading it.
    pub href: &'a str,
    /// The address of its picture, for a gallery.
    pub src: &'a str,
    /// Its size in bytes.
    pub bytes: u64,
    /// Further details, such as who attached it and when.
    pub note: &'a str,
}

/// One row of a table of page properties.
#[derive(Clone, Debug)]
pub struct DetailsRow<'a> {
    /// The page's address.
    pub href: &'a str,
    /// The page's title.
    pub title: &'a str,
    /// The cells, in the order of the columns.
    pub cells: &'a [Html],
}

impl<'a> Slot<'a> {
    pub(crate) fn new(
        out: &'a mut String,
        hole: &'a Hole,
        body: &'a str,
        carried: Option<&'a Carried>,
    ) -> Self {
        Self {
            out,
            hole,
            body,
            carried,
        }
    }

    /// Ends the start tag that begins at `tag_at`, and writes the element's content and end tag.
    fn end_element(&mut self, tag_at: usize, name: &str, inside: &str) {
        if let Some(carried) = self.carried {
            carried.push(self.out, tag_at, inside);
        }
        self.out.push('>');
        self.out.push_str(inside);
        let _ = write!(self.out, "</{name}>");
    }

    /// Writes a link. `title` is shown if the author wrote no text.
    pub fn link(&mut self, href: &str, title: &str) {
        let class = if matches!(self.hole, Hole::File(_)) {
            "nx-file"
        } else {
            "nx-link"
        };
        let at = self.out.len();
        let _ = write!(self.out, "<a class=\"{class}\" href=\"");
        push_href(self.out, href);
        self.out.push('"');
        let body = self.link_body(title);
        self.end_element(at, "a", &body);
    }

    /// Writes a link whose target is absent for the viewer: its text without an address.
    pub fn absent_link(&mut self) {
        let at = self.out.len();
        self.out.push_str("<span class=\"nx-link-absent\"");
        let body = self.link_body(match self.hole {
            Hole::Link(link) | Hole::File(link) => target_name(&link.target),
            _ => "",
        });
        self.end_element(at, "span", &body);
    }

    fn link_body(&self, otherwise: &str) -> Cow<'a, str> {
        match self.body.trim().is_empty() {
            true => escaped(otherwise).into(),
            false => self.body.into(),
        }
    }

    /// Writes the picture.
    pub fn image(&mut self, src: &str) {
        let Hole::Image(image) = self.hole else {
            return;
        };
        let at = self.out.len();
        push_image(self.out, src, &image.frame, "");
        if let Some(carried) = self.carried {
            const END: &str = " />";
            self.out.truncate(self.out.len().saturating_sub(END.len()));
            carried.push(self.out, at, "");
            self.out.push_str(END);
        }
    }

    /// Writes a link to the attached file, with its name, because the file isn't a picture.
    pub fn file(&mut self, href: &str, name: &str) {
        let Hole::Image(image) = self.hole else {
            return;
        };
        let at = self.out.len();
        if !image.is_in_link {
            self.out.push_str("<a class=\"nx-file\" href=\"");
            push_href(self.out, href);
            self.out.push('"');
            return self.end_element(at, "a", &escaped(name));
        }
        match self.carried {
            Some(carried) => carried.push_with(self.out, &escaped(name)),
            None => push_escaped(self.out, name),
        }
    }

    /// Writes the alternative text or the file name of a picture that is absent for the viewer.
    pub fn absent_image(&mut self) {
        let Hole::Image(image) = self.hole else {
            return;
        };
        let alt = &image.frame.alt;
        let at = self.out.len();
        self.out.push_str("<span class=\"nx-image-absent\"");
        let words = match alt.is_empty() {
            true => &image.attachment.file,
            false => alt,
        };
        self.end_element(at, "span", &escaped(words));
    }

    /// Writes the name of a person whom the viewer may see, with a link to the profile if there is
    /// one.
    pub fn person(&mut self, name: &str, href: Option<&str>) {
        let is_in_link = matches!(
            self.hole,
            Hole::Person {
                is_in_link: true,
                ..
            }
        );
        let at = self.out.len();
        match href.filter(|_| !is_in_link) {
            Some(href) => {
                self.out.push_str("<a class=\"nx-mention\" href=\"");
                push_href(self.out, href);
                self.out.push('"');
                self.end_element(at, "a", &escaped(name));
            }
            None => {
                self.out.push_str("<span class=\"nx-mention\"");
                self.end_element(at, "span", &escaped(name));
            }
        }
    }

    /// Writes "a user" for a person whose name the viewer may not see, or who doesn't exist
    /// (law 3.8).
    pub fn hidden_person(&mut self) {
        let at = self.out.len();
        self.out
            .push_str("<span class=\"nx-mention nx-mention-hidden\"");
        self.end_element(at, "span", "a user");
    }

    /// Writes other content, rendered and filled for the same viewer.
    pub fn embed(&mut self, html: &Html) {
        self.out.push_str("<div class=\"nx-include\">");
        self.out.push_str(html.as_str());
        self.out.push_str("</div>");
    }

    /// Writes a notice in place of content that is absent for the viewer.
    pub fn absent(&mut self) {
        self.out.push_str("<div class=\"nx-absent\">This content isn\u{2019}t there, or isn\u{2019}t shared with you.</div>");
    }

    /// Writes a list of links, nested to any depth; nothing if no item is written.
    pub fn list(&mut self, write: impl FnOnce(&mut List<'_>)) {
        let class = match self.hole {
            Hole::PageTree(_) => "nx-pagetree",
            Hole::RecentlyUpdated(_) => "nx-recent",
            Hole::ContentByLabel(_) => "nx-labelled",
            _ => "nx-children",
        };
        let mut list = List {
            out: self.out,
            class,
            is_open: false,
        };
        write(&mut list);
        list.close();
    }

    /// Writes a table of attachments.
    pub fn attachments(&mut self, rows: &[AttachmentRow<'_>]) {
        if rows.is_empty() {
            return;
        }
        self.out.push_str("<table class=\"nx-table nx-attachments\"><thead><tr><th>File</th><th>Size</th><th>Details</th></tr></thead><tbody>");
        for row in rows {
            self.out.push_str("<tr><td>");
            push_link(self.out, row.href, row.file);
            self.out.push_str("</td><td>");
            push_size(self.out, row.bytes);
            self.out.push_str("</td><td>");
            push_escaped(self.out, row.note);
            self.out.push_str("</td></tr>");
        }
        self.out.push_str("</tbody></table>");
    }

    /// Writes pictures side by side.
    pub fn gallery(&mut self, rows: &[AttachmentRow<'_>]) {
        if rows.is_empty() {
            return;
        }
        self.out.push_str("<div class=\"nx-gallery\">");
        for row in rows {
            self.out.push_str("<a href=\"");
            push_href(self.out, row.href);
            self.out.push_str("\">");
            push_image(
                self.out,
                row.src,
                &Frame {
                    alt: row.file.to_owned(),
                    ..Frame::default()
                },
                "",
            );
            self.out.push_str("</a>");
        }
        self.out.push_str("</div>");
    }

    /// Writes a table of the page properties of several pages.
    pub fn details(&mut self, columns: &[&str], rows: &[DetailsRow<'_>]) {
        self.out
            .push_str("<table class=\"nx-table nx-details-summary\"><thead><tr><th>Title</th>");
        for column in columns {
            self.out.push_str("<th>");
            push_escaped(self.out, column);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr></thead><tbody>");
        for row in rows {
            self.out.push_str("<tr><td>");
            push_link(self.out, row.href, row.title);
            self.out.push_str("</td>");
            for cell in row.cells {
                self.out.push_str("<td>");
                self.out.push_str(cell.as_str());
                self.out.push_str("</td>");
            }
            self.out.push_str("</tr>");
        }
        self.out.push_str("</tbody></table>");
    }

    /// Writes plain text.
    pub fn text(&mut self, text: &str) {
        push_escaped(self.out, text);
    }
}

/// A list that is being written.
#[derive(Debug)]
pub struct List<'a> {
    out: &'a mut String,
    class: &'static str,
    is_open: bool,
}

impl List<'_> {
    /// Writes one entry.
    pub fn item(&mut self, href: &str, title: &str) {
        self.item_with(href, title, "", |_| {});
    }

    /// Writes one entry followed by a note, such as a date or an excerpt, and with a list below it.
    pub fn item_with(
        &mut self,
        href: &str,
        title: &str,
        note: &str,
        below: impl FnOnce(&mut List<'_>),
    ) {
        if !self.is_open {
            self.is_open = true;
            let _ = write!(self.out, "<ul class=\"{}\">", self.class);
        }
        self.out.push_str("<li>");
        push_link(self.out, href, title);
        if !note.is_empty() {
            self.out.push_str(" <span class=\"nx-note\">");
            push_escaped(self.out, note);
            self.out.push_str("</span>");
        }
        let mut list = List {
            out: self.out,
            class: "nx-nested",
            is_open: false,
        };
        below(&mut list);
        list.close();
        self.out.push_str("</li>");
    }

    fn close(&mut self) {
        if self.is_open {
            self.out.push_str("</ul>");
        }
    }
}

/// Returns the name of a target from the markup itself; nothing that the author didn't write.
pub(crate) fn target_name(target: &Target) -> &str {
    use crate::hole::ContentRef;
    match target {
        Target::Content {
            content: ContentRef::Page { title, .. } | ContentRef::BlogPost { title, .. },
            ..
        } => title,
        Target::Content {
            content: ContentRef::Home { space: Some(key) },
            ..
        }
        | Target::Space(key) => key,
        Target::Content { .. } => "a page",
        Target::Attachment(attachment) => &attachment.file,
    }
}

/// Appends a picture. `attributes` is HTML from this crate, for pictures from elsewhere.
pub(crate) fn push_image(out: &mut String, src: &str, frame: &Frame, attributes: &str) {
    out.push_str("<img class=\"nx-image");
    if let Some(align) = frame.align {
        out.push_str(match align {
            Align::Left => " nx-image-left",
            Align::Center => " nx-image-center",
            Align::Right => " nx-image-right",
        });
    }
    if frame.border {
        out.push_str(" nx-image-border");
    }
    out.push_str("\" src=\"");
    push_href(out, src);
    out.push_str("\" alt=\"");
    push_escaped(out, &frame.alt);
    out.push('"');
    if let Some(title) = &frame.title {
        out.push_str(" title=\"");
        push_escaped(out, title);
        out.push('"');
    }
    if let Some(width) = frame.width {
        let _ = write!(out, " width=\"{width}\"");
    }
    if let Some(height) = frame.height {
        let _ = write!(out, " height=\"{height}\"");
    }
    out.push_str(" loading=\"lazy\"");
    out.push_str(attributes);
    out.push_str(" />");
}

fn push_link(out: &mut String, href: &str, title: &str) {
    out.push_str("<a href=\"");
    push_href(out, href);
    out.push_str("\">");
    push_escaped(out, title);
    out.push_str("</a>");
}

/// Appends an address to an attribute; an unsafe one becomes `#`.
pub(crate) fn push_href(out: &mut String, href: &str) {
    match url::safe(href) {
        Some(safe) => push_escaped(out, &safe),
        None => out.push('#'),
    }
}

fn push_size(out: &mut String, bytes: u64) {
    let units = [(1_u64 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")];
    let _ = match units.iter().find(|(size, _)| bytes >= *size) {
        Some((size, name)) => write!(out, "{}.{} {name}", bytes / size, bytes % size * 10 / size),
        None => write!(out, "{bytes} B"),
    };
}
