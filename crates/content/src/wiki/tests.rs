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
            "{expand:T}x{expand}",
            "<ac:structured-macro ac:name=\"expand\"><ac:parameter ac:name=\"title\">T</ac:parameter><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>",
        ),
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
fn brackets_around_nothing_are_text() {
    for (wiki, expected) in [
        ("int[ ] a = b[ ];", "<p>int[ ] a = b[ ];</p>"),
        ("* [ ] todo", "<ul><li>[ ] todo</li></ul>"),
        ("[|x] [ |x] [|] [#]", "<p>[|x] [ |x] [|] [#]</p>"),
        (
            "|a[ ]|b|",
            "<table><tbody><tr><td>a[ ]</td><td>b</td></tr></tbody></table>",
        ),
        (
            "[|http://e.example]",
            "<p>[|<a href=\"http://e.example\">http://e.example</a>]</p>",
        ),
        ("[x|]", "<p>[x|]</p>"),
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
fn a_word_in_monospace_that_comes_twice_is_no_macro_around_what_is_between() {
    for (wiki, expected) in [
        (
            "Use {{git}} first.\n\nh2. Title\n\n* item\n\nThen {{git}} again.",
            "<p>Use <code>git</code> first.</p><h2>Title</h2><ul><li>item</li></ul><p>Then <code>git</code> again.</p>",
        ),
        (
            "{{code}}\n\n||a||\n|b|\n\n{code}\nx\n{code}\n{{code}}",
            "<p><code>code</code></p><table><tbody><tr><th>a</th></tr><tr><td>b</td></tr></tbody></table><ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[x]]></ac:plain-text-body></ac:structured-macro><p><code>code</code></p>",
        ),
        (
            "{info}\nuse {{info}} here\n{info}",
            "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>use <code>info</code> here</p></ac:rich-text-body></ac:structured-macro>",
        ),
        (
            "* {{a}} and {{b}}\n* {{a}}\n|{{a}}|{{b|c}}|\nh1. {{a}}",
            "<ul><li><code>a</code> and <code>b</code></li><li><code>a</code></li></ul><table><tbody><tr><td><code>a</code></td><td><code>b|c</code></td></tr></tbody></table><h1><code>a</code></h1>",
        ),
        (
            "{{${name}}} {{{name}}}\n\nh2. T\n\n{{${name}}} {{{}name{}}}",
            "<p><code>${name}</code> <code>{name}</code></p><h2>T</h2><p><code>${name}</code> <code>name</code></p>",
        ),
        (
            "GET /users/{id}\n\nh2. T\n\nPUT /users/{id}",
            "<p>GET /users/<ac:structured-macro ac:name=\"id\"></ac:structured-macro></p><h2>T</h2><p>PUT /users/<ac:structured-macro ac:name=\"id\"></ac:structured-macro></p>",
        ),
        (
            "{mine}\nh2. T\n{mine}",
            "<ac:structured-macro ac:name=\"mine\"><ac:rich-text-body><h2>T</h2></ac:rich-text-body></ac:structured-macro>",
        ),
        ("a \\{info} b \\{info}", "<p>a {info} b {info}</p>"),
        (
            "{{C:\\dir\\*}} {{\\{x\\}}} {{ x }}",
            "<p><code>C:\\dir*</code> <code>{x}</code> {{ x }}</p>",
        ),
    ] {
        assert_eq!(storage(wiki), expected, "{wiki}");
    }
}

#[test]
fn a_cell_goes_on_until_its_bar() {
    for (wiki, expected) in [
        (
            "||A||B||\n|x|* one\n* two|\n|y|z|",
            "<tr><th>A</th><th>B</th></tr><tr><td>x</td><td><ul><li>one</li><li>two</li></ul></td></tr><tr><td>y</td><td>z</td></tr>",
        ),
        (
            "|* a\n* b|# c\n# d|",
            "<tr><td><ul><li>a</li><li>b</li></ul></td><td><ol><li>c</li><li>d</li></ol></td></tr>",
        ),
        (
            "|first\nsecond|z|\n|b|",
            "<tr><td><p>first<br />second</p></td><td>z</td></tr><tr><td>b</td></tr>",
        ),
        (
            "|{code}\na | b\n\nc\n{code}|z|",
            "<tr><td><ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[a | b\n\nc]]></ac:plain-text-body></ac:structured-macro></td><td>z</td></tr>",
        ),
        (
            "|!p.png|width=9!|[a \\[b\\]|Page]|a \\| b|",
            "<tr><td><ac:image ac:width=\"9\"><ri:attachment ri:filename=\"p.png\" /></ac:image></td><td><ac:link><ri:page ri:content-title=\"Page\" /><ac:link-body>a [b]</ac:link-body></ac:link></td><td>a | b</td></tr>",
        ),
        ("|open|row\n\n", "<tr><td>open</td><td>row</td></tr>"),
        (
            "|h3. T|wow! yes.|no!|",
            "<tr><td><h3>T</h3></td><td>wow! yes.</td><td>no!</td></tr>",
        ),
    ] {
        assert_eq!(
            storage(wiki),
            format!("<table><tbody>{expected}</tbody></table>"),
            "{wiki}"
        );
    }
    assert_eq!(
        storage("|a|\ntext"),
        "<table><tbody><tr><td>a</td></tr></tbody></table><p>text</p>"
    );
}

#[test]
fn a_list_goes_on_behind_lines_without_a_marker() {
    for (wiki, expected) in [
        (
            "# one\n{code}x{code}\n# two",
            "<ol><li>one<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[x]]></ac:plain-text-body></ac:structured-macro></li><li>two</li></ol>",
        ),
        (
            "# one\n{code}\nx\n\ny\n{code}\nmore\n# two",
            "<ol><li>one<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[x\n\ny]]></ac:plain-text-body></ac:structured-macro>more</li><li>two</li></ol>",
        ),
        (
            "* a\ngoes on\n* b",
            "<ul><li>a<br />goes on</li><li>b</li></ul>",
        ),
        (
            "# one\n** sub\n# two",
            "<ol><li>one<ul><li>sub</li></ul></li><li>two</li></ol>",
        ),
        (
            "# one\n#* sub\ngoes on\n## deep\n# two",
            "<ol><li>one<ul><li>sub<br />goes on</li></ul><ol><li>deep</li></ol></li><li>two</li></ol>",
        ),
        (
            "- a\n-- b\n-- c\n- d",
            "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>",
        ),
        ("* a\n\n* b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("* a\nh1. b", "<ul><li>a</li></ul><h1>b</h1>"),
        ("-- a", "<p>\u{2013} a</p>"),
    ] {
        assert_eq!(storage(wiki), expected, "{wiki}");
    }
}

#[test]
fn entities_are_the_characters_that_they_stand_for() {
    for (wiki, expected) in [
        ("a &#124; b&nbsp;AT&amp;T", "a | b\u{a0}AT&amp;T"),
        (
            "&#42;no&#42; &lt;b&gt; &quot;q&quot;",
            "*no* &lt;b&gt; &quot;q&quot;",
        ),
        (
            "{{a &#123;b&#125;}} *x &amp; y*",
            "<code>a {b}</code> <strong>x &amp; y</strong>",
        ),
        (
            "[a &amp; b|Q&amp;A] https://e.example/?a&amp;b",
            "<ac:link><ri:page ri:content-title=\"Q&amp;A\" /><ac:link-body>a &amp; b</ac:link-body></ac:link> <a href=\"https://e.example/?a&amp;b\">https://e.example/?a&amp;b</a>",
        ),
        ("AT&T &unknown; \\&amp;", "AT&amp;T &amp;unknown; &amp;amp;"),
        (
            "!a&amp;b.png|alt=x &gt; y!",
            "<ac:image ac:alt=\"x &gt; y\"><ri:attachment ri:filename=\"a&amp;b.png\" /></ac:image>",
        ),
    ] {
        assert_eq!(storage(wiki), format!("<p>{expected}</p>"), "{wiki}");
    }
    assert!(storage("{code}a &amp; b{code}").contains("[CDATA[a &amp; b]]"));
    assert!(
        storage("||a &#124; b||\n|c &#124; d|").contains("<th>a | b</th></tr><tr><td>c | d</td>")
    );
}

#[test]
fn signs_mark_text_only_where_they_are_meant_to() {
    for (wiki, expected) in [
        ("wo{*}rd{*}s {_}x{_}", "wo<strong>rd</strong>s <em>x</em>"),
        (
            "a{^}b{^} H{~}2{~}O {+}u{+}",
            "a<sup>b</sup> H<sub>2</sub>O <u>u</u>",
        ),
        (
            "re{-}d{-}o {??}c{??} {*}b*",
            "re<del>d</del>o <cite>c</cite> <strong>b</strong>",
        ),
        (
            "{{{}x{}}} {{{}a }} b{}}}",
            "<code>x</code> <code>a }} b</code>",
        ),
        (
            "->go-> a -> b <- c <-> d",
            "-&gt;go-&gt; a -&gt; b &lt;- c &lt;-&gt; d",
        ),
        (
            "19^th^ CO~2~ x^2^+y^2^",
            "19<sup>th</sup> CO<sub>2</sub> x<sup>2</sup>+y<sup>2</sup>",
        ),
        ("a~b~c 5^6", "a~b~c 5^6"),
        (
            "H~2~O and ~more~, a^b^c and d^e^",
            "H~2~O and <sub>more</sub>, a^b^c and d<sup>e</sup>",
        ),
        (
            ":P :-) between :-) (*y) (*r)",
            "<ac:emoticon ac:name=\"cheeky\" /> <ac:emoticon ac:name=\"smile\" /> between <ac:emoticon ac:name=\"smile\" /> <ac:emoticon ac:name=\"yellow-star\" /> <ac:emoticon ac:name=\"red-star\" />",
        ),
        ("std ::Debug, ;-D", "std ::Debug, ;-D"),
        ("{*} {_} {^", "{*} {_} {^"),
    ] {
        assert_eq!(storage(wiki), format!("<p>{expected}</p>"), "{wiki}");
    }
}

#[test]
fn the_text_of_a_link_is_read_and_its_address_kept() {
    for (wiki, expected) in [
        (
            "[*b*|http://e]",
            "<a href=\"http://e\"><strong>b</strong></a>",
        ),
        ("[a \\[b\\]|http://e]", "<a href=\"http://e\">a [b]</a>"),
        (
            "[!p.png|width=9!|http://e]",
            "<a href=\"http://e\"><ac:image ac:width=\"9\"><ri:attachment ri:filename=\"p.png\" /></ac:image></a>",
        ),
        (
            "[!p.png!|Page]",
            "<ac:link><ri:page ri:content-title=\"Page\" /><ac:link-body><ac:image><ri:attachment ri:filename=\"p.png\" /></ac:image></ac:link-body></ac:link>",
        ),
        (
            "[x|irc://e] [x|file://e/f] [x|tel:+1] [x|ssh://e]",
            "<a href=\"irc://e\">x</a> <a href=\"file://e/f\">x</a> <a href=\"tel:+1\">x</a> <a href=\"ssh://e\">x</a>",
        ),
        (
            "[http://e.example/a_b_c] [see http://e.example|http://f.example]",
            "<a href=\"http://e.example/a_b_c\">http://e.example/a_b_c</a> <a href=\"http://f.example\">see http://e.example</a>",
        ),
        (
            "[a \\| b|Page|tip] [x|Q \\[1\\]]",
            "<ac:link><ri:page ri:content-title=\"Page\" /><ac:link-body>a | b</ac:link-body></ac:link> <ac:link><ri:page ri:content-title=\"Q [1]\" /><ac:link-body>x</ac:link-body></ac:link>",
        ),
        (
            "[x|http://e|a tip]",
            "<a href=\"http://e\" title=\"a tip\">x</a>",
        ),
        (
            "+a [b +c+|http://e] _!a_b.png! {{x_y}} z_",
            "+a <a href=\"http://e\">b <u>c</u></a> <em><ac:image><ri:attachment ri:filename=\"a_b.png\" /></ac:image> <code>x_y</code> z</em>",
        ),
        (
            "[!p.png! and !q.png|alt=x! {{a|b}}|Page]",
            "<ac:link><ri:page ri:content-title=\"Page\" /><ac:link-body><ac:image><ri:attachment ri:filename=\"p.png\" /></ac:image> and <ac:image ac:alt=\"x\"><ri:attachment ri:filename=\"q.png\" /></ac:image> <code>a|b</code></ac:link-body></ac:link>",
        ),
        (
            "*[b|http://e]*",
            "<strong><a href=\"http://e\">b</a></strong>",
        ),
    ] {
        assert_eq!(storage(wiki), format!("<p>{expected}</p>"), "{wiki}");
    }
}

#[test]
fn the_worst_markup_takes_no_longer_than_its_length_allows() {
    for unit in [
        "*",
        "*a ",
        "{a}",
        "{info}",
        "[",
        "[a",
        "!",
        "!a.",
        "|",
        "|[",
        "{{",
        "{a:",
        "_*",
        "* *a\n",
        "||\n",
        "\\",
        "h",
        "http://",
        "-",
        "--a",
        "(",
        "bq. ",
        "{a",
        "*_+a ",
        "http://a(b)",
        "http://a)",
        "[a|",
        "[a|]",
        "{csv}",
        "{*}",
        "{*}{_}{^}",
        "{{{}",
        "{{a}",
        "[\\",
        "|a\n",
        "|!a.",
        "{{${",
        "* a\nb\n",
        "a^",
        "-- a\n",
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

#[test]
fn a_parenthesis_that_an_address_opened_belongs_to_it() {
    for (text, address) in [
        (
            "http://e.example/Rust_(language)",
            "http://e.example/Rust_(language)",
        ),
        (
            "(see http://e.example/Rust_(language).)",
            "http://e.example/Rust_(language)",
        ),
        ("(http://e.example/a)", "http://e.example/a"),
        ("http://e.example/a_(b_(c))!", "http://e.example/a_(b_(c))"),
        ("http://e.example/a).", "http://e.example/a"),
        ("http://e.example/(a))),", "http://e.example/(a)"),
    ] {
        let storage = to_storage(text).unwrap();
        let link = format!("<a href=\"{address}\">{address}</a>");
        assert!(storage.as_str().contains(&link), "{storage:?}");
    }
}

#[test]
fn the_bodies_of_macros_that_take_plain_text_are_kept_as_they_are() {
    for name in ["markdown", "csv", "style", "graphviz", "sql"] {
        let wiki = format!("{{{name}}}\n# T\na,*b*\n{{{name}}}");
        let body = "<ac:plain-text-body><![CDATA[# T\na,*b*]]></ac:plain-text-body>";
        let storage = to_storage(&wiki).unwrap();
        assert!(storage.as_str().contains(body), "{storage:?}");
    }
}

#[test]
fn words_in_braces_that_are_names_of_macros_too_open_no_body_in_a_line() {
    let paths = "GET /themes/{style}\nPUT /themes/{style}";
    let storage = to_storage(paths).unwrap();
    assert!(!storage.as_str().contains("plain-text-body"), "{storage:?}");
}

#[test]
fn a_link_without_a_target_is_text() {
    for text in ["[a|]", "[a| ]", "[a|#]", "[a||tip]"] {
        let storage = to_storage(text).unwrap();
        assert_eq!(storage.as_str(), format!("<p>{text}</p>"));
    }
    for link in ["[a|b]", "[a|#b]", "[a|^b.pdf]", "[a|KEY:]", "[a|~bob]"] {
        let storage = to_storage(link).unwrap();
        assert!(storage.as_str().contains("<ac:link"), "{storage:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_wiki_markup(pieces in prop::collection::vec(prop::sample::select(vec![
        "*", "_", "-", "+", "^", "~", "{{", "}}", "??", "[", "]", "|", "||", "!", "{info}", "{code}", "{csv}", "[a|]", "(", ")", "{color:red}", "{color}", "{x:y=z}", "\n", "\n\n", " ", "a", "é", "h1. ",
        "bq. ", "* ", "# ", "----", "\\", "http://x", ":)", "(*)", "<", "&", "{*}", "{{{}", "{}}}", "{{a}}", "&amp;", "\\|", "]]>", "~u", "#x", "^f", "a.png", "\u{0}",
    ]), 0..40)) {
        let text = pieces.concat();
        let document = to_storage(&text).unwrap();
        prop_assert_eq!(crate::storage::parse(document.as_str()).unwrap(), document);
    }
}
