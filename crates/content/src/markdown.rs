//! Reads Markdown: CommonMark with GitHub's tables, task lists, strikethrough, bare links and
//! alerts.

use comrak::nodes::{AlertType, AstNode, ListType, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use crate::storage::{self, Document, Markup, ParseError};
use crate::url::percent_decoded;
use crate::view::Anchors;

/// Reads Markdown and writes it in storage format. HTML in it is markup like any other: it is
/// mended here and sanitised when it is shown.
///
/// # Errors
/// Fails if the body is too long or too deep.
///
/// ```
/// let document = narthex_content::markdown::to_storage("# Hi *there*")?;
/// assert_eq!(document.as_str(), "<h1>Hi <em>there</em></h1>");
/// # Ok::<(), narthex_content::storage::ParseError>(())
/// ```
pub fn to_storage(markdown: &str) -> Result<Document, ParseError> {
    if markdown.len() > storage::MAX_BYTES {
        return Err(ParseError::TooLarge);
    }
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let mut writer = Writer::default();
    writer.write(root);
    let document = storage::parse(&writer.markup.finish())?;
    if !writer.has_links_within {
        return Ok(document);
    }
    // The headings are known only now: write again, with the links to them.
    let mut writer = Writer {
        places: Some(Anchors::of(&document)),
        ..Writer::default()
    };
    writer.write(root);
    storage::parse(&writer.markup.finish())
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.alerts = true;
    options
}

#[derive(Default)]
struct Writer {
    markup: Markup,
    /// The targets of links within the document, once they are known.
    places: Option<Anchors>,
    has_links_within: bool,
    /// The alternative text of the pictures that are open.
    alt: String,
    open_pictures: u32,
    tasks: u32,
    /// For each open list, whether it is a task list.
    task_lists: Vec<bool>,
    /// The box of an item that has one without being a task; it goes into the item's first
    /// paragraph.
    checkbox: Option<&'static str>,
    /// The column of the next cell.
    column: usize,
}

impl Writer {
    fn write<'a>(&mut self, root: &'a AstNode<'a>) {
        for edge in root.traverse() {
            match edge {
                comrak::arena_tree::NodeEdge::Start(node) => self.start(node),
                comrak::arena_tree::NodeEdge::End(node) => self.end(node),
            }
        }
    }

    fn start<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data();
        if matches!(data.value, NodeValue::List(_)) {
            self.task_lists.push(is_task_list(node));
        }
        if self.open_pictures > 0 {
            match &data.value {
                NodeValue::Text(text) => self.alt.push_str(text),
                NodeValue::Code(code) => self.alt.push_str(&code.literal),
                NodeValue::Image(_) => self.open_pictures += 1,
                _ => {}
            }
            return;
        }
        match &data.value {
            NodeValue::Text(text) => self.markup.text(text),
            NodeValue::SoftBreak => self.markup.text("\n"),
            NodeValue::LineBreak => self.markup.void("br", &[]),
            NodeValue::Code(code) => self.markup.element("code", &[], &code.literal),
            NodeValue::HtmlInline(html) | NodeValue::Raw(html) => self.markup.raw(html),
            // A line that begins with words in angle brackets, such as `<name>`, is text like any
            // other.
            NodeValue::HtmlBlock(block) if !storage::begins_with_markup(&block.literal) => {
                let arena = Arena::new();
                let text = format!("\\{}", block.literal);
                self.write(parse_document(&arena, &text, &options()));
            }
            NodeValue::HtmlBlock(block) => self.markup.raw(&block.literal),
            NodeValue::ThematicBreak => self.markup.void("hr", &[]),
            NodeValue::CodeBlock(block) => {
                let language = block.info.split_whitespace().next();
                self.markup.plain_macro(
                    "code",
                    &[("language", language)],
                    block.literal.trim_end_matches('\n'),
                );
            }
            NodeValue::Image(_) => self.open_pictures = 1,
            NodeValue::Link(link) => {
                let title = Some(link.title.as_str()).filter(|title| !title.is_empty());
                let fragment = link.url.strip_prefix('#').filter(|name| !name.is_empty());
                self.has_links_within |= fragment.is_some();
                let place = fragment.and_then(|name| self.places.as_ref()?.address(name));
                let href = place.as_deref().unwrap_or(&link.url);
                self.markup
                    .open("a", &[("href", Some(href)), ("title", title)]);
            }
            NodeValue::List(list) if list.list_type == ListType::Ordered => {
                let start = list.start.to_string();
                self.markup.open(
                    "ol",
                    &[("start", Some(start.as_str()).filter(|start| *start != "1"))],
                );
            }
            NodeValue::TaskItem(task) if self.is_task(node) => {
                self.tasks += 1;
                self.markup.open("ac:task", &[]);
                self.markup
                    .element("ac:task-id", &[], &self.tasks.to_string());
                let status = if task.symbol.is_some() {
                    "complete"
                } else {
                    "incomplete"
                };
                self.markup.element("ac:task-status", &[], status);
                self.markup.open("ac:task-body", &[]);
            }
            NodeValue::TaskItem(task) => {
                self.markup.open("li", &[]);
                self.checkbox = Some(match task.symbol {
                    Some(_) => "\u{2611} ",
                    None => "\u{2610} ",
                });
            }
            NodeValue::Table(_) => self.markup.raw("<table><tbody>"),
            NodeValue::TableRow(_) => {
                self.column = 0;
                self.markup.open("tr", &[]);
            }
            NodeValue::TableCell => {
                let style =
                    alignment(node, self.column).map(|align| format!("text-align: {align};"));
                self.column += 1;
                self.markup
                    .open(cell_name(node), &[("style", style.as_deref())]);
            }
            NodeValue::Alert(alert) => {
                let name = match alert.alert_type {
                    AlertType::Note => "info",
                    AlertType::Tip => "tip",
                    AlertType::Important | AlertType::Warning => "note",
                    AlertType::Caution => "warning",
                };
                self.markup.open_macro(name, &[]);
                if let Some(title) = &alert.title {
                    self.markup.parameter("title", title);
                }
                self.markup.open("ac:rich-text-body", &[]);
            }
            value => {
                if let Some(name) = self.element(node, value) {
                    self.markup.open(name, &[]);
                }
                if matches!(value, NodeValue::Paragraph) {
                    self.markup.text(self.checkbox.take().unwrap_or_default());
                }
            }
        }
    }

    fn end<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data();
        if self.open_pictures > 0 {
            if let NodeValue::Image(image) = &data.value {
                self.open_pictures -= 1;
                if self.open_pictures == 0 {
                    self.picture(&image.url, &image.title);
                }
            }
            return;
        }
        match &data.value {
            NodeValue::Link(_) => self.markup.close("a"),
            NodeValue::List(list) if list.list_type == ListType::Ordered => self.markup.close("ol"),
            NodeValue::TaskItem(_) if self.is_task(node) => {
                self.markup.raw("</ac:task-body></ac:task>")
            }
            NodeValue::TaskItem(_) => self.markup.close("li"),
            NodeValue::Table(_) => self.markup.raw("</tbody></table>"),
            NodeValue::TableCell => self.markup.close(cell_name(node)),
            NodeValue::Alert(_) => {
                self.markup.close("ac:rich-text-body");
                self.markup.close_macro();
            }
            value => {
                if let Some(name) = self.element(node, value) {
                    self.markup.close(name);
                }
            }
        }
        if matches!(data.value, NodeValue::List(_)) {
            self.task_lists.pop();
        }
    }

    /// Returns whether a node is an item of a list in which every item is a task.
    fn is_task<'a>(&self, node: &'a AstNode<'a>) -> bool {
        self.task_lists
            .last()
            .is_some_and(|is_of_tasks| *is_of_tasks)
            && matches!(node.data().value, NodeValue::TaskItem(_))
    }

    /// Returns the element of a node that has one without attributes.
    fn element<'a>(&self, node: &'a AstNode<'a>, value: &NodeValue) -> Option<&'static str> {
        Some(match value {
            // A task has its text without a paragraph.
            NodeValue::Paragraph
                if node.previous_sibling().is_none()
                    && node.parent().is_some_and(|parent| self.is_task(parent)) =>
            {
                return None;
            }
            NodeValue::Paragraph => "p",
            NodeValue::Heading(heading) => match heading.level {
                1 => "h1",
                2 => "h2",
                3 => "h3",
                4 => "h4",
                5 => "h5",
                _ => "h6",
            },
            NodeValue::BlockQuote => "blockquote",
            NodeValue::List(_) if self.task_lists.last() == Some(&true) => "ac:task-list",
            NodeValue::List(_) => "ul",
            NodeValue::Item(_) => "li",
            NodeValue::TableRow(_) => "tr",
            NodeValue::Emph => "em",
            NodeValue::Strong => "strong",
            NodeValue::Strikethrough => "del",
            _ => return None,
        })
    }

    fn picture(&mut self, address: &str, title: &str) {
        let alt = std::mem::take(&mut self.alt);
        let filled = |text| Some(text).filter(|text: &&str| !text.is_empty());
        self.markup.open(
            "ac:image",
            &[("ac:alt", filled(&alt)), ("ac:title", filled(title))],
        );
        match file_name(address) {
            None => self.markup.void("ri:url", &[("ri:value", Some(address))]),
            Some(name) => self
                .markup
                .void("ri:attachment", &[("ri:filename", Some(&name))]),
        }
        self.markup.close("ac:image");
    }
}

/// Returns the file name in an address that is relative to the document. When documents become
/// pages, the files beside them become attachments.
fn file_name(address: &str) -> Option<String> {
    if address.contains(':') || address.starts_with('/') {
        return None;
    }
    let path = address.split(['?', '#']).next()?;
    let name = path.rsplit('/').next().filter(|name| !name.is_empty())?;
    Some(percent_decoded(name).unwrap_or_else(|| name.to_owned()))
}

/// Returns whether a list is a task list: not numbered, and every item is a task.
fn is_task_list<'a>(list: &'a AstNode<'a>) -> bool {
    let is_bulleted = matches!(
        &list.data().value,
        NodeValue::List(list) if list.list_type == ListType::Bullet
    );
    let is_task = |item: &'a AstNode<'a>| matches!(item.data().value, NodeValue::TaskItem(_));
    is_bulleted && list.children().all(is_task)
}

fn is_header<'a>(cell: &'a AstNode<'a>) -> bool {
    cell.parent()
        .is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)))
}

fn cell_name<'a>(cell: &'a AstNode<'a>) -> &'static str {
    if is_header(cell) { "th" } else { "td" }
}

/// Returns the alignment of a cell's column, if it isn't to the left.
fn alignment<'a>(cell: &'a AstNode<'a>, column: usize) -> Option<&'static str> {
    let table = cell.parent()?.parent()?;
    match &table.data().value {
        NodeValue::Table(table) => match table.alignments.get(column)? {
            TableAlignment::Center => Some("center"),
            TableAlignment::Right => Some("right"),
            TableAlignment::None | TableAlignment::Left => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn storage(markdown: &str) -> String {
        to_storage(markdown).unwrap().write()
    }

    #[test]
    fn blocks_and_marks_have_their_elements() {
        for (markdown, expected) in [
            (
                "a **b** _c_ ~~d~~ `e`",
                "<p>a <strong>b</strong> <em>c</em> <del>d</del> <code>e</code></p>",
            ),
            (
                "## t\n\n---\n> q",
                "<h2>t</h2><hr /><blockquote><p>q</p></blockquote>",
            ),
            (
                "- a\n- b\n  1. c",
                "<ul><li><p>a</p></li><li><p>b</p><ol><li><p>c</p></li></ol></li></ul>",
            ),
            ("3. x", "<ol start=\"3\"><li><p>x</p></li></ol>"),
            (
                "[t](https://e.example \"h\") https://x.example",
                "<p><a href=\"https://e.example\" title=\"h\">t</a> <a href=\"https://x.example\">https://x.example</a></p>",
            ),
            (
                "![a *b*](p.png)",
                "<p><ac:image ac:alt=\"a b\"><ri:attachment ri:filename=\"p.png\" /></ac:image></p>",
            ),
            (
                "![](./images/a%20b.png?raw=true)",
                "<p><ac:image><ri:attachment ri:filename=\"a b.png\" /></ac:image></p>",
            ),
            (
                "![](https://e.example/p.png)",
                "<p><ac:image><ri:url ri:value=\"https://e.example/p.png\" /></ac:image></p>",
            ),
            (
                "```rust\na]]>b\n```",
                "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">rust</ac:parameter><ac:plain-text-body><![CDATA[a]]]]><![CDATA[>b]]></ac:plain-text-body></ac:structured-macro>",
            ),
            (
                "|a|b|\n|-|:-:|\n|c|d|",
                "<table><tbody><tr><th>a</th><th style=\"text-align: center;\">b</th></tr><tr><td>c</td><td style=\"text-align: center;\">d</td></tr></tbody></table>",
            ),
            (
                "- [x] a\n- [ ] b",
                "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>a</ac:task-body></ac:task><ac:task><ac:task-id>2</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>b</ac:task-body></ac:task></ac:task-list>",
            ),
            (
                "> [!TIP]\n> x",
                "<ac:structured-macro ac:name=\"tip\"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>",
            ),
            ("a <b>x", "<p>a <b>x</b></p>"),
            (
                "<name>\n*a*\n<id>\n\n<div>\n*b*</div>",
                "<p>&lt;name&gt;\n<em>a</em>\n&lt;id></p><div>\n*b*</div>",
            ),
            (
                "- [x] a\n- b\n- [ ] c",
                "<ul><li><p>\u{2611} a</p></li><li><p>b</p></li><li><p>\u{2610} c</p></li></ul>",
            ),
            (
                "1. [x] a\n2. b",
                "<ol><li><p>\u{2611} a</p></li><li><p>b</p></li></ol>",
            ),
            (
                "- [ ] a\n\n  b\n  - [x] c",
                "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>a<p>b</p><ac:task-list><ac:task><ac:task-id>2</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>c</ac:task-body></ac:task></ac:task-list></ac:task-body></ac:task></ac:task-list>",
            ),
        ] {
            assert_eq!(storage(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn links_within_a_document_lead_to_its_headings() {
        for (markdown, expected) in [
            ("[go](#my-part)\n\n## My Part", "#My-Part"),
            ("[go](#my-part-1)\n\n# My Part\n\n# My Part", "#My-Part.1"),
            (
                "# 1. What's *new*?\n\n[go](#1-whats-new \"tip\")",
                "#1.-What&#39;s-new?",
            ),
            ("[go](#%C3%BCber-uns)\n\n## Über uns", "#Über-uns"),
            ("[go](#what-s-new)\n\n## What's new", "#What&#39;s-new"),
            ("[go](#My-Part)\n\n## My Part", "#My-Part"),
            ("[go](#part)\n\n<a name=\"part\"></a>\n\n## Part", "#part"),
            ("[go](#part)\n\n<a id=\"part\"></a>", "#part"),
            ("[go](#nowhere)\n\n## Part", "#nowhere"),
            ("[go](other.md#part)\n\n## Part", "other.md#part"),
        ] {
            let stored = storage(markdown);
            let href = format!("<a href=\"{expected}\"");
            assert!(stored.contains(&href), "{markdown} became {stored}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let _ = to_storage(&"> ".repeat(50_000));
        let _ = to_storage(&"*a ".repeat(20_000));
        let _ = to_storage(&"[".repeat(50_000));
        let _ = to_storage(
            &(0..2_000)
                .map(|n| format!("{}- x\n", "  ".repeat(n)))
                .collect::<String>(),
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_markdown(text in "[-a-c *_`~#>|<&!:.1\\[\\]()x\n]{0,80}") {
            let document = to_storage(&text).unwrap();
            prop_assert_eq!(storage::parse(document.as_str()).unwrap(), document);
        }
    }
}
