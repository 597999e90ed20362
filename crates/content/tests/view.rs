//! How pages are shown to a viewer who sees everything and to one who sees nothing.
#![cfg(test)]

use narthex_content::hole::{ContentRef, Hole};
use narthex_content::slot::{AttachmentRow, Slot};
use narthex_content::storage::parse;
use narthex_content::template::Part;
use narthex_content::text;
use narthex_content::view::{Hosts, Policy, Renderer, ViewKind, anchor_id};

/// Fills holes for a viewer who sees everything.
fn seen(hole: &Hole, slot: &mut Slot<'_>) {
    match hole {
        Hole::Link(_) | Hole::File(_) => slot.link("/target", "Its title"),
        Hole::Image(_) => slot.image("/picture"),
        Hole::Person { .. } => slot.person("Ada & Co", Some("/people/ada")),
        Hole::Children(_) | Hole::PageTree(_) => slot.list(|list| {
            list.item_with("/one", "One <1>", "2 May", |below| {
                below.item("/two", "Two")
            });
            list.item("/three", "Three");
        }),
        Hole::RecentlyUpdated(_) | Hole::ContentByLabel(_) => {
            slot.list(|list| list.item("/one", "One"))
        }
        Hole::Attachments(_) => {
            slot.attachments(&[AttachmentRow {
                file: "a\".pdf",
                href: "/a",
                src: "",
                bytes: 1_600_000,
                note: "by \"Ada\"",
            }]);
        }
        Hole::Gallery(_) => slot.gallery(&[AttachmentRow {
            file: "a.png",
            href: "/a",
            src: "/t",
            bytes: 1,
            note: "",
        }]),
        _ => slot.absent(),
    }
}

/// Fills holes for a viewer who sees nothing.
fn hidden(hole: &Hole, slot: &mut Slot<'_>) {
    match hole {
        Hole::Link(_) | Hole::File(_) => slot.absent_link(),
        Hole::Image(_) => slot.absent_image(),
        Hole::Person { .. } => slot.hidden_person(),
        Hole::Include(_) | Hole::ExcerptInclude { .. } => slot.absent(),
        _ => {}
    }
}

fn html_of(source: &str, kind: ViewKind, answer: &mut dyn FnMut(&Hole, &mut Slot<'_>)) -> String {
    Renderer::default()
        .render(&parse(source).unwrap(), kind)
        .fill(answer)
        .into_string()
}

fn view(source: &str) -> String {
    html_of(source, ViewKind::View, &mut hidden)
}

/// Puts each block on a line of its own, for snapshots that people can read.
fn lines(html: &str) -> String {
    let mut out = html.to_owned();
    for tag in [
        "<div", "<p", "<ul", "<ol", "<li", "<h1", "<h2", "<table", "<tr", "<td", "<th", "<details",
        "<nav", "<figure", "<pre", "</div", "</ul", "</ol", "</table",
    ] {
        out = out.replace(tag, &format!("\n{tag}"));
    }
    out.trim_start().to_owned()
}

#[test]
fn a_runbook_as_its_readers_see_it() {
    insta::assert_snapshot!(lines(&html_of(
        include_str!("bodies/runbook.xml"),
        ViewKind::View,
        &mut seen
    )));
}

#[test]
fn a_runbook_as_nobody_sees_it() {
    let html = html_of(
        include_str!("bodies/runbook.xml"),
        ViewKind::AnonymousExportView,
        &mut hidden,
    );
    assert!(!html.contains("557058"), "no account id leaves");
    insta::assert_snapshot!(lines(&html));
}

#[test]
fn a_front_page_with_lists_and_includes() {
    insta::assert_snapshot!(lines(&html_of(
        include_str!("bodies/dynamic.xml"),
        ViewKind::View,
        &mut seen
    )));
}

#[test]
fn the_holes_of_a_front_page() {
    let template = Renderer::default().render(
        &parse(include_str!("bodies/dynamic.xml")).unwrap(),
        ViewKind::View,
    );
    insta::assert_debug_snapshot!(template.holes().collect::<Vec<_>>());
}

#[test]
fn a_template_has_no_more_pieces_than_its_holes_need() {
    let template = Renderer::default().render(
        &parse(include_str!("bodies/runbook.xml")).unwrap(),
        ViewKind::View,
    );
    let parts: Vec<_> = template.parts().collect();
    assert!(
        parts
            .windows(2)
            .all(|pair| !matches!(pair, [Part::Html(_), Part::Html(_)]))
    );
    let joined: String = parts
        .iter()
        .map(|part| {
            if let Part::Html(html) = part {
                html
            } else {
                ""
            }
        })
        .collect();
    assert_eq!(joined, template.fill(&mut |_, _| {}).as_str());
}

#[test]
fn a_body_that_is_the_same_for_everybody_is_one_piece() {
    let template = Renderer::default().render(
        &parse("<p>a</p><h1>b</h1><p><a href=\"/x\">c</a></p>").unwrap(),
        ViewKind::View,
    );
    assert_eq!(template.parts().count(), 1);
}

#[test]
fn plain_text_of_a_runbook() {
    insta::assert_snapshot!(text::plain(
        &parse(include_str!("bodies/runbook.xml")).unwrap()
    ));
}

#[test]
fn the_excerpt_is_what_the_author_marked_or_else_the_beginning() {
    let marked = parse(include_str!("bodies/runbook.xml")).unwrap();
    assert_eq!(
        text::excerpt(&marked, 40),
        "What to do when the payment gateway\u{2026}"
    );
    assert_eq!(
        text::excerpt(&parse("<h1>A</h1><p>b c</p>").unwrap(), 40),
        "A b c"
    );
    assert_eq!(
        text::excerpt(&parse("<p>incomprehensibilities</p>").unwrap(), 5),
        "incom\u{2026}"
    );
    let excerpt = Renderer::default()
        .excerpt(&marked, None, ViewKind::View)
        .unwrap();
    assert!(
        excerpt
            .fill(&mut hidden)
            .as_str()
            .starts_with("<p>What to do when the <strong>")
    );
    assert_eq!(
        Renderer::default().excerpt(&marked, Some("other"), ViewKind::View),
        None
    );
}

#[test]
fn page_properties_are_read_row_by_row() {
    let body = parse("<ac:structured-macro ac:name=\"details\"><ac:parameter ac:name=\"id\">x</ac:parameter><ac:rich-text-body><table><tbody><tr><th>Owner</th><td><b>Ada</b></td></tr></tbody></table></ac:rich-text-body></ac:structured-macro>").unwrap();
    let rows = Renderer::default().details(&body, Some("x"), ViewKind::View);
    let rows: Vec<_> = rows
        .iter()
        .map(|(key, value)| (key.as_str(), value.fill(&mut hidden).into_string()))
        .collect();
    assert_eq!(rows, [("Owner", "<b>Ada</b>".to_owned())]);
    assert!(
        Renderer::default()
            .details(&body, Some("y"), ViewKind::View)
            .is_empty()
    );
}

#[test]
fn an_unknown_macro_shows_its_name_and_its_body() {
    assert_eq!(
        view(
            "<ac:structured-macro ac:name=\"chart&lt;\"><ac:rich-text-body><p>data</p></ac:rich-text-body></ac:structured-macro>"
        ),
        "<div class=\"nx-macro\"><span class=\"nx-macro-name\">chart&lt;</span><div class=\"nx-macro-body\"><p>data</p></div></div>"
    );
    assert_eq!(
        view("<ac:structured-macro />"),
        "<span class=\"nx-macro\"><span class=\"nx-macro-name\">macro</span></span>"
    );
}

#[test]
fn what_the_author_calls_a_person_is_not_shown_where_names_are_hidden() {
    let link = "<ac:link><ri:user ri:account-id=\"secret\" /><ac:link-body>Ada Lovelace</ac:link-body></ac:link>";
    assert_eq!(
        view(link),
        "<span class=\"nx-mention nx-mention-hidden\">a user</span>"
    );
    assert_eq!(text::plain(&parse(link).unwrap()), "");
}

#[test]
fn links_do_not_nest() {
    let html = html_of(
        "<a href=\"/a\">x <a href=\"/b\">y</a> <ac:link><ri:page ri:content-title=\"T\" /></ac:link> <ac:link><ri:user ri:account-id=\"1\" /></ac:link></a>",
        ViewKind::View,
        &mut seen,
    );
    assert_eq!(
        html,
        "<a href=\"/a\">x y T <span class=\"nx-mention\">Ada &amp; Co</span></a>"
    );
}

#[test]
fn a_picture_inside_a_link_is_asked_for_first() {
    let mut asked = Vec::new();
    let html = html_of(
        "<ac:link><ri:page ri:content-title=\"T\" /><ac:link-body><ac:image><ri:attachment ri:filename=\"a.png\" /></ac:image></ac:link-body></ac:link>",
        ViewKind::View,
        &mut |hole, slot| {
            asked.push(matches!(hole, Hole::Image(_)));
            seen(hole, slot);
        },
    );
    assert_eq!(asked, [true, false]);
    assert_eq!(
        html,
        "<a class=\"nx-link\" href=\"/target\"><img class=\"nx-image\" src=\"/picture\" alt=\"\" loading=\"lazy\" /></a>"
    );
}

#[test]
fn parts_of_tables_and_lists_stay_where_they_belong() {
    assert_eq!(
        view("<li>a</li><td>b</td><tr><td>c</td></tr>"),
        "<div>a</div><div>b</div><div><div>c</div></div>"
    );
}

#[test]
fn pictures_and_frames_from_elsewhere_are_links_until_the_site_allows_their_host() {
    let body = parse(
        "<ac:image><ri:url ri:value=\"https://pics.example/a.png\" /></ac:image><ac:structured-macro ac:name=\"iframe\"><ac:parameter ac:name=\"src\">https://maps.example/x</ac:parameter><ac:parameter ac:name=\"width\">400px</ac:parameter></ac:structured-macro>",
    )
    .unwrap();
    let closed = Renderer::default()
        .render(&body, ViewKind::View)
        .fill(&mut hidden);
    assert!(!closed.as_str().contains("src="), "{closed}");
    assert_eq!(
        closed.as_str().matches("<a href=\"https://").count(),
        2,
        "{closed}"
    );
    let policy = Policy {
        images: Hosts::Listed(vec!["pics.example".into()]),
        frames: Hosts::Listed(vec![".example".into()]),
        ..Policy::default()
    };
    let open = Renderer::new(policy)
        .render(&body, ViewKind::View)
        .fill(&mut hidden);
    assert!(open.as_str().contains("<img class=\"nx-image\" src=\"https://pics.example/a.png\" alt=\"\" loading=\"lazy\" referrerpolicy=\"no-referrer\" />"));
    assert!(open.as_str().contains(
        "<iframe class=\"nx-embed\" src=\"https://maps.example/x\" width=\"400\" sandbox="
    ));
}

#[test]
fn issues_lead_to_where_the_site_keeps_them() {
    let body = parse("<ac:structured-macro ac:name=\"jira\"><ac:parameter ac:name=\"key\">A-1</ac:parameter></ac:structured-macro>").unwrap();
    let policy = Policy {
        jira: Some("https://jira.example/".into()),
        ..Policy::default()
    };
    let html = Renderer::new(policy)
        .render(&body, ViewKind::View)
        .fill(&mut hidden);
    assert_eq!(
        html.as_str(),
        "<a class=\"nx-jira\" href=\"https://jira.example/browse/A-1\">A-1</a>"
    );
}

#[test]
fn headings_with_the_same_text_have_ids_of_their_own() {
    assert_eq!(
        view("<h1>A b</h1><h2>A  b</h2>"),
        "<h1 id=\"A-b\">A b</h1><h2 id=\"A-b.1\">A  b</h2>"
    );
    assert_eq!(anchor_id("NX-tree"), "c-NX-tree");
}

#[test]
fn links_within_a_page_lead_to_headings_as_server_and_authors_name_them() {
    let heading = "<h2>My Heading</h2>";
    let link = |anchor: &str| {
        view(&format!(
            "{heading}<ac:link ac:anchor=\"{anchor}\"><ac:link-body>x</ac:link-body></ac:link>"
        ))
    };
    for anchor in [
        "My Heading",
        "My-Heading",
        "MyHeading",
        "ThePage-MyHeading",
        "The-Page-MyHeading",
    ] {
        assert!(
            link(anchor).ends_with("<a href=\"#My-Heading\">x</a>"),
            "{anchor}"
        );
    }
    assert!(link("Other Place").ends_with("<a href=\"#Other-Place\">x</a>"));
    let page = format!(
        "{heading}<a href=\"#MyHeading\">x</a><a href=\"#My%20Heading\">y</a><a href=\"#\">z</a>"
    );
    assert!(view(&page).ends_with(
        "<a href=\"#My-Heading\">x</a><a href=\"#My-Heading\">y</a><a href=\"#\">z</a>"
    ));
    let readme = "<h2>1. What's new?</h2><ol><li><a href=\"#1-whats-new\">x</a></li></ol>";
    assert!(
        view(readme).contains("<a href=\"#1.-What&#39;s-new?\">x</a>"),
        "{}",
        view(readme)
    );
    let named = "<ac:structured-macro ac:name=\"anchor\"><ac:parameter ac:name=\"\">MyHeading</ac:parameter></ac:structured-macro>";
    let page = format!(
        "{heading}{named}<ac:link ac:anchor=\"MyHeading\"><ac:link-body>x</ac:link-body></ac:link>"
    );
    assert!(
        view(&page).ends_with("<a href=\"#MyHeading\">x</a>"),
        "what an author names comes first"
    );
    let twice = "<h1>A B</h1><h1>A B</h1><ac:link ac:anchor=\"AB.1\"><ac:link-body>x</ac:link-body></ac:link>";
    assert!(view(twice).ends_with("<a href=\"#A-B.1\">x</a>"));
    let places =
        view("<p><a id=\"one\"></a><span id=\"two\">t</span></p><div id=\"three\">d</div>");
    for id in ["one", "two", "three"] {
        assert!(
            places.contains(&format!("<span class=\"nx-anchor\" id=\"{id}\"></span>")),
            "{places}"
        );
    }
}

#[test]
fn a_styled_view_is_a_whole_document() {
    let html = html_of("<p>x</p>", ViewKind::StyledView, &mut hidden);
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("<p>x</p></body></html>"));
}

#[test]
fn content_by_id_and_blog_posts_are_named_as_the_author_wrote_them() {
    let body = parse("<ac:link><ri:content-entity ri:content-id=\"42\" /></ac:link>").unwrap();
    let template = Renderer::default().render(&body, ViewKind::View);
    let Some(Hole::Link(link)) = template.holes().next() else {
        panic!()
    };
    assert_eq!(
        link.target,
        narthex_content::hole::Target::Content {
            content: ContentRef::Id(42),
            anchor: None
        }
    );
    assert_eq!(
        template.fill(&mut hidden).as_str(),
        "<span class=\"nx-link-absent\">a page</span>"
    );
}

#[test]
fn the_editor_gets_macros_as_they_are_written() {
    let html = html_of(
        "<ac:structured-macro ac:name=\"info\"><ac:parameter ac:name=\"title\">a|b</ac:parameter><ac:rich-text-body><p>x <ac:placeholder>fill</ac:placeholder></p></ac:rich-text-body></ac:structured-macro><ac:structured-macro ac:name=\"toc\" />",
        ViewKind::Editor,
        &mut seen,
    );
    assert_eq!(
        html,
        "<table class=\"wysiwyg-macro\" data-macro-name=\"info\" data-macro-parameters=\"title=a\\|b\" data-macro-body-type=\"RICH_TEXT\"><tbody><tr><td class=\"wysiwyg-macro-body\"><p>x <span class=\"text-placeholder\">fill</span></p></td></tr></tbody></table><span class=\"editor-inline-macro\" data-macro-name=\"toc\" data-macro-body-type=\"NONE\">toc</span>"
    );
}

#[test]
fn nodes_of_the_newer_editor_show_what_comes_with_them() {
    let extension = |kind: &str| {
        format!(
            "<ac:adf-extension><ac:adf-node type=\"{kind}\"><ac:adf-attribute key=\"x\">y</ac:adf-attribute><ac:adf-content><p>a</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>b</p></ac:adf-fallback></ac:adf-extension>"
        )
    };
    assert_eq!(
        view(&extension("panel")),
        "<div class=\"nx-panel nx-panel-custom\"><div class=\"nx-panel-body\"><p>a</p></div></div>"
    );
    assert_eq!(view(&extension("decision-list")), "<p>b</p>");
}

#[test]
fn no_body_grows_without_bound_when_it_is_shown() {
    let heading = format!("<h1>{}</h1>", "x".repeat(200));
    let tocs = format!(
        "{}{}",
        heading.repeat(500),
        "<ac:structured-macro ac:name=\"toc\" />".repeat(5_000)
    );
    let nested = format!(
        "{}{}{}",
        "<h1>".repeat(200),
        "x".repeat(200_000),
        "</h1>".repeat(200)
    );
    let details = format!(
        "{}<table><tr><th>a</th><td>b</td></tr></table>{}",
        "<ac:structured-macro ac:name=\"details\"><ac:rich-text-body>".repeat(100),
        "</ac:rich-text-body></ac:structured-macro>".repeat(100)
    );
    let code = format!(
        "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">c</ac:parameter><ac:plain-text-body><![CDATA[{}]]></ac:plain-text-body></ac:structured-macro>",
        "1 ".repeat(200_000)
    );
    for body in [tocs, nested, details.clone(), code] {
        let shown = view(&body);
        assert!(
            shown.len() < body.len() * 6 + 2 * 1024 * 1024,
            "{} became {}",
            body.len(),
            shown.len()
        );
    }
    assert_eq!(
        Renderer::default()
            .details(&parse(&details).unwrap(), None, ViewKind::View)
            .len(),
        1
    );
}

#[test]
fn the_deepest_body_fits_a_small_stack() {
    use narthex_content::storage::MAX_DEPTH;
    use narthex_content::{adf, markdown, wiki};
    for (open, close) in [
        ("<b>", "</b>"),
        (
            "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body>",
            "</ac:rich-text-body></ac:structured-macro>",
        ),
        ("<ac:link><ac:link-body>", "</ac:link-body></ac:link>"),
        ("<ul><li>", "</li></ul>"),
        ("<table><tr>", "</tr></table>"),
        (
            "<ac:adf-extension><ac:adf-fallback>",
            "</ac:adf-fallback></ac:adf-extension>",
        ),
    ] {
        let levels = MAX_DEPTH / open.matches('<').count();
        let source = format!("{}x{}", open.repeat(levels), close.repeat(levels));
        let work = move || {
            let body = parse(&source).unwrap();
            for kind in [ViewKind::View, ViewKind::Editor] {
                let _ = Renderer::default().render(&body, kind).fill(&mut hidden);
            }
            let _ = (
                text::plain(&body),
                body.hide_people(&mut |_| true),
                adf::from_storage(&body, &mut |_| None),
            );
            let _ = markdown::to_storage(&"> ".repeat(300));
            let _ = wiki::to_storage(&"{quote}{info}".repeat(300));
        };
        std::thread::Builder::new()
            .stack_size(2 * 1024 * 1024)
            .spawn(work)
            .unwrap()
            .join()
            .unwrap();
    }
}
