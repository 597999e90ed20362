//! Preformatted text.

use crate::{kinds, paragraph, read, shown, text, unchanged, written};
use narthex_content::storage::parse;
use narthex_content::text::plain;
use serde_json::{Value, json};

fn code(text: &str) -> Value {
    json!({"type": "codeBlock", "content": [{"type": "text", "text": text}]})
}

#[test]
fn lines_of_preformatted_text_stay_lines() {
    for (inside, lines) in [
        ("a<br/>b", "a\nb"),
        ("a<br />\n  b", "a\n\n  b"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<div>a</div><div><br/></div><div>b</div>", "a\n\nb"),
        ("<p>a</p>  b<p>c</p>", "a\n  b\nc"),
        ("<code>a</code><br/><code>b</code>", "a\nb"),
        ("<span>a\n  </span><b>b</b>", "a\n  b"),
        ("<![CDATA[a\n<b>]]>", "a\n<b>"),
    ] {
        let storage = format!("<pre>{inside}</pre>");
        assert_eq!(read(&storage), json!([code(lines)]), "{storage}");
        assert_eq!(plain(&parse(&storage).unwrap()), lines, "{storage}");
        assert!(unchanged(&storage).contains(&format!("<![CDATA[{lines}]]>")));
    }
    let macro_ = |body: &str| {
        format!(
            "<ac:structured-macro ac:name=\"code\"><ac:plain-text-body>{body}</ac:plain-text-body></ac:structured-macro>"
        )
    };
    assert_eq!(read(&macro_("a<br/>b")), json!([code("a\nb")]));
}

#[test]
fn preformatted_text_with_more_than_words_says_everything_once() {
    let macro_ = |name: &str, inside: &str| {
        format!("<ac:structured-macro ac:name=\"{name}\">{inside}</ac:structured-macro>")
    };
    for (more, kind) in [
        ("<a href=\"http://e.example/log\">log</a>".to_owned(), "text"),
        (
            "<ac:link><ri:page ri:content-title=\"Plans\" /><ac:link-body>log</ac:link-body></ac:link>".to_owned(),
            "text",
        ),
        ("<time datetime=\"2024-01-02\" />".to_owned(), "date"),
        (
            "<ac:inline-comment-marker ac:ref=\"r\">log</ac:inline-comment-marker>".to_owned(),
            "text",
        ),
        (
            "<ac:image ac:width=\"9\"><ri:attachment ri:filename=\"a.png\" /></ac:image>".to_owned(),
            "mediaInline",
        ),
        (
            macro_(
                "status",
                "<ac:parameter ac:name=\"title\">log</ac:parameter><ac:parameter ac:name=\"colour\">Green</ac:parameter>",
            ),
            "status",
        ),
    ] {
        let storage = format!("<pre class=\"k\">at  {more} ok<br />  two</pre>");
        let blocks = read(&storage);
        assert_eq!(kinds(&blocks), ["paragraph"], "{storage}");
        assert_eq!(
            kinds(&blocks[0]["content"]),
            ["text", kind, "text", "hardBreak", "text"]
        );
        let again = unchanged(&storage);
        assert_eq!(again.matches("log").count(), storage.matches("log").count());
        assert!(
            again.starts_with("<pre class=\"k\">at") && again.ends_with(" ok<br />&#32;&#32;two</pre>"),
            "{again}"
        );
        assert_eq!(unchanged(&again), again);
    }
    let panel = macro_(
        "note",
        "<ac:rich-text-body><p>in it</p></ac:rich-text-body>",
    );
    let blocks = read(&format!("<pre>a\n{panel}\nb</pre>"));
    assert_eq!(kinds(&blocks), ["codeBlock", "panel", "codeBlock"]);
    let picture = "<ac:image><ri:url ri:value=\"https://e.example/p.png\" /></ac:image>";
    let blocks = read(&format!("<pre>{picture}\n  two\nthree</pre>"));
    assert_eq!(kinds(&blocks), ["mediaSingle", "codeBlock"]);
    let tasks = "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>k</ac:task-body></ac:task></ac:task-list>";
    let blocks = read(&format!("<pre>\n{tasks}\n</pre>"));
    assert_eq!(kinds(&blocks), ["taskList"]);
    assert!(!blocks.to_string().contains("complete"), "{blocks}");
}

#[test]
fn a_client_that_changes_preformatted_text_changes_only_its_words() {
    let mut blocks = read("<pre>at <a href=\"/x\">log</a>\n<div>one</div>two</pre>");
    let content = &blocks[0]["content"];
    assert_eq!(content[1]["text"], "log");
    assert_eq!(content[3]["text"], "one");
    assert_eq!(content[5]["text"], "two");
    blocks[0]["content"][5]["text"] = json!("three");
    assert_eq!(
        written(&blocks),
        "<pre>at <a href=\"/x\">log</a><br />one<br />three</pre>"
    );
    assert!(shown(&written(&blocks)).starts_with("<pre>at <a href=\"/x\">"));
    assert_eq!(
        read("<p>x</p>"),
        json!([paragraph(json!([text("x")]))]),
        "other paragraphs say nothing of it"
    );
}

#[test]
fn the_language_of_preformatted_code_is_kept() {
    for storage in [
        "<pre><code class=\"hljs language-js\">x</code></pre>",
        "<pre class=\"lang-js\">x</pre>",
    ] {
        assert_eq!(read(storage)[0]["attrs"]["language"], "js", "{storage}");
    }
    assert_eq!(read("<pre class=\"k\">x</pre>"), json!([code("x")]));
}

#[test]
fn the_words_of_preformatted_text_are_found_without_names_of_people() {
    let storage = "<pre>ask <ac:link><ri:user ri:account-id=\"1\" /><ac:link-body>Ada</ac:link-body></ac:link>,\n  see <ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"title\">Done</ac:parameter><ac:parameter ac:name=\"colour\">Green</ac:parameter></ac:structured-macro></pre>";
    assert_eq!(plain(&parse(storage).unwrap()), "ask ,\n  see Done");
}
