//! What people write is text wherever it is shown: in titles, names, file names, labels of macros
//! and emoji, on every page and in every format of a body (A52, A54).

use narthex_access::{Credential, SpaceKind};
use narthex_served::table::{Near, table};
use narthex_served::world::EVERYBODY;
use narthex_served::{Aim, Ask, Kind, Told, Who, World};
use narthex_site::space::NewSpace;
use serde_json::{Value, json};

/// Breaks out of text, and of attributes in either kind of quotes, where it isn't escaped.
const EVIL: &str =
    "\"><x-evil onevil=\"1\">'><x-evil onevil='1'></script><x-evil>javascript:evil()";
/// The same text escaped for XML.
const IN_XML: &str = "&quot;&gt;&lt;x-evil onevil=&quot;1&quot;&gt;&apos;&gt;&lt;x-evil onevil=&apos;1&apos;&gt;&lt;/script&gt;&lt;x-evil&gt;javascript:evil()";

const MACROS: [&str; 36] = [
    "info",
    "note",
    "tip",
    "warning",
    "panel",
    "expand",
    "toc",
    "toc-zone",
    "status",
    "anchor",
    "code",
    "noformat",
    "excerpt",
    "excerpt-include",
    "include",
    "children",
    "pagetree",
    "recently-updated",
    "contentbylabel",
    "attachments",
    "gallery",
    "view-file",
    "jira",
    "iframe",
    "widget",
    "details",
    "detailssummary",
    "section",
    "column",
    "profile",
    "html",
    "script",
    "ui-expand",
    "viewpdf",
    "livesearch",
    IN_XML,
];
const PARAMETERS: [&str; 24] = [
    "",
    "title",
    "colour",
    "bgColor",
    "titleBGColor",
    "panelIconText",
    "language",
    "theme",
    "maxLevel",
    "style",
    "page",
    "root",
    "labels",
    "cql",
    "name",
    "key",
    "jqlQuery",
    "url",
    "src",
    "width",
    "height",
    "id",
    "user",
    "type",
];

/// Returns a body with everything that one can contain.
fn storage() -> String {
    let mut body = String::new();
    for name in MACROS {
        body += &format!("<ac:structured-macro ac:name=\"{name}\">");
        for parameter in PARAMETERS {
            body += &format!("<ac:parameter ac:name=\"{parameter}\">{IN_XML}</ac:parameter>");
        }
        body += &format!(
            "<ac:rich-text-body><p>{IN_XML}</p></ac:rich-text-body><ac:plain-text-body><![CDATA[{EVIL}]]></ac:plain-text-body></ac:structured-macro>"
        );
    }
    for address in [
        "javascript:evil()",
        " java&#10;script:evil()",
        "data:text/html,&lt;x-evil&gt;",
        "vbscript:evil()",
        IN_XML,
    ] {
        body += &format!(
            "<a href=\"{address}\" title=\"{IN_XML}\">x</a><img src=\"{address}\" alt=\"{IN_XML}\" /><ac:link><ri:url ri:value=\"{address}\" /></ac:link><ac:image ac:alt=\"{IN_XML}\" ac:width=\"{IN_XML}\"><ri:url ri:value=\"{address}\" /></ac:image><iframe src=\"{address}\" />"
        );
    }
    body += &format!(
        "<ac:emoticon ac:name=\"{IN_XML}\" ac:emoji-shortname=\"{IN_XML}\" ac:emoji-fallback=\"{IN_XML}\" ac:emoji-id=\"{IN_XML}\" />\
         <time datetime=\"{IN_XML}\" /><ac:link ac:anchor=\"{IN_XML}\"><ri:page ri:content-title=\"{IN_XML}\" ri:space-key=\"{IN_XML}\" /></ac:link>\
         <ac:link><ri:attachment ri:filename=\"{IN_XML}\" /></ac:link><ac:link><ri:user ri:account-id=\"{IN_XML}\" /><ac:link-body>{IN_XML}</ac:link-body></ac:link>\
         <ac:task-list><ac:task><ac:task-id>{IN_XML}</ac:task-id><ac:task-status>{IN_XML}</ac:task-status><ac:task-body>{IN_XML}</ac:task-body></ac:task></ac:task-list>\
         <ac:layout><ac:layout-section ac:type=\"{IN_XML}\"><ac:layout-cell><p style=\"color:red;background:url({IN_XML})\" class=\"{IN_XML}\" onevil=\"1\">x</p></ac:layout-cell></ac:layout-section></ac:layout>\
         <h2 id=\"{IN_XML}\">{IN_XML}</h2><ac:inline-comment-marker ac:ref=\"{IN_XML}\">x</ac:inline-comment-marker>\
         <table data-layout=\"{IN_XML}\"><tbody><tr><td data-highlight-colour=\"{IN_XML}\" colspan=\"{IN_XML}\">x</td></tr></tbody></table>"
    );
    body
}

fn adf() -> String {
    let evil = |kind: &str, attributes: Value| json!({"type": kind, "attrs": attributes});
    let text = |marks: Value| json!({"type": "text", "text": EVIL, "marks": marks});
    let paragraph = json!({"type": "paragraph", "content": [
        text(json!([{"type": "link", "attrs": {"href": "javascript:evil()", "title": EVIL}}])),
        text(json!([{"type": "textColor", "attrs": {"color": EVIL}}, {"type": EVIL}])),
        evil("mention", json!({"id": EVIL, "text": EVIL})),
        evil("emoji", json!({"shortName": EVIL, "text": EVIL, "id": EVIL})),
        evil("status", json!({"text": EVIL, "color": EVIL, "style": EVIL})),
        evil("date", json!({"timestamp": EVIL})),
        evil("inlineCard", json!({"url": "javascript:evil()"})),
        evil(EVIL, json!({EVIL: EVIL})),
    ]});
    let blocks = json!([
        paragraph,
        {"type": "panel", "attrs": {"panelType": EVIL, "panelColor": EVIL, "panelIconText": EVIL}, "content": [paragraph]},
        {"type": "codeBlock", "attrs": {"language": EVIL}, "content": [{"type": "text", "text": EVIL}]},
        {"type": "expand", "attrs": {"title": EVIL}, "content": [paragraph]},
        {"type": "mediaSingle", "attrs": {"layout": EVIL}, "content": [evil("media", json!({"type": "external", "url": "javascript:evil()", "alt": EVIL}))]},
        {"type": "extension", "attrs": {"extensionType": EVIL, "extensionKey": EVIL, "text": EVIL, "parameters": {"macroParams": {EVIL: {"value": EVIL}}}}},
        evil("blockCard", json!({"url": "javascript:evil()"})),
    ]);
    json!({"type": "doc", "version": 1, "content": blocks}).to_string()
}

/// Removes the sources that HTML contains as text: those in the text areas of the site's editor,
/// and in the attribute in which the format for editors carries the storage format. Anything that
/// broke out of one would stand behind it.
fn without_sources(html: &str) -> String {
    let without_areas = without(html, "<textarea", "</textarea>");
    without(&without_areas, " data-nx-storage=\"", "\"")
}

/// Removes everything between each `start` and the next `end` from a text.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut parts = text.split(start);
    let before = parts.next().unwrap_or_default().to_owned();
    parts.fold(before, |text, part| {
        text + part.split_once(end).map_or(part, |(_, behind)| behind)
    })
}

/// Fails for HTML in which the hostile text took effect.
fn assert_harmless(what: &str, html: &str) {
    let lower = without_sources(&html.to_lowercase());
    for through in [
        "<x-evil",
        "onevil=\"",
        " onevil='1'>",
        "=\"javascript:",
        "=\"data:",
        "=\"vbscript:",
        "='javascript:",
        "url(",
        "<object",
        "<embed",
        "<base",
    ] {
        if let Some(at) = lower.find(through) {
            let around: String = lower
                .chars()
                .skip(lower[..at].chars().count().saturating_sub(200))
                .take(300)
                .collect();
            panic!("{what}: {through} came through: …{around}…");
        }
    }
}

/// Returns the HTML of a response, or that of the bodies in it.
fn html_in(told: &Told) -> Vec<String> {
    if told
        .header("content-type")
        .is_some_and(|kind| kind.starts_with("text/html"))
    {
        return vec![told.text()];
    }
    let mut found = Vec::new();
    let mut left = vec![told.json()];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(object) => {
                let shown = [
                    "view",
                    "export_view",
                    "styled_view",
                    "anonymous_export_view",
                    "editor",
                ];
                let form = object.get("representation").and_then(Value::as_str);
                if form.is_some_and(|form| shown.contains(&form)) {
                    found.extend(
                        object
                            .get("value")
                            .and_then(Value::as_str)
                            .map(str::to_owned),
                    );
                }
                left.extend(object.into_iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
    found
}

async fn made(world: &World, ask: &Ask) -> Value {
    let ada = world.actor(Who::Ada);
    world.served.expect(200, &ada, ask).await.json()
}

/// Makes a page or blog post with a file and a comment, all with hostile texts.
async fn hostile(world: &World, key: &str, kind: Kind, body: Value) -> Aim {
    let word = match kind {
        Kind::BlogPost => "blogpost",
        _ => "page",
    };
    let title = format!(
        "{EVIL} {}",
        body.as_object()
            .and_then(|body| body.keys().next())
            .expect("a form")
    );
    let page = json!({"type": word, "title": title, "space": {"key": key}, "body": body});
    let page = made(world, &Ask::post("/wiki/rest/api/content", &page)).await;
    let mut aim = Aim::new("hostile", kind, EVERYBODY);
    aim.page = page["id"].as_str().expect("an id").to_owned();
    aim.space = page["space"]["id"].to_string();
    (aim.key, aim.title) = (key.to_owned(), title);
    let file = format!("/wiki/rest/api/content/{}/child/attachment", aim.page);
    // A name that a header can't carry is refused when the form is read.
    let named =
        Ask::post(file, &Value::Null).file("<x-evil onevil='1'>.svg", b"<svg onload='evil()'/>");
    let files = made(world, &named).await;
    aim.attachment = files["results"][0]["id"]
        .as_str()
        .expect("an id")
        .trim_start_matches("att")
        .to_owned();
    aim.file = "<x-evil onevil='1'>.svg".to_owned();
    let comment = json!({"type": "comment", "container": {"id": aim.page}, "body": body});
    let comment = made(world, &Ask::post("/wiki/rest/api/content", &comment)).await;
    aim.comment = comment["id"].as_str().expect("an id").to_owned();
    aim
}

#[tokio::test]
async fn what_people_write_is_text_on_every_page_and_in_every_form() {
    let world = World::new(91).await;
    let key = "EVIL".to_owned();
    let new = NewSpace {
        key: Some(key.clone()),
        name: EVIL.to_owned(),
        description: EVIL.to_owned(),
        kind: SpaceKind::Global,
        private: false,
    };
    let ada = world.credential(Who::Ada);
    world
        .served
        .site
        .create_space(&ada, new)
        .await
        .expect("a space");
    let renamed = world.served.site.rename_account(
        &Credential::Operator,
        world.account(Who::Ada),
        EVIL.to_owned(),
    );
    renamed.await.expect("a name");
    let in_storage = json!({"storage": {"value": storage()}});
    let in_adf = json!({"atlas_doc_format": {"value": adf()}});
    let near = Near::of(&world);
    let session = world.session(Who::Ada).await;
    let mut pages = 0;
    for (kind, body) in [
        (Kind::Page, in_storage.clone()),
        (Kind::Page, in_adf.clone()),
        (Kind::BlogPost, in_storage),
        (Kind::BlogPost, in_adf),
    ] {
        let aim = hostile(&world, &key, kind, body).await;
        for kind in [kind, Kind::Space, Kind::Comment, Kind::Attachment] {
            let aim = Aim {
                kind,
                ..aim.clone()
            };
            for entry in table().iter().filter(|entry| entry.method == "GET") {
                if !entry.about.is_empty() && !entry.about.contains(&kind) {
                    continue;
                }
                for ask in entry.asks(&aim, &near) {
                    let told = world.served.ask(&session, &ask).await;
                    for html in html_in(&told) {
                        pages += 1;
                        assert_harmless(&ask.to_string(), &html);
                    }
                    if told
                        .header("content-type")
                        .is_some_and(|kind| kind.starts_with("text/html"))
                    {
                        let policy = told.header("content-security-policy").unwrap_or_default();
                        assert!(
                            policy.contains("script-src wiki.test/assets/;")
                                || policy.contains("sandbox"),
                            "{ask}: {policy}"
                        );
                        assert!(!policy.contains("https:"), "{ask}: {policy}");
                    }
                }
            }
        }
    }
    assert!(pages > 200, "{pages} pages were looked at");
}
