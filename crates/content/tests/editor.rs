//! The HTML for the older editor is read back as the document that it was made of.
#![cfg(test)]

use narthex_content::hole::{Hole, PersonRef};
use narthex_content::slot::Slot;
use narthex_content::view::{Renderer, ViewKind};
use narthex_content::{editor, storage};

/// Fills holes as a site on which everything exists.
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

/// Returns the HTML that an editor receives.
fn given(source: &str) -> String {
    let body = storage::parse(source).unwrap();
    let html = Renderer::default().render(&body, ViewKind::Editor);
    html.fill(&mut answer).into_string()
}

/// Returns the stored body after somebody has changed what an editor shows.
fn after(source: &str, shown: &str, changed: &str) -> String {
    let html = given(source);
    let edited = html.replace(shown, changed);
    assert_ne!(html, edited, "{shown} isn't shown");
    editor::to_storage(&edited).unwrap().write()
}

#[test]
fn links_pictures_and_mentions_come_back_as_they_were_written() {
    for source in [
        "<p><ac:link ac:anchor=\"there\"><ri:page ri:content-title=\"A page\" /><ac:link-body>look</ac:link-body></ac:link></p>",
        "<p><ac:image ac:alt=\"Halls\" ac:width=\"40\"><ri:attachment ri:filename=\"two halls.png\" /></ac:image></p>",
        "<p><ac:link><ri:user ri:account-id=\"0000000000000000000000ad\" /></ac:link></p>",
        "<p><ac:link><ri:user ri:account-id=\"5b10ac8d82e05b22cc7d4ef5\" /></ac:link> <ac:image><ri:url ri:value=\"https://e.org/x.png\" /></ac:image> <ac:link><ri:page ri:content-title=\"Not yet written\" /><ac:link-body>the manual</ac:link-body></ac:link> <ac:link><ri:attachment ri:filename=\"nope.pdf\" /></ac:link> <ac:image ac:width=\"120\"><ri:attachment ri:filename=\"notyet.png\" /></ac:image></p>",
        "<p><ac:link><ri:shortcut ri:key=\"jira\" ri:parameter=\"A-1\" /></ac:link><ac:link><ri:space ri:space-key=\"HELP\" /></ac:link></p>",
    ] {
        assert_eq!(there_and_back(source), source);
    }
}

#[test]
fn emoticons_panels_decisions_and_tables_come_back_as_they_were_written() {
    for source in [
        "<p><ac:emoticon ac:name=\"tick\" ac:emoji-shortname=\":check_mark:\" ac:emoji-id=\"atlassian-check_mark\" ac:emoji-fallback=\":check_mark:\" /></p>",
        "<p><ac:emoticon ac:name=\"blue-star\" ac:emoji-shortname=\":party:\" ac:emoji-id=\"1f2e3d4c-aaaa\" ac:emoji-fallback=\":party:\" /></p>",
        "<ac:adf-extension><ac:adf-node type=\"panel\"><ac:adf-attribute key=\"panel-type\">note</ac:adf-attribute><ac:adf-content><p>purple</p></ac:adf-content></ac:adf-node></ac:adf-extension>",
        "<ac:adf-extension><ac:adf-node type=\"decision-list\"><ac:adf-node type=\"decision-item\"><ac:adf-attribute key=\"state\">DECIDED</ac:adf-attribute><ac:adf-content>yes</ac:adf-content></ac:adf-node></ac:adf-node></ac:adf-extension>",
        "<ac:structured-macro ac:name=\"details\" ac:macro-id=\"d\"><ac:parameter ac:name=\"id\">x</ac:parameter><ac:rich-text-body><p>a</p></ac:rich-text-body></ac:structured-macro>",
        "<table data-number-column=\"true\" data-layout=\"wide\"><tbody><tr><td data-highlight-colour=\"red\">1</td></tr></tbody></table>",
        "<p><a href=\"https://e.org/\" data-card-appearance=\"inline\">https://e.org/</a></p>",
        "<p><time datetime=\"2024-05-31\"></time><ac:placeholder ac:type=\"mention\">Who?</ac:placeholder></p>",
    ] {
        assert_eq!(there_and_back(source), source);
    }
}

#[test]
fn what_somebody_changes_in_an_editor_wins_over_what_was_carried() {
    let page = "<p><ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"Plan\" /></ac:link></p>";
    assert_eq!(
        after(page, ">A page<", ">the <b>plan</b><"),
        "<p><ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"Plan\" /><ac:link-body>the <b>plan</b></ac:link-body></ac:link></p>"
    );
    assert_eq!(
        after(
            page,
            "/wiki/spaces/OPS/pages/12/A+page#there",
            "https://e.org/"
        ),
        "<p><a href=\"https://e.org/\">A page</a></p>"
    );
    assert_eq!(
        after(page, "/pages/12/", "/pages/13/"),
        "<p><ac:link ac:anchor=\"there\"><ri:content-entity ri:content-id=\"13\" /><ac:link-body>A page</ac:link-body></ac:link></p>"
    );
    let plain = "<p><ac:link><ri:page ri:content-title=\"Plan\" /><ac:plain-text-link-body><![CDATA[look]]></ac:plain-text-link-body></ac:link></p>";
    assert_eq!(
        after(plain, ">look<", ">see<"),
        plain.replace("look", "see")
    );
    assert_eq!(
        after(plain, ">look<", "><b>see</b><"),
        "<p><ac:link><ri:page ri:content-title=\"Plan\" /><ac:link-body><b>see</b></ac:link-body></ac:link></p>"
    );
    let image = "<p><ac:image ac:width=\"40\" ac:original-width=\"80\"><ri:attachment ri:filename=\"two halls.png\" /></ac:image></p>";
    assert_eq!(
        after(image, " width=\"40\"", " width=\"60\""),
        "<p><ac:image ac:width=\"60\"><ri:attachment ri:filename=\"two halls.png\"><ri:content-entity ri:content-id=\"12\" /></ri:attachment></ac:image></p>"
    );
    let tick = "<p><ac:emoticon ac:name=\"tick\" /></p>";
    assert_eq!(after(tick, ">\u{2705}<", ">done<"), "<p>done</p>");
    let day = "<p><time datetime=\"2024-05-31\" /></p>";
    assert_eq!(after(day, ">31 May 2024<", ">in June<"), "<p>in June</p>");
    assert_eq!(
        after(day, "2024-05-31\" data", "2024-06-01\" data"),
        "<p><time datetime=\"2024-06-01\" /></p>"
    );
    let elsewhere = "<p><ac:image><ri:url ri:value=\"https://e.org/x.png\" /></ac:image></p>";
    assert_eq!(
        after(
            elsewhere,
            "href=\"https://e.org/x.png\"",
            "href=\"https://e.org/y.png\""
        ),
        "<p><a href=\"https://e.org/y.png\">https://e.org/x.png</a></p>"
    );
    let stranger = "<p><ac:link><ri:user ri:userkey=\"k\" /></ac:link></p>";
    let body = storage::parse(stranger).unwrap();
    let html = Renderer::default().render(&body, ViewKind::Editor);
    let html = html.fill(&mut |_, slot| slot.hidden_person()).into_string();
    assert_eq!(editor::to_storage(&html).unwrap().write(), stranger);
    let named = html.replace(">a user<", ">Ada<");
    assert_eq!(editor::to_storage(&named).unwrap().write(), "<p>Ada</p>");
}

#[test]
fn a_parameter_that_somebody_changes_leaves_the_rest_of_its_macro() {
    let source = "<ac:structured-macro ac:name=\"children\" ac:macro-id=\"m\"><ac:parameter ac:name=\"page\"><ac:link><ri:page ri:content-title=\"Plan\" /></ac:link></ac:parameter><ac:parameter ac:name=\"depth\">2</ac:parameter></ac:structured-macro>";
    assert_eq!(there_and_back(source), source);
    assert_eq!(
        after(source, "|depth=2\" data-macro", "|depth=3\" data-macro"),
        source.replace(">2<", ">3<")
    );
    assert_eq!(
        after(source, "children\" data-macro", "pagetree\" data-macro"),
        "<ac:structured-macro ac:name=\"pagetree\"><ac:parameter ac:name=\"page\">Plan</ac:parameter><ac:parameter ac:name=\"depth\">2</ac:parameter></ac:structured-macro>"
    );
}

#[test]
fn what_is_changed_within_something_stays_in_it() {
    let panel = "<ac:adf-extension><ac:adf-node type=\"panel\"><ac:adf-attribute key=\"panel-type\">note</ac:adf-attribute><ac:adf-content><p>one</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>one</p></ac:adf-fallback></ac:adf-extension>";
    assert_eq!(there_and_back(panel), panel);
    assert_eq!(
        after(panel, "<p>one</p></div>", "<p>two</p></div>"),
        "<ac:adf-extension><ac:adf-node type=\"panel\"><ac:adf-attribute key=\"panel-type\">note</ac:adf-attribute><ac:adf-content><p>two</p></ac:adf-content></ac:adf-node></ac:adf-extension>"
    );
    let other = "<ac:adf-extension><ac:adf-node type=\"x\"></ac:adf-node><ac:adf-fallback><p>one</p></ac:adf-fallback></ac:adf-extension>";
    assert_eq!(after(other, "<p>one</p>", "<p>two</p>"), "<p>two</p>");
    let decisions = "<ac:adf-extension><ac:adf-node type=\"decision-list\"><ac:adf-attribute key=\"local-id\">l</ac:adf-attribute><ac:adf-node type=\"decision-item\"><ac:adf-content>yes</ac:adf-content></ac:adf-node></ac:adf-node></ac:adf-extension>";
    assert_eq!(
        after(decisions, "yes</li>", "yes</li><li>no</li>"),
        decisions.replace(
            "</ac:adf-node></ac:adf-node>",
            "</ac:adf-node><ac:adf-node type=\"decision-item\"><ac:adf-attribute key=\"state\">DECIDED</ac:adf-attribute><ac:adf-content>no</ac:adf-content></ac:adf-node></ac:adf-node>"
        )
    );
    let figure = "<ac:image ac:original-width=\"9\"><ri:attachment ri:filename=\"two halls.png\" /><ac:caption>one</ac:caption></ac:image>";
    assert_eq!(
        after(figure, ">one<", ">two<"),
        figure.replace(">one<", ">two<")
    );
    let table = "<table data-layout=\"wide\"><tbody><tr><td local-id=\"c\" colspan=\"2\">1</td></tr></tbody></table>";
    assert_eq!(
        after(table, "<td colspan=\"2\"", "<td colspan=\"3\""),
        table.replace(
            "local-id=\"c\" colspan=\"2\"",
            "colspan=\"3\" local-id=\"c\""
        )
    );
    let task = "<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-uuid>u</ac:task-uuid><ac:task-status>incomplete</ac:task-status><ac:task-body>x</ac:task-body></ac:task></ac:task-list>";
    assert_eq!(after(task, ">x<", ">y<"), task.replace(">x<", ">y<"));
    let done = after(task, "class=\"nx-task\"", "class=\"nx-task nx-task-done\"");
    assert!(done.contains("<ac:task-status>complete<"), "{done}");
}

#[test]
fn what_is_carried_is_read_as_everything_that_is_sent() {
    let html = given("<p class=\"x\">words</p>");
    let (before, behind) = html.split_once("data-nx-storage=\"").unwrap();
    let (_, behind) = behind.split_once('"').unwrap();
    let with = |markup: &str| {
        let carried = storage::Document::from_text(markup).write();
        editor::to_storage(&format!("{before}data-nx-storage=\"{carried}\"{behind}")).unwrap()
    };
    for markup in [
        "<p onclick=\"a()\"><?in?></p><script>alert(1)</script>",
        "<p><b><?in?></p>",
        "</p></p><p><?in?>",
        "<p><?in?> & <x></p>",
        "<a:b><?in?></a:b>",
        "<?in?>",
        "<p><?in?><?in?></p>",
        "<ac:image><?in?></ac:image>",
        "<ac:adf-extension><?in?></ac:adf-extension>",
        "<![CDATA[",
        "",
    ] {
        let stored = with(markup);
        assert_eq!(
            storage::parse(stored.as_str()).as_ref(),
            Ok(&stored),
            "{markup}"
        );
        let view = Renderer::default().render(&stored, ViewKind::View);
        let view = view.fill(&mut answer).into_string();
        assert!(
            !view.contains("onclick") && !view.contains("<script"),
            "{view}"
        );
    }
    // Markup that is nested deeper than this program writes is ignored, so that nothing grows
    // without bound.
    let deep = format!("{}<?in?>{}", "<b>".repeat(200), "</b>".repeat(200));
    assert_eq!(with(&deep).write(), "<p>words</p>");
}

#[test]
fn a_list_of_decisions_with_a_fallback_stays_one_when_a_word_is_changed() {
    let list = "<ac:adf-extension><ac:adf-node type=\"decision-list\"><ac:adf-node type=\"decision-item\"><ac:adf-attribute key=\"state\">DECIDED</ac:adf-attribute><ac:adf-content>one</ac:adf-content></ac:adf-node></ac:adf-node>";
    let fallback = "<ac:adf-fallback><ul><li>one</li></ul></ac:adf-fallback>";
    for list in [list.to_owned(), list.replace("decision-list", "x")] {
        let whole = format!("{list}{fallback}</ac:adf-extension>");
        assert_eq!(there_and_back(&whole), whole);
        assert_eq!(
            after(&whole, ">one<", ">two<"),
            format!("{}</ac:adf-extension>", list.replace(">one<", ">two<"))
        );
    }
}

#[test]
fn an_instruction_of_the_author_comes_back_though_it_looks_like_a_place() {
    let source = "<p local-id=\"a\"><?in?>x</p>";
    assert_eq!(there_and_back(source), source);
}
