//! Blocks of code.

use super::Writer;
use crate::highlight::push_highlighted;
use crate::storage::Macro;

impl Writer<'_> {
    pub(super) fn code(&mut self, found: Macro<'_>) {
        let is_folded = found.is_set("collapse");
        if is_folded {
            self.template.push(if self.kind.is_unfolded() {
                "<details class=\"nx-expand\" open=\"\">"
            } else {
                "<details class=\"nx-expand\">"
            });
            self.open("summary", "");
            self.text(found.text("title").as_deref().unwrap_or("Source code"));
            self.close("summary");
        }
        self.template.push(if found.is_set("linenumbers") {
            "<div class=\"nx-code nx-code-numbered\""
        } else {
            "<div class=\"nx-code\""
        });
        let language = found.text("language").or_else(|| found.text(""));
        if let Some(language) = &language {
            self.attribute("data-language", language);
        }
        self.template.push(">");
        if let Some(title) = found.text("title").filter(|_| !is_folded) {
            self.open("div", "nx-code-title");
            self.text(&title);
            self.close("div");
        }
        self.template.push("<pre><code>");
        push_highlighted(
            self.template.html(),
            &found.plain_body().unwrap_or_default(),
            language.as_deref().unwrap_or_default(),
        );
        self.template.push("</code></pre></div>");
        if is_folded {
            self.template.push("</details>");
        }
    }
}
