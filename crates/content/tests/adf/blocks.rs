//! Blocks: how each is read, and what is written back.

use crate::{kinds, nobody, paragraph, read, shown, text, unchanged, written};
use narthex_content::adf::{from_storage, to_storage};
use narthex_content::storage::parse;
use serde_json::json;

#[test]
fn words_on_both_sides_of_what_a_heading_cannot_hold_stay_apart() {
    let picture = "<img src=\"https://e.example/x.png\" alt=\"q\" />";
    let panel = "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>";
    for inside in [picture, panel, "<ul><li>x</li></ul>"] {
        for (heading, words) in [
            (
                format!("Install {inside} Guide"),
                json!([text("Install Guide")]),
            ),
            (
                format!("Install{inside}Guide"),
                json!([text("Install Guide")]),
            ),
            (format!("{inside} Guide"), json!([text("Guide")])),
            (format!("Install {inside}"), json!([text("Install")])),
            (
                format!("<em>Install</em> {inside} Guide"),
                json!([{"type": "text", "text": "Install", "marks": [{"type": "em"}]}, text(" Guide")]),
            ),
            (
                format!("Install<br />{inside} Guide"),
                json!([text("Install"), {"type": "hardBreak"}, text("Guide")]),
            ),
        ] {
            let storage = format!("<h2>{heading}</h2>");
            assert_eq!(read(&storage)[0]["content"], words, "{storage}");
            let again = unchanged(&storage);
            assert_eq!(unchanged(&again), again);
        }
    }
}

#[test]
fn pictures_are_there_wherever_they_stand_with_their_width_alignment_and_link() {
    let image = "<ac:image ac:width=\"120\" ac:original-width=\"200\" ac:align=\"right\"><ri:attachment ri:filename=\"a.png\" /></ac:image>";
    let single = read(image);
    assert_eq!(
        single[0]["attrs"],
        json!({"layout": "align-end", "width": 120, "widthType": "pixel"})
    );
    assert_eq!(single[0]["content"][0]["attrs"]["width"], 200);
    for (storage, file) in [
        (format!("<h2>a{image}</h2>"), "a.png"),
        (
            format!(
                "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>a {image}</ac:task-body></ac:task></ac:task-list>"
            ),
            "a.png",
        ),
        (
            "<h2>a<img src=\"https://e.example/b.png\" /></h2>".into(),
            "b.png",
        ),
        (
            "<p><img src=\"https://e.example/b.png\" alt=\"b\" /></p>".into(),
            "b.png",
        ),
        (
            "<ul><li><img src=\"/wiki/b.png\" /></li></ul>".into(),
            "b.png",
        ),
    ] {
        let json = read(&storage).to_string();
        assert!(json.contains(file) && json.contains("\"media"), "{json}");
        let back = unchanged(&storage);
        assert!(back.contains("<ac:image") && back.contains(file), "{back}");
    }
    for link in [
        format!("<a href=\"https://e.example/l\">{image}</a>"),
        format!(
            "<ac:link><ri:page ri:content-title=\"Nope\" /><ac:link-body>{image}</ac:link-body></ac:link>"
        ),
    ] {
        let blocks = read(&link);
        assert_eq!(
            blocks[0]["content"][0]["marks"][0]["type"], "link",
            "{blocks}"
        );
        let back = unchanged(&link);
        let opening = link.split("<ac:image").next().unwrap();
        assert!(back.contains(&format!("{opening}<ac:image")), "{back}");
    }
    for details in [
        "ac:height=\"250\"",
        "ac:thumbnail=\"true\"",
        "ac:border=\"true\"",
        "ac:title=\"t\"",
        "ac:align=\"left\"",
    ] {
        let storage = format!(
            "<p><ac:image {details}><ri:attachment ri:filename=\"a.png\" /></ac:image></p>"
        );
        assert!(
            unchanged(&storage).contains(details),
            "{}",
            unchanged(&storage)
        );
    }
}

#[test]
fn files_and_people_in_macros_come_back_as_what_they_are() {
    for storage in [
        "<ac:structured-macro ac:name=\"view-file\"><ac:parameter ac:name=\"name\"><ri:attachment ri:filename=\"a.pdf\" /></ac:parameter></ac:structured-macro>",
        "<ac:structured-macro ac:name=\"profile\"><ac:parameter ac:name=\"user\"><ri:user ri:account-id=\"1\" /></ac:parameter></ac:structured-macro>",
        "<ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\"><ac:link><ri:page ri:space-key=\"DOC\" ri:content-title=\"A: b\" /></ac:link></ac:parameter></ac:structured-macro>",
        "<ac:structured-macro ac:name=\"recently-updated\"><ac:parameter ac:name=\"spaces\"><ri:space ri:space-key=\"A\" /><ri:space ri:space-key=\"B\" /></ac:parameter></ac:structured-macro>",
    ] {
        assert_eq!(unchanged(storage), storage);
    }
}

#[test]
fn people_in_parameters_are_hidden_with_the_others() {
    let storage = "<ac:structured-macro ac:name=\"custom\"><ac:parameter ac:name=\"owner\"><ri:user ri:account-id=\"557058:1\" /></ac:parameter></ac:structured-macro>";
    let json = from_storage(&parse(storage).unwrap(), &mut nobody);
    assert!(json.contains("557058:1"), "{json}");
    let hidden = narthex_content::adf::hide_people(&json, &mut |_| true)
        .unwrap()
        .unwrap();
    assert!(!hidden.contains("557058"), "{hidden}");
}

#[test]
fn what_has_no_place_in_a_block_stands_beside_it() {
    let code = "<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[x]]></ac:plain-text-body></ac:structured-macro>";
    assert_eq!(
        kinds(&read(&format!("<h2>a{code}</h2>"))),
        ["heading", "codeBlock"]
    );
    assert_eq!(
        kinds(&read(
            "<table><caption>c</caption><tr><td>1</td></tr></table>"
        )),
        ["paragraph", "table"]
    );
    let task = |id: u8, inside: &str| {
        format!(
            "<ac:task><ac:task-id>{id}</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>{inside}</ac:task-body></ac:task>"
        )
    };
    let tasks = format!(
        "<ac:task-list>{}<li>b</li>{}</ac:task-list>",
        task(1, "a"),
        task(2, &format!("c{code}"))
    );
    let blocks = read(&tasks);
    assert_eq!(kinds(&blocks), ["taskList", "paragraph", "taskList"]);
    assert_eq!(
        kinds(&blocks[2]["content"][0]["content"]),
        ["paragraph", "codeBlock"]
    );
    let two = read(
        "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>a</p></ac:rich-text-body><ac:rich-text-body><p>b</p></ac:rich-text-body></ac:structured-macro>",
    );
    assert_eq!(kinds(&two[0]["content"]), ["paragraph", "paragraph"]);
    let shortcut =
        read("<p><ac:link><ri:shortcut ri:key=\"wiki\" ri:parameter=\"x\" /></ac:link></p>");
    assert_eq!(shortcut[0]["content"][0]["text"], "x@wiki");
}

#[test]
fn blocks_in_a_paragraph_or_a_section_stay_blocks() {
    assert_eq!(
        kinds(&read(
            "<p>a<table><tr><td>1</td><td>2</td></tr></table>b</p>"
        )),
        ["paragraph", "table", "paragraph"]
    );
    for holder in ["section", "details", "figure", "span", "article"] {
        let blocks = read(&format!("<{holder}><p>a</p><p>b</p></{holder}>"));
        assert_eq!(
            blocks,
            json!([paragraph(json!([text("a")])), paragraph(json!([text("b")]))]),
            "{holder}"
        );
    }
    let tasks = read(
        "<p><ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>a</ac:task-body></ac:task></ac:task-list></p>",
    );
    assert_eq!(kinds(&tasks), ["taskList"]);
    let bold = read("<strong><p>a</p></strong>");
    assert_eq!(bold[0]["content"][0]["marks"], json!([{"type": "strong"}]));
}

#[test]
fn colours_are_kept_however_they_are_written() {
    let blocks = read(
        "<p><span style=\"color: red;\">a</span></p><table><tr><td style=\"background-color: #e3fcef;\">b</td></tr></table>",
    );
    assert_eq!(
        blocks[0]["content"][0]["marks"],
        json!([{"type": "textColor", "attrs": {"color": "#ff0000"}}])
    );
    assert_eq!(
        blocks[1]["content"][0]["content"][0]["attrs"]["background"],
        "#e3fcef"
    );
}

#[test]
fn blanks_between_lines_of_the_source_are_one_blank_and_none_at_the_edges() {
    let blocks = read(
        "<p>\n     Some text\n     <strong>over</strong>\n     lines <br />\n  and more\n</p>\n\n<ac:structured-macro ac:name=\"toc\" />\n\n",
    );
    let content = blocks[0]["content"].as_array().unwrap();
    let texts: Vec<_> = content
        .iter()
        .filter_map(|node| node["text"].as_str())
        .collect();
    assert_eq!(texts, ["Some text ", "over", " lines", "and more"]);
    assert_eq!(kinds(&blocks), ["paragraph", "extension"]);
    let meant = json!([paragraph(json!([text(" two  blanks ")]))]);
    let storage = written(&meant);
    assert_eq!(storage, "<p>&#32;two &#32;blanks&#32;</p>");
    assert_eq!(read(&storage), meant);
}

#[test]
fn the_json_of_a_block_counts_apart_from_what_it_is_written_as() {
    let long = "long words ".repeat(350_000);
    let sent = json!({"type": "doc", "version": 1, "content": [{"type": "paragraph", "attrs": {"unknown": true}, "content": [text(&long)]}]});
    let stored = to_storage(&sent.to_string()).unwrap();
    assert_eq!(from_storage(&stored, &mut nobody), sent.to_string());
}

#[test]
fn json_that_its_written_form_contradicts_is_dropped() {
    let sent = json!({"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "the secret", "marks": [{"type": "future"}]}]}]});
    let stored = to_storage(&sent.to_string()).unwrap();
    assert!(stored.as_str().contains("future"));
    assert_eq!(stored.without_stale_sources(), None);
    let edited = parse(&stored.as_str().replace("<p>the secret</p>", "<p>gone</p>")).unwrap();
    assert_eq!(
        edited.without_stale_sources().unwrap().as_str(),
        "<p>gone</p>"
    );
    let emptied = parse(&stored.as_str().replace("<p>the secret</p>", "")).unwrap();
    assert_eq!(emptied.without_stale_sources().unwrap().as_str(), "");
}

#[test]
fn a_macro_behind_a_picture_is_a_block_as_one_behind_a_paragraph() {
    let body = "<p>a</p><ac:image ac:layout=\"align-start\"><ri:url ri:value=\"https://e.example/p.png\" /></ac:image><ac:structured-macro ac:name=\"jira\"><ac:parameter ac:name=\"key\">A-1</ac:parameter></ac:structured-macro>";
    assert_eq!(
        kinds(&read(body)),
        ["paragraph", "mediaSingle", "extension"]
    );
    assert_eq!(unchanged(body), body);
}

#[test]
fn the_colour_of_a_font_is_the_colour_of_its_text() {
    let blocks = read("<p><font color=\"blue\">a</font></p>");
    let mark = json!([{"type": "textColor", "attrs": {"color": "#0000ff"}}]);
    assert_eq!(blocks[0]["content"][0]["marks"], mark);
}

#[test]
fn cells_that_stand_in_no_row_get_one() {
    for storage in [
        "<table><tbody><td>x</td> <td>y</td></tbody></table>",
        "<table><td>x</td><td>y</td></table>",
        "<table><tbody><td>x</td><td>y</td><tr><td>z</td></tr></tbody></table>",
    ] {
        let table = read(storage);
        let row = &table[0]["content"][0];
        assert_eq!(row["type"], "tableRow", "{table}");
        assert_eq!(row["content"].as_array().unwrap().len(), 2, "{table}");
        assert_eq!(kinds(&table), ["table"]);
        let html = shown(storage);
        assert!(
            html.contains("<tr><td>x</td>") && html.contains("<td>y</td></tr>"),
            "{html}"
        );
        assert!(!html.contains("<div>"), "{html}");
    }
}
