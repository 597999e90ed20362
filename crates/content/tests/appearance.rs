//! How a page shows colours, numbers, emoji, formulas, and bodies that a macro doesn't use.
#![cfg(test)]

use narthex_content::adf;
use narthex_content::hole::{Hole, Target};
use narthex_content::slot::Slot;
use narthex_content::storage::{Document, parse};
use narthex_content::text;
use narthex_content::view::{Renderer, ViewKind};

const SITE_STYLE: &str = include_str!("../../server/assets/content.css");
const CLASS_TABLE: &str = include_str!("../src/lib.rs");

fn body(source: &str) -> Document {
    parse(source).unwrap()
}

fn as_kind(source: &str, kind: ViewKind) -> String {
    let mut fill = |hole: &Hole, slot: &mut Slot<'_>| {
        if let Hole::File(link) = hole
            && let Target::Attachment(file) = &link.target
        {
            slot.link(&format!("/files/{}", file.file), &file.file);
        }
    };
    let template = Renderer::default().render(&body(source), kind);
    template.fill(&mut fill).into_string()
}

fn view(source: &str) -> String {
    as_kind(source, ViewKind::View)
}

fn in_macro(name: &str, parameters: &[(&str, &str)], inside: &str) -> String {
    let parameters: String = parameters
        .iter()
        .map(|(name, value)| format!("<ac:parameter ac:name=\"{name}\">{value}</ac:parameter>"))
        .collect();
    format!("<ac:structured-macro ac:name=\"{name}\">{parameters}{inside}</ac:structured-macro>")
}

fn rich(inside: &str) -> String {
    format!("<ac:rich-text-body>{inside}</ac:rich-text-body>")
}

fn plain(text: &str) -> String {
    format!("<ac:plain-text-body><![CDATA[{text}]]></ac:plain-text-body>")
}

/// Returns the tone that the site's style sheet gives to a class.
fn tone(class: &str) -> Option<&'static str> {
    let rule = SITE_STYLE.split_once(&format!(".{class} {{"))?.1;
    let tone = rule.split_once('}')?.0.split_once("--tone: var(--")?.1;
    Some(tone.split_once(')')?.0)
}

#[test]
fn each_panel_has_the_colour_that_its_name_means() {
    for (name, colour) in [
        ("info", "blue"),
        ("note", "amber"),
        ("tip", "green"),
        ("warning", "red"),
    ] {
        let html = view(&in_macro(name, &[], &rich("<p>x</p>")));
        assert!(html.contains(&format!("nx-panel-{name}\"")), "{html}");
        assert_eq!(tone(&format!("nx-panel-{name}")), Some(colour));
    }
    for (kind, colour) in [
        ("info", "blue"),
        ("note", "purple"),
        ("success", "green"),
        ("warning", "amber"),
        ("error", "red"),
    ] {
        let json = format!(
            r#"{{"type":"doc","version":1,"content":[{{"type":"panel","attrs":{{"panelType":"{kind}"}},"content":[{{"type":"paragraph","content":[{{"type":"text","text":"x"}}]}}]}}]}}"#
        );
        let html = view(adf::to_storage(&json).unwrap().as_str());
        let class = html.split("nx-panel ").nth(1).unwrap();
        let class = class.split('"').next().unwrap();
        assert_eq!(tone(class), Some(colour), "{kind}: {html}");
    }
}

#[test]
fn the_style_of_the_site_names_only_classes_of_the_table() {
    let rows: Vec<&str> = CLASS_TABLE
        .lines()
        .filter(|line| line.starts_with("//! |"))
        .collect();
    let mut classes = 0;
    for piece in SITE_STYLE.split(".nx-").skip(1) {
        let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let class = format!("nx-{}", &piece[..end.unwrap_or(piece.len())]);
        let is_listed = rows.iter().any(|row| {
            let mut parts = class.match_indices('-').map(|(at, _)| class.split_at(at));
            row.contains(&format!("`{class}`"))
                || parts.any(|(base, end)| {
                    row.contains(&format!("`{base}")) && row.contains(&format!("`{end}`"))
                })
        });
        assert!(is_listed, "{class}");
        classes += 1;
    }
    assert!(classes > 100);
}

#[test]
fn a_highlighted_cell_has_a_tone_on_which_its_text_can_be_read() {
    let cell = |attributes: &str| {
        let html = view(&format!(
            "<table><tbody><tr><td {attributes}>x</td></tr></tbody></table>"
        ));
        let cell = html.split_once("<td").unwrap().1;
        cell.split_once('>').unwrap().0.to_owned()
    };
    for name in ["blue", "red", "green", "yellow", "grey", "Gray"] {
        let html = cell(&format!("data-highlight-colour=\"{name}\""));
        let tone = html.split("background-color:#").nth(1).unwrap();
        let pale = tone.as_bytes()[..6].chunks(2).all(|part| part[0] >= b'c');
        assert!(pale && html.contains("color:#1b2220"), "{name}: {html}");
    }
    let aligned = cell("data-highlight-colour=\"#e3fcef\" style=\"text-align: right;\"");
    assert_eq!(
        aligned,
        " style=\"text-align:right;background-color:#e3fcef;color:#1b2220\" data-on=\"light\""
    );
    let dark = cell("style=\"background-color: rgb(23,43,77);\"");
    assert!(dark.contains("color:#ffffff\" data-on=\"dark\""), "{dark}");
    let own = cell("data-highlight-colour=\"#ffffff\" style=\"color: #0747a6;\"");
    assert!(
        own.contains("color:#0747a6") && !own.contains("data-on"),
        "{own}"
    );
    assert!(cell("style=\"background: yellow\"").contains("background-color:yellow;color:#1b2220"));
    let both = cell("style=\"background: yellow; background-color: red\"");
    assert!(
        both.contains("background-color:red") && !both.contains("yellow"),
        "{both}"
    );
    for other in ["none", "url(https://e.example/x.png)", "yellow url(x)"] {
        let html = cell(&format!("style=\"background: {other}\""));
        assert!(!html.contains("background"), "{html}");
    }
    assert!(cell("bgcolor=\"#c0b6f2\"").contains("background-color:#c0b6f2"));
    // The names in an attribute of HTML are those of CSS.
    assert!(cell("bgcolor=\"yellow\"").contains("background-color:yellow;color:#1b2220"));
    let edited = as_kind(
        "<p><span style=\"background-color: yellow\">x</span></p>",
        ViewKind::Editor,
    );
    assert_eq!(
        edited,
        "<p><span style=\"background-color: yellow\">x</span></p>"
    );
}

#[test]
fn the_rows_of_a_numbered_table_have_numbers_and_its_heading_has_none() {
    let table = "<table data-number-column=\"true\"><colgroup><col style=\"width: 90px\" /></colgroup><tbody><tr><th>h</th></tr><tr><td>a<table><tbody><tr><td>inner</td></tr></tbody></table></td></tr><tr><td>b</td></tr></tbody></table>";
    let html = view(table);
    let numbers: Vec<&str> = html
        .split("<td class=\"nx-row-number\">")
        .skip(1)
        .map(|cell| cell.split_once('<').unwrap().0)
        .collect();
    assert_eq!(numbers, ["", "1", "2"]);
    assert_eq!(html.matches("<col ").count(), 2, "{html}");
    assert!(html.contains("nx-table-numbered"));
    let from_adf = r#"{"type":"doc","version":1,"content":[{"type":"table","attrs":{"isNumberColumnEnabled":true},"content":[{"type":"tableRow","content":[{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"x"}]}]}]}]}]}"#;
    let html = view(adf::to_storage(from_adf).unwrap().as_str());
    assert!(
        html.contains("<td class=\"nx-row-number\">1</td>"),
        "{html}"
    );
    for not_shown in [
        as_kind(table, ViewKind::Editor),
        view(&table.replace("true", "false")),
    ] {
        assert!(!not_shown.contains("nx-row-number"), "{not_shown}");
    }
}

#[test]
fn lines_of_code_have_numbers_from_the_first_line_on() {
    let code =
        |parameters: &[(&str, &str)], text: &str| view(&in_macro("code", parameters, &plain(text)));
    let html = code(
        &[
            ("language", "java"),
            ("linenumbers", "true"),
            ("firstline", "98"),
        ],
        "a;\n/* one\n two */\n\nb;",
    );
    for line in 98..=102 {
        assert!(
            html.contains(&format!("class=\"nx-line\" data-line=\"{line}\"")),
            "{html}"
        );
    }
    assert!(!html.contains("\"103\""), "{html}");
    // A comment over two lines is a comment in each.
    assert_eq!(
        html.matches("<span class=\"nx-hl-comment\">").count(),
        2,
        "{html}"
    );
    assert_eq!(
        html.matches("<span").count(),
        html.matches("</span>").count()
    );
    assert!(SITE_STYLE.contains("attr(data-line)"));
    let styled = as_kind("", ViewKind::StyledView);
    assert!(styled.contains("attr(data-line)") && styled.contains(".nx-row-number"));
    assert!(code(&[("linenumbers", "true")], "x").contains("data-line=\"1\""));
    assert!(!code(&[], "x").contains("data-line"));
    let long = code(&[("linenumbers", "true")], &"\n".repeat(1_000_000));
    assert!(long.len() < 3_000_000, "{}", long.len());
}

#[test]
fn no_body_is_forgotten_whatever_macro_it_is_in() {
    let names = [
        "code",
        "noformat",
        "details",
        "section",
        "column",
        "status",
        "toc",
        "jira",
        "anchor",
        "children",
        "include",
        "excerpt",
        "info",
        "panel",
        "expand",
        "toc-zone",
        "view-file",
        "iframe",
        "widget",
        "profile",
        "attachments",
        "recently-updated",
        "never-heard-of",
    ];
    let bodies = [
        rich("<p>some <b>words</b></p>"),
        plain("some words"),
        "<p>some words</p>".to_owned(),
        "some words".to_owned(),
        format!("{}{}", rich("<p>first</p>"), plain("some words")),
        format!("{}{}", plain("first"), rich("<p>some words</p>")),
        format!("{}{}", rich("<p>first</p>"), rich("<p>some words</p>")),
    ];
    for name in names {
        for inside in &bodies {
            for kind in [ViewKind::View, ViewKind::ExportView, ViewKind::Editor] {
                let html = as_kind(
                    &in_macro(name, &[("title", "t"), ("key", "A-1")], inside),
                    kind,
                );
                let words = html.replace("<b>", "").replace("</b>", "");
                assert!(words.contains("some words"), "{name} {inside}: {html}");
                assert!(
                    !inside.contains("first") || words.contains("first"),
                    "{html}"
                );
            }
        }
    }
    for name in ["excerpt", "details"] {
        let hidden = in_macro(name, &[("hidden", "true")], &rich("<p>some words</p>"));
        assert!(!view(&hidden).contains("words"), "{name}");
    }
}

#[test]
fn the_words_of_a_picture_in_svg_are_shown_and_its_program_is_not() {
    let svg = "<p>a <svg><style>s{}</style><script>run()</script><title>Plan</title><g><text>north <tspan>wing</tspan></text><text>gate</text></g><path d=\"M0\" /></svg> b</p>";
    assert_eq!(view(svg), "<p>a Plan north wing gate b</p>");
    assert_eq!(text::plain(&body(svg)).trim(), "a Plan north wing gate b");
    assert!(adf::from_storage(&body(svg), &mut |_| None).contains("Plan north wing gate"));
}

#[test]
fn a_formula_is_raised_and_lowered_and_its_fractions_are_in_a_line() {
    let formula = |inside: &str| format!("<p><math>{inside}</math></p>");
    let power = formula("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>");
    assert!(
        view(&power).contains("E=mc<sup>2</sup>"),
        "{}",
        view(&power)
    );
    assert_eq!(text::plain(&body(&power)).trim(), "E=mc^2");
    let json = adf::from_storage(&body(&power), &mut |_| None);
    assert!(
        json.contains("\"subsup\"") && json.contains("E=mc"),
        "{json}"
    );
    for (source, shown) in [
        (
            "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>",
            "(a+b)/2",
        ),
        ("<msqrt><mi>x</mi></msqrt>", "\u{221a}(x)"),
        ("<msub><mi>x</mi><mn>1</mn></msub>", "x<sub>1</sub>"),
        (
            "<munderover><mo>&sum;</mo><mi>i</mi><mi>n</mi></munderover>",
            "\u{2211}<sub>i</sub><sup>n</sup>",
        ),
        (
            "<semantics><mi>y</mi><annotation>\\y</annotation></semantics>",
            ">y<",
        ),
        (
            "<msup><mi>e</mi><msup><mi>x</mi><mn>2</mn></msup></msup>",
            "e<sup>x^2</sup>",
        ),
    ] {
        let html = view(&formula(source));
        assert!(html.contains(shown), "{html}");
    }
    let prefixed = "<p><mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:msup><mml:mi>c</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></p>";
    assert!(
        view(prefixed).contains("c<sup>2</sup>"),
        "{}",
        view(prefixed)
    );
}

#[test]
fn an_emoticon_looks_like_no_other() {
    let emoticon = |attributes: &str| view(&format!("<p><ac:emoticon {attributes} /></p>"));
    let classic = [
        "yellow-star",
        "red-star",
        "green-star",
        "blue-star",
        "light-on",
        "light-off",
    ];
    let looks: std::collections::HashSet<String> = classic
        .iter()
        .map(|name| emoticon(&format!("ac:name=\"{name}\"")).replace(name, ""))
        .collect();
    assert_eq!(looks.len(), classic.len(), "{looks:?}");
    for (attributes, shown) in [
        (
            "ac:name=\"blue-star\" ac:emoji-shortname=\":parrot:\"",
            ">:parrot:<",
        ),
        (
            "ac:name=\"blue-star\" ac:emoji-shortname=\":parrot:\" ac:emoji-fallback=\":parrot:\" ac:emoji-id=\"7f8b5c36-0d0a-4b3c-9d0e-6a0a6c1d2e3f\"",
            ">:parrot:<",
        ),
        (
            "ac:name=\"blue-star\" ac:emoji-shortname=\":smile:\" ac:emoji-id=\"7f8b5c36-0d0a-4b3c-9d0e-6a0a6c1d2e3f\"",
            ">:smile:<",
        ),
        (
            "ac:name=\"blue-star\" ac:emoji-shortname=\":one:\" ac:emoji-id=\"31-20e3\"",
            ">1\u{fe0f}\u{20e3}<",
        ),
        (
            "ac:name=\"blue-star\" ac:emoji-shortname=\":hash:\" ac:emoji-id=\"0023-fe0f-20e3\"",
            ">#\u{fe0f}\u{20e3}<",
        ),
        (
            "ac:name=\"blue-star\" ac:emoji-shortname=\":heart:\" ac:emoji-id=\"2764\"",
            ">\u{2764}\u{fe0f}<",
        ),
        (
            "ac:name=\"blue-star\" ac:emoji-shortname=\":flag_de:\" ac:emoji-id=\"1f1e9-1f1ea\"",
            ">\u{1f1e9}\u{1f1ea}<",
        ),
    ] {
        assert!(
            emoticon(attributes).contains(shown),
            "{}",
            emoticon(attributes)
        );
    }
    // An id whose code points aren't an emoji isn't shown as their characters.
    assert!(!emoticon("ac:name=\"x\" ac:emoji-id=\"41-42\"").contains("AB"));
}

#[test]
fn a_panel_has_the_border_and_the_colours_that_its_author_chose() {
    let html = view(&in_macro(
        "panel",
        &[
            ("title", "T"),
            ("borderStyle", "dashed"),
            ("borderColor", "#cc0000"),
            ("borderWidth", "3"),
            ("titleBGColor", "#0747a6"),
            ("titleColor", "#ffffff"),
            ("bgColor", "#ffffce"),
        ],
        &rich("<p>x</p>"),
    ));
    for said in [
        "border-style:dashed",
        "border-color:#cc0000",
        "border-width:3px",
        "nx-panel-title\" style=\"background-color:#0747a6;color:#ffffff\"",
        "background-color:#ffffce",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    let odd = view(&in_macro(
        "panel",
        &[
            ("borderStyle", "solid;position:fixed"),
            ("borderWidth", "900"),
        ],
        &rich("<p>x</p>"),
    ));
    assert!(!odd.contains("position:") && !odd.contains("900"), "{odd}");
}

#[test]
fn a_heading_without_words_is_no_entry_of_the_contents() {
    let html = view("<h1></h1><h1>A</h1><h2> <br /></h2><ac:structured-macro ac:name=\"toc\" />");
    assert_eq!(html.matches("<li>").count(), 1, "{html}");
}

#[test]
fn a_recording_is_a_link_to_its_file() {
    let file =
        "<ac:parameter ac:name=\"name\"><ri:attachment ri:filename=\"talk.mp4\" /></ac:parameter>";
    for inside in [
        file,
        "<ac:parameter ac:name=\"name\">talk.mp4</ac:parameter>",
    ] {
        let html = view(&in_macro("multimedia", &[("width", "500")], inside));
        assert!(html.contains("href=\"/files/talk.mp4\""), "{html}");
    }
}

#[test]
fn a_list_in_a_list_of_tasks_is_in_the_item_before_it() {
    let task = |text: &str| {
        format!(
            "<ac:task><ac:task-id>{text}</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>{text}</ac:task-body></ac:task>"
        )
    };
    let list = |inside: &str| format!("<ac:task-list>{inside}</ac:task-list>");
    let nested = list(&format!("{}{}{}", task("a"), list(&task("b")), task("c")));
    let html = view(&nested);
    assert!(!html.contains("<ul class=\"nx-tasks\"><ul"), "{html}");
    assert!(!html.contains("</li><ul"), "{html}");
    assert!(
        html.contains(">a</div><ul class=\"nx-tasks\"><li"),
        "{html}"
    );
    assert!(html.contains("</li></ul></li><li"), "{html}");
    let spaced = view(&nested.replace("<ac:task-list>", "\n<ac:task-list>"));
    assert!(!spaced.contains("</li>\n<ul"), "{spaced}");
    let alone = view(&list(&list(&task("a"))));
    assert!(alone.contains("<ul class=\"nx-tasks\"><li><ul"), "{alone}");
    for source in [nested, list(&list(&task("a")))] {
        let edited = as_kind(&source, ViewKind::Editor);
        assert_eq!(
            narthex_content::editor::to_storage(&edited)
                .unwrap()
                .write(),
            source
        );
    }
}

#[test]
fn the_id_that_an_author_gives_a_heading_is_a_place_too() {
    let html = view("<h2 id=\"install\">Install it</h2><p><a href=\"#install\">x</a></p>");
    assert!(
        html.contains("<h2 id=\"Install-it\"><span class=\"nx-anchor\" id=\"install\"></span>"),
        "{html}"
    );
    assert!(html.contains("href=\"#install\""), "{html}");
    let same = view("<h2 id=\"Install\">Install</h2>");
    assert_eq!(same, "<h2 id=\"Install\">Install</h2>");
    let own = view("<h2 id=\"nx-main\">Install</h2>");
    assert!(own.contains("id=\"c-nx-main\""), "{own}");
}

#[test]
fn a_heading_without_words_has_no_id() {
    let html = view("<h2></h2><h2> <br /></h2><h2>x</h2><h2></h2><h2>x</h2>");
    assert_eq!(html.matches(" id=").count(), 2, "{html}");
    assert!(
        html.contains("id=\"x\"") && html.contains("id=\"x.1\""),
        "{html}"
    );
}
