//! Limits of length and depth: what is returned in one form is accepted in another.
#![cfg(test)]

use narthex_content::adf::{self, AdfError, from_storage, to_storage};
use narthex_content::storage::{Document, MAX_BYTES, MAX_DEPTH, ParseError, parse};
use narthex_content::view::{Renderer, ViewKind};
use serde_json::Value;

/// Returns a body that was converted to the document format and back.
fn through(document: &Document) -> Document {
    let json = from_storage(document, &mut |_| None);
    to_storage(&json).unwrap()
}

/// Runs `work` on a thread whose stack is as small as those of a server.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
    thread.spawn(work).unwrap().join().unwrap();
}

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("{}x{}", open.repeat(levels), close.repeat(levels))
}

#[test]
fn what_is_nested_as_deep_as_it_may_be_goes_through_the_document_format() {
    for (open, close, counted) in [
        ("<ul><li>", "</li></ul>", 2),
        ("<ol><li><p>a</p>", "</li></ol>", 2),
        ("<table><tbody><tr><td>", "</td></tr></tbody></table>", 3),
        ("<table><tr><td>", "</td></tr></table>", 3),
        ("<blockquote>", "</blockquote>", 1),
        (
            "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body>",
            "</ac:rich-text-body></ac:structured-macro>",
            2,
        ),
        (
            "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>",
            "</p></ac:rich-text-body></ac:structured-macro>",
            2,
        ),
        (
            "<ac:structured-macro ac:name=\"expand\">",
            "</ac:structured-macro>",
            2,
        ),
        (
            "<ac:structured-macro ac:name=\"odd\"><ac:rich-text-body>",
            "</ac:rich-text-body></ac:structured-macro>",
            2,
        ),
    ] {
        let levels = MAX_DEPTH / counted;
        on_a_small_stack(move || {
            let body = parse(&nested(open, close, levels)).unwrap();
            let json = from_storage(&body, &mut |_| None);
            let once = to_storage(&json).unwrap_or_else(|error| panic!("{open}: {error}"));
            assert_eq!(through(&once), once, "{open}");
            assert_eq!(parse(once.as_str()).as_ref(), Ok(&once), "{open}");
            for kind in [ViewKind::View, ViewKind::Editor] {
                let _ = Renderer::default().render(&once, kind);
            }
            let json = from_storage(&once, &mut |_| None);
            let hidden = adf::hide_people(&json, &mut |_| true);
            assert!(hidden.unwrap().is_none());
            let too_deep = parse(&nested(open, close, levels + 2));
            assert_eq!(too_deep, Err(ParseError::TooDeep), "{open}");
        });
    }
}

#[test]
fn what_other_programs_write_is_read_on_a_small_stack_however_deep_it_is() {
    for (open, close) in [
        ("<pre>a<a name=\"x\"></a>", "</pre>"),
        ("<pre>a<b>", "</b></pre>"),
        ("<pre><ul><li><a href=\"/x\">y</a>", "</li></ul></pre>"),
        ("<span style=\"font-weight: 700\">", "</span>"),
        ("<b style=\"font-weight: normal\">", "</b>"),
        ("<section>a", "</section>"),
        ("<option>a<figure>", "</figure></option>"),
        (
            "<ac:task-list><ac:task><ac:task-status>complete</ac:task-status>a ",
            "</ac:task></ac:task-list>",
        ),
        ("<a href=\"/x\" data-card-appearance=\"inline\">a", "</a>"),
    ] {
        let levels = MAX_DEPTH / (open.matches('<').count() - open.matches("</").count());
        on_a_small_stack(move || {
            let body = parse(&nested(open, close, levels)).unwrap();
            let json = from_storage(&body, &mut |_| None);
            to_storage(&json).unwrap_or_else(|error| panic!("{open}: {error}"));
            let _ = narthex_content::text::plain(&body);
            let _ = narthex_content::task::items(&body);
            for kind in [ViewKind::View, ViewKind::Editor] {
                let _ = Renderer::default().render(&body, kind);
            }
        });
    }
}

#[test]
fn what_an_editor_sends_is_read_on_a_small_stack_however_deep_it_is() {
    use narthex_content::editor;
    for (open, close, levels) in [
        (
            "<ac:adf-extension><ac:adf-node type=\"x\" /><ac:adf-fallback>",
            "</ac:adf-fallback></ac:adf-extension>",
            120,
        ),
        ("<x-y a=\"b\">", "</x-y>", 250),
        ("<p class=\"x\"><b class=\"x\">", "</b></p>", 120),
        (
            "<ac:structured-macro ac:name=\"info\" ac:macro-id=\"m\"><ac:rich-text-body>",
            "</ac:rich-text-body></ac:structured-macro>",
            50,
        ),
    ] {
        on_a_small_stack(move || {
            let body = parse(&nested(open, close, levels)).unwrap();
            let html = Renderer::default().render(&body, ViewKind::Editor);
            let html = html.fill(&mut |_, _| {}).into_string();
            assert_eq!(editor::to_storage(&html).as_ref(), Ok(&body), "{open}");
            // Each level carries more levels than are allowed.
            let carried = "data-nx-storage=\"";
            let inside = "&lt;b&gt;".repeat(3);
            let grown = html.replace(carried, &format!("{carried}{inside}"));
            let grown = grown.replace(
                "\" data-nx-shown",
                &format!("{}\" data-nx-shown", "&lt;/b&gt;".repeat(3)),
            );
            let _ = editor::to_storage(&grown);
        });
    }
}

#[test]
fn a_document_that_is_too_deep_is_refused_and_says_so() {
    let item = r#"{"type":"bulletList","content":[{"type":"listItem","content":["#;
    let lists = |levels: usize| {
        let blocks = format!("{}{}", item.repeat(levels), "]}]}".repeat(levels));
        format!(r#"{{"type":"doc","version":1,"content":[{blocks}]}}"#)
    };
    on_a_small_stack(move || {
        assert!(to_storage(&lists(120)).is_ok());
        for levels in [130, 140, 1_000, 100_000] {
            let refused = to_storage(&lists(levels)).unwrap_err();
            let is_depth = matches!(refused, AdfError::Storage(ParseError::TooDeep));
            assert!(is_depth, "{refused}");
        }
    });
}

#[test]
fn a_long_body_goes_through_the_document_format() {
    let line = "<p>Some words of a page, as people write them, and <strong>some</strong> more.</p>";
    let body = parse(&line.repeat(4_000_000 / line.len())).unwrap();
    let json = from_storage(&body, &mut |_| None);
    assert!(json.len() > 2 * MAX_BYTES - 4_000_000, "{}", json.len());
    let back = to_storage(&json).unwrap();
    assert_eq!(back, body);
    assert_eq!(back.check_length(), Ok(()));
    let longer = format!("{json}{}", " ".repeat(adf::MAX_BYTES));
    assert!(matches!(to_storage(&longer), Err(AdfError::TooLarge)));
}

#[test]
fn the_json_of_blocks_is_counted_apart_from_what_is_written() {
    let block =
        r#"{"type":"paragraph","attrs":{"odd":true},"content":[{"type":"text","text":"WORDS"}]}"#;
    let block = block.replace("WORDS", &"some words that are there twice ".repeat(50));
    let blocks = vec![block.as_str(); 3_700_000 / block.len()].join(",");
    let json = format!(r#"{{"type":"doc","version":1,"content":[{blocks}]}}"#);
    let body = to_storage(&json).unwrap();
    assert!(body.as_str().len() > MAX_BYTES);
    assert_eq!(body.check_length(), Ok(()));
    // What is returned in storage format is accepted, and is the same document.
    let back = parse(body.as_str()).unwrap();
    assert_eq!(back, body);
    assert_eq!(from_storage(&back, &mut |_| None), json);
    // The written form has the same limit as ever, and so has the JSON.
    let padded = format!("{}{}", body.as_str(), "x".repeat(MAX_BYTES));
    assert_eq!(parse(&padded), Err(ParseError::TooLarge));
    let source = |bytes: usize| {
        format!(
            "<ac:adf-extension><ac:adf-node><ac:adf-attribute key=\"nx-source\"><![CDATA[{}]]></ac:adf-attribute></ac:adf-node></ac:adf-extension>",
            "x".repeat(bytes)
        )
    };
    assert!(parse(&source(adf::MAX_BYTES - 300)).is_ok());
    assert_eq!(parse(&source(adf::MAX_BYTES)), Err(ParseError::TooLarge));
}

#[test]
fn what_is_folded_while_it_is_written_is_the_same_document() {
    // There are more of each than are held in memory as trees: blocks, items, rows, cells, pieces
    // of text, and both mixed.
    let many = |unit: &str| unit.repeat(300);
    let bodies = [
        many("<p>a</p><hr />"),
        format!("<ul>{}</ul>", many("<li><p>a</p></li>")),
        format!("<p>{}</p>", many("a<br />b <b>c</b>")),
        format!("<p>{}</p>", many("a<hr />")),
        format!(
            "<table><tbody>{}</tbody></table>",
            many("<tr><td>a</td></tr>")
        ),
        format!(
            "<table><tbody><tr>{}</tr></tbody></table>",
            many("<td>a</td>")
        ),
        format!(
            "<ac:task-list>{}</ac:task-list>",
            many("<ac:task><ac:task-body>a <b>b</b></ac:task-body></ac:task>")
        ),
        format!("<h1>{}</h1>", many("a <i>b</i>")),
        many("a <b>b</b> <ac:image><ri:url ri:value=\"https://e.example/p.png\" /></ac:image>"),
        format!(
            "<ac:layout><ac:layout-section ac:type=\"single\"><ac:layout-cell>{}</ac:layout-cell></ac:layout-section></ac:layout>",
            many("<p>a</p>")
        ),
        format!(
            "<ac:image><ri:url ri:value=\"https://e.example/p.png\" /><ac:caption>{}</ac:caption></ac:image>",
            many("a <b>b</b>")
        ),
    ];
    for source in bodies {
        let json = from_storage(&parse(&source).unwrap(), &mut |_| None);
        let document: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(document.to_string(), json, "{source}");
        // Pieces that are read one by one are never folded.
        let blocks = document["content"].as_array().unwrap();
        let again = from_storage(&to_storage(&json).unwrap(), &mut |_| None);
        assert_eq!(again, json, "{source}");
        let count = json.matches("\"text\":\"a").count();
        assert!(
            count == 300 || count == 1 && blocks.len() == 1,
            "{count} {source}"
        );
    }
}

/// Returns the first of the numbers that an element of the HTML for editors carries: FNV-1a of its
/// tag.
fn number_of_tag(name: &str, class: &str) -> String {
    let class = match class {
        "" => String::new(),
        class => format!("\u{2}class\u{3}{class}"),
    };
    let add = |number: u64, byte: u8| (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let number = format!("{name}{class}")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, add);
    let letters = (0..16).rev().map(|digit| (number >> (4 * digit)) & 15);
    letters
        .map(|digit| char::from(b'a' + u8::try_from(digit).unwrap()))
        .collect()
}

/// Returns elements one inside another that all carry markup, with these numbers of what they show.
fn forged(
    (name, class): (&str, &str),
    markup: &str,
    second: &str,
    (before, behind): (&str, &str),
    (content, levels): (&str, usize),
) -> String {
    let markup = Document::from_text(markup).write();
    let number = number_of_tag(name, class);
    let class = match class {
        "" => String::new(),
        class => format!(" class=\"{class}\""),
    };
    let open = format!(
        "<{name}{class} data-nx-storage=\"{markup}\" data-nx-shown=\"{number}{second}\">{before}"
    );
    let close = format!("{behind}</{name}>");
    format!("{}{content}{}", open.repeat(levels), close.repeat(levels))
}

#[test]
fn numbers_that_are_forged_at_every_level_are_read_in_time_that_grows_with_the_length() {
    assert_eq!(number_of_tag("span", ""), "ilhnmabjajdmnaob");
    let content = "<b>z</b>".repeat(150_000);
    let other = " aaaaaaaaaaaaaaaa";
    let about = "<ac:adf-extension><?in?></ac:adf-extension>";
    // If each level were read again, every one of these would take minutes.
    for (tag, markup, second, around) in [
        (("span", ""), "<b><?in?></b>", other, ("", "")),
        (("span", ""), "<b></b>", other, ("", "")),
        (("span", ""), "<b></b>", "", ("", "")),
        (("div", ""), about, other, ("", "")),
        (("div", "nx-panel"), about, other, ("", "")),
        (("div", "wysiwyg-macro"), "<b><?in?></b>", "", ("", "")),
    ] {
        let html = forged(tag, markup, second, around, (&content, 120));
        let stored = narthex_content::editor::to_storage(&html).unwrap();
        assert!(stored.as_str().contains(&content), "{tag:?} {markup}");
    }
}

#[test]
fn nothing_that_is_forged_in_an_editor_is_written_twice() {
    let lists = ("<div></div><ul class=\"nx-tasks\">", "</ul>");
    let task = "<ac:task><ac:task-body><?in?></ac:task-body></ac:task>";
    for (class, markup, around) in [
        ("nx-task", "<b><?in?></b>", lists),
        ("nx-task", task, lists),
        ("nx-task wysiwyg-macro", task, lists),
        (
            "nx-task wysiwyg-macro",
            task,
            (
                "<div></div><ul class=\"nx-tasks\"><li class=\"wysiwyg-macro-body\">",
                "</li></ul>",
            ),
        ),
    ] {
        let html = forged(("div", class), markup, "", around, ("once", 60));
        let stored = narthex_content::editor::to_storage(&html).unwrap();
        assert_eq!(
            stored.as_str().matches("once").count(),
            1,
            "{class} {markup}"
        );
    }
    // A parameter that is repeated restores its former markup only once.
    let known = format!(
        "<ac:structured-macro ac:name=\"a\"><ac:parameter ac:name=\"p\"><b title=\"{}\"></b></ac:parameter></ac:structured-macro>",
        "once".repeat(100_000)
    );
    let html = format!(
        "<span class=\"editor-inline-macro\" data-macro-name=\"a\" data-macro-parameters=\"{}\" data-nx-storage=\"{}\" data-nx-shown=\"a\">a</span>",
        "p=|".repeat(100_000),
        Document::from_text(&known).write()
    );
    let stored = narthex_content::editor::to_storage(&html).unwrap();
    assert_eq!(stored.as_str().matches("once").count(), 100_000);
}

#[test]
fn what_an_editor_is_given_of_nested_elements_grows_with_their_length() {
    let content = "<b class=\"x\">z</b>".repeat(2_000);
    for (open, close) in [
        (
            "<ac:link><ri:user ri:account-id=\"a\" /><ac:link-body>",
            "</ac:link-body></ac:link>",
        ),
        (
            "<ac:link><ri:page ri:content-title=\"a\" /><ac:link-body>",
            "</ac:link-body></ac:link>",
        ),
        (
            "<ac:link ac:anchor=\"a\"><ac:link-body>",
            "</ac:link-body></ac:link>",
        ),
        ("<a href=\"/wiki/people/1\">", "</a>"),
        ("<a href=\"https://e.example/\" class=\"x\">", "</a>"),
        ("<math><mi>", "</mi></math>"),
        ("<object data=\"https://e.example/x\">", "</object>"),
        ("<object data=\"data:x\">", "</object>"),
        ("<video src=\"https://e.example/x\">", "</video>"),
        ("<iframe src=\"https://e.example/x\">", "</iframe>"),
        ("<time datetime=\"2024-05-31\">", "</time>"),
        ("<svg><title>", "</title></svg>"),
        ("<ri:page ri:content-title=\"a\">", "</ri:page>"),
        ("<ri:user ri:account-id=\"a\">", "</ri:user>"),
        ("<ac:emoticon ac:name=\"tick\">", "</ac:emoticon>"),
        (
            "<ac:image><ri:url ri:value=\"https://e.example/\" /><ac:caption>",
            "</ac:caption></ac:image>",
        ),
        (
            "<ac:image><ri:attachment ri:filename=\"a.png\" /><ac:caption>",
            "</ac:caption></ac:image>",
        ),
        (
            "<ac:structured-macro ac:name=\"info\" ac:macro-id=\"m\"><ac:rich-text-body>",
            "</ac:rich-text-body></ac:structured-macro>",
        ),
        (
            "<ac:structured-macro ac:name=\"info\"><ac:parameter ac:name=\"p\">",
            "</ac:parameter></ac:structured-macro>",
        ),
        (
            "<ac:task-list><ac:task><ac:task-uuid>u</ac:task-uuid><ac:task-body>",
            "</ac:task-body></ac:task></ac:task-list>",
        ),
        (
            "<ac:adf-extension><ac:adf-node type=\"panel\"><ac:adf-content>",
            "</ac:adf-content></ac:adf-node><ac:adf-fallback>x</ac:adf-fallback></ac:adf-extension>",
        ),
        (
            "<ac:adf-extension><ac:adf-node type=\"x\"><ac:adf-content>",
            "</ac:adf-content></ac:adf-node><ac:adf-fallback>x</ac:adf-fallback></ac:adf-extension>",
        ),
        (
            "<ac:adf-extension><ac:adf-node type=\"decision-list\"><ac:adf-node><ac:adf-content>",
            "</ac:adf-content></ac:adf-node></ac:adf-node><ac:adf-fallback>x</ac:adf-fallback></ac:adf-extension>",
        ),
        (
            "<ac:adf-extension><ac:adf-node type=\"x\" /><ac:adf-fallback>",
            "</ac:adf-fallback></ac:adf-extension>",
        ),
    ] {
        let levels = 40;
        let body = format!("{}{content}{}", open.repeat(levels), close.repeat(levels));
        let body = parse(&body).unwrap();
        let html = Renderer::default().render(&body, ViewKind::Editor);
        let html = html.fill(&mut |_, _| {}).into_string();
        let times = html.len() / body.as_str().len();
        assert!(times < 12, "{open} is {times} times as long");
    }
}
