//! Paths and headers that lead careless servers past a check.

use super::answered;
use narthex_served::{Actor, Ask, Who, World};

/// Returns paths that would lead to a hidden thing past a check, if a check compared paths.
fn tricks(path: &str) -> Vec<String> {
    let (before, last) = path.rsplit_once('/').unwrap_or(("", path));
    let api = path.strip_prefix("/wiki/").unwrap_or(path);
    vec![
        path.to_uppercase(),
        path.replace("/wiki/", "/WIKI/"),
        path.replace("/wiki/", "//wiki//"),
        path.replace("/wiki/", "/wiki/./"),
        path.replace("/wiki/", "/wiki/%2e/"),
        path.replace("/wiki/", "/wiki/x/../"),
        path.replace("/wiki/", "/wiki/x/%2e%2e/"),
        path.replace("/wiki/", "/wiki/healthz/..;/"),
        path.replace("/wiki/", "/assets/..;/wiki/"),
        path.replace("/wiki/", "/assets/%2e%2e/wiki/"),
        path.replace("/wiki/", "/wiki;x=1/"),
        path.replace("/wiki/", "/wiki%2f"),
        format!("/{}", path.replace('/', "%2f")),
        path.replace('/', "\\"),
        format!("/{api}"),
        format!("{before}/%20{last}"),
        format!("{before}/{last}%20"),
        format!("{before}/{last}%00"),
        format!("{before}/{last}%0a"),
        format!("{before}/{last};x=1"),
        format!("{before}/{last}.json"),
        format!("{before}/{last}/"),
        format!("{before}/{last}//"),
        format!("{before}/{last}/."),
        format!("{before}/{last}/.."),
        format!("{before}/{last}%2f"),
        format!("{before}/{last}?os_authType=basic"),
        format!("{before}/0{last}"),
        format!("{before}/+{last}"),
    ]
}

/// Headers that make careless servers believe something about the request.
const CLAIMS: &[(&str, &str)] = &[
    ("x-original-url", "/healthz"),
    ("x-rewrite-url", "/healthz"),
    ("x-http-method-override", "DELETE"),
    ("x-forwarded-for", "127.0.0.1"),
    ("x-forwarded-host", "localhost"),
    ("x-forwarded-user", "ada@example.org"),
    ("x-remote-user", "ada@example.org"),
    ("x-atlassian-token", "no-check"),
    ("x-middleware-subrequest", "middleware:middleware"),
    ("forwarded", "for=127.0.0.1;host=localhost"),
    ("referer", "https://wiki.test/wiki/admin/"),
    ("origin", "https://wiki.test"),
    ("x-real-ip", "127.0.0.1"),
    ("cookie", "narthex_session=; admin=true"),
];

#[tokio::test]
async fn tricks_in_the_path_and_claims_in_headers_open_nothing() {
    let world = World::new(46).await;
    let secret = world.aim("Secret");
    let paths = [
        format!("/wiki/rest/api/content/{}", secret.page),
        format!("/wiki/rest/api/content/att{}", secret.attachment),
        format!("/wiki/rest/api/content/{}/child/page", secret.page),
        format!("/wiki/download/attachments/{}/{}", secret.page, secret.file),
        format!(
            "/wiki/rest/api/content/{}/child/attachment/att{}/download",
            secret.page, secret.attachment
        ),
        "/wiki/rest/api/space/CLOSED".to_owned(),
        "/wiki/rest/api/audit".to_owned(),
        "/wiki/rest/api/group".to_owned(),
        "/wiki/rest/knowledge-base/1.0/permissions/spaces".to_owned(),
    ];
    let words = [
        "Secret",
        "what the file says",
        "Space CLOSED",
        "writers",
        "spaceKey",
        "account.added",
    ];
    for path in &paths {
        for actor in [
            Actor::Anonymous,
            world.actor(Who::Una),
            world.actor(Who::Gus),
        ] {
            let mut asks: Vec<Ask> = tricks(path).into_iter().map(Ask::get).collect();
            asks.extend(
                CLAIMS
                    .iter()
                    .map(|(name, value)| Ask::get(path).with(name, value)),
            );
            for ask in asks.into_iter().filter(Ask::can_be_sent) {
                let told = answered(&world, &actor, &ask).await;
                let text = told.text();
                let told_of = words.iter().find(|word| text.contains(**word));
                assert!(told_of.is_none(), "{ask}: {} {text}", told.status);
            }
        }
    }
    // Nothing was deleted by a header.
    let told = world.served.get(&world.actor(Who::Olga), &paths[0]).await;
    assert_eq!(told.status, 200);
}
