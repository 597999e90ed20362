//! Stored bodies are well-formed, by the judgement of an XML parser that isn't ours.
#![cfg(test)]

mod xml;

use narthex_content::storage::parse;
use narthex_content::{adf, editor, markdown, wiki};
use proptest::prelude::*;
use serde_json::json;
use xml::refusal;

fn kept(source: &str) -> String {
    parse(source).unwrap().write()
}

#[test]
fn the_reader_of_these_tests_refuses_what_is_not_well_formed() {
    assert_eq!(refusal("<p>a &nbsp; <ac:link /></p>"), None);
    for wrong in [
        "<p>a]]>b</p>",
        "<?xml version=\"1.0\"?>",
        "\u{fffe}",
        "&#xfffe;",
        "<foo:bar />",
        "<p foo:bar=\"\" />",
        "&check;",
        "<p>",
        "<p xmlns:a=\"u\" xmlns:b=\"u\" a:x=\"\" b:x=\"\" />",
        "<a:b:c />",
        "<!-- a -- b -->",
    ] {
        assert!(refusal(wrong).is_some(), "{wrong}");
    }
}

#[test]
fn what_readers_of_xml_refuse_is_mended_and_its_words_are_kept() {
    for (sent, mended) in [
        ("<p>a[b[0]]>1</p>", "<p>a[b[0]]&gt;1</p>"),
        (
            "<ac:plain-text-body><![CDATA[a ]]> b]]></ac:plain-text-body>",
            "<ac:plain-text-body><![CDATA[a ]]> b]]&gt;</ac:plain-text-body>",
        ),
        (
            "a]\u{0}]>b <![CDATA[c]\u{1}]>d]]>",
            "a]]&gt;b <![CDATA[c]]]]><![CDATA[>d]]>",
        ),
        ("a]]</i>>b", "a]]&gt;b"),
        ("<?xml version=\"1.0\"?><p>x</p>", "<p>x</p>"),
        ("\u{fffe}x\u{ffff}", "x"),
        (
            "&#xFFFE; &#65535; &#0;",
            "&amp;#xFFFE; &amp;#65535; &amp;#0;",
        ),
        (
            "&check; &NewLine; &nbsp; &apos;",
            "\u{2713} \n &nbsp; &apos;",
        ),
        ("<foo:bar>x</foo:bar>", "&lt;foo:bar>x&lt;/foo:bar>"),
        (
            "std::vector<std::string> v;",
            "std::vector&lt;std::string> v;",
        ),
        (
            "<p foo:bar=\"1\" xml:lang=\"en\" class=\"k\">x</p>",
            "<p xml:lang=\"en\" class=\"k\">x</p>",
        ),
        ("<p>x<o:p>&nbsp;</o:p></p>", "<p>x&nbsp;</p>"),
        ("<?= $name ?> <? x ?>", "&lt;?= $name ?> &lt;? x ?>"),
        (
            "<foo:x xmlns:foo=\"\">x</foo:x>",
            "&lt;foo:x xmlns:foo=\"\">x&lt;/foo:x>",
        ),
        ("<AC:link>x</AC:link>", "<ac:link>x</ac:link>"),
        (
            "<mml:math><mml:mi>c</mml:mi></mml:math>",
            "<math><mi>c</mi></math>",
        ),
    ] {
        assert_eq!(kept(sent), mended, "{sent}");
        assert_eq!(refusal(mended), None);
    }
    for well_formed in [
        "<foo:bar xmlns:foo=\"urn:f\" foo:a=\"1\"><foo:b /></foo:bar>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><use xlink:href=\"#a\" /></svg>",
        "<at:declarations><at:string at:name=\"x\" /></at:declarations>",
        "<p xml:space=\"preserve\"> </p>",
    ] {
        assert_eq!(kept(well_formed), well_formed);
        assert_eq!(refusal(well_formed), None);
    }
}

#[test]
fn words_in_angle_brackets_are_text() {
    for (sent, mended) in [
        (
            "<p>Run <name> as Map&lt;Id,List<T>&gt;</p>",
            "<p>Run &lt;name> as Map&lt;Id,List&lt;T>&gt;</p>",
        ),
        (
            "<p><your-name/> <Foo>x</Foo></p>",
            "<p>&lt;your-name/> &lt;Foo>x&lt;/Foo></p>",
        ),
        ("<p>a <T extends K> b</p>", "<p>a &lt;T extends K> b</p>"),
        ("<p><ada@e.example></p>", "<p>&lt;ada@e.example></p>"),
        (
            "<server port=\"8005\">x</server>",
            "&lt;server port=\"8005\">x&lt;/server>",
        ),
        ("<p>x</name></p>", "<p>x&lt;/name></p>"),
        (
            "<p>if a<b && c>d or List<A, B> or Set<S></p>",
            "<p>if a&lt;b &amp;&amp; c>d or List&lt;A, B> or Set&lt;S></p>",
        ),
        (
            "<table><tr><td><id></td></tr></table>",
            "<table><tr><td>&lt;id></td></tr></table>",
        ),
        (
            "<ac:rich-text-body><p><x></p></ac:rich-text-body>",
            "<ac:rich-text-body><p>&lt;x></p></ac:rich-text-body>",
        ),
        (
            "<p>a <mi>x</mi> <math><mi>x</mi></math></p>",
            "<p>a &lt;mi>x&lt;/mi> <math><mi>x</mi></math></p>",
        ),
    ] {
        assert_eq!(kept(sent), mended, "{sent}");
        assert_eq!(refusal(mended), None);
    }
    for known in [
        "<section><figure><figcaption>x</figcaption></figure></section>",
        "<SECTION>x</SECTION>",
        "<p><B>x</B></p>",
        "<ac:future-thing>x</ac:future-thing>",
        "<g-emoji alias=\"tada\">x</g-emoji>",
    ] {
        assert_eq!(kept(known), known);
    }
    let of_markdown = markdown::to_storage("Run <name> and List<T>").unwrap();
    assert_eq!(of_markdown.as_str(), "<p>Run &lt;name> and List&lt;T></p>");
}

/// Generates pieces of markup that conflict with each other, and characters that XML can't express.
fn piece() -> impl Strategy<Value = String> {
    let broken = vec![
        "<p>",
        "</p>",
        "<p/>",
        "<b>",
        "</b>",
        "<br>",
        "<a href='",
        "<a href=x>",
        "</a>",
        "\"",
        "'",
        ">",
        "<",
        "&",
        "&amp;",
        "&nbsp;",
        "&check;",
        "&bogus;",
        "&#0;",
        "&#xFFFE;",
        "&#x1F600;",
        "<![CDATA[",
        "]]>",
        "]]",
        "]",
        "<!--",
        "-->",
        "--",
        "<?x",
        "<?xml version=\"1.0\"?>",
        "<?XML?>",
        "<? x",
        "<?a:b ?>",
        "?>",
        "<!DOCTYPE ",
        "<!DOCTYPE html>",
        "<![if x]>",
        "<![endif]>",
        "<?in?>",
        "<Header>",
        "</Header>",
        "<Input a='\"'/>",
        "[",
        "]>",
        "<ac:link>",
        "</ac:link>",
        "<AC:link>",
        "<ri:page ri:content-title=\"T\"/>",
        "<foo:bar>",
        "</foo:bar>",
        "<foo:bar xmlns:foo=\"u\">",
        "<foo:bar xmlns:foo=\"\">",
        "<p xmlns:a=\"u\" xmlns:b=\"u\" a:x=\"1\" b:x=\"2\">",
        "<p xmlns:xml=\"u\" xmlns:xmlns=\"v\" xmlns=\"http://www.w3.org/2000/xmlns/\">",
        "<p ac:x=\"1\" ri:x=\"2\">",
        "<p xmlns:ac=\"u\">",
        "<a:b:c>",
        "<:a>",
        "<a:>",
        "<ac:>",
        "<ac:1>",
        "<p :a=\"1\" a:=\"2\" a:b:c=\"3\">",
        "<é>",
        "<\u{d7}>",
        "<p \u{d7}=\"1\" \u{e9}=\"2\" \u{4e00}=\"3\">",
        "<name>",
        "</name>",
        "<a-b c=\"d\">",
        "</a-b>",
        "<svg>",
        "<g>",
        "</g>",
        "</svg>",
        "<svg:g>",
        "<o:p>",
        "</o:p>",
        "=",
        "/",
        " ",
        "\n",
        "\r",
        "x",
        "\u{0}",
        "\u{1}",
        "\u{b}",
        "\u{fffe}",
        "\u{ffff}",
        "\u{fffd}",
        "\u{1f600}",
        "\u{10ffff}",
        "\u{2028}",
        "\u{85}",
        "\u{7f}",
    ];
    prop_oneof![
        6 => prop::sample::select(broken).prop_map(str::to_owned),
        1 => ".{0,12}",
    ]
}

fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(800) })]

    #[test]
    fn whatever_is_sent_as_storage_is_kept_well_formed_and_unchanged_from_then_on(source in hostile()) {
        let document = parse(&source).unwrap();
        prop_assert_eq!(refusal(document.as_str()), None);
        prop_assert_eq!(&parse(document.as_str()).unwrap(), &document);
    }

    #[test]
    fn whatever_other_formats_say_is_kept_well_formed(text in hostile()) {
        for document in [wiki::to_storage(&text), markdown::to_storage(&text), editor::to_storage(&text)] {
            prop_assert_eq!(refusal(document.unwrap().as_str()), None);
        }
        let node = |content| json!({"type": "doc", "version": 1, "content": content});
        for sent in [
            node(json!([{"type": "paragraph", "content": [{"type": "text", "text": text, "marks": [{"type": "link", "attrs": {"href": text}}]}]}])),
            node(json!([{"type": "codeBlock", "attrs": {"language": text}, "content": [{"type": "text", "text": text}]}])),
            node(json!([{"type": text, "attrs": {text.clone(): text}, "content": [{"type": text}]}])),
            node(json!([{"type": "extension", "attrs": {"extensionType": "t", "extensionKey": text, "text": text, "parameters": {"macroParams": {text.clone(): {"value": text}}}}}])),
        ] {
            let document = adf::to_storage(&sent.to_string()).unwrap();
            prop_assert_eq!(refusal(document.as_str()), None);
        }
    }
}
