//! Cards, and the words that links have as one.

use crate::{kinds, paragraph, read, text, unchanged, written};
use narthex_content::adf::{from_storage, hide_people, to_storage, with_page_links};
use narthex_content::storage::parse;
use serde_json::json;

#[test]
fn the_words_of_a_smart_link_come_back() {
    for link in [
        "<a href=\"https://d.example\" data-card-appearance=\"inline\">Minutes of May</a>",
        "<a href=\"https://d.example\" data-card-appearance=\"inline\">https://d.example</a>",
        "<ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"T\" /><ac:link-body>Minutes of May</ac:link-body></ac:link>",
        "<ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"T\" /><ac:link-body>a <ac:emoticon ac:emoji-fallback=\"x\" ac:emoji-shortname=\":x:\" ac:name=\"blue-star\" /></ac:link-body></ac:link>",
    ] {
        let storage = format!("<p>see {link}.</p>");
        assert_eq!(unchanged(&storage), storage);
    }
    let block = "<p><a href=\"https://d.example\" data-layout=\"wide\" data-card-appearance=\"block\">Minutes of May</a></p>";
    assert_eq!(unchanged(block), block);
    // Words of another address say nothing of this one.
    let mut blocks =
        read("<p><a href=\"https://d.example/1\" data-card-appearance=\"inline\">May</a></p>");
    blocks[0]["content"][0]["attrs"]["url"] = json!("https://other.example/1");
    let storage = written(&blocks);
    assert!(
        storage.contains(">https://other.example/1</a>"),
        "{storage}"
    );
}

#[test]
fn a_smart_link_with_more_than_words_is_a_link_around_all_of_it() {
    let storage = "<p>see <a href=\"https://d.example\" data-card-appearance=\"inline\">the <ac:image><ri:attachment ri:filename=\"a.png\" /></ac:image></a></p>";
    let blocks = read(storage);
    assert_eq!(
        kinds(&blocks[0]["content"]),
        ["text", "text", "mediaInline"]
    );
    assert!(unchanged(storage).contains("a.png"));
}

#[test]
fn a_smart_link_by_an_address_of_the_site_keeps_its_words_when_it_leads_to_the_page() {
    let storage = "<p><a href=\"https://wiki.example/wiki/spaces/DOC/pages/7/T\" data-card-appearance=\"inline\">Minutes</a></p>";
    let sent = from_storage(&parse(storage).unwrap(), &mut |_| None);
    let named = with_page_links(&sent, "https://wiki.example")
        .unwrap()
        .unwrap();
    assert_eq!(
        to_storage(&named).unwrap().as_str(),
        "<p><ac:link ac:card-appearance=\"inline\"><ri:content-entity ri:content-id=\"7\" /><ac:link-body>Minutes</ac:link-body></ac:link></p>"
    );
}

/// Returns a body in the document format as it is stored, its blocks with their JSON.
fn stored(blocks: serde_json::Value) -> String {
    let storage = written(&blocks);
    assert!(storage.contains("nx-source"), "{storage}");
    storage
}

#[test]
fn the_name_of_a_card_that_was_edited_out_is_nowhere_any_more() {
    let data = json!({"name": "SecretDoc", "url": "https://d.example"});
    for blocks in [
        json!([paragraph(
            json!([{"type": "inlineCard", "attrs": {"data": data}}, text(" tail")])
        )]),
        json!([{"type": "blockCard", "attrs": {"data": data, "datasource": {"parameters": {"jql": "x"}}}}]),
    ] {
        let storage = stored(blocks);
        let edited = parse(&storage.replace(">SecretDoc<", ">Public<")).unwrap();
        let kept = edited.without_stale_sources().unwrap();
        assert!(!kept.as_str().contains("SecretDoc"), "{kept:?}");
        for document in [&edited, &kept] {
            let json = from_storage(document, &mut |_| None);
            assert!(
                json.contains("Public") && !json.contains("SecretDoc"),
                "{json}"
            );
        }
    }
}

#[test]
fn a_card_whose_data_names_a_person_is_hidden_with_the_others() {
    let address = "https://site.example/wiki/people/0000000000000000000000ad";
    let sent = json!({"type": "doc", "content": [paragraph(json!([
        {"type": "inlineCard", "attrs": {"data": {"name": "Ada", "url": address}}}
    ]))]});
    let sent = sent.to_string();
    let hidden = hide_people(&sent, &mut |_| true).unwrap().unwrap();
    let stored = to_storage(&sent)
        .unwrap()
        .hide_people(&mut |_| true)
        .unwrap();
    for text in [hidden.as_str(), stored.as_str()] {
        assert!(!text.contains("Ada") && text.contains("a user"), "{text}");
    }
}
