//! What storage format says and the document format has no word for.

use crate::{kinds, read, shown, unchanged, written};
use narthex_content::adf::{from_storage, hide_people};
use narthex_content::hole::PersonRef;
use narthex_content::storage::parse;
use serde_json::json;

#[test]
fn a_picture_that_words_stand_beside_stays_in_their_line() {
    let picture = |attributes: &str| {
        format!("<ac:image{attributes}><ri:attachment ri:filename=\"i.png\" /></ac:image>")
    };
    let small = picture(" ac:width=\"16\" ac:original-width=\"64\" ac:original-height=\"64\"");
    for storage in [
        format!("<p>Click {small} to save.</p>"),
        format!("<p>Click {small}</p>"),
        format!("<p>{small} <strong>saves</strong></p>"),
        format!("<p>one<br />two {small}</p>"),
        format!("<p><a href=\"/x\">the {small}</a></p>"),
        format!("<ul><li><p>Click {small} to save.</p></li></ul>"),
        format!("<table><tbody><tr><td><p>Click {small}</p></td></tr></tbody></table>"),
        format!("<blockquote><p>Click {small}</p></blockquote>"),
    ] {
        assert!(
            read(&storage).to_string().contains("mediaInline"),
            "{storage}"
        );
        assert_eq!(unchanged(&storage), storage);
    }
    let loose = read(&format!("<ul><li>Click {small} to save.</li></ul>"));
    assert_eq!(
        kinds(&loose[0]["content"][0]["content"][0]["content"]),
        ["text", "mediaInline", "text"]
    );
    for storage in [
        format!("<p>{small}</p>"),
        format!("<p>one<br />{small}<br />two</p>"),
        format!("<p>one</p>{small}<p>two</p>"),
        format!("<p>one {}</p>", picture(" ac:align=\"right\"")),
        format!("<p>one {}</p>", picture(" ac:layout=\"wide\"")),
        "<p>one <ac:image><ri:attachment ri:filename=\"i.png\" /><ac:caption><p>c</p></ac:caption></ac:image></p>".to_owned(),
        "<p>one <ac:image><ri:url ri:value=\"https://e.example/i.png\" /></ac:image></p>".to_owned(),
    ] {
        let found = read(&storage).to_string();
        assert!(found.contains("mediaSingle") && !found.contains("mediaInline"), "{storage}");
    }
}

#[test]
fn one_changed_word_leaves_a_picture_in_its_line() {
    let sent = json!([{"type": "paragraph", "content": [
        {"type": "text", "text": "Click "},
        {"type": "mediaInline", "attrs": {"type": "image", "id": "a-b-c", "collection": "c", "width": 16}},
        {"type": "text", "text": " to save."},
    ]}]);
    let edited = written(&sent).replace("save", "keep");
    let blocks = read(&edited);
    assert_eq!(
        kinds(&blocks[0]["content"]),
        ["text", "mediaInline", "text"]
    );
}

#[test]
fn a_person_of_an_older_version_keeps_the_kind_of_their_id() {
    for user in ["ri:userkey=\"8a80\"", "ri:username=\"bob\""] {
        let storage = format!("<p>ask <ac:link><ri:user {user} /></ac:link></p>");
        assert_eq!(unchanged(&storage), storage);
        let json = from_storage(&parse(&storage).unwrap(), &mut |_| None);
        let mut asked = Vec::new();
        let hidden = hide_people(&json, &mut |person| {
            asked.push(person.clone());
            true
        });
        let hidden = hidden.unwrap().unwrap();
        assert!(
            !hidden.contains("8a80") && !hidden.contains("bob"),
            "{hidden}"
        );
        assert!(
            matches!(asked.first(), Some(PersonRef::Key(_) | PersonRef::Name(_))),
            "{asked:?}"
        );
    }
    let mut blocks = read("<p><ac:link><ri:user ri:userkey=\"8a80\" /></ac:link></p>");
    blocks[0]["content"][0]["attrs"]["id"] = json!("557058:1");
    assert!(written(&blocks).contains("ri:account-id=\"557058:1\""));
}

#[test]
fn the_numbers_of_a_list_come_back_and_are_shown() {
    for list in [
        "<ol start=\"3\" type=\"a\" reversed=\"reversed\"><li value=\"7\"><p>x</p></li></ol>",
        "<ol style=\"list-style-type: lower-roman;\"><li><p>x</p></li></ol>",
        "<ul style=\"list-style-type: square;\"><li><p>x</p></li></ul>",
    ] {
        assert_eq!(unchanged(list), list);
    }
    let html = shown(
        "<ol type=\"a\" reversed=\"\"><li value=\"7\">x</li><li value=\"&quot;\">y</li></ol>",
    );
    assert_eq!(
        html,
        "<ol type=\"a\" reversed=\"\"><li value=\"7\">x</li><li>y</li></ol>"
    );
    assert_eq!(
        shown("<ul><li value=\"7\">x</li></ul>"),
        "<ul><li>x</li></ul>"
    );
}

#[test]
fn a_section_stays_as_wide_as_it_was_and_its_empty_cells_are_valid() {
    let section = "<ac:layout><ac:layout-section ac:type=\"two_equal\" ac:breakout-mode=\"wide\" ac:breakout-width=\"1011\"><ac:layout-cell><p>x</p></ac:layout-cell><ac:layout-cell></ac:layout-cell></ac:layout-section></ac:layout>";
    assert_eq!(unchanged(section), section);
    let blocks = read(section);
    assert_eq!(
        blocks[0]["marks"],
        json!([{"type": "breakout", "attrs": {"mode": "wide", "width": 1011}}])
    );
    assert_eq!(kinds(&blocks[0]["content"][1]["content"]), ["paragraph"]);
    let table = "<table><tbody><tr><td></td><th></th></tr></tbody></table>";
    assert_eq!(unchanged(table), table);
    let mut blocks = read(table);
    let cell = &mut blocks[0]["content"][0]["content"][0]["content"];
    assert_eq!(kinds(cell), ["paragraph"]);
    // Whoever writes into it writes a paragraph.
    cell[0]["content"] = json!([{"type": "text", "text": "new"}]);
    assert!(written(&blocks).contains("<td><p>new</p></td>"));
}

#[test]
fn a_target_outside_any_link_is_a_link_to_it() {
    assert_eq!(
        unchanged("<p>see <ri:page ri:content-title=\"Plans\" /></p>"),
        "<p>see <ac:link><ri:page ri:content-title=\"Plans\" /></ac:link></p>"
    );
}

#[test]
fn a_title_with_a_link_keeps_its_words() {
    let panel = |title: &str| {
        format!(
            "<ac:structured-macro ac:name=\"panel\"><ac:parameter ac:name=\"title\">{title}</ac:parameter><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>"
        )
    };
    let link = "See <ac:link><ri:page ri:content-title=\"Plans\" /><ac:link-body>the plans</ac:link-body></ac:link> now";
    assert_eq!(unchanged(&panel(link)), panel("See the plans now"));
}
