//! Blocks of code.

use super::Writer;
use crate::highlight::push_highlighted;
use crate::storage::Macro;

/// How much code of one document is coloured, in bytes; colours take many times the space of what they are on.
pub(super) const MAX_COLOURED_BYTES: usize = 256 * 1024;

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
        let code = found.plain_body().unwrap_or_default();
        match self.colour_left.checked_sub(code.len()) {
            Some(left) => {
                self.colour_left = left;
                let language = language.as_deref().unwrap_or_default();
                push_highlighted(self.template.html(), &code, language);
            }
            None => self.text(&code),
        }
        self.template.push("</code></pre></div>");
        if is_folded {
            self.template.push("</details>");
        }
    }
}
