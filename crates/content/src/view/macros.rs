//! Renders macros: chooses the renderer by the macro's name, and writes the content that it doesn't
//! use.
//!
//! The longer renderers have modules of their own: `code`, `embed`, `heading`, `lists` and `panel`.

use super::{ViewKind, Writer};
use crate::hole::{Hole, Link, Target};
use crate::reference::{AttachmentRef, ContentRef, PersonRef, Resource};
use crate::storage::{Macro, Node, Tag};

/// Which content of a macro, besides its parameters, was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Used {
    All,
    PlainText,
    Nothing,
}

impl Writer<'_> {
    /// Writes a macro. An unknown one shows its name and its body, never nothing, and content that
    /// a known one doesn't use isn't lost either.
    pub(super) fn macro_(&mut self, found: Macro<'_>) {
        if self.kind == ViewKind::Editor {
            return self.editor_macro(found);
        }
        let used = self.known_macro(found);
        self.unused(found, used);
    }

    fn known_macro(&mut self, found: Macro<'_>) -> Used {
        match found.name().as_ref() {
            "info" => self.panel(found, "nx-panel nx-panel-info"),
            "note" => self.panel(found, "nx-panel nx-panel-note"),
            "tip" => self.panel(found, "nx-panel nx-panel-tip"),
            "warning" => self.panel(found, "nx-panel nx-panel-warning"),
            "panel" => self.panel(found, "nx-panel nx-panel-custom"),
            "expand" | "ui-expand" => self.expand(found),
            "code" => return self.code(found),
            "noformat" => return self.noformat(found),
            "toc-zone" => {
                self.toc(found);
                self.body(found);
            }
            "excerpt" => {
                if !found.is_set("hidden") {
                    self.body(found);
                }
            }
            "details" => {
                if !found.is_set("hidden") {
                    self.open("div", "nx-details");
                    self.body(found);
                    self.close("div");
                }
            }
            "section" => self.section(found),
            "column" => self.column(found),
            name => return self.macro_without_body(found, name),
        }
        Used::All
    }

    /// Writes a macro that has only parameters, or one that isn't known.
    fn macro_without_body(&mut self, found: Macro<'_>, name: &str) -> Used {
        match name {
            "toc" => self.toc(found),
            "status" => self.status(found),
            "anchor" => {
                if let Some(name) = found.text("").or_else(|| found.text("anchor")) {
                    self.anchor_mark(&name);
                }
            }
            "jira" | "jiraissues" => return self.jira(found),
            "iframe" | "html-include-iframe" => self.iframe(found),
            "widget" => self.widget(found),
            "profile" | "profile-picture" => self.profile(found),
            "view-file" | "viewfile" | "viewpdf" | "viewdoc" | "viewxls" | "viewppt"
            | "multimedia" => {
                return self.view_file(found, name);
            }
            "include" => {
                let content = self.named_content(found);
                self.template.push_hole(Hole::Include(content));
            }
            "excerpt-include" => {
                let content = self.named_content(found);
                let name = found.text("name");
                self.template
                    .push_hole(Hole::ExcerptInclude { content, name });
            }
            "children" => self.children_list(found),
            "pagetree" => self.page_tree(found),
            "recently-updated" => self.recently_updated(found),
            "contentbylabel" => self.content_by_label(found),
            "detailssummary" => self.details_summary(found),
            "attachments" => self.attachment_list(found),
            "gallery" => self.gallery(found),
            name => return self.unknown(found, name),
        }
        Used::Nothing
    }

    /// Writes the content of a macro without its parameters.
    pub(super) fn body(&mut self, found: Macro<'_>) {
        for node in found.contents() {
            self.content_of_macro(node);
        }
    }

    fn content_of_macro(&mut self, node: Node<'_>) {
        match node {
            Node::Element(body) if body.tag() == Tag::RichTextBody => {
                self.nodes(body.children(), Tag::Div);
            }
            Node::Element(body) if body.tag() == Tag::PlainTextBody => self.text(&body.text()),
            node => self.node(node, Tag::Div),
        }
    }

    /// Writes the content of a macro that it didn't use.
    fn unused(&mut self, found: Macro<'_>, used: Used) {
        let is_unused = |node: &Node<'_>| match (used, node) {
            (Used::All, _) => false,
            (Used::PlainText, Node::Element(body)) => body.tag() != Tag::PlainTextBody,
            (Used::PlainText | Used::Nothing, _) => true,
        };
        let mut unused = found.contents().filter(is_unused).peekable();
        if unused.peek().is_none() {
            return;
        }
        self.open("div", "nx-macro-body");
        for node in unused {
            self.content_of_macro(node);
        }
        self.close("div");
    }

    fn unknown(&mut self, found: Macro<'_>, name: &str) -> Used {
        let has_body = found.contents().next().is_some();
        let wrapper = if has_body { "div" } else { "span" };
        self.open(wrapper, "nx-macro");
        self.open("span", "nx-macro-name");
        self.text(if name.is_empty() { "macro" } else { name });
        self.close("span");
        for node in found.contents() {
            let is_plain = matches!(node, Node::Element(body) if body.tag() == Tag::PlainTextBody);
            let wrapper = if is_plain { "pre" } else { "div" };
            self.open(wrapper, "nx-macro-body");
            self.content_of_macro(node);
            self.close(wrapper);
        }
        self.close(wrapper);
        Used::All
    }

    fn expand(&mut self, found: Macro<'_>) {
        let state = if self.kind.is_unfolded() {
            " open=\"\""
        } else {
            ""
        };
        self.template.push("<details class=\"nx-expand\"");
        self.template.push(state);
        self.template.push("><summary>");
        self.text(
            found
                .text("title")
                .as_deref()
                .unwrap_or("Click here to expand\u{2026}"),
        );
        self.template
            .push("</summary><div class=\"nx-expand-body\">");
        self.body(found);
        self.template.push("</div></details>");
    }

    fn noformat(&mut self, found: Macro<'_>) -> Used {
        if let Some(title) = found.text("title") {
            self.open("div", "nx-code-title");
            self.text(&title);
            self.close("div");
        }
        if let Some(text) = found.preformatted() {
            self.open("pre", "nx-noformat");
            self.text(&text);
            self.close("pre");
        }
        Used::PlainText
    }

    fn status(&mut self, found: Macro<'_>) {
        let colour = found
            .text("colour")
            .or_else(|| found.text("color"))
            .unwrap_or_default()
            .to_ascii_lowercase();
        self.open(
            "span",
            match colour.as_str() {
                "red" => "nx-status nx-status-red",
                "yellow" => "nx-status nx-status-yellow",
                "green" => "nx-status nx-status-green",
                "blue" => "nx-status nx-status-blue",
                "purple" => "nx-status nx-status-purple",
                _ => "nx-status nx-status-grey",
            },
        );
        self.text(&found.text("title").unwrap_or(colour));
        self.close("span");
    }

    fn jira(&mut self, found: Macro<'_>) -> Used {
        let (label, path) = match (
            found.text("key").or_else(|| found.text("")),
            found.text("jqlQuery").or_else(|| found.text("jql")),
        ) {
            (Some(key), _) => {
                let path = format!("/browse/{}", percent(&key));
                (key, path)
            }
            (None, Some(query)) => {
                let path = format!("/issues/?jql={}", percent(&query));
                (query, path)
            }
            (None, None) => return self.unknown(found, "jira"),
        };
        match self
            .policy
            .jira
            .as_deref()
            .map(|base| format!("{}{path}", base.trim_end_matches('/')))
        {
            Some(href) if !self.is_in_link => {
                self.template.push("<a class=\"nx-jira\"");
                self.attribute("href", crate::url::safe(&href).as_deref().unwrap_or("#"));
                self.template.push(">");
                self.text(&label);
                self.template.push("</a>");
            }
            _ => {
                self.open("span", "nx-jira");
                self.text(&label);
                self.close("span");
            }
        }
        Used::Nothing
    }

    fn profile(&mut self, found: Macro<'_>) {
        let person = found
            .parameter("user")
            .or_else(|| found.parameter("User"))
            .and_then(Resource::first_in);
        let written = found.text("user").or_else(|| found.text("User"));
        self.person(match (person, written) {
            (Some(Resource::Person(person)), _) => person,
            (_, Some(name)) => PersonRef::Name(name),
            _ => PersonRef::Unnamed,
        });
    }

    /// Writes a link to the file that a macro shows.
    fn view_file(&mut self, found: Macro<'_>, macro_name: &str) -> Used {
        let named = |file| AttachmentRef {
            file,
            of: ContentRef::Itself,
        };
        let attachment = match found.parameter("name").and_then(Resource::first_in) {
            Some(Resource::Attachment(attachment)) => Some(attachment),
            _ => found.text("name").map(named),
        };
        let Some(attachment) = attachment else {
            return self.unknown(found, macro_name);
        };
        let file = attachment.file.clone();
        let body = self.apart(|writer| writer.text(&file));
        self.template.push_hole(Hole::File(Link {
            target: Target::Attachment(attachment),
            body,
        }));
        Used::Nothing
    }
}

/// Percent-encodes all but the unreserved characters.
pub(super) fn percent(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
