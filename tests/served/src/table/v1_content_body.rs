//! The routes that convert bodies: what a text names is decided as on a page (A08).

use super::{Entry, Near, segment, way};
use crate::exchange::Ask;
use crate::world::{Aim, Kind};
use serde_json::{Value, json};

const AT_ONCE: &str = "/wiki/rest/api/contentbody/convert/{to}";
const LATER: &str = "/wiki/rest/api/contentbody/convert/async/{to}";
const MANY: &str = "/wiki/rest/api/contentbody/convert/async/bulk/tasks";

const ANY: &[Kind] = &[
    Kind::Space,
    Kind::Page,
    Kind::BlogPost,
    Kind::Attachment,
    Kind::Comment,
    Kind::Account,
];

/// The kinds of things that can be named as the context of a text.
const IN_A_PLACE: &[Kind] = &[
    Kind::Space,
    Kind::Page,
    Kind::BlogPost,
    Kind::Attachment,
    Kind::Comment,
];

pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("POST", AT_ONCE, ANY, to, convert),
    Entry::new("POST", LATER, IN_A_PLACE, to, keep),
    Entry::new("GET", LATER, &[], nothing_kept, |_, _| vec![way("")]),
    Entry::new("POST", MANY, IN_A_PLACE, |_| Vec::new(), many),
    Entry::new(
        "GET",
        MANY,
        &[],
        |_| Vec::new(),
        |_, _| vec![way("?ids=0123456789abcdef0123456789abcdef,x"), way("")],
    ),
];

/// Returns the target format, a different one for each kind of thing.
fn to(aim: &Aim) -> Vec<String> {
    let format = match aim.kind {
        Kind::Space => "styled_view",
        Kind::BlogPost => "anonymous_export_view",
        Kind::Attachment => "export_view",
        Kind::Comment => "editor",
        Kind::Account => "atlas_doc_format",
        _ => "view",
    };
    vec![format.to_owned()]
}

fn nothing_kept(_: &Aim) -> Vec<String> {
    vec!["0123456789abcdef0123456789abcdef".into()]
}

/// Returns a text that names a thing in every way.
fn text(aim: &Aim) -> Value {
    let Aim {
        key,
        title,
        page,
        file,
        account,
        ..
    } = aim;
    let element = match aim.kind {
        Kind::BlogPost => "ri:blog-post",
        _ => "ri:page",
    };
    let titled = format!("<{element} ri:space-key=\"{key}\" ri:content-title=\"{title}\" />");
    let by_id = format!("<ri:content-entity ri:content-id=\"{page}\" />");
    let attached = format!("<ri:attachment ri:filename=\"{file}\">{by_id}</ri:attachment>");
    // The first request shows only the beginning of the text, which must not cut a name off.
    let beginning = "words ".repeat(60);
    let mut value = format!(
        "<p>{beginning}<ac:link>{titled}</ac:link><ac:link>{by_id}</ac:link><ac:link><ri:space ri:space-key=\"{key}\" /></ac:link>\
         <ac:link>{attached}</ac:link><ac:image>{attached}</ac:image>\
         <ac:link><ri:user ri:account-id=\"{account}\" /></ac:link></p>"
    );
    for there in [titled, by_id] {
        let link = format!("<ac:link>{there}</ac:link>");
        value += &with("include", "", &link);
        value += &with("excerpt-include", "", &link);
        value += &with("children", "page", &link);
        value += &with("pagetree", "root", &link);
        value += &with("attachments", "page", &link);
        value += &with("gallery", "page", &link);
    }
    value += &with("recently-updated", "spaces", key);
    json!({"representation": "storage", "value": value})
}

/// Returns macros that list the hits of queries about a thing.
fn lists(aim: &Aim) -> Value {
    let Aim {
        key, title, page, ..
    } = aim;
    let by_title = format!("space = \"{key}\" and title = \"{title}\"");
    let around = format!("ancestor = \"{page}\" or id = \"{page}\" or container = \"{page}\"");
    let words = format!("text ~ words and space = \"{key}\" and type in (page, comment)");
    let mut value = with("detailssummary", "cql", &format!("space = \"{key}\""));
    for query in [by_title, around, words] {
        value += &with("contentbylabel", "cql", &query);
    }
    json!({"representation": "storage", "value": value})
}

/// Returns a macro with a parameter.
fn with(name: &str, parameter: &str, value: &str) -> String {
    format!(
        "<ac:structured-macro ac:name=\"{name}\"><ac:parameter ac:name=\"{parameter}\">{value}</ac:parameter></ac:structured-macro>"
    )
}

/// Returns the id of the content that is named as the context of a text.
fn context(aim: &Aim) -> &str {
    match aim.kind {
        Kind::Attachment => &aim.attachment,
        Kind::Comment => &aim.comment,
        _ => &aim.page,
    }
}

fn convert(aim: &Aim, near: &Near) -> Vec<Ask> {
    let (key, content) = (segment(&aim.key), segment(context(aim)));
    let own = "<ac:structured-macro ac:name=\"children\" /><ac:structured-macro ac:name=\"attachments\" />\
               <ac:structured-macro ac:name=\"pagetree\" /><ac:structured-macro ac:name=\"include\" />";
    let own = json!({"representation": "storage", "value": own});
    let wiki = json!({"representation": "wiki", "value": format!("[{}:{}]", aim.key, aim.title)});
    vec![
        way("").json(&text(aim)),
        way(format!("?contentIdContext={}", near.page.page)).json(&text(aim)),
        way(format!("?contentIdContext={content}")).json(&own),
        way(format!(
            "?contentIdContext={content}&spaceKeyContext={}",
            near.page.key
        ))
        .json(&own),
        way(format!("?spaceKeyContext={key}")).json(&own),
        way("").json(&wiki),
        way("").json(&lists(aim)),
    ]
}

/// Tries only the context itself: each stored conversion gets an id of its own.
fn keep(aim: &Aim, _: &Near) -> Vec<Ask> {
    let place = match aim.kind {
        Kind::Space => format!("?spaceKeyContext={}", segment(&aim.key)),
        _ => format!("?contentIdContext={}", segment(context(aim))),
    };
    vec![way(place).json(&words())]
}

fn many(aim: &Aim, _: &Near) -> Vec<Ask> {
    let (context, place) = match aim.kind {
        Kind::Space => ("spaceKeyContext", aim.key.as_str()),
        _ => ("contentIdContext", context(aim)),
    };
    let inputs = json!({"conversionInputs": [
        {"to": "view", "body": words(), context: place},
        {"to": "nothing", "body": words(), context: place},
    ]});
    vec![way("").json(&inputs)]
}

fn words() -> Value {
    json!({"representation": "storage", "value": "<p>words</p>"})
}
