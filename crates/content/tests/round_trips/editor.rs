//! Documents that are converted to the HTML for editors and back don't change.

use narthex_content::editor::to_storage;
use narthex_content::hole::{Hole, PersonRef, Target};
use narthex_content::slot::Slot;
use narthex_content::storage::{Children, Document, MAX_BYTES, Node, parse};
use narthex_content::view::{Hosts, Policy, Renderer, ViewKind};
use proptest::prelude::*;

use crate::generated;

/// Fills holes for a reader who sees everything.
fn everything(hole: &Hole, slot: &mut Slot<'_>) {
    match hole {
        Hole::Link(link) => match &link.target {
            Target::Content { .. } => slot.link("/wiki/spaces/DOC/pages/7/A+%26+B#there", "A & B"),
            Target::Attachment(file) => {
                slot.link(
                    &format!("/wiki/download/attachments/7/{}", file.file),
                    &file.file,
                );
            }
            _ => slot.link("/wiki/spaces/DOC", "Documents"),
        },
        Hole::Image(image) if image.attachment.file.ends_with(".pdf") => {
            slot.file("/wiki/download/attachments/7/x.pdf", "x.pdf");
        }
        Hole::Image(image) => slot.image(&format!(
            "/wiki/download/attachments/7/{}?version=2",
            image.attachment.file
        )),
        Hole::Person {
            person: PersonRef::Account(id),
            ..
        } => slot.person("Ada \"L.\"", Some(&format!("/wiki/people/{id}"))),
        _ => slot.hidden_person(),
    }
}

/// Fills holes for a reader who sees nothing.
fn nothing(hole: &Hole, slot: &mut Slot<'_>) {
    match hole {
        Hole::Link(_) => slot.absent_link(),
        Hole::Image(_) => slot.absent_image(),
        _ => slot.hidden_person(),
    }
}

type Site = fn(&Hole, &mut Slot<'_>);

fn edited(document: &Document, site: Site, images: Hosts) -> String {
    let policy = Policy {
        images,
        ..Policy::default()
    };
    Renderer::new(policy)
        .render(document, ViewKind::Editor)
        .fill(&mut { site })
        .into_string()
}

/// Returns a canonical form of a document, without the variations that XML allows.
fn canonical(document: &Document) -> String {
    let mut out = String::new();
    push(document.children(), &mut out);
    out
}

fn push(nodes: Children<'_>, out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(_) | Node::CData(_) => {
                let text = match node {
                    Node::Text(raw) => parse(raw).unwrap().children().map(text_of).collect(),
                    _ => text_of(node),
                };
                out.push_str(&text);
            }
            Node::Comment(text) => out.push_str(&format!("<!--{text}-->")),
            Node::Instruction(text) => out.push_str(&format!("<?{text}?>")),
            Node::Element(element) => {
                let attributes = element.attributes();
                let mut attributes: Vec<_> = attributes
                    .map(|one| format!(" {}={:?}", one.name, one.value()))
                    .collect();
                attributes.sort();
                out.push_str(&format!("<{}{}>", element.name(), attributes.concat()));
                push(element.children(), out);
                out.push_str(&format!("</{}>", element.name()));
            }
        }
    }
}

fn text_of(node: Node<'_>) -> String {
    match node {
        Node::CData(text) => text.to_owned(),
        Node::Text(raw) => {
            let holder = parse(&format!("<p>{raw}</p>")).unwrap();
            let Some(Node::Element(paragraph)) = holder.children().next() else {
                return String::new();
            };
            paragraph.text().into_owned()
        }
        _ => String::new(),
    }
}

/// Pieces of storage format, each with something that HTML can't express.
const PIECES: &[&str] = &[
    "<ac:link><ri:user ri:account-id=\"5b10ac8d82e05b22cc7d4ef5\"/></ac:link>",
    "<ac:link><ri:user ri:userkey=\"8a7f\"/><ac:link-body>Her</ac:link-body></ac:link>",
    "<ac:image ac:alt=\"a &amp; 'b'\"><ri:url ri:value=\"https://e.org/x.png\"/></ac:image>",
    "<ac:link><ri:page ri:content-title=\"Not yet written\"/><ac:link-body>the <b>manual</b></ac:link-body></ac:link>",
    "<ac:link><ri:page ri:content-title=\"Plain\"/><ac:plain-text-link-body><![CDATA[a < b & c]]></ac:plain-text-link-body></ac:link>",
    "<ac:link><ri:attachment ri:filename=\"nope.pdf\"/></ac:link>",
    "<ac:link ac:anchor=\"there\"><ri:page ri:content-title=\"Roadmap\" ri:space-key=\"DOC\" ri:version-at-save=\"3\"/></ac:link>",
    "<ac:link ac:anchor=\"there\"/>",
    "<ac:link ac:anchor=\"there\"><ac:link-body>up</ac:link-body></ac:link>",
    "<ac:link><ri:content-entity ri:content-id=\"99\"/></ac:link>",
    "<ac:link><ri:blog-post ri:content-title=\"News\" ri:posting-day=\"2024/05/31\"/></ac:link>",
    "<ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"Roadmap\"/><ac:link-body>Roadmap</ac:link-body></ac:link>",
    "<ac:link><ri:space ri:space-key=\"HELP\"/></ac:link>",
    "<ac:link><ri:shortcut ri:key=\"jira\" ri:parameter=\"A-1\"/></ac:link>",
    "<ac:link><ri:shortcut ri:key=\"jira\" ri:parameter=\"A-1\"/><ac:link-body>one</ac:link-body></ac:link>",
    "<ac:link><ri:url ri:value=\"https://e.org/\"/><ac:link-body>one</ac:link-body></ac:link>",
    "<ac:link ac:tooltip=\"tip\"><ri:page ri:content-title=\"Roadmap\"/></ac:link>",
    "<ac:image ac:width=\"120\"><ri:attachment ri:filename=\"notyet.png\"/></ac:image>",
    "<ac:image ac:align=\"center\" ac:layout=\"center\" ac:border=\"true\" ac:original-width=\"800\" ac:custom-width=\"true\" ac:alt=\"x\" ac:title=\"t\" ac:src=\"y\"><ri:attachment ri:filename=\"own.png\" ri:version-at-save=\"1\"/><ac:adf-mark key=\"border\" ac:size=\"2\"/></ac:image>",
    "<ac:image ac:thumbnail=\"true\"><ri:attachment ri:filename=\"own.png\"><ri:page ri:content-title=\"Other\"/></ri:attachment><ac:caption><p>Two <b>halls</b> <ac:emoticon ac:name=\"tick\"/></p></ac:caption></ac:image>",
    "<a href=\"https://e.org/\" data-card-appearance=\"inline\" data-layout=\"wide\">https://e.org/</a>",
    "<a href=\"/wiki/spaces/DOC/pages/7/Title\">a page</a>",
    "<a href=\"/wiki/people/5b10ac8d82e05b22cc7d4ef5\">Ada</a>",
    "<a href=\"https://e.org/\"><ac:image><ri:attachment ri:filename=\"own.png\"/></ac:image></a>",
    "<a href=\"javascript:alert(1)\">x</a><a name=\"place\"></a><a id=\"other\">y</a>",
    "<ac:emoticon ac:name=\"tick\"/>",
    "<ac:emoticon ac:name=\"blue-star\" ac:emoji-shortname=\":party:\" ac:emoji-id=\"1f-a\" ac:emoji-fallback=\":party:\"/>",
    "<time datetime=\"2024-05-31\"/>",
    "<time datetime=\"2024-05-31\" class=\"date-past\">the last of May</time>",
    "<ac:placeholder ac:type=\"mention\">Who?</ac:placeholder>",
    "<ac:inline-comment-marker ac:ref=\"r-1\" class=\"x\">marked</ac:inline-comment-marker>",
    "<ac:structured-macro ac:name=\"status\" ac:schema-version=\"1\" ac:macro-id=\"m\"><ac:parameter ac:name=\"title\">It's | done</ac:parameter><ac:parameter ac:name=\"colour\">Green</ac:parameter></ac:structured-macro>",
    "<ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\"><ac:link><ri:page ri:content-title=\"Known plans\"/></ac:link></ac:parameter></ac:structured-macro>",
    "<ac:structured-macro ac:name=\"profile\"><ac:parameter ac:name=\"user\"><ri:user ri:account-id=\"5b10ac8d82e05b22cc7d4ef5\"/></ac:parameter></ac:structured-macro>",
    "<at:var at:name=\"title\"/>",
    "<svg><title>Plan</title></svg><math><msup><mi>c</mi><mn>2</mn></msup></math>",
    "<br class=\"x\"/><span id=\"p\" class=\"nx-mention\">z</span><kbd class=\"k\">K</kbd><abbr title=\"t\">A</abbr><mark>m</mark><strike>s</strike><tt>t</tt><font color=\"red\">f</font>",
    "<img src=\"https://e.org/x.png\" width=\"9\" alt=\"q\" class=\"c\"/>",
    "<iframe src=\"https://e.org/\" width=\"9\"></iframe><iframe srcdoc=\"x\">instead</iframe>",
    "<object data=\"https://e.org/x.pdf\" class=\"c\">the <b>hall</b></object><object data=\"data:x\">the <b>hall</b></object>",
    "<video controls=\"\"><source src=\"a.mp4\" type=\"video/mp4\"/><track src=\"a.vtt\"/>no film</video><audio src=\"https://e.org/a.ogg\"/>",
    "<embed src=\"https://e.org/x\" width=\"9\"/><embed src=\"javascript:x\"/><object><param name=\"movie\" value=\"x\"/><embed src=\"x\"/></object>",
    "<!-- a remark --><span style=\"color: RED; position: fixed\">r</span><span style=\"color: rgb(1,2,3);\">r</span>",
    "<script>alert(1)</script><x-y a=\"b\">z<br /></x-y>",
    "<br>in it</br><hr></hr><HR CLASS=\"x\"/><B>loud</B><img src=\"/a.png\">x</img>",
    "<A HREF=\"https://e.org/\" TITLE=\"t\">x</A><SPAN STYLE=\"color: red\" CLASS=\"k\">y</SPAN>",
    "<span style=\"font-weight: 700; background: yellow\">b</span><option>o</option><dialog>d</dialog>",
    "<![CDATA[a < b]]><script><![CDATA[<?in?>]]></script>",
];

/// Pieces of storage format that are blocks.
const BLOCKS: &[&str] = &[
    "<ac:adf-extension><ac:adf-node type=\"panel\"><ac:adf-attribute key=\"panel-type\">note</ac:adf-attribute><ac:adf-content><p>purple</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div class=\"panel\">purple</div></ac:adf-fallback></ac:adf-extension>",
    "<ac:adf-extension><ac:adf-node type=\"panel\"><ac:adf-attribute key=\"panel-type\">custom</ac:adf-attribute><ac:adf-attribute key=\"panel-color\">#abcdef</ac:adf-attribute><ac:adf-content><p>own</p></ac:adf-content></ac:adf-node></ac:adf-extension>",
    "<ac:adf-extension><ac:adf-node type=\"decision-list\"><ac:adf-attribute key=\"local-id\">l</ac:adf-attribute><ac:adf-node type=\"decision-item\"><ac:adf-attribute key=\"state\">DECIDED</ac:adf-attribute><ac:adf-content>yes <ac:emoticon ac:name=\"tick\"/></ac:adf-content></ac:adf-node><ac:adf-node type=\"decision-item\"><ac:adf-content>no</ac:adf-content></ac:adf-node></ac:adf-node></ac:adf-extension>",
    "<ac:adf-extension><ac:adf-node type=\"extension\"><ac:adf-attribute key=\"k\">v</ac:adf-attribute></ac:adf-node><ac:adf-fallback><p>instead</p></ac:adf-fallback></ac:adf-extension>",
    "<ac:adf-fragment local-id=\"f\"><p>part</p></ac:adf-fragment>",
    "<ac:structured-macro ac:name=\"details\" ac:macro-id=\"d\"><ac:parameter ac:name=\"id\">x</ac:parameter><ac:rich-text-body><table data-layout=\"wide\" data-number-column=\"true\" ac:local-id=\"t\"><colgroup><col style=\"width: 20.0px;\"/></colgroup><tbody><tr><th><p>Key</p></th><td data-highlight-colour=\"#fff\" colspan=\"2\" class=\"c\"><p>Value</p></td></tr></tbody></table></ac:rich-text-body></ac:structured-macro>",
    "<ac:structured-macro ac:name=\"code\" ac:schema-version=\"1\"><ac:parameter ac:name=\"language\">rust</ac:parameter><ac:plain-text-body><![CDATA[\n  fn a() -> &'static str { \"<b>]]]]><![CDATA[>\" }\n]]></ac:plain-text-body></ac:structured-macro>",
    "<ac:structured-macro ac:name=\"expand\"><ac:parameter ac:name=\"title\">Open</ac:parameter><ac:rich-text-body>\n<ac:structured-macro ac:name=\"info\" ac:macro-id=\"i\"><ac:rich-text-body><p>in it</p></ac:rich-text-body></ac:structured-macro></ac:rich-text-body></ac:structured-macro>",
    "<ac:structured-macro ac:name=\"odd\"><ac:rich-text-body><p>1</p></ac:rich-text-body><ac:plain-text-body><![CDATA[2]]></ac:plain-text-body>three</ac:structured-macro>",
    "<ac:macro ac:name=\"old\"><ac:default-parameter>x</ac:default-parameter><ac:rich-text-body><p>1</p></ac:rich-text-body></ac:macro>",
    "<ac:task-list ac:task-list-id=\"1\">\n<ac:task>\n<ac:task-id>7</ac:task-id><ac:task-uuid>u</ac:task-uuid>\n<ac:task-status>complete</ac:task-status>\n<ac:task-body><span class=\"placeholder-inline-tasks\">k <time datetime=\"2024-05-31\"/></span></ac:task-body>\n</ac:task>\n <ac:task-list><ac:task><ac:task-id>8</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>l</ac:task-body></ac:task></ac:task-list>\n</ac:task-list>",
    "<ac:task-list><ac:task><ac:task-id>9</ac:task-id></ac:task></ac:task-list>",
    "<ac:task-list><ac:task><ac:task-id>9</ac:task-id>words <b>here</b></ac:task></ac:task-list>",
    "<OL TYPE=\"a\"><LI VALUE=\"7\">z</LI></OL><ol type=\"i\" reversed=\"\"><li value=\"x\">z</li></ol><pre>a<br/>b</pre>",
    "<ac:layout><ac:layout-section ac:type=\"fixed-width\" ac:breakout-mode=\"wide\"><ac:layout-cell ac:x=\"1\"><p>a</p></ac:layout-cell></ac:layout-section><ac:layout-section><ac:layout-cell><p>b</p></ac:layout-cell></ac:layout-section></ac:layout>",
    "<table><tbody><td>no row</td> <td>x</td><tr><td>y</td></tr></tbody></table>",
    "<center>c</center><h2 id=\"place\" style=\"text-align: center;\">H</h2><p local-id=\"p\" data-x=\"y\">P</p><p/>",
    "<section><details open=\"\"><summary>s</summary><p>t</p></details></section>",
    "<ol start=\"3\" class=\"a\" data-indent-level=\"1\"><li>z</li></ol><dl><dt>q</dt><dd>w</dd></dl><li>stray</li><tr><td>stray</td></tr>",
];

const CONTAINERS: &[(&str, &str)] = &[
    ("", ""),
    ("<p>", "</p>"),
    ("<h2>", "</h2>"),
    ("<ul><li>", "</li></ul>"),
    ("<table><tbody><tr><td>", "</td></tr></tbody></table>"),
    (
        "<table><tbody><tr><th class=\"x\"><p>",
        "</p></th></tr></tbody></table>",
    ),
    ("<table>", "</table>"),
    ("<blockquote><p>", "</p></blockquote>"),
    ("<pre>", "</pre>"),
    ("<strong><em>", "</em></strong>"),
    ("<a href=\"https://e.org/out\">", "</a>"),
    (
        "<ac:link><ri:page ri:content-title=\"Around\" /><ac:link-body>",
        "</ac:link-body></ac:link>",
    ),
    (
        "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body>",
        "</ac:rich-text-body></ac:structured-macro>",
    ),
    (
        "<ac:structured-macro ac:name=\"expand\" ac:macro-id=\"e\"><ac:rich-text-body><table><tbody><tr><td>",
        "</td></tr></tbody></table></ac:rich-text-body></ac:structured-macro>",
    ),
    (
        "<ac:structured-macro ac:name=\"odd\">",
        "</ac:structured-macro>",
    ),
    (
        "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell>",
        "</ac:layout-cell></ac:layout-section></ac:layout>",
    ),
    (
        "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>",
        "</ac:task-body></ac:task></ac:task-list>",
    ),
    (
        "<ac:adf-extension><ac:adf-node type=\"panel\"><ac:adf-content>",
        "</ac:adf-content></ac:adf-node></ac:adf-extension>",
    ),
    (
        "<ac:adf-extension><ac:adf-node type=\"x\" /><ac:adf-fallback>",
        "</ac:adf-fallback></ac:adf-extension>",
    ),
    (
        "<ac:adf-extension><ac:adf-node type=\"x\">",
        "</ac:adf-node></ac:adf-extension>",
    ),
    (
        "<ac:image><ri:attachment ri:filename=\"own.png\" /><ac:caption>",
        "</ac:caption></ac:image>",
    ),
    (
        "<ac:inline-comment-marker ac:ref=\"r\">",
        "</ac:inline-comment-marker>",
    ),
    ("<ac:placeholder>", "</ac:placeholder>"),
    ("<figure><figcaption class=\"x\">", "</figcaption></figure>"),
    ("<dl><dd>", "</dd></dl>"),
    ("<div class=\"nx-kept\"><span>", "</span></div>"),
];

fn assert_same(source: &str) {
    let document = parse(source).unwrap();
    for (site, images) in [
        (everything as Site, Hosts::Any),
        (everything, Hosts::None),
        (nothing, Hosts::None),
    ] {
        let html = edited(&document, site, images);
        let back = to_storage(&html).unwrap_or_else(|error| panic!("{error}: {html}"));
        assert_eq!(
            canonical(&back),
            canonical(&document),
            "{source}\nby {html}"
        );
    }
}

#[test]
fn every_piece_in_every_place_comes_back_from_an_editor_as_it_was() {
    for piece in PIECES.iter().chain(BLOCKS) {
        for (open, close) in CONTAINERS {
            assert_same(&format!("{open}{piece}{close}"));
            assert_same(&format!("{open}a {piece} b{close}"));
        }
    }
}

/// Returns HTML as a browser writes it after parsing it: elements without content have no slash,
/// and attributes escape only quotes.
fn as_by_a_browser(html: &str) -> String {
    let html = html.replace("\u{a0}", "&nbsp;").replace(" />", ">");
    let mut pieces = html.split("data-nx-storage=\"");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (carried, behind) = piece.split_once('"').unwrap();
        let carried = carried
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&#39;", "'");
        out.push_str(&format!("data-nx-storage=\"{carried}\"{behind}"));
    }
    out
}

#[test]
fn what_a_browser_makes_of_the_html_comes_back_as_it_was() {
    for piece in PIECES.iter().chain(BLOCKS) {
        let document = parse(&format!("<div>a {piece} b</div>")).unwrap();
        let html = as_by_a_browser(&edited(&document, everything, Hosts::Any));
        let back = to_storage(&html).unwrap();
        assert_eq!(canonical(&back), canonical(&document), "{piece}\nby {html}");
    }
}

#[test]
fn blocks_of_the_document_format_come_back_from_an_editor_with_their_json() {
    let sent = r#"{"type":"doc","version":1,"content":[{"type":"paragraph","attrs":{"odd":true},"content":[{"type":"text","text":"a 'b' \"c\" <d>"},{"type":"hardBreak"},{"type":"mention","attrs":{"id":"5b10ac8d82e05b22cc7d4ef5","text":"@A"}}]}]}"#;
    let stored = narthex_content::adf::to_storage(sent).unwrap();
    assert!(stored.as_str().contains("nx-source"));
    assert_same(stored.as_str());
    let html = edited(&stored, everything, Hosts::None);
    let changed = to_storage(&html.replace("&lt;d&gt;", "e")).unwrap().write();
    assert!(
        !changed.contains("nx-source") && changed.contains('e'),
        "{changed}"
    );
}

#[test]
fn a_long_body_goes_through_an_editor_in_time_that_grows_with_its_length() {
    for piece in [
        "<ac:emoticon ac:name=\"tick\" />",
        "<p class=\"x\">a</p>",
        "<table><tbody><tr><td class=\"c\">1</td></tr></tbody></table>",
    ] {
        let source = piece.repeat(MAX_BYTES / 12 / piece.len());
        assert_same(&source);
    }
    let deep = |levels: usize| {
        format!(
            "{}x{}",
            "<ac:adf-extension><ac:adf-node type=\"x\" /><ac:adf-fallback>".repeat(levels),
            "</ac:adf-fallback></ac:adf-extension>".repeat(levels)
        )
    };
    assert_same(&deep(60));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn storage_format_that_goes_through_an_editor_is_what_it_was(source in generated::storage()) {
        let document = parse(&source).unwrap();
        for (site, images) in [(everything as Site, Hosts::Any), (nothing, Hosts::None)] {
            let html = edited(&document, site, images);
            let back = to_storage(&html).unwrap();
            prop_assert_eq!(canonical(&back), canonical(&document), "by {}", html);
            prop_assert_eq!(&parse(back.as_str()).unwrap(), &back, "what is stored is well-formed");
        }
    }

    #[test]
    fn pieces_beside_and_within_each_other_come_back_from_an_editor_as_they_were(
        chosen in prop::collection::vec((0..PIECES.len() + BLOCKS.len(), 0..CONTAINERS.len()), 1..6)
    ) {
        let mut source = String::new();
        for (piece, container) in chosen {
            let piece = PIECES.iter().chain(BLOCKS).nth(piece).unwrap();
            let (open, close) = CONTAINERS[container];
            source = format!("{open}{source}{piece}{close}");
        }
        assert_same(&source);
    }
}
