//! Elements that the document format has no equivalent for.

use crate::{kinds, read, shown, unchanged, written};
use serde_json::json;

#[test]
fn elements_around_words_come_back_as_they_were() {
    for words in [
        "<kbd>Ctrl</kbd>",
        "<samp>out</samp> <tt>old</tt> <s>gone</s> <strike>gone</strike>",
        "<var>n</var> by <cite>Ada</cite> <ins>new</ins><del>old</del>",
        "<mark>seen</mark> <small>print <big>BIG</big></small>",
        "<abbr title=\"Hyper &amp; Text\">HT</abbr><acronym title=\"x\">X</acronym>",
        "<q cite=\"https://e.example\">said <strong>so</strong></q>",
        "<dfn>term</dfn> <bdo dir=\"rtl\">x</bdo> <ruby>k<rt>kan</rt></ruby>",
        "<strong><abbr title=\"t\">A</abbr></strong>",
        "<abbr title=\"t\"><strong>A</strong> b</abbr>",
        "<kbd><kbd>Ctrl</kbd>+<kbd>C</kbd></kbd>",
        "<kbd>Ctrl</kbd><kbd>Alt</kbd><kbd>Del</kbd>",
        "<q>one</q><q>two</q> <q>three</q>",
        "<code><var>x</var> = 1</code> <kbd class=\"k\">a<code>b</code></kbd>",
        "<em><cite>Nested</cite></em> <cite><em>so</em></cite>",
        "<kbd><ac:emoticon ac:name=\"tick\" /></kbd>",
        "<mark>a <ac:link><ri:page ri:content-title=\"Nope\" /></ac:link></mark>",
        "<a href=\"https://e.example\"><kbd>x</kbd></a><kbd><a href=\"https://e.example\">x</a></kbd>",
        "<small style=\"margin-left: 9px;\">x</small>",
    ] {
        for (open, close) in [
            ("<p>a ", " b</p>"),
            ("<h2>", "</h2>"),
            ("<ul><li><p>", "</p></li></ul>"),
            (
                "<table><tbody><tr><td><p>",
                "</p></td></tr></tbody></table>",
            ),
        ] {
            let storage = format!("{open}{words}{close}");
            let again = unchanged(&storage);
            // An emoticon gets the attributes that the document format has for it.
            if !words.contains("emoticon") {
                assert_eq!(again, storage);
            }
            assert!(
                again.contains("<kbd>") == storage.contains("<kbd>"),
                "{again}"
            );
            assert!(!again.contains("nx-"), "{again}");
        }
    }
}

#[test]
fn an_element_is_shown_by_the_mark_that_says_nearly_the_same() {
    for (name, mark) in [
        ("kbd", "code"),
        ("samp", "code"),
        ("var", "em"),
        ("cite", "em"),
        ("ins", "underline"),
        ("mark", "backgroundColor"),
    ] {
        let mut blocks = read(&format!("<p><{name}>x</{name}></p>"));
        let text = &mut blocks[0]["content"][0];
        assert_eq!(text["marks"][0]["type"], mark);
        assert_eq!(text["marks"].as_array().unwrap().len(), 1);
        // Removing the mark removes the element.
        text["marks"] = json!([]);
        let taken = written(&blocks);
        assert!(!taken.contains(&format!("<{name}>")), "{taken}");
    }
    for name in ["small", "abbr", "q"] {
        let blocks = read(&format!("<p><{name}>x</{name}></p>"));
        assert!(blocks[0]["content"][0].get("marks").is_none(), "{blocks}");
    }
    let mut blocks = read("<p><mark>x</mark></p>");
    blocks[0]["content"][0]["marks"][0]["attrs"]["color"] = json!("#ff0000");
    let coloured = shown(&written(&blocks));
    assert!(
        coloured.contains("rgb(255,0,0)") && !coloured.contains("<mark>"),
        "{coloured}"
    );
}

#[test]
fn words_that_a_client_changes_stay_in_their_element() {
    let mut blocks = read("<p>a <abbr title=\"t\">old</abbr> <kbd>x</kbd> b</p>");
    let text = &mut blocks[0]["content"];
    text[1]["text"] = json!("new");
    text[0]["text"] = json!("the ");
    assert_eq!(
        written(&blocks),
        "<p>the <abbr title=\"t\">new</abbr> <kbd>x</kbd> b</p>"
    );
}

#[test]
fn a_list_of_terms_comes_back_as_it_was() {
    for storage in [
        "<dl><dt>term</dt><dd>meaning</dd></dl>",
        "<dl class=\"c\"><dt local-id=\"l\">a <kbd>b</kbd></dt><dt>c</dt><dd><p>one</p><p>two</p></dd><dd></dd></dl>",
        "<dl><dt><strong>t</strong></dt><dd>text<ul><li><p>x</p></li></ul></dd></dl>",
        "<table><tbody><tr><td><dl><dt>a</dt><dd>b</dd></dl></td></tr></tbody></table>",
        "<dl><dt>a</dt><dd><dl><dt>b</dt><dd>c</dd></dl></dd></dl>",
        "<dl><dt>a</dt><dd>b</dd></dl><dl><dt>c</dt></dl>",
    ] {
        assert_eq!(unchanged(storage), storage);
    }
    let list = read("<dl>\n<dt>term</dt>\n<dd>meaning</dd></dl>");
    assert_eq!(kinds(&list), ["bulletList"]);
    assert_eq!(kinds(&list[0]["content"]), ["listItem", "listItem"]);
    // A `dl` with anything else in it becomes plain blocks.
    assert_eq!(
        kinds(&read("<dl><dt>a</dt>text</dl>")),
        ["paragraph", "paragraph"]
    );
    let mut more = list;
    let item = json!({"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "new"}]}]});
    more[0]["content"].as_array_mut().unwrap().push(item);
    assert!(shown(&written(&more)).contains("<dd><p>new</p></dd></dl>"));
}

#[test]
fn words_for_places_in_the_tree_tooltips_and_what_is_around_a_smart_link_come_back() {
    let root = |resource: &str| {
        format!(
            "<ac:structured-macro ac:name=\"pagetree\"><ac:parameter ac:name=\"root\">{resource}</ac:parameter></ac:structured-macro>"
        )
    };
    for word in ["@self", "@parent", "@home", "@none"] {
        let page = format!("<ri:page ri:content-title=\"{word}\" />");
        for storage in [
            root(&page),
            root(&format!("<ac:link>{page}</ac:link>")),
            root(word),
            format!("<p><ac:link>{page}</ac:link></p>"),
        ] {
            assert_eq!(unchanged(&storage), storage);
        }
    }
    let empty = root("<ac:link><ri:page /></ac:link>");
    assert_eq!(unchanged(&empty), empty);
    for words in [
        "<ac:link ac:tooltip=\"tip\"><ri:page ri:content-title=\"Nope\" /></ac:link>",
        "<ac:link ac:anchor=\"a\" ac:tooltip=\"tip\"><ac:link-body>x</ac:link-body></ac:link>",
        "<ac:link ac:tooltip=\"tip\"><ri:attachment ri:filename=\"a.pdf\" /></ac:link>",
        "<em>see <ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"T\" /></ac:link></em>",
        "<em><a href=\"https://e.example\" data-card-appearance=\"inline\">https://e.example</a></em>",
        "<small><ac:link ac:card-appearance=\"inline\"><ri:page ri:content-title=\"T\" /></ac:link></small>",
    ] {
        let storage = format!("<p>a {words} b</p>");
        assert_eq!(unchanged(&storage), storage);
    }
}

#[test]
fn many_elements_in_each_other_take_no_more_than_their_share() {
    let deep = |name: &str| {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        format!("<p>{}x{}</p>", open.repeat(60), close.repeat(60))
    };
    for name in ["abbr", "kbd", "object", "q"] {
        let again = unchanged(&deep(name));
        assert!(shown(&again).contains('x') && again.len() < 200, "{again}");
    }
}
