//! The properties that programs store about people are shown to these people and to site
//! administrators, and changed by nobody else.

use http::Method;
use narthex_access::{Credential, Scopes};
use narthex_served::{Actor, Ask, Who, World};
use narthex_site::token::NewToken;
use serde_json::{Value, json};

fn all(world: &World, of: Who) -> String {
    format!("/wiki/rest/api/user/{}/property", world.account(of))
}

fn ask(method: Method, world: &World, of: Who, key: &str, value: Option<&Value>) -> Ask {
    let ask = Ask::new(method, format!("{}/{key}", all(world, of)));
    match value {
        Some(value) => ask.json(&json!({"value": value})),
        None => ask,
    }
}

#[tokio::test]
async fn a_property_is_made_read_written_listed_and_removed() {
    let world = World::new(151).await;
    let (served, lena) = (&world.served, world.actor(Who::Lena));
    let tide = json!({"height": 3, "at": ["é", null]});
    let make = ask(Method::POST, &world, Who::Lena, "tide", Some(&tide));
    let made = served.expect(201, &lena, &make).await;
    assert!(made.body.is_empty());
    assert_eq!(served.ask(&lena, &make).await.status, 409);
    let get = ask(Method::GET, &world, Who::Lena, "tide", None);
    let first = served.expect(200, &lena, &get).await.json();
    assert_eq!((&first["key"], &first["value"]), (&json!("tide"), &tide));
    assert_eq!(first["createdDate"], first["lastModifiedDate"]);

    served.pass(1_000);
    let ebb = json!({"height": 1});
    let write = ask(Method::PUT, &world, Who::Lena, "tide", Some(&ebb));
    served.expect(204, &lena, &write).await;
    let then = served.expect(200, &lena, &get).await.json();
    assert_eq!((&then["id"], &then["value"]), (&first["id"], &ebb));
    assert_eq!(then["createdDate"], first["createdDate"]);
    assert_ne!(then["lastModifiedDate"], first["lastModifiedDate"]);

    for key in ["wind", "current"] {
        let make = ask(Method::POST, &world, Who::Lena, key, Some(&tide));
        served.expect(201, &lena, &make).await;
    }
    let list = served
        .get(&lena, &format!("{}?limit=2", all(&world, Who::Lena)))
        .await
        .json();
    assert_eq!(
        list["results"],
        json!([{"key": "current"}, {"key": "tide"}])
    );
    let next = list["_links"]["next"].as_str().expect("more");
    let rest = served.get(&lena, &format!("/wiki{next}")).await.json();
    assert_eq!(rest["results"], json!([{"key": "wind"}]));

    let remove = ask(Method::DELETE, &world, Who::Lena, "tide", None);
    served.expect(204, &lena, &remove).await;
    for gone in [&get, &remove, &write] {
        assert_eq!(served.ask(&lena, gone).await.status, 404, "{gone}");
    }
}

#[tokio::test]
async fn the_properties_of_somebody_are_their_own_and_site_administrations() {
    let world = World::new(152).await;
    let served = &world.served;
    let value = json!({"a": 1});
    for (who, of, status) in [
        (Who::Gus, Who::Gus, 201),
        (Who::Ada, Who::Lena, 201),
        (Who::Sid, Who::Una, 201),
        // The profile is visible, and its properties aren't.
        (Who::Olga, Who::Lena, 403),
        (Who::Sam, Who::Lena, 403),
        // People who may not use Confluence can't store anything about themselves.
        (Who::Una, Who::Una, 403),
        // A person whose profile isn't visible doesn't exist.
        (Who::Una, Who::Lena, 404),
        (Who::Gus, Who::Lena, 404),
        (Who::Nobody, Who::Lena, 401),
    ] {
        let actor = world.actor(who);
        let told = served
            .ask(&actor, &ask(Method::POST, &world, of, "a", Some(&value)))
            .await;
        let about = format!("{} about {}", who.name(), of.name());
        assert_eq!(told.status, status, "{about}: {}", told.text());
        let read = match status {
            201 => 200,
            other => other,
        };
        for path in [all(&world, of), format!("{}/a", all(&world, of))] {
            assert_eq!(
                served.get(&actor, &path).await.status,
                read,
                "{about}: {path}"
            );
        }
        if status != 201 {
            for (method, value) in [(Method::PUT, Some(&value)), (Method::DELETE, None)] {
                let asked = ask(method, &world, of, "a", value);
                assert_eq!(
                    served.ask(&actor, &asked).await.status,
                    status,
                    "{about}: {asked}"
                );
            }
        }
    }
    // She reads her own, whoever has made them.
    let lena = world.actor(Who::Lena);
    assert_eq!(
        served
            .get(&lena, &format!("{}/a", all(&world, Who::Lena)))
            .await
            .status,
        200
    );
    for nobody in ["4503599627370497", "me"] {
        let path = format!("/wiki/rest/api/user/{nobody}/property");
        assert_eq!(served.get(&lena, &path).await.status, 404, "{nobody}");
    }

    // They are deleted with the account.
    let deleted = world.account(Who::Gus);
    let store = served.site.store();
    let kept = async || {
        store
            .count_user_properties(deleted)
            .await
            .expect("a number")
    };
    assert_eq!(kept().await, 1);
    let removed = served
        .site
        .delete_account(&Credential::Operator, deleted)
        .await;
    removed.expect("it can be deleted");
    assert_eq!(kept().await, 0);
}

#[tokio::test]
async fn a_token_keeps_what_its_scopes_allow() {
    let world = World::new(153).await;
    for (scopes, read, written) in [
        ("read", 200, 403),
        ("write", 403, 403),
        ("read write", 200, 201),
    ] {
        let new = NewToken {
            label: scopes.to_owned(),
            life: 60 * 60_000,
            scopes: Scopes::from_words(scopes).expect("scopes"),
        };
        let site = &world.served.site;
        let made = site
            .create_token_for(&Credential::Operator, world.account(Who::Olga), new)
            .await;
        let actor = Actor::Bearer(made.expect("a token").secret.reveal().to_owned());
        let list = world.served.get(&actor, &all(&world, Who::Olga)).await;
        assert_eq!(list.status, read, "{scopes}");
        let make = ask(Method::POST, &world, Who::Olga, "a", Some(&json!({"b": 1})));
        assert_eq!(
            world.served.ask(&actor, &make).await.status,
            written,
            "{scopes}"
        );
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let world = World::new(154).await;
    let lena = world.actor(Who::Lena);
    let long = "k".repeat(128);
    for key in ["two%20words", "ä", "a.b", long.as_str()] {
        for method in [Method::GET, Method::DELETE] {
            let told = world
                .served
                .ask(&lena, &ask(method, &world, Who::Lena, key, None))
                .await;
            assert_eq!(told.status, 400, "{key}: {}", told.text());
        }
        let make = ask(Method::POST, &world, Who::Lena, key, Some(&json!({"a": 1})));
        assert_eq!(world.served.ask(&lena, &make).await.status, 400, "{key}");
    }
    let large = json!({"a": "x".repeat(33 * 1024)});
    for value in [json!({}), json!([1]), json!("text"), Value::Null, large] {
        let make = ask(Method::POST, &world, Who::Lena, "a", Some(&value));
        let told = world.served.ask(&lena, &make).await;
        assert_eq!(told.status, 400, "{}", told.text());
    }
    for number in 0..100 {
        let make = ask(
            Method::POST,
            &world,
            Who::Lena,
            &format!("k{number}"),
            Some(&json!({"a": 1})),
        );
        world.served.expect(201, &lena, &make).await;
    }
    let one_more = ask(
        Method::POST,
        &world,
        Who::Lena,
        "k100",
        Some(&json!({"a": 1})),
    );
    assert_eq!(world.served.ask(&lena, &one_more).await.status, 400);
    let list = world
        .served
        .get(&lena, &format!("{}?limit=100", all(&world, Who::Lena)))
        .await;
    assert_eq!(list.json()["size"], 25);
}
