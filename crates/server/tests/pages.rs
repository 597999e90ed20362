//! Checks every page, rendered with samples: it must be whole, usable with a keyboard and a screen
//! reader, within the content security policy, and escape what people write.

use std::collections::{BTreeSet, HashMap};

use narthex_server::web::assets::Assets;
use narthex_server::web::headers::{CONTENT_POLICY, describe_html};

#[path = "../examples/gallery/samples/mod.rs"]
mod samples;

use samples::{HOSTILE, Sample, Samples};

/// One tag of a page, as it is written.
#[derive(Debug)]
struct Tag<'h> {
    name: &'h str,
    closing: bool,
    attributes: HashMap<&'h str, &'h str>,
}

const VOID: [&str; 8] = ["meta", "link", "input", "br", "img", "hr", "path", "option"];

/// Reads the tags of HTML as the templates write it: attributes in double quotes.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let closing = rest.starts_with('/');
        rest = rest.trim_start_matches('/');
        let name_end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let (name, mut after) = rest.split_at(name_end);
        let mut attributes = HashMap::new();
        loop {
            after = after.trim_start();
            if after.starts_with(['>', '/']) || after.is_empty() {
                break;
            }
            let end = after
                .find(|c: char| c.is_whitespace() || "=>".contains(c))
                .unwrap_or(after.len());
            let (attribute, value) = after.split_at(end);
            after = value;
            let mut of = "";
            if let Some(value) = after.strip_prefix("=\"") {
                (of, after) = value.split_once('"').unwrap_or((value, ""));
            }
            assert!(
                attributes.insert(attribute, of).is_none(),
                "{attribute} is there twice in <{name}>"
            );
        }
        rest = after;
        if !name.is_empty() && name != "doctype" {
            tags.push(Tag {
                name,
                closing,
                attributes,
            });
        }
    }
    tags
}

fn plain() -> Vec<Sample> {
    let assets = Assets::new();
    Samples::new(&assets, false).all()
}

fn hostile() -> Vec<Sample> {
    let assets = Assets::new();
    Samples::new(&assets, true).all()
}

#[test]
fn every_page_has_a_sample_of_its_own_name() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/web/pages");
    let source: String = std::fs::read_dir(folder)
        .expect("the folder of pages")
        .map(|entry| std::fs::read_to_string(entry.expect("a file").path()).expect("its text"))
        .collect();
    let declared: BTreeSet<&str> = source
        .split("#[template(path")
        .skip(1)
        .filter_map(|after| after.split_once("pub struct "))
        .filter_map(|(_, after)| after.split_once('<'))
        .map(|(name, _)| name)
        .collect();
    let pages = plain();
    let shown: BTreeSet<&str> = pages.iter().map(|page| page.page).collect();
    assert_eq!(declared, shown);
    let names: BTreeSet<&str> = pages.iter().map(|page| page.name).collect();
    assert_eq!(names.len(), pages.len(), "two samples have one name");
}

#[test]
fn every_page_has_its_landmarks() {
    for page in plain() {
        let all = tags(&page.html);
        let count = |name: &str| {
            all.iter()
                .filter(|tag| tag.name == name && !tag.closing)
                .count()
        };
        for once in ["html", "head", "title", "body", "main", "h1"] {
            assert_eq!(count(once), 1, "{once} in {}", page.name);
        }
        assert!(
            page.html.starts_with("<!doctype html>\n<html lang=\"en\">"),
            "{}",
            page.name
        );
        assert!(
            page.html.contains("<a class=\"skip\" href=\"#nx-main\">"),
            "{}",
            page.name
        );
        assert!(page.html.contains(" id=\"nx-main\""), "{}", page.name);
        assert!(count("nav") >= 1, "{}", page.name);
    }
}

#[test]
fn every_tag_that_opens_is_closed_in_order() {
    for page in plain().iter().chain(&hostile()) {
        let mut open = Vec::new();
        for tag in tags(&page.html) {
            if VOID.contains(&tag.name) {
                continue;
            }
            if tag.closing {
                assert_eq!(open.pop(), Some(tag.name), "in {}", page.name);
            } else {
                open.push(tag.name);
            }
        }
        assert!(open.is_empty(), "{open:?} in {}", page.name);
    }
}

#[test]
fn what_people_write_is_text_everywhere() {
    for page in hostile() {
        assert!(!page.html.contains("<script>"), "{}", page.name);
        assert!(!page.html.contains(HOSTILE), "{}", page.name);
        assert!(page.html.contains("&#60;script&#62;"), "{}", page.name);
    }
}

#[test]
fn pages_keep_within_the_content_policy() {
    for page in plain().iter().chain(&hostile()) {
        for tag in tags(&page.html) {
            for attribute in tag.attributes.keys() {
                let inline = *attribute == "style" || attribute.starts_with("on");
                assert!(!inline, "{attribute} in {}", page.name);
            }
            if tag.name == "script" && !tag.closing {
                assert!(
                    tag.attributes["src"].starts_with("/assets/"),
                    "{}",
                    page.name
                );
            }
            assert_ne!(tag.name, "style", "{}", page.name);
            for leads in ["href", "action"] {
                if let Some(address) = tag.attributes.get(leads) {
                    assert!(
                        address.starts_with(['/', '#', '?']),
                        "{address} in {}",
                        page.name
                    );
                }
            }
        }
    }
    let mut headers = http::HeaderMap::new();
    describe_html(&mut headers);
    assert_eq!(headers["content-security-policy"], CONTENT_POLICY);
    // The program's own HTML has no inline styles; the policy allows them for authors' colours.
    let without = CONTENT_POLICY.replace("style-src-attr 'unsafe-inline'", "");
    assert_ne!(without, CONTENT_POLICY);
    assert!(!without.contains("unsafe") && !without.contains("https:"));
}

#[test]
fn every_field_has_a_label_and_every_reference_a_target() {
    for page in plain() {
        let all = tags(&page.html);
        let ids: Vec<&str> = all
            .iter()
            .filter_map(|tag| tag.attributes.get("id").copied())
            .collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(
            ids.len(),
            unique.len(),
            "ids of {} are unique: {ids:?}",
            page.name
        );
        let labelled: BTreeSet<&str> = all
            .iter()
            .filter_map(|tag| tag.attributes.get("for").copied())
            .collect();
        let mut inside_label = false;
        for tag in &all {
            if tag.name == "label" {
                inside_label = !tag.closing;
            }
            for reference in ["for", "aria-describedby", "aria-labelledby"] {
                for id in tag
                    .attributes
                    .get(reference)
                    .copied()
                    .unwrap_or_default()
                    .split_whitespace()
                {
                    assert!(unique.contains(id), "{reference}={id} in {}", page.name);
                }
            }
            let field = ["input", "select", "textarea"].contains(&tag.name) && !tag.closing;
            let kind = tag.attributes.get("type").copied().unwrap_or_default();
            if field && kind != "hidden" {
                let named = tag
                    .attributes
                    .get("id")
                    .is_some_and(|id| labelled.contains(id));
                let described = tag.attributes.contains_key("aria-label");
                assert!(
                    named || inside_label || described,
                    "{tag:?} in {}",
                    page.name
                );
            }
        }
    }
}

#[test]
fn ids_beside_what_people_wrote_are_none_that_they_could_write() {
    for page in plain()
        .iter()
        .filter(|page| ["PageView", "SpaceOverview"].contains(&page.page))
    {
        let written = include_str!("../examples/gallery/samples/body.html");
        for id in tags(&page.html.replace(written, ""))
            .iter()
            .filter_map(|tag| tag.attributes.get("id"))
        {
            assert!(id.starts_with("nx-"), "{id} in {}", page.name);
        }
    }
}

#[test]
fn forms_that_change_something_post_and_filters_do_not() {
    for page in plain() {
        for form in tags(&page.html)
            .iter()
            .filter(|tag| tag.name == "form" && !tag.closing)
        {
            let method = form.attributes.get("method").copied();
            assert!(
                matches!(method, Some("post" | "get")),
                "{form:?} in {}",
                page.name
            );
        }
    }
}

#[test]
fn the_page_that_is_not_there_tells_nothing_but_the_address_that_was_asked() {
    let not_there: Vec<Sample> = hostile()
        .into_iter()
        .filter(|page| page.name.starts_with("not-there"))
        .collect();
    assert_eq!(not_there.len(), 2);
    for page in not_there {
        assert!(
            page.html
                .contains("This page isn’t there, or isn’t shared with you")
        );
        let with_form = page.html.contains("name=\"password\"");
        assert_eq!(with_form, page.name == "not-there-signed-out");
    }
}

#[test]
fn the_frame_of_a_page_for_readers_is_small() {
    let page = plain()
        .into_iter()
        .find(|page| page.name == "page-anonymous")
        .expect("the sample");
    let (before, rest) = page
        .html
        .split_once("<div class=\"content\">")
        .expect("the content");
    let (_, after) = rest.split_once("</article>").expect("its end");
    let (before_tree, rest) = before.split_once("<ul class=\"tree\">").expect("the tree");
    let (_, after_tree) = rest.split_once("</nav>").expect("its end");
    let frame = before_tree.len() + after_tree.len() + after.len();
    assert!(frame <= 2_500, "{frame} bytes besides content and tree");
}
