//! Parsing and writing storage format.
#![cfg(test)]

use narthex_content::storage::{MAX_BYTES, MAX_DEPTH, ParseError, Tag, parse};
use narthex_content::view::{Renderer, ViewKind};
use proptest::prelude::*;

fn written(source: &str) -> String {
    parse(source).unwrap().write()
}

#[test]
fn what_confluence_writes_comes_back_byte_for_byte() {
    for body in [
        include_str!("bodies/runbook.xml"),
        include_str!("bodies/dynamic.xml"),
    ] {
        assert_eq!(written(body), body);
    }
    for body in [
        "",
        "plain",
        "<p />",
        "<p></p>",
        "<p>a<br />b<br/>c</p>",
        "<ac:unknown q='1' r=\"2\"><x:y xmlns:x=\"urn:x\" x:z=''/></ac:unknown>",
        "<section><svg viewBox=\"0\"><path d=\"\"/></svg><g-emoji alias=\"tada\">x</g-emoji></section>",
        "<!-- note --><![CDATA[<raw> & ]]>",
        "<p>&nbsp;&rsquo;&#8217;&#x2019;&amp;</p>",
        "<ac:plain-text-body><![CDATA[a]]]]><![CDATA[>b]]></ac:plain-text-body>",
    ] {
        assert_eq!(written(body), body);
    }
}

#[test]
fn what_is_broken_is_mended() {
    for (broken, mended) in [
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("a & b < c", "a &amp; b &lt; c"),
        ("<br>x<hr>", "<br />x<hr />"),
        ("<b><i>x</b></i>", "<b><i>x</i></b>"),
        ("</p>x</div>", "x"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<table><tr><td>a<td>b<tr><td>c</table>",
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        ),
        (
            "<a href=x.html class='k' disabled>y</a>",
            "<a href=\"x.html\" class=\"k\" disabled=\"disabled\">y</a>",
        ),
        ("<P ALIGN=\"left\">x</P> &", "<p ALIGN=\"left\">x</p> &amp;"),
        ("<a b=\"1\" b=\"2\"/>", "<a b=\"1\" />"),
        ("<a b='\"<&'/>", "<a b=\"&quot;&lt;&amp;\" />"),
        ("&unknown; &copy;", "&amp;unknown; &copy;"),
        (
            "<!DOCTYPE x [<!ENTITY e \"boom\">]><p>&e;</p>",
            "<p>&amp;e;</p>",
        ),
        ("x\u{0}y\u{1b}z", "xyz"),
        ("<![CDATA[open", "<![CDATA[open]]>"),
        ("<p title=\"oops>rest", "&lt;p title=\"oops>rest"),
        (
            "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>x</ac:rich-text-body></ac:structured-macro></p>y",
            "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>y",
        ),
        (
            "<p><ac:link><ri:page ri:content-title=\"T\"></ac:link></p>",
            "<p><ac:link><ri:page ri:content-title=\"T\"></ri:page></ac:link></p>",
        ),
    ] {
        assert_eq!(written(broken), mended, "{broken}");
    }
}

#[test]
fn instructions_and_declarations_in_text_are_words() {
    for (sent, kept) in [
        (
            "<p>PHP: <?php echo 1; ?> done</p>",
            "<p>PHP: &lt;?php echo 1; ?> done</p>",
        ),
        ("<?pi x?>", "&lt;?pi x?>"),
        (
            "<p>First line <!DOCTYPE html> always.</p>",
            "<p>First line &lt;!DOCTYPE html> always.</p>",
        ),
        (
            "<p>It begins with <?xml version=\"1.0\"?>.</p>",
            "<p>It begins with &lt;?xml version=\"1.0\"?>.</p>",
        ),
        ("<p>a <![if x]> y</p>", "<p>a &lt;![if x]> y</p>"),
        ("<p>a <![endif]> y</p>", "<p>a &lt;![endif]> y</p>"),
        (
            "<p><!ELEMENT br EMPTY> x</p>",
            "<p>&lt;!ELEMENT br EMPTY> x</p>",
        ),
        // These begin a whole document, and word processors leave conditions behind.
        (
            " <?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<p>x</p>",
            " \n\n<p>x</p>",
        ),
        (
            "<!DOCTYPE a><!DOCTYPE b><p>x</p>",
            "&lt;!DOCTYPE b><p>x</p>",
        ),
        (
            "<p><![if !supportLists]>1. <![endif]>one <![endif]></p>",
            "<p>1. one &lt;![endif]></p>",
        ),
    ] {
        assert_eq!(written(sent), kept, "{sent}");
        assert_eq!(written(kept), kept);
    }
}

#[test]
fn the_elements_of_programs_are_words() {
    for (sent, kept) in [
        (
            "<p>JSX: <Input/> <Select/> <Link to=\"/x\" /> <Header/> z</p>",
            "<p>JSX: &lt;Input/> &lt;Select/> &lt;Link to=\"/x\" /> &lt;Header/> z</p>",
        ),
        (
            "<div><Table></Table> <Table>x</Table></div>",
            "<div>&lt;Table>&lt;/Table> <table>x</table></div>",
        ),
        ("<Header></p></Header>", "<header></header>"),
        (
            "<BR/><INPUT/><Br/><A NAME=\"x\"/>",
            "<BR/><INPUT/><Br/><A NAME=\"x\"/>",
        ),
        (
            "<svg><linearGradient/><Title/></svg>",
            "<svg><linearGradient/><Title/></svg>",
        ),
    ] {
        assert_eq!(written(sent), kept, "{sent}");
        assert_eq!(written(kept), kept);
    }
}

#[test]
fn words_in_angle_brackets_that_are_names_of_elements_are_kept() {
    for (broken, mended) in [
        (
            "<p>cp <source> <target></p>",
            "<p>cp &lt;source> &lt;target></p>",
        ),
        (
            "<p>Put the <script> tag before the closing one.</p><p>Then save.</p>",
            "<p>Put the &lt;script> tag before the closing one.</p><p>Then save.</p>",
        ),
        (
            "<p>Set <title> and <label>, then an <object> or <IFrame> too.</p>",
            "<p>Set &lt;title> and &lt;label>, then an &lt;object> or &lt;IFrame> too.</p>",
        ),
        (
            "<p>Use the <table> element</p><p>x</p>",
            "<p>Use the &lt;table> element</p><p>x</p>",
        ),
        (
            "<p>an <a> and an <input></p>",
            "<p>an &lt;a> and an &lt;input></p>",
        ),
        // A name that is ended somewhere after it is an element, and so is a tag with attributes.
        (
            "<title>x</title><p><label>y</label> &</p>",
            "<title>x</title><p><label>y</label> &amp;</p>",
        ),
        ("<source/> &", "<source /> &amp;"),
        ("<a name=\"x\">y", "<a name=\"x\">y</a>"),
        // HTML lets authors omit these ends, or the elements only group content that is shown
        // without them too.
        (
            "<html><head><body><p>x",
            "<html><head><body><p>x</p></body></head></html>",
        ),
        (
            "<!DOCTYPE html>\n<html>\n<body><p>x",
            "\n<html>\n<body><p>x</p></body></html>",
        ),
        ("<body><p>x", "<body><p>x</p></body>"),
        (
            "<select><option>x<option>y</select>",
            "<select><option>x<option>y</option></option></select>",
        ),
        ("<table> <tr><td>x", "<table> <tr><td>x</td></tr></table>"),
        ("<b>x <i>y <code>z", "<b>x <i>y <code>z</code></i></b>"),
        ("List<S> and List<b>", "List&lt;S> and List<b></b>"),
    ] {
        assert_eq!(written(broken), mended, "{broken}");
    }
}

#[test]
fn depth_and_length_are_bounded_by_errors_not_by_the_stack() {
    let deep = "<b>".repeat(100_000);
    assert_eq!(parse(&deep), Err(ParseError::TooDeep));
    assert_eq!(
        parse(&format!("{deep}{}", "</b>".repeat(100_000))),
        Err(ParseError::TooDeep)
    );
    assert!(parse(&"<b>".repeat(MAX_DEPTH)).is_ok());
    assert_eq!(parse(&"x".repeat(MAX_BYTES + 1)), Err(ParseError::TooLarge));
}

#[test]
fn the_worst_input_takes_no_longer_than_its_length_allows() {
    // Each of these was built to make a scanner start over again and again. A quadratic one takes
    // minutes.
    for unit in [
        "<a b=\"",
        "<a b='",
        "<!--",
        "<![CDATA[",
        "<?",
        "<!",
        "<!x[",
        "<!x[>",
        "</",
        "</a",
        "<a ",
        "<a b",
        "<",
        "&",
        "&#",
        "<a\"",
        "<S>",
        "<S></B><B>",
        "<title>",
        "<title></TITLE",
        "<table> ",
        "<html>",
        "</source><source>",
        "<a b=\"<a\" ",
        "<a b=c",
        "<b></i>",
        "<p>",
        "<td></b>",
        "<ac:x></p>",
        "<a a a a",
        "<!-->",
        "<?>",
        "<a/ ",
        "<!x[]",
        "]]>",
        "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
        let source = unit.repeat(128 * 1024 / unit.len());
        if let Ok(document) = parse(&source) {
            assert!(parse(document.as_str()).is_ok());
        }
    }
    let attributes: String = std::iter::once("<a".to_owned())
        .chain((0..50_000).map(|n| format!(" a{n}")))
        .collect();
    assert!(parse(&format!("{attributes}>")).is_ok());
}

/// A57: entities that a document declares are never looked up, read or repeated.
#[test]
fn entities_that_a_document_declares_are_text_and_never_grow() {
    let bomb = "<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
                <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY file SYSTEM \"file:///etc/passwd\">\
                <!ENTITY % far SYSTEM \"https://elsewhere.example/x.dtd\"> %far;]><p>&c; &file; &amp; &eacute;</p>";
    let body = parse(bomb).unwrap();
    assert!(body.as_str().len() < 2 * bomb.len());
    let html = Renderer::default()
        .render(&body, ViewKind::View)
        .fill(&mut |_, slot| slot.absent());
    assert!(
        html.as_str().contains("&amp;c; &amp;file; &amp; &eacute;"),
        "{html}"
    );
    assert!(!html.as_str().contains("lollol") && !html.as_str().contains("root:"));
    assert_eq!(parse(body.as_str()).unwrap(), body);
}

#[test]
fn unknown_elements_keep_their_names_and_attributes() {
    let document = parse("<ac:y at=\"1 &lt; 2\"><p/></ac:y>").unwrap();
    let narthex_content::storage::Node::Element(element) = document.children().next().unwrap()
    else {
        panic!()
    };
    assert_eq!((element.tag(), element.name()), (Tag::Other, "ac:y"));
    assert_eq!(element.attribute("at").as_deref(), Some("1 < 2"));
    assert_eq!(element.child(Tag::P).map(|p| p.name()), Some("p"));
}

/// Generates pieces that conflict with each other.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "<p>", "</p>", "<p/>", "<ul>", "<li>", "</li>", "</ul>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<b>", "</b>", "<br>", "<a href='",
            "<a href=x>", "</a>", "\"", "'", ">", "<", "&", "&amp;", "&nbsp;", "&bogus;", "&#0;", "<![CDATA[", "]]>", "<!--", "-->", "--", "<?x", "?>", "<!DOCTYPE ",
            "[", "]>", "<ac:structured-macro ac:name=\"info\">", "<ac:rich-text-body>", "</ac:rich-text-body>", "</ac:structured-macro>", "<ac:parameter ac:name=\"title\">",
            "</ac:parameter>", "<ac:link>", "<ri:page ri:content-title=\"T\"/>", "</ac:link>", "<ac:plain-text-body>", "</ac:plain-text-body>", " ", "\n", "/", "=", "x",
            "\u{0}", "\u{1f600}", "<P CLASS=a CLASS=b>", "<é>", "<a:b c:d=\"e\"/>", "<name>", "</name>", "<a:b xmlns:a=\"u\" a:x=\"1\" xmlns:c=\"u\" c:x=\"2\">",
            "</a:b>", "<o:p>", "</o:p>", "<svg>", "<g/>", "</svg>", "<?xml version=\"1.0\"?>", "<?php x?>", "<? x?>", "]", "]]", "]]>", "\u{fffe}", "&#xfffe;", "&check;", "&lang;",
            "<ac:b xmlns:ac=\"u\" ac:x='1' ri:x='2'>", "<xml:p xml:lang='en' xmlns='v'>", "<p xmlns:xml='u' xmlns:q='' q:z='1' :x='' a:b:c='1' \u{d7}='1'>", "<ac:\u{d7}>",
            "<List<T>>", "<title>", "</title>", "<source>", "<Title/>", "<Title>", "</Title>", "<![if a]>", "<![endif]>", "<?in?>", "<my-part>", "<my-part a=\"b\">", "</my-part>", "<AC:link>",
        ]).prop_map(str::to_owned),
        1 => ".{0,12}",
    ]
}

fn fragment() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn writing_what_was_read_is_stable(source in fragment()) {
        let first = parse(&source).unwrap();
        let again = parse(first.as_str()).unwrap();
        prop_assert_eq!(first, again);
    }

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let source = String::from_utf8_lossy(&bytes);
        let first = parse(&source).unwrap();
        prop_assert_eq!(parse(first.as_str()).unwrap().write(), first.write());
    }

    #[test]
    fn text_is_kept_by_mending(text in "[a-z &<>\"']{0,80}") {
        let document = parse(&format!("<p>{}</p>", text.replace('<', "&lt;"))).unwrap();
        let narthex_content::storage::Node::Element(p) = document.children().next().unwrap() else { panic!() };
        prop_assert_eq!(p.text().into_owned(), text);
    }
}
