//! Elements of HTML that load something.

use crate::{kinds, read, shown, text, unchanged, written};
use narthex_content::adf::{from_storage, hide_people, to_storage};
use narthex_content::storage::parse;
use serde_json::json;

const ADDRESS: &str = "https://e.example/v";

/// Returns each of the elements with a safe address.
fn elements() -> Vec<String> {
    [
        "<object data=\"A\">words</object>",
        "<object data=\"A\" type=\"application/pdf\"><p>some <b>words</b></p></object>",
        "<object><param name=\"movie\" value=\"A\" /><embed src=\"A\" /></object>",
        "<embed src=\"A\" width=\"9\" />",
        "<video controls=\"\" width=\"400\"><source src=\"A\" type=\"video/mp4\" /></video>",
        "<video><source src=\"javascript:x\" /><source src=\"A\" /><track src=\"t\" />words</video>",
        "<video src=\"A\"></video>",
        "<video src=\"A\" />",
        "<audio src=\"A\"></audio>",
        "<audio><source src=\"A\" />one &lt; b &amp; c</audio>",
        "<iframe src=\"A\" width=\"9\"></iframe>",
    ]
    .map(|element| element.replace('A', ADDRESS))
    .to_vec()
}

#[test]
fn what_elements_load_is_a_link_and_never_loaded() {
    let link = format!("<a href=\"{ADDRESS}\" rel=\"nofollow noopener noreferrer\">{ADDRESS}</a>");
    for element in elements() {
        let html = shown(&format!("<p>a {element} b</p>"));
        assert_eq!(html, format!("<p>a {link} b</p>"), "{element}");
    }
    assert!(
        shown("<video src=\"/wiki/download/attachments/7/v.mp4\"></video>")
            .contains("<a href=\"/wiki/download/attachments/7/v.mp4\">")
    );
    let inside = shown(&format!("<a href=\"/x\"><embed src=\"{ADDRESS}\" /></a>"));
    assert_eq!(inside, format!("<a href=\"/x\">{ADDRESS}</a>"));
}

#[test]
fn the_words_in_an_element_that_loads_nothing_safe_are_shown() {
    for address in [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "",
        " ",
    ] {
        for (element, inside) in [
            ("object data", ""),
            ("video src", ""),
            ("audio src", ""),
            ("iframe src", ""),
            (
                "object title=\"t\" data",
                "<param name=\"src\" value=\"A\" />",
            ),
            ("video src", "<source src=\"A\" />"),
        ] {
            let inside = inside.replace('A', address);
            let name = element.split(' ').next().unwrap();
            let storage =
                format!("<p><{element}=\"{address}\">{inside}some <b>words</b></{name}></p>");
            assert_eq!(shown(&storage), "<p>some <b>words</b></p>", "{storage}");
            let found = read(&storage);
            assert_eq!(found[0]["content"][0]["text"], "some ", "{found}");
            // Everything is preserved except the elements without a safe address.
            let kept = storage.replace(&inside, "").replace("b>", "strong>");
            assert_eq!(unchanged(&storage), kept);
        }
    }
    // Whether a profile's name may be seen depends on the reader.
    let profile = "<embed src=\"/wiki/people/5b10ac8d82e05b22cc7d4ef5\" />";
    assert_eq!(shown(profile), "");
    assert_eq!(shown("<object></object><embed /><video />"), "");
}

#[test]
fn elements_that_load_something_come_back_as_they_were() {
    for element in elements() {
        for storage in [
            element.clone(),
            format!("<p>a {element} b</p>"),
            format!("<p>{element}</p>"),
            format!("<ul><li><p>a{element}</p></li></ul>"),
            format!("<p><strong>a {element}</strong></p>"),
            format!("<table><tbody><tr><td>{element}</td></tr></tbody></table>"),
        ] {
            let again = unchanged(&storage);
            assert!(!again.contains("nx-source"), "{again}");
            assert_eq!(again, storage);
        }
    }
    let video = format!("<video src=\"{ADDRESS}\"></video>");
    assert_eq!(kinds(&read(&video)), ["extension"]);
    let words = read(&format!("<p>a {video}</p>"));
    assert_eq!(kinds(&words[0]["content"]), ["text", "inlineExtension"]);
}

#[test]
fn an_element_whose_address_a_client_changed_is_a_frame_of_the_new_address() {
    let video = format!("<video src=\"{ADDRESS}\">words</video>");
    let mut blocks = read(&video);
    let parameters = &mut blocks[0]["attrs"]["parameters"];
    parameters["macroParams"]["src"]["value"] = json!("https://e.example/new");
    let changed = written(&blocks);
    assert!(!shown(&changed).contains(ADDRESS), "{changed}");
    assert!(
        shown(&changed).contains("https://e.example/new"),
        "{changed}"
    );
}

#[test]
fn what_a_client_invents_for_an_element_is_written_as_no_other_markup() {
    for element in [
        json!({"name": "script", "content": ["alert(1)"]}),
        json!({"name": "ac:structured-macro", "attributes": [["ac:name", "include"]], "content": []}),
        json!({"name": "video", "attributes": [["src", ADDRESS]], "content": [{"name": "ri:user"}]}),
        json!({"name": "video onload=\"x\"", "attributes": [["src", ADDRESS]]}),
        json!({"name": "video", "attributes": [["src", ADDRESS], ["a><script>", "x"]]}),
        json!({"name": "video", "attributes": [["src", "https://e.example/other"]]}),
        json!(7),
    ] {
        let sent = json!([{"type": "extension", "attrs": {"extensionType": "com.atlassian.confluence.macro.core", "extensionKey": "iframe", "parameters": {"macroParams": {"src": {"value": ADDRESS}}, "nx-element": element}}}]);
        let stored = written(&sent);
        assert!(
            stored.contains("<ac:structured-macro ac:name=\"iframe\">"),
            "{stored}"
        );
        let html = shown(&stored);
        assert_eq!(html.matches('<').count(), 2, "{html}");
    }
    let around = |name: &str| {
        let text = json!({"type": "text", "text": "x", "attrs": {"nx-elements": [{"at": 0, "name": name}]}});
        written(&json!([{"type": "paragraph", "content": [text]}]))
    };
    assert_eq!(around("object"), "<p><object>x</object></p>");
    for name in ["script", "ac:link", "p", "object data=\"x\"", ""] {
        assert!(around(name).contains("<p>x</p>"), "{name}");
    }
}

#[test]
fn nobody_is_named_by_an_element_that_is_kept() {
    let id = "5b10ac8d82e05b22cc7d4ef5";
    for words in [
        format!("<ac:link><ri:user ri:account-id=\"{id}\" /></ac:link>"),
        format!("<a href=\"/wiki/people/{id}\">Ada</a>"),
    ] {
        let storage = format!("<p><object data=\"{ADDRESS}\">by {words}</object></p>");
        assert_eq!(unchanged(&storage), storage);
        let json = from_storage(&parse(&storage).unwrap(), &mut |_| None);
        let hidden = hide_people(&json, &mut |_| true).unwrap().unwrap();
        assert!(!hidden.contains(id) && !hidden.contains("Ada"), "{hidden}");
        assert!(to_storage(&hidden).unwrap().as_str().contains("a user"));
    }
    assert_eq!(
        read("<p><object>x</object></p>")[0]["content"][0]["text"],
        text("x")["text"]
    );
}
