//! What a page shows, and what search finds, of markup that other programs write.
#![cfg(test)]

use narthex_content::storage::{Document, parse};
use narthex_content::view::{Renderer, ViewKind};
use narthex_content::{task, text};

fn body(source: &str) -> Document {
    parse(source).unwrap()
}

fn view(source: &str) -> String {
    let template = Renderer::default().render(&body(source), ViewKind::View);
    template.fill(&mut |_, slot| slot.absent()).into_string()
}

#[test]
fn the_words_of_neighbouring_blocks_stay_apart() {
    for name in [
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "nav",
        "address",
        "details",
        "summary",
        "fieldset",
        "legend",
        "dialog",
        "form",
        "hgroup",
        "figure",
        "figcaption",
        "option",
        "menu",
        "dir",
        "search",
        "body",
    ] {
        let source = format!("<p>a</p><{name}>one</{name}><{name}>two</{name}>b");
        assert_eq!(text::plain(&body(&source)), "a\none\ntwo\nb", "{name}");
        assert_eq!(
            view(&source),
            "<p>a</p><div>one</div><div>two</div>b",
            "{name}"
        );
    }
    let nested = "<figure>four<figcaption>five</figcaption></figure><select><option>x</option><option>y</option></select>";
    assert_eq!(text::plain(&body(nested)), "four\nfive\nx\ny");
    let caption = "<p>a</p><ac:image><ri:attachment ri:filename=\"x.png\" /><ac:caption>c</ac:caption></ac:image>b";
    assert_eq!(text::plain(&body(caption)), "a\nc\nb");
}

#[test]
fn a_task_shows_the_words_that_stand_right_in_it() {
    let source = "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status>\
        words <b>here</b> by <time datetime=\"2026-02-03\" /></ac:task>\
        <ac:task><ac:task-id>2</ac:task-id><ac:task-body>one</ac:task-body>two</ac:task>\
        <ac:task><ac:task-id>3</ac:task-id> </ac:task></ac:task-list>";
    let html = view(source);
    assert!(
        html.contains("<div class=\"nx-task-body\">words <b>here</b> by"),
        "{html}"
    );
    assert!(
        html.contains("<div class=\"nx-task-body\">one</div><div class=\"nx-task-body\">two</div>"),
        "{html}"
    );
    assert!(!html.contains("complete"), "{html}");
    let document = body(source);
    let items = task::items(&document);
    assert_eq!(items[0].due.as_deref(), Some("2026-02-03"));
    let blank: Vec<bool> = items.iter().map(|item| item.blank).collect();
    assert_eq!(blank, [false, false, true]);
    assert_eq!(
        task::body(&document, "1").as_deref(),
        Some("words <b>here</b> by <time datetime=\"2026-02-03\" />")
    );
    assert_eq!(task::body(&document, "2").as_deref(), Some("onetwo"));
    assert_eq!(task::body(&document, "3"), None);
}

#[test]
fn the_contents_of_a_zone_list_the_headings_in_it() {
    let zone = |inside: &str| {
        format!(
            "<ac:structured-macro ac:name=\"toc-zone\"><ac:rich-text-body>{inside}</ac:rich-text-body></ac:structured-macro>"
        )
    };
    let html = view(&format!(
        "<h2>Before</h2>{}<h2>Behind</h2><ac:structured-macro ac:name=\"toc\" />",
        zone("<h2>In it</h2><p>x</p><h3>Deeper</h3>")
    ));
    let lists: Vec<&str> = html.split("<nav").skip(1).collect();
    let entries = |list: &str| list.split("</nav>").next().unwrap().matches("<li>").count();
    assert_eq!((entries(lists[0]), entries(lists[1])), (2, 4), "{html}");
    assert!(lists[0].starts_with(" class=\"nx-toc\"><ul><li><a href=\"#In-it\">In it</a>"));
}

#[test]
fn attributes_in_capitals_mean_what_they_mean_in_small_letters() {
    let html = view(
        "<P>see <A HREF=\"http://e.example\" TITLE=\"t\">l</A> <FONT COLOR=\"red\">r</FONT></P>\
         <TABLE><TR><TD COLSPAN=\"2\" STYLE=\"color: red\">c</TD></TR></TABLE><OL START=\"3\"><LI>x</LI></OL>",
    );
    for part in [
        "<a href=\"http://e.example\"",
        "style=\"color:red\">r</span>",
        "<td colspan=\"2\" style=\"color:red\">c</td>",
        "<ol start=\"3\">",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert_eq!(
        view("<p TITLE=\"a\" title=\"b\" Title=\"c\" DIR=\"rtl\">x</p>"),
        "<p title=\"b\" dir=\"rtl\">x</p>"
    );
    let picture = view("<IMG SRC=\"/a.png\" ALT=\"plan\"/>");
    assert!(picture.contains("plan"), "{picture}");
    assert!(!view("<P ONCLICK=\"x()\" STYLE=\"position: fixed\">y</P>").contains("ON"));
}

#[test]
fn a_style_that_browsers_know_is_shown() {
    for (style, shown) in [
        ("font-weight:700", "font-weight:700"),
        ("font-weight: bolder", "font-weight:bolder"),
        ("background: yellow", "background-color:yellow"),
        (
            "text-decoration: underline line-through",
            "text-decoration:underline line-through",
        ),
        (
            "text-decoration-line: underline",
            "text-decoration-line:underline",
        ),
    ] {
        let html = view(&format!("<p><span style=\"{style}\">x</span></p>"));
        assert!(html.contains(&format!("style=\"{shown}")), "{html}");
    }
}
