//! What the older editor is given comes back as what it was.
#![cfg(test)]

use narthex_content::hole::{Hole, PersonRef};
use narthex_content::slot::Slot;
use narthex_content::view::{Renderer, ViewKind};
use narthex_content::{editor, storage};

/// Answers as a site where everything is there.
fn answer(hole: &Hole, slot: &mut Slot<'_>) {
    match hole {
        Hole::Link(_) => slot.link("/wiki/spaces/OPS/pages/12/A+page#there", "A page"),
        Hole::Image(_) => slot.image("/wiki/download/attachments/12/two%20halls.png?version=2"),
        Hole::Person {
            person: PersonRef::Account(id),
            ..
        } => slot.person("Ada", Some(&format!("/wiki/people/{id}"))),
        _ => slot.absent(),
    }
}

fn there_and_back(source: &str) -> String {
    let body = storage::parse(source).unwrap();
    let html = Renderer::default()
        .render(&body, ViewKind::Editor)
        .fill(&mut answer);
    editor::to_storage(html.as_str()).unwrap().write()
}

#[test]
fn macros_tasks_layouts_and_marks_come_back_as_they_were() {
    for source in [
        "<p>a <strong>b</strong> &amp; c</p><h2>Head</h2>",
        "<ac:structured-macro ac:name=\"info\"><ac:parameter ac:name=\"title\">A | b \\ c = d</ac:parameter><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>",
        "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">rust</ac:parameter><ac:plain-text-body><![CDATA[fn a() -> &'static str { \"<b>\" }]]></ac:plain-text-body></ac:structured-macro>",
        "<p><ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"title\">Done</ac:parameter></ac:structured-macro></p>",
        "<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>x</ac:task-body></ac:task></ac:task-list>",
        "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell><p>a</p></ac:layout-cell><ac:layout-cell><p>b</p></ac:layout-cell></ac:layout-section></ac:layout>",
        "<p><ac:inline-comment-marker ac:ref=\"r-1\">here</ac:inline-comment-marker></p>",
        "<table><tbody><tr><td>1</td></tr></tbody></table>",
        "<p><a href=\"https://elsewhere.example/\">there</a></p>",
    ] {
        assert_eq!(there_and_back(source), source);
    }
}

#[test]
fn links_pictures_and_mentions_come_back_by_their_addresses() {
    assert_eq!(
        there_and_back(
            "<p><ac:link ac:anchor=\"there\"><ri:page ri:content-title=\"A page\" /><ac:link-body>look</ac:link-body></ac:link></p>"
        ),
        "<p><ac:link ac:anchor=\"there\"><ri:content-entity ri:content-id=\"12\" /><ac:link-body>look</ac:link-body></ac:link></p>"
    );
    assert_eq!(
        there_and_back(
            "<p><ac:image ac:alt=\"Halls\" ac:width=\"40\"><ri:attachment ri:filename=\"two halls.png\" /></ac:image></p>"
        ),
        "<p><ac:image ac:alt=\"Halls\" ac:width=\"40\"><ri:attachment ri:filename=\"two halls.png\"><ri:content-entity ri:content-id=\"12\" /></ri:attachment></ac:image></p>"
    );
    let ada = "<p><ac:link><ri:user ri:account-id=\"0000000000000000000000ad\" /></ac:link></p>";
    assert_eq!(there_and_back(ada), ada);
}
