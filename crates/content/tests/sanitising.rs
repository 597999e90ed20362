//! Nothing that an author writes runs, loads or styles anything that it must not.
#![cfg(test)]

use std::collections::HashSet;

use ammonia::Builder;
use narthex_content::hole::Hole;
use narthex_content::slot::Slot;
use narthex_content::storage::parse;
use narthex_content::view::{Hosts, Policy, Renderer, ViewKind};
use proptest::prelude::*;

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];
const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "style",
    "title",
    "lang",
    "dir",
    "href",
    "src",
    "alt",
    "width",
    "height",
    "loading",
    "referrerpolicy",
    "colspan",
    "rowspan",
    "scope",
    "start",
    "datetime",
    "type",
    "disabled",
    "checked",
    "open",
    "role",
    "aria-label",
    "data-ref",
    "data-task",
    "data-line",
    "data-on",
    "data-language",
    "data-macro-name",
    "data-macro-parameters",
    "data-macro-body-type",
    "data-nx-storage",
    "data-nx-shown",
    "rel",
];
const HOSTILE: &[&str] = &[
    "script",
    "iframe",
    "object",
    "embed",
    "style",
    "link",
    "meta",
    "base",
    "form",
    "button",
    "textarea",
    "select",
    "option",
    "video",
    "audio",
    "source",
    "template",
    "noscript",
    "title",
    "head",
    "html",
    "body",
    "frame",
    "frameset",
    "applet",
    "math",
    "svg",
    "xmp",
    "plaintext",
    "area",
    "map",
    "input",
    "isindex",
    "marquee",
    "foreignObject",
    "use",
    "animate",
    "set",
    "portal",
    "slot",
];
const HOSTILE_ATTRIBUTES: &[&str] = &[
    "onclick",
    "onerror",
    "onload",
    "onmouseover",
    "onfocus",
    "ontoggle",
    "srcdoc",
    "formaction",
    "action",
    "xlink:href",
    "background",
    "poster",
    "data",
    "name",
    "is",
    "target",
    "ping",
    "srcset",
    "autofocus",
    "contenteditable",
    "tabindex",
    "style",
    "class",
];

fn cleaner(allow_hostile: bool) -> Builder<'static> {
    let mut builder = Builder::empty();
    let mut tags: HashSet<&str> = TAGS.iter().copied().collect();
    let mut attributes: HashSet<&str> = ATTRIBUTES.iter().copied().collect();
    if allow_hostile {
        tags.extend(HOSTILE);
        attributes.extend(HOSTILE_ATTRIBUTES);
        builder.url_schemes(
            [
                "http",
                "https",
                "mailto",
                "tel",
                "javascript",
                "data",
                "vbscript",
                "file",
                "blob",
            ]
            .into(),
        );
    } else {
        builder.url_schemes(["http", "https", "mailto", "tel"].into());
    }
    builder
        .tags(tags)
        .clean_content_tags(HashSet::new())
        .generic_attributes(attributes)
        .add_tag_attribute_values("div", "tabindex", ["0"])
        .link_rel(None)
        .url_relative(ammonia::UrlRelative::PassThrough);
    builder
}

fn answer(hole: &Hole, slot: &mut Slot<'_>) {
    let hostile = "\"><script>alert(1)</script>";
    match hole {
        Hole::Link(_) | Hole::File(_) => slot.link("javascript:alert(1)", hostile),
        Hole::Image(_) => slot.image("data:text/html,x"),
        Hole::Person { .. } => slot.person(hostile, Some("java\nscript:x")),
        Hole::Children(_)
        | Hole::PageTree(_)
        | Hole::ContentByLabel(_)
        | Hole::RecentlyUpdated(_) => {
            slot.list(|list| {
                list.item_with(hostile, hostile, hostile, |below| {
                    below.item(hostile, hostile)
                })
            });
        }
        _ => slot.text(hostile),
    }
}

fn render(source: &str, kind: ViewKind) -> String {
    let policy = Policy {
        images: Hosts::Any,
        ..Policy::default()
    };
    Renderer::new(policy)
        .render(&parse(source).unwrap(), kind)
        .fill(&mut answer)
        .into_string()
}

/// Checks the output as a browser would read it. One cleaner allows only our vocabulary, another
/// everything hostile too: their results must be the same.
fn assert_harmless(source: &str) {
    for kind in [ViewKind::View, ViewKind::Editor, ViewKind::ExportView] {
        assert_harmless_as(source, kind);
    }
}

fn assert_harmless_as(source: &str, kind: ViewKind) {
    let html = render(source, kind);
    let strict = cleaner(false).clean(&html).to_string();
    let loose = cleaner(true).clean(&html).to_string();
    assert_eq!(strict, loose, "source: {source:?}\nhtml: {html}");
    let lower = html.to_ascii_lowercase();
    for tag in HOSTILE.iter().filter(|tag| **tag != "input") {
        assert!(
            !lower.contains(&format!("<{}", tag.to_ascii_lowercase())),
            "{tag} in {html}"
        );
    }
    for (name, value) in attributes(&lower) {
        let runs = value.trim_start().starts_with("javascript:") && matches!(name, "href" | "src");
        assert!(!runs && !name.starts_with("on"), "{name}={value} in {html}");
        assert!(
            name != "style" || !value.contains("url("),
            "{value} in {html}"
        );
    }
}

/// Returns the attributes of this crate's own output, all of which have the same quotes.
fn attributes(html: &str) -> Vec<(&str, &str)> {
    let tags = html
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next());
    tags.flat_map(|tag| {
        let mut pieces = tag.split('"');
        std::iter::from_fn(move || {
            let name = pieces.next()?.trim().trim_end_matches('=');
            Some((name.rsplit(' ').next()?, pieces.next()?))
        })
    })
    .collect()
}

#[test]
fn known_attacks_do_nothing() {
    for source in [
        "<script>alert(1)</script>",
        "<p onclick=\"alert(1)\">x</p>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>",
        "<a href=\"java&#10;script:alert(1)\">x</a>",
        "<a href=\"&#1;javascript:alert(1)\">x</a>",
        "<a href=\"java&Tab;script&colon;alert(1)\">x</a>",
        "<img src=\"x\" onerror=\"alert(1)\">",
        "<img src=\"data:image/svg+xml,x\"/>",
        "<svg onload=\"alert(1)\"><script>x</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<style>body{display:none}</style>",
        "<p style=\"background:url(https://x)\">x</p>",
        "<p style=\"position:fixed;top:0\">x</p>",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<iframe srcdoc=\"x\"></iframe>",
        "<object data=\"x\"></object><embed src=\"x\"/>",
        "<form action=\"/x\"><input name=\"a\"/><button>b</button></form>",
        "<base href=\"https://evil.example\"/><meta http-equiv=\"refresh\" content=\"0\"/><link rel=\"stylesheet\" href=\"x\"/>",
        "<ac:structured-macro ac:name=\"html\"><ac:plain-text-body><![CDATA[<script>alert(1)</script>]]></ac:plain-text-body></ac:structured-macro>",
        "<ac:structured-macro ac:name=\"&lt;script>\"/>",
        "<ac:structured-macro ac:name=\"panel\"><ac:parameter ac:name=\"bgColor\">red;background:url(//x)</ac:parameter><ac:parameter ac:name=\"title\"><![CDATA[<img src=x onerror=y>]]></ac:parameter></ac:structured-macro>",
        "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">\" onclick=\"x</ac:parameter><ac:plain-text-body><![CDATA[</code></pre><script>]]></ac:plain-text-body></ac:structured-macro>",
        "<ac:structured-macro ac:name=\"anchor\"><ac:parameter ac:name=\"\">\"><script></ac:parameter></ac:structured-macro>",
        "<ac:structured-macro ac:name=\"widget\"><ac:parameter ac:name=\"url\">javascript:alert(1)</ac:parameter></ac:structured-macro>",
        "<ac:structured-macro ac:name=\"jira\"><ac:parameter ac:name=\"key\">\"><script></ac:parameter></ac:structured-macro>",
        "<ac:emoticon ac:name='\"&gt;&lt;script&gt;' ac:emoji-fallback='&lt;script&gt;'/>",
        "<ac:image ac:alt='\"&gt;&lt;script&gt;'><ri:url ri:value='javascript:x'/></ac:image>",
        "<time datetime='\"&gt;&lt;script&gt;'/>",
        "<h1>&lt;script&gt;\" onclick=\"x</h1><ac:structured-macro ac:name=\"toc\"/>",
        "<a href=\"//evil.example\">x</a><a href=\"\\\\evil.example\">x</a>",
        "<td data-highlight-colour='red;x:url(y)'>x</td>",
        "<x:script>alert(1)</x:script><SCRIPT>alert(1)</SCRIPT>",
    ] {
        assert_harmless(source);
    }
}

#[test]
fn unsafe_addresses_leave_their_text() {
    assert_eq!(
        render("<a href=\"javascript:alert(1)\">click</a>", ViewKind::View),
        "click"
    );
    assert_eq!(
        render("<script>alert(1)</script>after", ViewKind::View),
        "after"
    );
}

/// Generates markup of an author with bad intentions.
fn hostile() -> impl Strategy<Value = String> {
    let name = prop_oneof![prop::sample::select(TAGS), prop::sample::select(HOSTILE)];
    let attribute = prop_oneof![
        prop::sample::select(ATTRIBUTES),
        prop::sample::select(HOSTILE_ATTRIBUTES),
        prop::sample::select(
            &[
                "ac:name",
                "ri:value",
                "ac:alt",
                "datetime",
                "ac:emoji-fallback",
                "data-highlight-colour"
            ][..]
        ),
    ];
    let value = prop_oneof![
        prop::sample::select(vec![
            "javascript:alert(1)",
            "&#x6a;avascript:x",
            "data:text/html,x",
            "\"&gt;&lt;script&gt;",
            "https://e.example/x",
            "//e.example",
            "red",
            "color:red;background:url(x)",
            "width:1px",
            "url(x)",
            "info",
            "code",
            "toc",
            "panel",
            "expand",
            "anchor",
            "status",
            "children",
            "x\" onload=\"y",
            "&quot; onload=&quot;y",
            "' onload='",
            "java\tscript:x",
            "&lt;svg/onload=x&gt;",
            "title",
            "url",
            "bgColor",
            "language",
            "",
            "2026-01-01",
            "#nx-x",
        ])
        .prop_map(str::to_owned),
        ".{0,10}",
    ];
    let confluence = prop::sample::select(vec![
        "ac:structured-macro",
        "ac:parameter",
        "ac:rich-text-body",
        "ac:plain-text-body",
        "ac:link",
        "ac:link-body",
        "ac:image",
        "ri:url",
        "ri:page",
        "ri:user",
        "ri:attachment",
        "ac:emoticon",
        "ac:task-list",
        "ac:task",
        "ac:task-body",
        "ac:layout-section",
        "ac:adf-extension",
        "ac:adf-fallback",
        "ac:caption",
    ]);
    let open = (
        prop_oneof![name.clone().boxed(), confluence.clone().boxed()],
        prop::collection::vec((attribute, value), 0..4),
        "[ >/]{0,2}",
    )
        .prop_map(|(name, attributes, end)| {
            let attributes: String = attributes
                .iter()
                .map(|(name, value)| format!(" {name}=\"{value}\""))
                .collect();
            format!("<{name}{attributes}{end}>")
        });
    let close = prop_oneof![name.boxed(), confluence.boxed()].prop_map(|name| format!("</{name}>"));
    let text = prop_oneof![
        prop::sample::select(vec![
            "x",
            "&lt;script&gt;",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<script>",
            "\"",
            "'",
            "&",
            "<",
            "</",
            "<svg/onload=x>",
            "javascript:x"
        ])
        .prop_map(str::to_owned),
        ".{0,8}",
    ];
    prop::collection::vec(prop_oneof![3 => open, 2 => close, 2 => text], 0..30)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn no_author_gets_anything_through(source in hostile()) {
        assert_harmless(&source);
    }
}
