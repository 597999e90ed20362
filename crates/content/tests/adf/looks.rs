//! How the document format is shown.

use crate::{paragraph, read, shown, text, unchanged, written};
use serde_json::{Value, json};

#[test]
fn pictures_of_the_document_format_are_shown_with_their_width_alignment_and_link() {
    let single = |layout: &str| {
        let media = json!({"type": "media", "attrs": {"type": "file", "id": "att7", "__fileName": "a.png", "width": 900}, "marks": [{"type": "link", "attrs": {"href": "https://e.example/l"}}]});
        shown(&written(
            &json!([{"type": "mediaSingle", "attrs": {"layout": layout, "width": 150, "widthType": "pixel"}, "content": [media]}]),
        ))
    };
    for (layout, class) in [
        ("align-end", "nx-image-right"),
        ("wrap-right", "nx-image-right"),
        ("wrap-left", "nx-image-left"),
        ("center", "nx-image-center"),
    ] {
        let html = single(layout);
        assert!(
            html.contains("width=\"150\"") && html.contains(class),
            "{html}"
        );
        assert!(
            html.contains("<a href=\"https://e.example/l\"") && html.contains("</a>"),
            "{html}"
        );
    }
    let old = shown(
        "<ac:image ac:layout=\"align-end\"><ri:attachment ri:filename=\"a.png\" /></ac:image>",
    );
    assert!(old.contains("nx-image-right"), "{old}");
}

#[test]
fn an_emoji_without_a_character_is_shown_by_its_name() {
    let emoji = |attributes: Value| {
        shown(&written(&json!([paragraph(
            json!([{"type": "emoji", "attrs": attributes}])
        )])))
    };
    for (attributes, sign) in [
        (
            json!({"shortName": ":cross_mark:", "id": "atlassian-cross_mark", "text": ":cross_mark:"}),
            "\u{274c}",
        ),
        (
            json!({"shortName": ":check_mark:", "id": "atlassian-check_mark", "text": ":check_mark:"}),
            "\u{2705}",
        ),
        (
            json!({"shortName": ":info:", "id": "atlassian-info"}),
            "\u{2139}\u{fe0f}",
        ),
        (json!({"shortName": ":smile:"}), "\u{1f604}"),
        (
            json!({"shortName": ":parrot-of-ours:", "id": "c-1"}),
            ":parrot-of-ours:",
        ),
    ] {
        let html = emoji(attributes);
        assert!(html.contains(&format!(">{sign}</span>")), "{html}");
    }
}

#[test]
fn the_nodes_that_confluence_keeps_as_they_are_are_read_and_shown() {
    let panel = "<ac:adf-extension><ac:adf-node type=\"panel\"><ac:adf-attribute key=\"panel-type\">note</ac:adf-attribute><ac:adf-content><p>n</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div class=\"panel\"><p>n</p></div></ac:adf-fallback></ac:adf-extension>";
    let note = json!([{"type": "panel", "attrs": {"panelType": "note"}, "content": [paragraph(json!([text("n")]))]}]);
    assert_eq!(read(panel), note);
    assert!(shown(panel).contains("nx-panel-purple"), "{}", shown(panel));
    assert!(shown(&written(&note)).contains("nx-panel-purple"));
    let decisions = "<ac:adf-extension><ac:adf-node type=\"decision-list\"><ac:adf-node type=\"decision-item\"><ac:adf-attribute key=\"state\">DECIDED</ac:adf-attribute><ac:adf-content>d</ac:adf-content></ac:adf-node></ac:adf-node><ac:adf-fallback><ul class=\"decision-list\"><li>d</li></ul></ac:adf-fallback></ac:adf-extension>";
    let list = json!([{"type": "decisionList", "content": [{"type": "decisionItem", "attrs": {"state": "DECIDED"}, "content": [text("d")]}]}]);
    assert_eq!(read(decisions), list);
    assert!(shown(&written(&list)).contains("<li>d</li>"));
    assert!(!written(&list).contains("nx-source") && !written(&note).contains("nx-source"));
}

#[test]
fn cards_and_extensions_of_apps_say_what_they_have() {
    let cards = written(&json!([
        {"type": "blockCard", "attrs": {"url": "https://e.example/a"}},
        {"type": "embedCard", "attrs": {"url": "https://e.example/b", "layout": "wide"}},
        {"type": "blockCard", "attrs": {"data": {"url": "https://e.example/c", "name": "The third"}}},
        {"type": "extension", "attrs": {"extensionType": "com.atlassian.ecosystem", "extensionKey": "ari:cloud:app", "text": "Roadmap of the app"}}
    ]));
    let html = shown(&cards);
    assert!(html.matches("<p>").count() >= 3, "{html}");
    assert!(
        html.contains(">The third</a>") && html.contains("https://e.example/c"),
        "{html}"
    );
    assert!(
        html.contains("Roadmap of the app") && !html.contains("ari:cloud"),
        "{html}"
    );
}

#[test]
fn a_day_is_said_once() {
    let html = shown("<p><time datetime=\"2024-05-31\">31 May 2024</time></p>");
    assert_eq!(html.matches("31 May 2024").count(), 1, "{html}");
    let blocks = read("<p><time datetime=\"2024-05-31T10:00:00Z\">on Friday</time></p>");
    assert_eq!(blocks[0]["content"][0]["text"], "on Friday ");
    assert_eq!(
        blocks[0]["content"][1]["attrs"]["timestamp"],
        "1717113600000"
    );
    let short = "<p><time datetime=\"2024-05-06\">6 May</time></p>";
    let html = shown(&unchanged(short));
    assert_eq!(html.matches("6 May").count(), 1, "{html}");
    let no_day = read("<p><time datetime=\"soon\">some day</time></p>");
    assert_eq!(no_day[0]["content"], json!([text("some day")]));
}

#[test]
fn colours_are_kept_whichever_element_has_them() {
    let red = json!({"type": "textColor", "attrs": {"color": "#ff0000"}});
    let behind = json!({"type": "backgroundColor", "attrs": {"color": "#ffff00"}});
    let style = "style=\"color: rgb(255,0,0);\"";
    for name in ["strong", "em", "u", "code", "span", "del", "sub", "kbd"] {
        let blocks = read(&format!("<p><{name} {style}>x</{name}> y</p>"));
        let text = &blocks[0]["content"][0];
        let marks = text["marks"].as_array().unwrap();
        assert!(marks.contains(&red), "{name}: {blocks}");
        assert_eq!(
            blocks[0]["content"][1],
            json!({"type": "text", "text": " y"})
        );
    }
    let coloured = json!({"type": "text", "text": "x", "marks": [red]});
    for storage in [
        format!("<p {style}>x</p>"),
        format!("<h2 {style}>x</h2>"),
        format!("<ul><li {style}>x</li></ul>"),
        format!("<div {style}><p>x</p></div>"),
        format!("<table><tbody><tr {style}><td>x</td></tr></tbody></table>"),
        format!("<table><tbody><tr><td {style}>x</td></tr></tbody></table>"),
        "<p><span style=\"color: hsl(0, 100%, 50%)\">x</span></p>".to_owned(),
    ] {
        let found = read(&storage).to_string();
        assert!(found.contains(&coloured.to_string()), "{storage}: {found}");
        let again = unchanged(&storage);
        assert!(shown(&again).contains("color:rgb(255,0,0)"), "{again}");
        assert_eq!(unchanged(&again), again);
    }
    for storage in [
        "<p><em style=\"background-color: yellow\">x</em></p>",
        "<p style=\"background-color: yellow\">x</p>",
    ] {
        let found = read(storage).to_string();
        assert!(found.contains(&behind.to_string()), "{found}");
    }
    let row = read(
        "<table><tbody><tr style=\"background-color: yellow\"><td>x</td><td bgcolor=\"red\">y</td></tr></tbody></table>",
    );
    let cells = &row[0]["content"][0]["content"];
    assert_eq!(cells[0]["attrs"]["background"], "#ffff00");
    assert_eq!(cells[1]["attrs"]["background"], "#ff0000");
    assert!(!row.to_string().contains("backgroundColor"));
    assert!(shown("<p style=\"color: hsl(0,100%,50%)\">x</p>").contains("color:hsl(0,100%,50%)"));
}
