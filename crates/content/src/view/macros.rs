//! Macros.

use super::{ViewKind, Writer};
use crate::css;
use crate::hole::{Hole, Link, Target};
use crate::reference::{PersonRef, Resource};
use crate::storage::{Macro, Tag};

impl Writer<'_> {
    /// Writes a macro. One that isn't known shows its name and its body, never nothing.
    pub(super) fn macro_(&mut self, found: Macro<'_>) {
        if self.kind == ViewKind::Editor {
            return self.editor_macro(found);
        }
        match found.name().as_ref() {
            "info" => self.panel(found, "nx-panel nx-panel-info"),
            "note" => self.panel(found, "nx-panel nx-panel-note"),
            "tip" => self.panel(found, "nx-panel nx-panel-tip"),
            "warning" => self.panel(found, "nx-panel nx-panel-warning"),
            "panel" => self.panel(found, "nx-panel nx-panel-custom"),
            "expand" | "ui-expand" => self.expand(found),
            "code" => self.code(found),
            "noformat" => self.noformat(found),
            "toc" => self.toc(found),
            "toc-zone" => {
                self.toc(found);
                self.body(found);
            }
            "status" => self.status(found),
            "anchor" => {
                if let Some(name) = found.text("").or_else(|| found.text("anchor")) {
                    self.anchor_mark(&name);
                }
            }
            "excerpt" => {
                if !found.is_set("hidden") {
                    self.body(found);
                }
            }
            "details" => {
                if !found.is_set("hidden")
                    && let Some(body) = found.rich_body()
                {
                    self.wrapped("div", "nx-details", body);
                }
            }
            "section" => self.section(found),
            "column" => self.column(found),
            "jira" | "jiraissues" => self.jira(found),
            "iframe" | "html-include-iframe" => self.iframe(found),
            "widget" => self.widget(found),
            "profile" | "profile-picture" => self.profile(found),
            "view-file" | "viewfile" | "viewpdf" | "viewdoc" | "viewxls" | "viewppt" => {
                self.view_file(found)
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
            name => self.unknown(found, name),
        }
    }

    fn body(&mut self, found: Macro<'_>) {
        if let Some(body) = found.rich_body() {
            self.nodes(body.children(), Tag::Div);
        } else if let Some(text) = found.plain_body() {
            self.text(&text);
        }
    }

    fn unknown(&mut self, found: Macro<'_>, name: &str) {
        let has_body = found.rich_body().is_some() || found.plain_body().is_some();
        let wrapper = if has_body { "div" } else { "span" };
        self.open(wrapper, "nx-macro");
        self.open("span", "nx-macro-name");
        self.text(if name.is_empty() { "macro" } else { name });
        self.close("span");
        if let Some(body) = found.rich_body() {
            self.wrapped("div", "nx-macro-body", body);
        } else if let Some(text) = found.plain_body() {
            self.open("pre", "nx-macro-body");
            self.text(&text);
            self.close("pre");
        }
        self.close(wrapper);
    }

    fn panel(&mut self, found: Macro<'_>, class: &str) {
        let colour = |names: [&str; 2]| {
            names
                .iter()
                .find_map(|name| found.text(name))
                .filter(|value| css::is_color(value))
        };
        self.template.push("<div class=\"");
        self.template.push(class);
        self.template.push("\"");
        if let Some(colour) = colour(["bgColor", "panelColor"]) {
            self.style(&format!("background-color:{colour}"));
        }
        self.template.push(">");
        if let Some(icon) = found.text("panelIconText") {
            self.open("span", "nx-panel-icon");
            self.text(&icon);
            self.close("span");
        }
        if let Some(title) = found.text("title") {
            self.template.push("<div class=\"nx-panel-title\"");
            if let Some(colour) = colour(["titleBGColor", "titleBgColor"]) {
                self.style(&format!("background-color:{colour}"));
            }
            self.template.push(">");
            self.text(&title);
            self.close("div");
        }
        self.open("div", "nx-panel-body");
        self.body(found);
        self.template.push("</div></div>");
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

    fn noformat(&mut self, found: Macro<'_>) {
        if let Some(title) = found.text("title") {
            self.open("div", "nx-code-title");
            self.text(&title);
            self.close("div");
        }
        self.open("pre", "nx-noformat");
        self.text(&found.plain_body().unwrap_or_default());
        self.close("pre");
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

    fn jira(&mut self, found: Macro<'_>) {
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

    fn view_file(&mut self, found: Macro<'_>) {
        let Some(Resource::Attachment(attachment)) =
            found.parameter("name").and_then(Resource::first_in)
        else {
            return self.unknown(found, "view-file");
        };
        let file = attachment.file.clone();
        let body = self.apart(|writer| writer.text(&file));
        self.template.push_hole(Hole::File(Link {
            target: Target::Attachment(attachment),
            body,
        }));
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
