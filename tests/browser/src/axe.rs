//! axe-core, which finds what prevents people with disabilities from using a page.

use crate::page::Page;
use narthex_served::must;
use serde_json::Value;
use std::path::Path;

/// The call of axe-core. It selects the rules of WCAG 2.0 to 2.2 at the levels A and AA, and best
/// practice. The rule about the size of targets is off by default.
const ASKED: &str = "axe.run(WITHIN, {
    runOnly: { type: 'tag', values: [
        'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice',
    ] },
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
    iframes: false,
}).then(({ violations }) => violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.map(({ target, html, any, all, none }) => ({
        target: target.join(' '), html,
        why: [...any, ...all, ...none].map(({ message }) => message).join('; '),
    })),
})))";

/// The source of axe-core, as its package has it.
#[derive(Debug)]
pub struct Axe {
    source: String,
}

/// A rule that an element of a page breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The rule's name in axe-core, and its requirement.
    pub rule: String,
    /// The element, as a selector.
    pub target: String,
    /// The element's markup, and why it breaks the rule.
    pub why: String,
}

impl Axe {
    /// Reads `axe.min.js`.
    ///
    /// # Panics
    /// Panics if it can't be read.
    pub fn read(file: &Path) -> Self {
        match std::fs::read_to_string(file) {
            Ok(source) => Self { source },
            Err(error) => panic!("{}: {error}", file.display()),
        }
    }

    /// Returns the violations in the open page, within the element that a selector names.
    pub async fn violations(&self, page: &Page, within: &str) -> Vec<Violation> {
        if page.evaluate("typeof axe").await == "undefined" {
            // Without the `null`, the value of the script would be a large object.
            page.evaluate(&format!("{}\n;null", self.source)).await;
        }
        let within = Value::from(within).to_string();
        let found = page.evaluate(&ASKED.replace("WITHIN", &within)).await;
        let Some(found) = found.as_array() else {
            panic!("axe-core answers {found}");
        };
        found.iter().flat_map(of_rule).collect()
    }
}

fn of_rule(rule: &Value) -> Vec<Violation> {
    let text = |value: &Value, name: &str| {
        let text = value.get(name).and_then(Value::as_str);
        must(text.ok_or("axe-core's answer has another shape")).to_owned()
    };
    let nodes = rule.get("nodes").and_then(Value::as_array);
    let nodes = nodes.map(Vec::as_slice).unwrap_or_default().iter();
    let violation = |node| Violation {
        rule: format!("{} ({})", text(rule, "id"), text(rule, "help")),
        target: text(node, "target"),
        why: format!("{:.300}\n        {}", text(node, "html"), text(node, "why")),
    };
    nodes.map(violation).collect()
}
