use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::hole::PersonRef;
use crate::storage::parse;

fn there_and_back(document: &Value) -> Value {
    let storage = to_storage(&document.to_string()).unwrap();
    serde_json::from_str(&from_storage(
        &parse(storage.as_str()).unwrap(),
        &mut |_| None,
    ))
    .unwrap()
}

fn document(content: Value) -> Value {
    json!({"type": "doc", "version": 1, "content": content})
}

/// Returns one of every node and mark of the published schema, as editors write them.
fn every_node() -> Vec<Value> {
    let text = |text: &str| json!({"type": "text", "text": text});
    let p = |content: Value| json!({"type": "paragraph", "content": content});
    let marked = |mark: Value| p(json!([{"type": "text", "text": "x", "marks": [mark]}]));
    vec![
        json!({"type": "paragraph"}),
        json!({"type": "paragraph", "content": []}),
        json!({"type": "paragraph", "attrs": {"localId": "l"}, "content": [text("a <&> \"b\"")], "marks": [{"type": "alignment", "attrs": {"align": "center"}}]}),
        json!({"type": "paragraph", "content": [text("a")], "marks": [{"type": "indentation", "attrs": {"level": 2}}]}),
        json!({"type": "heading", "attrs": {"level": 3}, "content": [text("h")]}),
        json!({"type": "bulletList", "content": [{"type": "listItem", "content": [p(json!([text("a")])), {"type": "orderedList", "attrs": {"order": 4}, "content": [{"type": "listItem", "content": [p(json!([text("b")]))]}]}]}]}),
        json!({"type": "taskList", "attrs": {"localId": "t"}, "content": [{"type": "taskItem", "attrs": {"localId": "1", "state": "DONE"}, "content": [text("a")]}, {"type": "taskItem", "attrs": {"localId": "2", "state": "TODO"}, "content": []}, {"type": "taskList", "attrs": {"localId": "u"}, "content": []}]}),
        json!({"type": "taskList", "attrs": {"localId": "t"}, "content": [{"type": "blockTaskItem", "attrs": {"localId": "1", "state": "TODO"}, "content": [p(json!([text("a")]))]}]}),
        json!({"type": "decisionList", "attrs": {"localId": "d"}, "content": [{"type": "decisionItem", "attrs": {"localId": "1", "state": "DECIDED"}, "content": [text("a")]}]}),
        json!({"type": "codeBlock", "attrs": {"language": "rust"}, "content": [text("let x = a[b[0]]>c;\n")]}),
        json!({"type": "codeBlock", "content": []}),
        json!({"type": "codeBlock", "attrs": {"language": "c", "uniqueId": "u", "wrap": true}, "content": [text("x")], "marks": [{"type": "breakout", "attrs": {"mode": "wide"}}]}),
        json!({"type": "blockquote", "content": [p(json!([text("q")]))]}),
        json!({"type": "rule"}),
        json!({"type": "panel", "attrs": {"panelType": "info"}, "content": [p(json!([text("i")]))]}),
        json!({"type": "panel", "attrs": {"panelType": "note"}, "content": [p(json!([text("n")]))]}),
        json!({"type": "panel", "attrs": {"panelType": "warning"}, "content": [p(json!([text("w")]))]}),
        json!({"type": "panel", "attrs": {"panelType": "error"}, "content": [p(json!([text("e")]))]}),
        json!({"type": "panel", "attrs": {"panelType": "success"}, "content": [p(json!([text("s")]))]}),
        json!({"type": "panel", "attrs": {"panelType": "custom", "panelIcon": ":rocket:", "panelIconId": "1f680", "panelIconText": "🚀", "panelColor": "#E6FCFF"}, "content": [p(json!([text("c")]))]}),
        json!({"type": "expand", "attrs": {"title": "t"}, "content": [p(json!([text("e")])), {"type": "nestedExpand", "attrs": {"title": "n"}, "content": [p(json!([text("x")]))]}]}),
        json!({"type": "table", "attrs": {"isNumberColumnEnabled": false, "layout": "default", "localId": "t", "width": 760}, "content": [
            {"type": "tableRow", "content": [{"type": "tableHeader", "attrs": {"colspan": 1, "rowspan": 1, "colwidth": [120]}, "content": [p(json!([text("h")]))]}, {"type": "tableHeader", "attrs": {"colwidth": [340]}, "content": [p(json!([]))]}]},
            {"type": "tableRow", "content": [{"type": "tableCell", "attrs": {"colspan": 2, "colwidth": [120, 340], "background": "#deebff"}, "content": [p(json!([text("c")])), {"type": "nestedExpand", "attrs": {"title": ""}, "content": [p(json!([]))]}]}]}
        ]}),
        json!({"type": "table", "content": [{"type": "tableRow", "content": [{"type": "tableCell", "attrs": {}, "content": [p(json!([text("bare")]))]}]}]}),
        json!({"type": "mediaSingle", "attrs": {"layout": "center"}, "content": [{"type": "media", "attrs": {"type": "external", "url": "https://e.example/x.png", "alt": "a", "width": 10, "height": 20}}]}),
        json!({"type": "mediaSingle", "attrs": {"layout": "wide", "width": 50, "widthType": "percentage"}, "content": [{"type": "media", "attrs": {"type": "file", "id": "f-1", "collection": "contentId-1", "width": 10, "height": 20}, "marks": [{"type": "border", "attrs": {"size": 2, "color": "#091e4224"}}]}, {"type": "caption", "content": [text("cap")]}]}),
        json!({"type": "mediaGroup", "content": [{"type": "media", "attrs": {"type": "file", "id": "f-2", "collection": ""}}]}),
        json!({"type": "layoutSection", "content": [{"type": "layoutColumn", "attrs": {"width": 50}, "content": [p(json!([text("l")]))]}, {"type": "layoutColumn", "attrs": {"width": 50}, "content": [p(json!([text("r")]))]}]}),
        json!({"type": "layoutSection", "content": [{"type": "layoutColumn", "attrs": {"width": 66.66}, "content": [p(json!([text("l")]))]}, {"type": "layoutColumn", "attrs": {"width": 33.33}, "content": [p(json!([text("r")]))]}]}),
        json!({"type": "layoutSection", "content": [{"type": "layoutColumn", "attrs": {"width": 70}, "content": [p(json!([text("l")]))]}, {"type": "layoutColumn", "attrs": {"width": 30}, "content": [p(json!([text("r")]))]}], "marks": [{"type": "breakout", "attrs": {"mode": "wide"}}]}),
        json!({"type": "blockCard", "attrs": {"url": "https://e.example/a?b=c&d=e"}}),
        json!({"type": "blockCard", "attrs": {"datasource": {"id": "x", "parameters": {"jql": "a"}, "views": [{"type": "table"}]}}}),
        json!({"type": "embedCard", "attrs": {"url": "https://e.example", "layout": "wide"}}),
        json!({"type": "embedCard", "attrs": {"url": "https://e.example", "layout": "wide", "width": 80.5, "originalHeight": 300}}),
        json!({"type": "extension", "attrs": {"layout": "default", "extensionType": "com.atlassian.confluence.macro.core", "extensionKey": "toc", "parameters": {"macroParams": {"minLevel": {"value": "1"}, "": {"value": "d"}}, "macroMetadata": {"macroId": {"value": "m"}, "schemaVersion": {"value": "1"}}}, "localId": "l"}}),
        json!({"type": "extension", "attrs": {"extensionType": "com.atlassian.ecosystem", "extensionKey": "app/key", "parameters": {"a": [1, 2.5, null]}, "text": "t"}, "marks": [{"type": "dataConsumer", "attrs": {"sources": ["s"]}}, {"type": "fragment", "attrs": {"localId": "f", "name": "n"}}]}),
        json!({"type": "bodiedExtension", "attrs": {"extensionType": "com.atlassian.confluence.macro.core", "extensionKey": "excerpt", "parameters": {"macroParams": {"hidden": {"value": "true"}}}}, "content": [p(json!([text("b")]))]}),
        json!({"type": "multiBodiedExtension", "attrs": {"extensionType": "t", "extensionKey": "k", "maxFrames": 3}, "content": [{"type": "extensionFrame", "content": [p(json!([text("f")]))]}]}),
        json!({"type": "syncBlock", "attrs": {"resourceId": "r", "localId": "l"}}),
        json!({"type": "bodiedSyncBlock", "attrs": {"resourceId": "r", "localId": "l"}, "content": [p(json!([text("s")]))]}),
        json!({"type": "confluenceUnsupportedBlock", "attrs": {"cxhtml": "<x/>"}}),
        json!({"type": "someFutureBlock", "attrs": {"deep": {"er": [true]}}, "content": [text("kept"), {"type": "futureInline"}], "extra": 1}),
        p(json!([text("a"), {"type": "hardBreak"}, text("b")])),
        p(json!([{"type": "hardBreak", "attrs": {"text": "\n"}}])),
        p(
            json!([{"type": "mention", "attrs": {"id": "557058:1", "text": "@Ada", "localId": "m"}}]),
        ),
        p(
            json!([{"type": "mention", "attrs": {"id": "557058:1", "text": "@Ada", "accessLevel": "CONTAINER", "userType": "DEFAULT"}}]),
        ),
        p(
            json!([{"type": "emoji", "attrs": {"shortName": ":smile:", "id": "1f604", "text": "😄"}}, {"type": "emoji", "attrs": {"shortName": ":custom:", "id": "c-1"}}]),
        ),
        p(
            json!([{"type": "date", "attrs": {"timestamp": "1717113600000"}}, {"type": "date", "attrs": {"timestamp": "1717113600001"}}]),
        ),
        p(json!([{"type": "status", "attrs": {"text": "Done", "color": "green", "localId": "s"}}])),
        p(
            json!([{"type": "status", "attrs": {"text": "Done", "color": "green", "localId": "s", "style": "bold"}}]),
        ),
        p(json!([{"type": "placeholder", "attrs": {"text": "fill in"}}])),
        p(
            json!([{"type": "inlineCard", "attrs": {"url": "https://e.example"}}, {"type": "inlineCard", "attrs": {"data": {"@type": "Document"}}}]),
        ),
        p(
            json!([text("see "), {"type": "inlineExtension", "attrs": {"extensionType": "com.atlassian.confluence.macro.core", "extensionKey": "anchor", "parameters": {"macroParams": {"": {"value": "here"}}}}}]),
        ),
        p(
            json!([{"type": "mediaInline", "attrs": {"type": "file", "id": "f-3", "collection": ""}}]),
        ),
        p(
            json!([{"type": "confluenceJiraIssue", "attrs": {"issueKey": "A-1"}}, {"type": "confluenceUnsupportedInline", "attrs": {"cxhtml": "x"}}]),
        ),
        marked(json!({"type": "strong"})),
        marked(json!({"type": "em"})),
        marked(json!({"type": "underline"})),
        marked(json!({"type": "strike"})),
        marked(json!({"type": "code"})),
        marked(json!({"type": "subsup", "attrs": {"type": "sub"}})),
        marked(json!({"type": "subsup", "attrs": {"type": "sup"}})),
        marked(
            json!({"type": "link", "attrs": {"href": "https://e.example/?a=1&b=2", "title": "t"}}),
        ),
        marked(json!({"type": "link", "attrs": {"href": "javascript:alert(1)"}})),
        marked(json!({"type": "textColor", "attrs": {"color": "#ff5630"}})),
        marked(json!({"type": "textColor", "attrs": {"color": "#FF5630"}})),
        marked(json!({"type": "backgroundColor", "attrs": {"color": "#fedec8"}})),
        marked(
            json!({"type": "annotation", "attrs": {"id": "c-1", "annotationType": "inlineComment"}}),
        ),
        marked(json!({"type": "someFutureMark", "attrs": {"a": 1}})),
        p(
            json!([{"type": "text", "text": "a", "marks": [{"type": "strong"}]}, {"type": "text", "text": "b", "marks": [{"type": "strong"}, {"type": "em"}]}, {"type": "text", "text": " \u{1}\t c  "}]),
        ),
        p(json!([{"type": "text", "text": "split"}, {"type": "text", "text": "up"}])),
        text("not in a paragraph"),
        json!({"no": "type"}),
        json!([1, "two", null]),
    ]
}

#[test]
fn every_node_and_mark_is_given_back_as_it_was_sent() {
    for node in every_node() {
        let sent = document(json!([node]));
        assert_eq!(there_and_back(&sent), sent);
    }
    let all = document(Value::Array(every_node()));
    assert_eq!(there_and_back(&all), all);
}

#[test]
fn what_storage_format_can_say_is_said_in_it_alone() {
    for (node, storage) in [
        (json!({"type": "paragraph"}), "<p />"),
        (json!({"type": "paragraph", "content": []}), "<p></p>"),
        (json!({"type": "rule"}), "<hr />"),
        (
            json!({"type": "paragraph", "content": [{"type": "text", "text": "x", "marks": [{"type": "link", "attrs": {"href": "/a"}}, {"type": "strong"}]}]}),
            "<p><a href=\"/a\"><strong>x</strong></a></p>",
        ),
        (
            json!({"type": "panel", "attrs": {"panelType": "warning"}, "content": [{"type": "paragraph"}]}),
            "<ac:structured-macro ac:name=\"note\" ac:schema-version=\"1\"><ac:rich-text-body><p /></ac:rich-text-body></ac:structured-macro>",
        ),
        (
            json!({"type": "paragraph", "content": [{"type": "date", "attrs": {"timestamp": "1717113600000"}}]}),
            "<p><time datetime=\"2024-05-31\" /></p>",
        ),
        (
            json!({"type": "paragraph", "content": [{"type": "mention", "attrs": {"id": "1", "text": "@Ada"}}]}),
            "<p><ac:link><ri:user ri:account-id=\"1\" /><ac:link-body>@Ada</ac:link-body></ac:link></p>",
        ),
    ] {
        assert_eq!(
            to_storage(&document(json!([node])).to_string())
                .unwrap()
                .as_str(),
            storage
        );
    }
}

#[test]
fn an_edit_of_what_storage_format_shows_wins_over_what_was_sent() {
    let sent = document(
        json!([{"type": "paragraph", "content": [{"type": "text", "text": "before", "marks": [{"type": "future"}]}]}]),
    );
    let storage = to_storage(&sent.to_string()).unwrap();
    let edited = parse(&storage.as_str().replace("<p>before</p>", "<p>after</p>")).unwrap();
    let back: Value = serde_json::from_str(&from_storage(&edited, &mut |_| None)).unwrap();
    assert_eq!(
        back,
        document(json!([{"type": "paragraph", "content": [{"type": "text", "text": "after"}]}]))
    );
}

/// Returns the storage format with each of its words in the fallback changed in turn, be it a text
/// or the value of an attribute.
fn with_one_word_changed(storage: &str) -> Vec<String> {
    let start = storage.find("<ac:adf-fallback>").unwrap_or(storage.len());
    let is_word_start = |at: usize| {
        let before = storage[..at].chars().next_back();
        let rest = &storage[at..];
        rest.starts_with(char::is_alphanumeric) && matches!(before, Some('"' | '>' | ' '))
    };
    let is_in_name = |at: usize| {
        let tag = storage[..at].rfind(['<', '>']).map(|tag| &storage[tag..at]);
        tag.is_some_and(|tag| tag.starts_with('<') && tag.matches('"').count() % 2 == 0)
    };
    storage
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| *at > start && is_word_start(*at) && !is_in_name(*at))
        .map(|at| format!("{}Z{}", &storage[..at], &storage[at..]))
        .collect()
}

#[test]
fn json_is_dropped_whatever_word_of_its_written_form_is_changed() {
    let mut count = 0;
    for node in every_node() {
        let storage = to_storage(&document(json!([node])).to_string()).unwrap();
        if !storage.as_str().contains("nx-source") {
            continue;
        }
        assert_eq!(storage.without_stale_sources(), None);
        for changed in with_one_word_changed(storage.as_str()) {
            let kept = parse(&changed).unwrap().without_stale_sources().unwrap();
            assert!(!kept.as_str().contains("nx-source"), "{changed}");
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn json_is_kept_when_another_writer_of_xml_wrote_its_written_form() {
    let sent = document(
        json!([{"type": "paragraph", "attrs": {"localId": "l", "future": 1}, "content": [{"type": "text", "text": "a & b\u{a0}c", "marks": [{"type": "alignment"}]}]}]),
    );
    let storage = to_storage(&sent.to_string()).unwrap();
    let written = storage.as_str();
    for (one, other) in [
        ("a &amp; b\u{a0}c", "a &#38; b&nbsp;c"),
        ("<p local-id=\"l\">", "<p  local-id='l'>"),
        ("<ac:adf-fallback>", "<ac:adf-fallback>\n  "),
        ("<ac:adf-fallback>", "<ac:adf-fallback><!-- x -->"),
    ] {
        assert!(written.contains(one), "{written}");
        let again = parse(&written.replace(one, other)).unwrap();
        assert_eq!(from_storage(&again, &mut |_| None), sent.to_string());
    }
}

#[test]
fn what_is_not_a_document_is_refused_with_the_next_step() {
    for json in [
        "",
        "{",
        "[]",
        "{\"type\":\"doc\"}",
        "{\"type\":\"paragraph\",\"content\":[]}",
        "{\"type\":\"doc\",\"content\":{}}",
    ] {
        let error = to_storage(json).unwrap_err().to_string();
        assert!(
            error.contains("JSON") || error.contains("expected"),
            "{error}"
        );
    }
    let deep = format!(
        "{{\"type\":\"doc\",\"content\":{}{}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    assert!(to_storage(&deep).is_err());
}

#[test]
fn links_of_storage_format_ask_the_site_for_their_address() {
    let body = parse("<p><ac:link><ri:page ri:content-title=\"T\" /></ac:link></p>").unwrap();
    let seen: Value =
        serde_json::from_str(&from_storage(&body, &mut |_| Some("/wiki/x".into()))).unwrap();
    assert_eq!(
        seen.pointer("/content/0/content/0/marks/0/attrs/href"),
        Some(&json!("/wiki/x"))
    );
    let hidden: Value = serde_json::from_str(&from_storage(&body, &mut |_| None)).unwrap();
    let text = hidden.pointer("/content/0/content/0").unwrap();
    assert_eq!(text.get("text"), Some(&json!("T")));
    assert_eq!(text.pointer("/marks/0/attrs/href"), Some(&json!("#")));
}

#[test]
fn a_picture_or_a_macro_in_a_paragraph_splits_it() {
    let body = parse("<p>a<ac:image><ri:url ri:value=\"https://e.example\" /></ac:image>b</p>loose<ul><li>c</li></ul>").unwrap();
    let read: Value = serde_json::from_str(&from_storage(&body, &mut |_| None)).unwrap();
    let kinds: Vec<_> = content(&read).iter().map(kind).collect();
    assert_eq!(
        kinds,
        [
            "paragraph",
            "mediaSingle",
            "paragraph",
            "paragraph",
            "bulletList"
        ]
    );
}

#[test]
fn people_without_names_are_a_user_in_every_form() {
    let mention = json!({"type": "paragraph", "content": [{"type": "mention", "attrs": {"id": "557058:1", "text": "@Ada", "userType": "DEFAULT"}}]});
    let sent = document(json!([mention])).to_string();
    let storage = to_storage(&sent).unwrap();
    assert!(storage.as_str().contains("557058") && storage.as_str().contains("nx-source"));
    let everybody = &mut |_: &PersonRef| true;
    let hidden = storage.hide_people(everybody).unwrap();
    let as_document = from_storage(&hidden, &mut |_| None);
    let in_json = hide_people(&sent, everybody).unwrap().unwrap();
    for text in [in_json, hidden.write(), as_document] {
        assert!(
            !text.contains("557058") && !text.contains("Ada") && text.contains("a user"),
            "{text}"
        );
    }
    let profile = parse("<ac:structured-macro ac:name=\"profile\"><ac:parameter ac:name=\"user\">ada<ri:user ri:account-id=\"1\" /></ac:parameter></ac:structured-macro>").unwrap();
    assert_eq!(
        profile.hide_people(everybody).unwrap().as_str(),
        "<ac:structured-macro ac:name=\"profile\"><ac:parameter ac:name=\"user\"></ac:parameter></ac:structured-macro>"
    );
    let extension = document(
        json!([{"type": "extension", "attrs": {"extensionKey": "profile", "parameters": {"macroParams": {"user": {"value": "ada"}, "a": {"value": "b"}}}}}]),
    );
    let hidden = hide_people(&extension.to_string(), everybody)
        .unwrap()
        .unwrap();
    assert!(
        !hidden.contains("ada") && hidden.contains("\"b\""),
        "{hidden}"
    );
    let runbook = parse(include_str!("../../tests/bodies/runbook.xml")).unwrap();
    let without = runbook.hide_people(everybody).unwrap();
    assert!(!without.as_str().contains("account-id"));
    let nobody = parse(include_str!("../../tests/bodies/prose.xml")).unwrap();
    assert_eq!(nobody.hide_people(everybody), None);
}

#[test]
fn only_those_who_are_hidden_are_hidden() {
    const ADA: &str = "0000000000000000000000ad";
    const BOB: &str = "0000000000000000000000b0";
    let ada = &mut |person: &PersonRef| *person == PersonRef::Account(ADA.into());
    let mention =
        |id: &str, name: &str| json!({"type": "mention", "attrs": {"id": id, "text": name}});
    let link = |id: &str, name: &str| json!({"type": "text", "text": name, "marks": [{"type": "link", "attrs": {"href": format!("https://site.example/wiki/people/{id}?ref=x")}}]});
    let card =
        |id: &str| json!({"type": "blockCard", "attrs": {"url": format!("/wiki/people/{id}")}});
    let paragraph = json!({"type": "paragraph", "content": [mention(ADA, "@Ada"), mention(BOB, "@Bob"), link(ADA, "Ada"), link(BOB, "Bob")]});
    let sent = document(json!([paragraph, card(ADA), card(BOB)])).to_string();
    let in_json = hide_people(&sent, ada).unwrap().unwrap();
    let in_storage = to_storage(&sent).unwrap().hide_people(ada).unwrap();
    for text in [in_json.as_str(), in_storage.as_str()] {
        assert!(!text.contains(ADA) && !text.contains("Ada"), "{text}");
        assert!(text.contains(BOB) && text.contains("@Bob"), "{text}");
    }
    assert!(hide_people(&sent, &mut |_| false).unwrap().is_none());
    assert!(
        to_storage(&sent)
            .unwrap()
            .hide_people(&mut |_| false)
            .is_none()
    );
}

#[test]
fn a_file_that_is_named_by_its_id_gets_the_name_that_is_known_for_it() {
    let media = json!({"type": "media", "attrs": {"type": "file", "id": "att77", "alt": "The halls", "collection": "contentId-1"}});
    let sent = document(json!([{"type": "mediaSingle", "content": [media]}])).to_string();
    let by_id = to_storage(&sent).unwrap();
    assert!(
        by_id.as_str().contains("ri:filename=\"att77\""),
        "{by_id:?}"
    );
    let named =
        to_storage_naming(&sent, &mut |id| (id == "att77").then(|| "halls.png".into())).unwrap();
    assert!(
        named.as_str().contains("ri:filename=\"halls.png\""),
        "{named:?}"
    );
    assert_eq!(from_storage(&by_id, &mut |_| None), sent);
    let read = from_storage(&named, &mut |_| None);
    assert!(
        read.contains("att77") && read.contains("halls.png"),
        "{read}"
    );
}

#[test]
fn extensions_inside_extensions_cost_no_more_than_their_length() {
    let open = "<ac:adf-extension><ac:adf-node type=\"x\"><ac:adf-attribute key=\"nx-source\">{}</ac:adf-attribute></ac:adf-node><ac:adf-fallback>";
    let body = parse(&format!(
        "{}x{}",
        open.repeat(100),
        "</ac:adf-fallback></ac:adf-extension>".repeat(100)
    ))
    .unwrap();
    assert!(from_storage(&body, &mut |_| None).contains("\"x\""));
}

#[test]
fn no_body_grows_without_bound_when_it_becomes_a_document() {
    let links = format!(
        "<p><a href=\"https://e.example/{}\">{}</a></p>",
        "x".repeat(20_000),
        "a<br/>".repeat(20_000)
    );
    let widths = format!(
        "<table><colgroup>{}</colgroup>{}</table>",
        "<col style=\"width: 1px\"/>".repeat(2_000),
        "<tr><td colspan=\"2000\">x</td></tr>".repeat(2_000)
    );
    let comments = format!(
        "{}{}",
        "<ac:inline-comment-marker ac:ref=\"x\">".repeat(200),
        "a<br/>".repeat(2_000)
    );
    let elements = format!(
        "<abbr title=\"{}\">{}",
        "x".repeat(20_000),
        "<small>a<q>b</q><q>c</q></small>".repeat(20_000)
    );
    let embedded = format!(
        "{}<ac:link><ri:page ri:content-title=\"x\"/></ac:link>{}",
        "<object data=\"https://e.example\">".repeat(200),
        "<p>a</p>".repeat(20_000)
    );
    let preformatted = format!(
        "<pre class=\"{}\">{}</pre>",
        "x".repeat(20_000),
        "<a href=\"/x\">a</a><hr/>".repeat(20_000)
    );
    for body in [links, widths, comments, elements, embedded, preformatted] {
        let json = from_storage(&parse(&body).unwrap(), &mut |_| None);
        assert!(
            json.len() < 40 * 1024 * 1024,
            "{} became {}",
            body.len(),
            json.len()
        );
    }
}

fn any_node() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        prop::sample::select(every_node()),
        "[ -~é\u{0}\n]{0,12}".prop_map(|text| json!({"type": "text", "text": text}))
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let kinds = prop::sample::select(vec![
            "paragraph",
            "heading",
            "bulletList",
            "listItem",
            "table",
            "tableRow",
            "tableCell",
            "panel",
            "expand",
            "nestedExpand",
            "blockquote",
            "layoutSection",
            "layoutColumn",
            "taskList",
            "taskItem",
            "codeBlock",
            "mediaSingle",
            "bodiedExtension",
            "odd",
        ]);
        (kinds, prop::collection::vec(inner, 0..4)).prop_map(
            |(kind, content)| json!({"type": kind, "attrs": {"level": 2}, "content": content}),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_tree_is_given_back_as_it_was_sent(nodes in prop::collection::vec(any_node(), 0..5)) {
        let sent = document(Value::Array(nodes));
        prop_assert_eq!(there_and_back(&sent), sent);
    }

    #[test]
    fn any_storage_format_can_be_read_as_a_document(pieces in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "text", "<strong>", "</strong>", "<br/>", "<a href=\"x\">", "</a>",
        "<ac:structured-macro ac:name=\"expand\">", "<ac:rich-text-body>", "</ac:rich-text-body>", "</ac:structured-macro>", "<ac:image>", "</ac:image>",
        "<ac:task-list>", "<ac:task>", "<ac:task-body>", "</ac:task-list>", "<ac:adf-extension>", "</ac:adf-extension>", "<time datetime=\"x\"/>",
    ]), 0..30)) {
        let body = parse(&pieces.concat()).unwrap();
        let once = from_storage(&body, &mut |_| None);
        let again = to_storage(&once).unwrap();
        prop_assert_eq!(from_storage(&again, &mut |_| None), once);
    }
}
