//! What API tokens reach (A47), and that a request that is refused has changed nothing.

use http::Method;
use narthex_access::{Credential, Door, Operation, Principal, Scopes};
use narthex_served::table::{Entry, Near, table};
use narthex_served::{Actor, Ask, Told, Who, World};
use narthex_site::token::NewToken;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

const SCOPES: [&str; 6] = [
    "read",
    "write",
    "administer",
    "read write",
    "read administer",
    "read write administer",
];

async fn token(world: &World, who: Who, scopes: &str) -> Actor {
    let new = NewToken {
        label: scopes.to_owned(),
        life: 24 * 60 * 60_000,
        scopes: Scopes::from_words(scopes).expect("scopes"),
    };
    let site = &world.served.site;
    let made = site
        .create_token_for(&Credential::Operator, world.account(who), new)
        .await;
    let secret = made.expect("the operator makes tokens").secret;
    Actor::Bearer(secret.reveal().to_owned())
}

async fn revision(world: &World) -> u64 {
    let view = world
        .served
        .site
        .view(&Credential::Operator, Door::Confluence)
        .await;
    view.expect("a view").revision()
}

/// Returns all routes that authenticate the caller: first those that read, and last those that
/// delete, among which spaces, groups and access come at the very end.
fn entries() -> Vec<Entry> {
    let routes = narthex_server::routes();
    let open = |entry: &Entry| {
        routes.iter().any(|route| {
            route.door().is_none()
                && route.template == entry.template
                && route.method == *entry.method
        })
    };
    let mut entries: Vec<Entry> = table().into_iter().filter(|entry| !open(entry)).collect();
    let large = [
        "/space/{key}",
        "/group",
        "/group/by-id",
        "/account",
        "/admin",
    ];
    entries.sort_by_key(|entry| match entry.method {
        "GET" => 0,
        _ if large.iter().any(|end| entry.template.contains(end)) => 3,
        "DELETE" => 2,
        _ => 1,
    });
    entries
}

fn is_of_scope(told: &Told) -> bool {
    told.text().contains("lacks the scope")
}

/// A47: every route, called with an administrator's tokens. `scope` is the refusal that names the
/// scopes; a number is the status of the route for a token that reaches it.
#[tokio::test]
async fn each_scope_reaches_what_it_says_on_every_route() {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for scopes in SCOPES {
        let world = World::new(131).await;
        let near = Near::of(&world);
        let actor = token(&world, Who::Ada, scopes).await;
        for entry in entries() {
            world.served.ticks.advance(Duration::from_secs(60));
            let asks = entry.asks(world.example(entry.about), &near);
            let Some(ask) = asks.first() else { continue };
            let before = revision(&world).await;
            let told = world.served.ask(&actor, ask).await;
            if told.status >= 400 {
                assert_eq!(revision(&world).await, before, "{scopes}: {ask}");
            }
            if !scopes.contains("read") && entry.method == "GET" {
                assert!(is_of_scope(&told), "{scopes}: {ask}\n{}", told.text());
            }
            rows.entry(entry.name())
                .or_default()
                .push(match is_of_scope(&told) {
                    true => "scope".to_owned(),
                    false => told.status.to_string(),
                });
        }
    }
    let mut text = "read  write admin r+w   r+a   all\n".to_owned();
    for (route, told) in rows {
        let told: String = told.iter().map(|told| format!("{told:<6}")).collect();
        text.push_str(&format!("{told}{route}\n"));
    }
    insta::assert_snapshot!(text);
}

/// A request that is refused has changed nothing, whoever sends it and whatever its query is.
#[tokio::test]
async fn a_request_that_is_refused_has_changed_nothing() {
    const NONSENSE: &str =
        "limit=x&start=x&prefix=x&expand=x&status=x&body-format=x&cursor=x&depth=x&version=x";
    let mut done = 0;
    for who in [
        Who::Sid,
        Who::Ada,
        Who::Sam,
        Who::Gus,
        Who::Una,
        Who::Nobody,
    ] {
        let world = World::new(132).await;
        let near = Near::of(&world);
        let actor = world.actor(who);
        for entry in entries().iter().filter(|entry| entry.method != "GET") {
            let mut asks = entry.asks(world.example(entry.about), &near);
            let nonsense: Vec<Ask> = asks
                .iter()
                .map(|ask| {
                    let between = if ask.path.contains('?') { '&' } else { '?' };
                    let path = format!("{}{between}{NONSENSE}", ask.path);
                    Ask {
                        path,
                        ..ask.clone()
                    }
                })
                .collect();
            // The variants with nonsense come first; those that aren't refused take effect.
            asks.splice(0..0, nonsense);
            for ask in asks {
                world.served.ticks.advance(Duration::from_secs(60));
                let before = revision(&world).await;
                let told = world.served.ask(&actor, &ask).await;
                let changed = revision(&world).await != before;
                done += usize::from(changed);
                assert!(
                    told.status < 400 || !changed,
                    "{}: {ask}\n  answers {}, and has been done: {}",
                    who.name(),
                    told.status,
                    told.text()
                );
            }
        }
    }
    assert!(done > 50, "only {done} requests changed anything");
}

/// Site administrators make spaces without a licence, and are shown what they have made.
#[tokio::test]
async fn an_administrator_without_a_licence_makes_a_space_and_is_told_so() {
    let world = World::new(133).await;
    let sid = world.actor(Who::Sid);
    for (at, status, key) in [
        ("/wiki/rest/api/space", 200, "SIDONE"),
        ("/wiki/rest/api/space/_private", 200, "SIDTWO"),
        ("/wiki/api/v2/spaces", 201, "SIDTHREE"),
    ] {
        let new = Ask::post(at, &json!({"key": key, "name": key}));
        let told = world.served.expect(status, &sid, &new).await;
        assert_eq!(told.json()["key"], key);
    }
}

/// Makes the member `permissions` of a new space (A38).
fn permissions(of: &[(serde_json::Value, &str, &str)]) -> serde_json::Value {
    of.iter()
        .map(|(subjects, operation, target)| {
            json!({
                "subjects": subjects, "anonymousAccess": false, "unlicensedAccess": false,
                "operation": {"operation": operation, "targetType": target},
            })
        })
        .collect()
}

/// A38: a space that is made with permissions has these, and its creator administers it.
#[tokio::test]
async fn a_space_made_with_permissions_has_these_and_no_others() {
    let world = World::new(134).await;
    let served = &world.served;
    let user = |who| json!({"user": {"results": [{"accountId": world.account(who).to_string()}], "size": 1}});
    let group = json!({"group": {"results": [{"type": "group", "name": "writers"}], "size": 1}});
    let given = permissions(&[
        (user(Who::Lena), "read", "space"),
        (user(Who::Lena), "create", "comment"),
        (group, "read", "space"),
    ]);
    let new = json!({"key": "ONLY", "name": "Only", "permissions": given});
    let olga = world.actor(Who::Ada);
    served
        .expect(200, &olga, &Ask::post("/wiki/rest/api/space", &new))
        .await;
    let space = "/wiki/rest/api/space/ONLY";
    assert_eq!(served.get(&world.actor(Who::Lena), space).await.status, 200);
    assert_eq!(served.get(&world.actor(Who::Sam), space).await.status, 404);
    assert_eq!(served.get(&world.actor(Who::Una), space).await.status, 404);
    let page = Ask::post(
        "/wiki/rest/api/content",
        &json!({"type": "page", "title": "By Lena", "space": {"key": "ONLY"}}),
    );
    served.expect(403, &world.actor(Who::Lena), &page).await;
    let told = served
        .get(&olga, "/wiki/rest/api/space/ONLY?expand=permissions")
        .await;
    assert!(told.text().contains("administer"), "{}", told.text());
    let trash = Ask::new(Method::DELETE, space);
    assert_eq!(served.ask(&olga, &trash).await.status, 202);
}

/// A38: a permission that can't be given is refused by its name, and no space is made.
#[tokio::test]
async fn permissions_that_cannot_be_given_make_no_space() {
    let world = World::new(135).await;
    let ada = world.actor(Who::Ada);
    let user = |id: &str| json!({"user": {"results": [{"accountId": id}], "size": 1}});
    let lena = user(&world.account(Who::Lena).to_string());
    let nobody = user("4503599627370497");
    let all = |access: &str, operation: &str| {
        json!([{
            "operation": {"operation": operation, "targetType": "space"}, (access): true,
        }])
    };
    let (v1, private, v2) = (
        "/wiki/rest/api/space",
        "/wiki/rest/api/space/_private",
        "/wiki/api/v2/spaces",
    );
    let home = &world.aim("DOCS").space;
    let role = json!([{"principal": {"principalType": "USER", "principalId": world.account(Who::Ada).to_string()}, "roleId": "4"}]);
    let refused = [
        (v1, "permissions", json!([])),
        (v1, "permissions", json!("private")),
        (
            v1,
            "permissions",
            permissions(&[(lena.clone(), "fly", "space")]),
        ),
        (
            v1,
            "permissions",
            permissions(&[(lena.clone(), "create", "page")]),
        ),
        (v1, "permissions", permissions(&[(nobody, "read", "space")])),
        (
            v1,
            "permissions",
            permissions(&[(json!({}), "read", "space")]),
        ),
        (v1, "permissions", all("anonymousAccess", "administer")),
        (v1, "permissions", all("unlicensedAccess", "export")),
        (v1, "alias", json!("OTHER")),
        (
            v1,
            "description",
            json!({"plain": {"value": "x", "representation": "view"}}),
        ),
        (
            private,
            "permissions",
            permissions(&[(lena, "read", "space")]),
        ),
        (v2, "alias", json!("OTHER")),
        (v2, "roleAssignments", json!([])),
        (
            v2,
            "description",
            json!({"value": "x", "representation": "view"}),
        ),
        (
            v2,
            "createPrivateSpace+",
            json!({"copySpaceAccessConfiguration": home}),
        ),
        (v2, "createPrivateSpace+", json!({"roleAssignments": role})),
    ];
    let before = revision(&world).await;
    for (at, member, value) in refused {
        let mut new = json!({"key": "NEVER", "name": "Never"});
        match member.strip_suffix('+') {
            Some(flag) => {
                new[flag] = json!(true);
                for (name, value) in value.as_object().expect("members") {
                    new[name] = value.clone();
                }
            }
            None => new[member] = value,
        }
        let told = world.served.ask(&ada, &Ask::post(at, &new)).await;
        assert_eq!(told.status, 400, "{new}: {}", told.text());
    }
    assert_eq!(revision(&world).await, before);
}

/// A26, A27: an account id that is known from elsewhere becomes no name to people who see no
/// profiles.
#[tokio::test]
async fn an_account_id_becomes_no_name_to_people_who_see_no_profiles() {
    let world = World::new(136).await;
    let known = [Who::Lena, Who::Ada, Who::Carla, Who::Dan, Who::Uma];
    let mention = |id: &str| {
        json!({
            "representation": "storage",
            "value": format!("<p><ac:link><ri:user ri:account-id=\"{id}\"/></ac:link></p>"),
        })
    };
    // People who see profiles are shown the name.
    let lena = world.account(Who::Lena).to_string();
    let view = Ask::post("/wiki/rest/api/contentbody/convert/view", &mention(&lena));
    let told = world
        .served
        .expect(200, &world.actor(Who::Sam), &view)
        .await;
    assert!(told.text().contains("Lena"), "{}", told.text());
    for who in [Who::Nobody, Who::Una, Who::Gus] {
        for to in [
            "view",
            "export_view",
            "styled_view",
            "editor",
            "atlas_doc_format",
        ] {
            let at = format!("/wiki/rest/api/contentbody/convert/{to}");
            let never = world.aim("Lena").never_was(false);
            let nobody = never.account.as_str();
            let ask = Ask::post(&at, &mention(nobody));
            let nothing = world.served.ask(&world.actor(who), &ask).await;
            for other in known {
                let id = world.account(other).to_string();
                let ask = Ask::post(&at, &mention(&id));
                let told = world.served.ask(&world.actor(who), &ask).await;
                let (told, nothing) = (told.whole().replace(&id, nobody), nothing.whole());
                assert_eq!(told, nothing, "{}: {} in {to}", who.name(), other.name());
            }
        }
    }
}

/// A26: a guest who may restrict a page doesn't learn by that which accounts and groups exist.
#[tokio::test]
async fn a_guest_who_restricts_is_not_told_which_ids_there_are() {
    let world = World::new(137).await;
    let served = &world.served;
    let gus = world.actor(Who::Gus);
    let guest = Principal::Account(world.account(Who::Gus));
    let given = served.site.grant(
        &Credential::Operator,
        world.aim("GUESTS").key.clone(),
        guest,
        Operation::Restrict,
    );
    given.await.expect("a grant");
    let make =
        json!({"type": "page", "title": "Of Gus", "space": {"key": world.aim("GUESTS").key}});
    let make = Ask::post("/wiki/rest/api/content", &make);
    let made = served.ask(&gus, &make).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    let restrict = |user: serde_json::Value, group: serde_json::Value| {
        let body = json!([{"operation": "read", "restrictions": {"user": user, "group": group}}]);
        Ask::new(
            Method::PUT,
            format!("/wiki/rest/api/content/{id}/restriction"),
        )
        .json(&body)
    };
    let own = world.account(Who::Gus).to_string();
    let own = restrict(json!([{"type": "known", "accountId": own}]), json!([]));
    served.expect(200, &gus, &own).await;
    let never = world.aim("Lena").never_was(false);
    let nobody = never.account.as_str();
    let user = |id: &str| restrict(json!([{"type": "known", "accountId": id}]), json!([]));
    let nothing = served.ask(&gus, &user(nobody)).await;
    assert_eq!(nothing.status, 400, "{}", nothing.text());
    for other in [Who::Lena, Who::Sam, Who::Dan, Who::Carla, Who::Una] {
        let other = world.account(other).to_string();
        let told = served.ask(&gus, &user(&other)).await;
        assert_eq!(told.whole().replace(&other, nobody), nothing.whole());
    }
    let group = |id: &str| restrict(json!([]), json!([{"type": "group", "id": id}]));
    let never = world.aim("writers").never_was(false);
    let nobody = never.group.as_str();
    let nothing = served.ask(&gus, &group(nobody)).await;
    assert_eq!(nothing.status, 400, "{}", nothing.text());
    let writers = world.group("writers").to_string();
    let told = served.ask(&gus, &group(&writers)).await;
    assert_eq!(told.whole().replace(&writers, nobody), nothing.whole());
}

/// A47: making a credential needs a session whose password was given in the last ten minutes.
#[tokio::test]
async fn nothing_that_makes_a_credential_is_made_by_a_token_or_an_old_session() {
    let world = World::new(138).await;
    let served = &world.served;
    let lena = world.account(Who::Lena).to_string();
    let account = format!("/wiki/admin/accounts/{lena}");
    let forms: [(&str, Vec<(&str, &str)>); 4] = [
        (&account, vec![("do", "one-time-link")]),
        (
            &account,
            vec![
                ("do", "site-administrator"),
                ("to", "on"),
                ("confirmed", "yes"),
            ],
        ),
        (
            "/wiki/admin/accounts",
            vec![
                ("email", "new@example.net"),
                ("name", "New <b>"),
                ("access", "none"),
            ],
        ),
        (
            "/account",
            vec![
                ("do", "create-token"),
                ("label", "more"),
                ("expires_days", "7"),
                ("scope", "read"),
                ("scope", "write"),
            ],
        ),
    ];
    let token = token(&world, Who::Ada, "read write administer").await;
    let mut cookie = world.session(Who::Ada).await;
    for (at, fields) in &forms {
        let ask = Ask::new(Method::POST, *at).form(fields);
        let before = revision(&world).await;
        let told = served.ask(&token, &ask).await;
        assert_eq!(told.status, 403, "{at}: {}", told.text());
        // Ten minutes later the browser is asked for the password, and sends the form again with
        // it.
        served.pass(11 * 60_000);
        let asked = served.ask(&cookie, &ask).await;
        assert_eq!(asked.status, 403, "{at}: {}", asked.text());
        assert_eq!(revision(&world).await, before, "{at}");
        let page = asked.text();
        for (name, value) in fields {
            let value = value.replace('<', "&#60;").replace('>', "&#62;");
            let field = format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
            assert!(page.contains(&field), "{at} lacks {field}: {page}");
        }
        let with = |password| {
            let mut fields = fields.clone();
            fields.push(("password_again_to_go_on", password));
            Ask::new(Method::POST, *at).form(&fields)
        };
        let wrong = served.ask(&cookie, &with("not this one at all")).await;
        assert_eq!(wrong.status, 403, "{at}: {}", wrong.text());
        assert_eq!(revision(&world).await, before, "{at}");
        served.ticks.advance(Duration::from_secs(60));
        let done = served.ask(&cookie, &with(world.password)).await;
        assert!(done.status < 400, "{at}: {} {}", done.status, done.text());
        let set = done.header("set-cookie").expect("a new session");
        let secret = set.split(['=', ';']).nth(1).expect("a value").to_owned();
        // The old session has ended, and the new one needs no password for a while.
        assert_eq!(served.get(&cookie, "/account").await.status, 401);
        cookie = Actor::Cookie(secret);
        assert_eq!(served.get(&cookie, "/account").await.status, 200);
    }
}
