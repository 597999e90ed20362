use proptest::prelude::*;

use super::*;

fn storage(wiki: &str) -> String {
    to_storage(wiki).unwrap().write()
}

#[test]
fn blocks_have_their_elements() {
    for (wiki, expected) in [
        ("h2. Title *x*", "<h2>Title <strong>x</strong></h2>"),
        ("a\nb\n\nc", "<p>a<br />b</p><p>c</p>"),
        ("bq. said", "<blockquote><p>said</p></blockquote>"),
        ("----", "<hr />"),
        (
            "* a\n** b\n*# c\n* d",
            "<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li><li>d</li></ul>",
        ),
        ("# a\n- b", "<ol><li>a</li></ol><ul><li>b</li></ul>"),
        (
            "||h||i||\n|a|[b|http://x.example]|",
            "<table><tbody><tr><th>h</th><th>i</th></tr><tr><td>a</td><td><a href=\"http://x.example\">b</a></td></tr></tbody></table>",
        ),
        (
            "{code:java|title=T}\nint x = {};\n{code}",
            "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">java</ac:parameter><ac:parameter ac:name=\"title\">T</ac:parameter><ac:plain-text-body><![CDATA[int x = {};]]></ac:plain-text-body></ac:structured-macro>",
        ),
        (
            "{info:title=T}\nh1. x\n{note}y{note}\n{info}",
            "<ac:structured-macro ac:name=\"info\"><ac:parameter ac:name=\"title\">T</ac:parameter><ac:rich-text-body><h1>x</h1><ac:structured-macro ac:name=\"note\"><ac:rich-text-body><p>y</p></ac:rich-text-body></ac:structured-macro></ac:rich-text-body></ac:structured-macro>",
        ),
        ("{quote}a{quote}", "<blockquote><p>a</p></blockquote>"),
        (
            "{toc}\ntext",
            "<ac:structured-macro ac:name=\"toc\"></ac:structured-macro><p>text</p>",
        ),
        (
            "{include:KEY:Page}",
            "<ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\">KEY:Page</ac:parameter></ac:structured-macro>",
        ),
    ] {
        assert_eq!(storage(wiki), expected, "{wiki}");
    }
}

#[test]
fn running_text_has_its_marks_links_and_pictures() {
    for (wiki, expected) in [
        (
            "*b* _i_ -d- +u+ ^s^ ~t~ ??c?? {{m *x*}}",
            "<strong>b</strong> <em>i</em> <del>d</del> <u>u</u> <sup>s</sup> <sub>t</sub> <cite>c</cite> <code>m *x*</code>",
        ),
        (
            "2 * 3 * 4, a-b-c, snake_case_name",
            "2 * 3 * 4, a-b-c, snake_case_name",
        ),
        ("*a _b_*", "<strong>a <em>b</em></strong>"),
        (
            "\\*no\\* a \\\\ b -- c --- d",
            "*no* a <br /> b \u{2013} c \u{2014} d",
        ),
        (
            "[Page]",
            "<ac:link><ri:page ri:content-title=\"Page\" /></ac:link>",
        ),
        (
            "[t|KEY:Page#A b]",
            "<ac:link ac:anchor=\"A b\"><ri:page ri:space-key=\"KEY\" ri:content-title=\"Page\" /><ac:link-body>t</ac:link-body></ac:link>",
        ),
        (
            "[#top] [^f.pdf] [~ada]",
            "<ac:link ac:anchor=\"top\"></ac:link> <ac:link><ri:attachment ri:filename=\"f.pdf\" /></ac:link> <ac:link><ri:user ri:username=\"ada\" /></ac:link>",
        ),
        (
            "[~accountid:557058:1]",
            "<ac:link><ri:user ri:account-id=\"557058:1\" /></ac:link>",
        ),
        (
            "[n|/2024/05/31/News] [x|/wiki/y]",
            "<ac:link><ri:blog-post ri:content-title=\"News\" ri:posting-day=\"2024/05/31\" /><ac:link-body>n</ac:link-body></ac:link> <a href=\"/wiki/y\">x</a>",
        ),
        (
            "see https://x.example/a_b_c.",
            "see <a href=\"https://x.example/a_b_c\">https://x.example/a_b_c</a>.",
        ),
        (
            "!p.png|width=300,align=left!",
            "<ac:image ac:width=\"300\" ac:align=\"left\"><ri:attachment ri:filename=\"p.png\" /></ac:image>",
        ),
        ("wow! it works! yes", "wow! it works! yes"),
        (
            "{color:red}a *b*{color}",
            "<span style=\"color: red;\">a <strong>b</strong></span>",
        ),
        (
            "{status:colour=Green|title=OK} (/) :)",
            "<ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"colour\">Green</ac:parameter><ac:parameter ac:name=\"title\">OK</ac:parameter></ac:structured-macro> <ac:emoticon ac:name=\"tick\" /> <ac:emoticon ac:name=\"smile\" />",
        ),
        ("a < b & c {not a macro}", "a &lt; b &amp; c {not a macro}"),
    ] {
        assert_eq!(storage(wiki), format!("<p>{expected}</p>"), "{wiki}");
    }
}

#[test]
fn the_worst_markup_takes_no_longer_than_its_length_allows() {
    for unit in [
        "*", "*a ", "{a}", "{info}", "[", "[a", "!", "!a.", "|", "|[", "{{", "{a:", "_*", "* *a\n",
        "||\n", "\\", "h", "http://", "-", "--a", "(", "bq. ", "{a", "*_+a ",
    ] {
        let _ = to_storage(&unit.repeat(60_000 / unit.len()));
    }
    assert!(to_storage(&"{a}".repeat(100_000)).is_ok());
    let names: String = (0..20_000).map(|n| format!("{{m{n}}}")).collect();
    assert!(to_storage(&names).is_ok());
    let nested: String = (0..500)
        .map(|n| format!("{{m{n}}}"))
        .chain((0..500).rev().map(|n| format!("{{m{n}}}")))
        .collect();
    assert!(to_storage(&nested).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_wiki_markup(pieces in prop::collection::vec(prop::sample::select(vec![
        "*", "_", "-", "+", "^", "~", "{{", "}}", "??", "[", "]", "|", "||", "!", "{info}", "{code}", "{color:red}", "{color}", "{x:y=z}", "\n", "\n\n", " ", "a", "é", "h1. ",
        "bq. ", "* ", "# ", "----", "\\", "http://x", ":)", "(*)", "<", "&", "]]>", "~u", "#x", "^f", "a.png", "\u{0}",
    ]), 0..40)) {
        let text = pieces.concat();
        let document = to_storage(&text).unwrap();
        prop_assert_eq!(crate::storage::parse(document.as_str()).unwrap(), document);
    }
}
