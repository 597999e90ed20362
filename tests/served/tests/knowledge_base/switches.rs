//! The call that the project exists for (law 5).

use axum::body::Body;
use http::{Method, Request};
use narthex_access::Credential;
use narthex_served::Stage;
use narthex_served::stage::nobody;
use narthex_site::account::Access;
use narthex_site::switch::SetSwitches;

const UNLICENSED: &str = "/wiki/rest/knowledge-base/1.0/permissions/space/unlicensedview";
const ANONYMOUS: &str = "/wiki/rest/knowledge-base/1.0/permissions/space/anonymousView";
const OPEN: &str = r#"{"enablePermission": true, "spaceKey": "docs"}"#;

async fn switches(stage: &Stage, wanted: SetSwitches) {
    stage
        .site
        .set_switches(&Credential::Operator, wanted)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_call_answers_all_four_facts_in_the_order_of_the_law_without_white_space() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    stage.space(&root, "DOCS").await;
    let jsm = SetSwitches {
        jsm_access: Some(true),
        ..SetSwitches::default()
    };
    switches(&stage, jsm).await;
    let reply = stage.post(&root, UNLICENSED, OPEN).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type").unwrap(), "application/json");
    assert_eq!(
        reply.text(),
        "{\"spacePermissions\":{\"spaceKey\":\"DOCS\",\"unlicensedViewPermissionEnabled\":true,\
         \"anonymousViewPermissionEnabled\":false},\"globalPermissions\":\
         {\"unlicensedAuthenticatedAccessEnabled\":true,\"anonymousAccessEnabled\":false}}"
    );
    let shouted = UNLICENSED.replace("unlicensedview", "UNLICENSEDVIEW");
    assert_eq!(stage.post(&root, &shouted, OPEN).await.text(), reply.text());
    let read = "/wiki/rest/knowledge-base/1.0/permissions/space?spaceKey=docs";
    assert_eq!(stage.get(&root, read).await.text(), reply.text());
}

#[tokio::test]
async fn an_account_without_a_licence_opens_the_space_after_the_call_and_not_before_or_when_taken_back()
 {
    let stage = Stage::new().await;
    let (root, ute) = (stage.root().await, stage.person("ute", Access::None).await);
    stage.space(&root, "DOCS").await;
    let page = stage.page(&root, "DOCS", "Guide").await;
    let jsm = SetSwitches {
        jsm_access: Some(true),
        ..SetSwitches::default()
    };
    switches(&stage, jsm).await;
    let path = format!("/wiki/rest/api/content/{page}?expand=body.view");
    let missing = stage
        .get(&ute, "/wiki/rest/api/content/1?expand=body.view")
        .await;
    let hidden = stage.get(&ute, &path).await;
    assert_eq!(
        (hidden.status, &hidden.text()),
        (missing.status, &missing.text())
    );
    assert_eq!(hidden.status, 404);

    stage.post(&root, UNLICENSED, OPEN).await;
    let open = stage.get(&ute, &path).await;
    assert_eq!(open.status, 200);
    assert!(
        open.json()["body"]["view"]["value"]
            .as_str()
            .unwrap()
            .contains("Guide says")
    );
    assert_eq!(stage.get(&nobody(), &path).await.status, 404);

    stage
        .post(&root, UNLICENSED, &OPEN.replace("true", "false"))
        .await;
    assert_eq!(stage.get(&ute, &path).await.text(), missing.text());
}

#[tokio::test]
async fn refusals_come_in_the_order_of_the_law() {
    let stage = Stage::new().await;
    let (root, lena) = (
        stage.root().await,
        stage.person("lena", Access::Confluence).await,
    );
    stage.space(&root, "DOCS").await;
    stage
        .post(
            &root,
            "/wiki/rest/api/space/_private",
            r#"{"key":"HR","name":"People"}"#,
        )
        .await;
    let status = async |who, path: &str, body: &str| stage.post(who, path, body).await.status;
    let none = nobody();

    let unasked = stage.post(&none, UNLICENSED, "nonsense").await;
    assert_eq!(unasked.status, 401);
    assert_eq!(
        unasked.header("www-authenticate").unwrap(),
        "Basic realm=\"Narthex\""
    );
    let text = Request::post(UNLICENSED).body(Body::from(OPEN)).unwrap();
    assert_eq!(stage.send(&root, text).await.status, 415);
    for (body, named) in [
        ("{", "not valid JSON"),
        ("[]", "the body"),
        (r#"{"spaceKey":"DOCS"}"#, "\"enablePermission\" is missing"),
        (
            r#"{"enablePermission":null,"spaceKey":"DOCS"}"#,
            "\"enablePermission\" is null",
        ),
        (
            r#"{"enablePermission":"true","spaceKey":"DOCS"}"#,
            "\"enablePermission\" is a string",
        ),
        (
            r#"{"enablePermission":true,"spaceKey":7}"#,
            "\"spaceKey\" is a number",
        ),
        (
            r#"{"enablePermission":true,"spaceKey":"A","spaceKey":"B"}"#,
            "\"spaceKey\" is repeated",
        ),
    ] {
        let reply = stage.post(&root, UNLICENSED, body).await;
        assert_eq!(reply.status, 400, "{body}");
        let json = reply.json();
        assert!(
            json["message"].as_str().unwrap().contains(named),
            "{body}: {json}"
        );
        assert_eq!(json["statusCode"], 400);
    }
    let unknown = stage
        .post(&lena, UNLICENSED, &OPEN.replace("docs", "NONE"))
        .await;
    let invisible = stage
        .post(&lena, UNLICENSED, &OPEN.replace("docs", "HR"))
        .await;
    assert_eq!((unknown.status, &unknown.text()), (404, &invisible.text()));
    assert_eq!(status(&lena, UNLICENSED, OPEN).await, 403);
    assert_eq!(status(&root, ANONYMOUS, OPEN).await, 409);
    assert_eq!(
        status(&root, &UNLICENSED.replace("unlicensed", "un"), OPEN).await,
        404
    );
}

#[tokio::test]
async fn many_spaces_change_together_or_not_at_all() {
    let stage = Stage::new().await;
    let root = stage.root().await;
    for key in ["A1", "B1"] {
        stage.space(&root, key).await;
    }
    let many = "/wiki/rest/knowledge-base/1.0/permissions/spaces";
    let bad = r#"{"spaces":[{"spaceKey":"A1","unlicensedView":true},{"spaceKey":"NO","unlicensedView":true}]}"#;
    assert_eq!(stage.post(&root, many, bad).await.status, 404);
    assert!(
        !stage
            .get(&root, many)
            .await
            .text()
            .contains("\"unlicensedViewPermissionEnabled\":true")
    );
    let good = bad.replace("NO", "b1");
    let dry = stage
        .post(&root, &format!("{many}?dryRun=true"), &good)
        .await;
    assert_eq!(dry.status, 200, "{}", dry.text());
    assert!(dry.json()["exposure"]["tiers"].is_array());
    assert!(
        !stage
            .get(&root, many)
            .await
            .text()
            .contains("\"unlicensedViewPermissionEnabled\":true")
    );
    let done = stage.post(&root, many, &good).await;
    assert_eq!(done.json()["results"].as_array().unwrap().len(), 2);
    let list = stage.get(&root, &format!("{many}?limit=1")).await.json();
    assert_eq!(list["size"], 1);
    assert!(
        list["_links"]["next"]
            .as_str()
            .unwrap()
            .starts_with("/rest/knowledge-base/1.0/")
    );
    assert_eq!(
        stage.get(&root, &format!("{many}?limit=0")).await.json()["size"],
        0
    );
}

#[tokio::test]
async fn wrong_credentials_are_401_on_every_route_and_too_many_are_429() {
    let stage = Stage::new().await;
    let wrong = |path: &str, method: Method| {
        let request = Request::builder().method(method).uri(path);
        request
            .header("authorization", "Basic YW5hQGV4YW1wbGUub3JnOng=")
            .body(Body::empty())
    };
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let request = wrong("/wiki/rest/api/space", Method::GET).unwrap();
        statuses.push(stage.send(&nobody(), request).await.status);
    }
    assert_eq!(statuses, [[401; 10].as_slice(), &[429; 2]].concat());
}

#[tokio::test]
async fn a_cookie_changes_something_only_from_a_page_of_this_site() {
    let stage = Stage::new().await;
    let request = |origin: Option<&str>| {
        let mut request = Request::post(UNLICENSED)
            .header("host", "wiki.example.org")
            .header("content-type", "application/json")
            .header("cookie", "narthex_session=stale");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        request.body(Body::from(OPEN)).unwrap()
    };
    let stale = stage
        .send(&nobody(), request(Some("http://wiki.example.org")))
        .await;
    assert_eq!(stale.status, 401);
    let cleared = stale.header("set-cookie").unwrap();
    assert!(cleared.starts_with("narthex_session=;") && cleared.contains("Max-Age=0"));
    assert!(
        stale
            .headers
            .iter()
            .all(|(name, _)| !name.starts_with("access-control"))
    );
}
