//! Links and their targets.

use crate::{nobody, paragraph, read, shown, site, text, unchanged, written};
use narthex_content::adf::{for_reader, from_storage, to_storage, with_page_links};
use narthex_content::storage::parse;
use serde_json::json;

#[test]
fn an_unchanged_write_keeps_what_links_point_at() {
    for link in [
        "<ac:link><ri:page ri:content-title=\"Nope\" /></ac:link>",
        "<ac:link><ri:page ri:content-title=\"Nope\" /><ac:link-body>the <em>manual</em></ac:link-body></ac:link>",
        "<ac:link ac:anchor=\"Part 2\"><ri:page ri:space-key=\"DOC\" ri:content-title=\"Nope\" /></ac:link>",
        "<ac:link ac:anchor=\"Part 2\"><ac:link-body>below</ac:link-body></ac:link>",
        "<ac:link ac:anchor=\"Part 2\"></ac:link>",
        "<ac:link><ri:blog-post ri:content-title=\"News\" ri:posting-day=\"2024/05/31\" /></ac:link>",
        "<ac:link><ri:content-entity ri:content-id=\"12\" /></ac:link>",
        "<ac:link><ri:attachment ri:filename=\"a.pdf\"><ri:page ri:content-title=\"Other\" /></ri:attachment></ac:link>",
        "<ac:link><ri:space ri:space-key=\"DOC\" /></ac:link>",
        "<ac:link><ri:shortcut ri:key=\"wiki\" ri:parameter=\"x\" /></ac:link>",
        "<ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"Nope\" /></ac:link>",
    ] {
        let storage = format!("<p>See {link}.</p>");
        assert_eq!(unchanged(&storage), storage);
        let document = parse(&storage).unwrap();
        let hidden = from_storage(&document, &mut nobody);
        assert_eq!(to_storage(&hidden).unwrap().as_str(), storage);
    }
}

/// Returns the texts of the links in a document.
fn link_texts(json: &str) -> Vec<String> {
    let document: serde_json::Value = serde_json::from_str(json).unwrap();
    let blocks = document["content"].as_array().unwrap();
    let nodes = blocks
        .iter()
        .flat_map(|block| block["content"].as_array().unwrap());
    let linked = nodes.filter(|node| !node["marks"].is_null());
    linked
        .map(|node| node["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_link_that_does_not_name_its_target_says_the_name_that_each_reader_sees() {
    for target in [
        "<ri:content-entity ri:content-id=\"12\" />",
        "<ri:page ri:content-title=\"@parent\" />",
        "<ri:page ri:content-title=\"@home\" />",
        "<ri:space ri:space-key=\"DOC\" />",
    ] {
        let storage = format!("<p>See <ac:link>{target}</ac:link>.</p>");
        let document = parse(&storage).unwrap();
        let json = from_storage(&document, &mut site);
        assert_eq!(link_texts(&json), ["The title"], "{json}");
        // The name is nobody's words: it is neither stored nor shown to the next reader.
        assert_eq!(to_storage(&json).unwrap().as_str(), storage);
        let hidden = for_reader(&json, &mut nobody).unwrap().unwrap();
        assert!(!hidden.contains("The title"), "{hidden}");
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        let anew = from_storage(&document, &mut nobody);
        assert_eq!(value(&hidden), value(&anew));
        let seen = for_reader(&hidden, &mut site).unwrap().unwrap();
        assert_eq!(link_texts(&seen), ["The title"], "{seen}");
        let renamed = json.replace("\"text\":\"The title\"", "\"text\":\"these words\"");
        let renamed = to_storage(&renamed).unwrap();
        assert!(
            renamed
                .as_str()
                .contains("<ac:link-body>these words</ac:link-body>"),
            "{renamed:?}"
        );
    }
}

#[test]
fn equal_links_side_by_side_keep_the_name_of_their_target_to_those_who_see_it() {
    let link = "<ac:link><ri:content-entity ri:content-id=\"12\" /></ac:link>";
    let document = parse(&format!("<p>{link}{link}</p>")).unwrap();
    let json = from_storage(&document, &mut site);
    assert_eq!(link_texts(&json), ["The titleThe title"], "{json}");
    let stored = to_storage(&json).unwrap();
    assert!(!stored.as_str().contains("The title"), "{stored:?}");
    let hidden = for_reader(&json, &mut nobody).unwrap().unwrap();
    assert!(!hidden.contains("The title"), "{hidden}");
}

#[test]
fn an_address_or_a_text_that_a_client_changed_wins_over_what_the_link_was() {
    let document = parse("<p><ac:link><ri:page ri:content-title=\"Old\" /></ac:link></p>").unwrap();
    let json = from_storage(&document, &mut site);
    let moved = json.replace("internal.example", "www.example");
    assert_eq!(
        to_storage(&moved).unwrap(),
        document,
        "the host is no part of it"
    );
    let elsewhere = json.replace(
        "\"href\":\"https://internal.example/wiki/spaces/DOC/pages/7/T\"",
        "\"href\":\"https://e.example/new\"",
    );
    let elsewhere = to_storage(&elsewhere).unwrap();
    assert!(
        elsewhere
            .as_str()
            .contains("<a href=\"https://e.example/new\">Old</a>"),
        "{elsewhere:?}"
    );
    let renamed = to_storage(&json.replace("\"text\":\"Old\"", "\"text\":\"New words\"")).unwrap();
    assert_eq!(
        renamed.as_str(),
        "<p><ac:link><ri:page ri:content-title=\"Old\" /><ac:link-body>New words</ac:link-body></ac:link></p>"
    );
}

#[test]
fn a_link_that_confluence_wrote_is_stored_as_what_it_points_at() {
    let mark = json!({"type": "link", "attrs": {"href": "https://x.atlassian.net/wiki/spaces/DOC/pages/1/Roadmap", "__confluenceMetadata": {"linkType": "page", "contentTitle": "Roadmap", "spaceKey": "DOC", "isRenamedTitle": true}}});
    let storage = written(&json!([paragraph(
        json!([{"type": "text", "text": "plans", "marks": [mark]}])
    )]));
    assert!(
        storage.contains("<ac:link><ri:page ri:space-key=\"DOC\" ri:content-title=\"Roadmap\" /><ac:link-body>plans</ac:link-body></ac:link>"),
        "{storage}"
    );
}

#[test]
fn the_address_that_one_reader_saw_is_made_anew_for_another() {
    let document = parse("<p><ac:link><ri:page ri:content-title=\"Plans\" /><ac:link-body>x</ac:link-body></ac:link></p>").unwrap();
    let sent = from_storage(&document, &mut site);
    let hidden = for_reader(&sent, &mut |_| None).unwrap().unwrap();
    assert!(
        !hidden.contains("pages/7") && hidden.contains("\"href\":\"#\""),
        "{hidden}"
    );
    assert_eq!(hidden, from_storage(&document, &mut nobody));
    let seen = for_reader(&hidden, &mut |_| {
        Some("https://other.example/wiki/spaces/DOC/pages/9/P".into())
    });
    assert!(
        seen.unwrap()
            .unwrap()
            .contains("https://other.example/wiki/spaces/DOC/pages/9/P")
    );
    let foreign =
        "{\"type\":\"doc\",\"content\":[{\"type\":\"text\",\"text\":\"__confluenceMetadata\"}]}";
    assert_eq!(for_reader(foreign, &mut |_| None).unwrap(), None);
    let stored = to_storage(&sent).unwrap();
    assert!(!stored.as_str().contains("pages/7"), "{stored:?}");
}

#[test]
fn a_link_whose_target_is_not_there_says_its_words_once() {
    let link = "<p>See <ac:link><ri:page ri:content-title=\"Nope\" /><ac:link-body>the manual</ac:link-body></ac:link>.</p>";
    let json = from_storage(&parse(link).unwrap(), &mut nobody);
    assert!(
        json.contains("\"the manual\"") && !json.contains("manualNope"),
        "{json}"
    );
}

#[test]
fn smart_links_are_cards() {
    let blocks = read(
        "<p><ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"T\" /></ac:link></p><ac:link ac:card-appearance=\"block\"><ri:page ri:content-title=\"T\" /></ac:link>",
    );
    assert_eq!(blocks[0]["content"][0]["type"], "inlineCard", "{blocks}");
    assert_eq!(
        blocks[0]["content"][0]["attrs"]["url"],
        "https://internal.example/wiki/spaces/DOC/pages/7/T"
    );
    assert_eq!(blocks[1]["type"], "blockCard");
}

#[test]
fn places_that_html_names_are_there_after_an_unchanged_write() {
    let link = "<p><a href=\"#inst\">x</a></p>";
    let anchor = json!({"type": "inlineExtension", "attrs": {"extensionType": "com.atlassian.confluence.macro.core", "extensionKey": "anchor", "parameters": {"macroParams": {"": {"value": "inst"}}}}});
    let place = "<span class=\"nx-anchor\" id=\"inst\"></span>";
    for named in [
        "<p><a id=\"inst\"></a>y</p>",
        "<p><a name=\"inst\">y</a></p>",
        "<p>y <span id=\"inst\"></span></p>",
        "<p><span id=\"inst\">y</span></p>",
        "<p id=\"inst\">y</p>",
        "<p><a id=\"inst\" href=\"https://e.example\">y</a></p>",
        "<div id=\"inst\"><p>y</p></div>",
        "<section id=\"inst\"><p>y</p></section>",
        "<h2 id=\"inst\">y</h2>",
        "<table><tbody><tr><td><p id=\"inst\">y</p></td></tr></tbody></table>",
    ] {
        let storage = format!("{named}{link}");
        let found = read(&storage).to_string();
        assert!(found.contains(&anchor.to_string()), "{named}: {found}");
        let again = unchanged(&storage);
        assert!(!again.contains("nx-source"), "{again}");
        for page in [&storage, &again] {
            let html = shown(page);
            assert!(html.contains(place), "{named}: {html}");
            assert!(html.contains("href=\"#inst\""), "{html}");
        }
        assert_eq!(unchanged(&again), again);
    }
    assert!(shown(&unchanged(&format!("<h2 id=\"inst\">y</h2>{link}"))).contains("<h2 id=\"y\">"));
    let macro_link = "<p><ac:link ac:anchor=\"inst\"><ac:link-body>x</ac:link-body></ac:link></p>";
    let found = read(&format!("<p id=\"inst\">y</p>{macro_link}"));
    assert_eq!(found[0]["content"][0], anchor);
    // Ids that tools number aren't anchors.
    assert_eq!(
        read("<p id=\"auto-cursor-target\">y</p>"),
        json!([paragraph(json!([text("y")]))])
    );
    assert!(
        !read("<p><span id=\"docs-1\">y</span></p>")
            .to_string()
            .contains("anchor")
    );
}

/// Returns a paragraph with a link to an address, as it is stored on a site at
/// `https://wiki.example`.
fn stored_link(address: &str) -> String {
    let mark = json!({"type": "link", "attrs": {"href": address}});
    let linked = json!({"type": "text", "text": "x", "marks": [mark]});
    let document = json!({"type": "doc", "content": [paragraph(json!([text("a "), linked]))]});
    let sent = document.to_string();
    let named = with_page_links(&sent, "https://wiki.example").unwrap();
    to_storage(&named.unwrap_or(sent)).unwrap().write()
}

#[test]
fn a_link_by_an_address_of_the_site_leads_to_the_page_under_whatever_host() {
    for (address, link) in [
        ("/wiki/spaces/DOC/pages/7", ""),
        ("https://wiki.example/wiki/spaces/DOC/pages/7/A+title", ""),
        (
            "HTTPS://Wiki.example/wiki/spaces/DOC/blog/2024/05/31/7/A+title",
            "",
        ),
        ("/wiki/spaces/DOC/pages/7/T#Part-2", " ac:anchor=\"Part-2\""),
        (
            "/wiki/spaces/DOC/pages/7/T#%C3%9Cber",
            " ac:anchor=\"\u{dc}ber\"",
        ),
    ] {
        let wanted = format!(
            "<p>a <ac:link{link}><ri:content-entity ri:content-id=\"7\" /><ac:link-body>x</ac:link-body></ac:link></p>"
        );
        assert_eq!(stored_link(address), wanted, "{address}");
    }
    assert!(
        stored_link("/wiki/download/attachments/7/a%20b.pdf").contains(
            "<ri:attachment ri:filename=\"a b.pdf\"><ri:content-entity ri:content-id=\"7\" /></ri:attachment>"
        )
    );
}

#[test]
fn an_address_that_says_more_than_a_link_to_a_page_can_is_kept() {
    for address in [
        "/wiki/spaces/DOC/pages/7/T?focusedCommentId=9",
        "https://wiki.example/wiki/spaces/DOC/pages/7/T?focusedCommentId=9#comment-9",
        "/wiki/spaces/DOC/pages/7/T#two words",
        "/wiki/spaces/DOC/pages/7/T/history",
        "/wiki/spaces/DOC/pages/edit-v2/7",
        "/wiki/download/attachments/7/a.pdf?version=1",
        "/wiki/people/5b10ac8d82e05b22cc7d4ef5",
        "/wiki/spaces/DOC/pages/99999999999999999999999",
        "https://wiki.example.evil/wiki/spaces/DOC/pages/7/T",
        "https://elsewhere.example/wiki/spaces/DOC/pages/7/T",
        "https://e.example/?u=/wiki/spaces/DOC/pages/7/T",
        "#top",
    ] {
        let stored = stored_link(address);
        assert_eq!(stored, format!("<p>a <a href=\"{address}\">x</a></p>"));
    }
}

#[test]
fn a_link_that_names_its_target_already_and_a_document_without_any_stay_as_they_are() {
    let origin = "https://internal.example";
    let document = parse("<p><ac:link><ri:page ri:content-title=\"Old\" /></ac:link> <a href=\"https://e.example\">x</a></p>").unwrap();
    let json = from_storage(&document, &mut site);
    assert!(json.contains("https://internal.example/wiki/spaces/DOC/pages/7/T"));
    assert_eq!(with_page_links(&json, origin).unwrap(), None);
    assert!(with_page_links("/wiki/", origin).is_err());
}

#[test]
fn a_card_of_a_page_of_the_site_is_a_smart_link_to_the_page() {
    let url = "https://wiki.example/wiki/spaces/DOC/pages/7/T";
    let sent = json!({"type": "doc", "content": [
        paragraph(json!([{"type": "inlineCard", "attrs": {"url": url}}])),
        {"type": "blockCard", "attrs": {"url": url}},
    ]});
    let named = with_page_links(&sent.to_string(), "https://wiki.example")
        .unwrap()
        .unwrap();
    let stored = to_storage(&named).unwrap().write();
    for appearance in ["inline", "block"] {
        let link = format!(
            "<p><ac:link ac:card-appearance=\"{appearance}\"><ri:content-entity ri:content-id=\"7\" /></ac:link></p>"
        );
        assert!(stored.contains(&link), "{stored}");
    }
    // Nothing is revealed of a page that the reader doesn't see.
    let hidden = for_reader(&named, &mut |_| None).unwrap().unwrap();
    assert!(!hidden.contains("wiki.example"), "{hidden}");
}
