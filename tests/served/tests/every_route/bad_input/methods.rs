//! Methods that a path doesn't have, and headers that claim another.

use super::answered;
use http::Method;
use narthex_served::table::{Near, table};
use narthex_served::{Ask, Who, World};

#[tokio::test]
async fn methods_that_a_path_has_not_get_405_and_are_told_which_it_has() {
    let world = World::new(44).await;
    let near = Near::of(&world);
    let all = table();
    for entry in &all {
        let aim = world.example(entry.about);
        let Some(ask) = entry.asks(aim, &near).into_iter().next() else {
            continue;
        };
        for method in [
            "PATCH", "TRACE", "OPTIONS", "PROPFIND", "GET", "POST", "PUT", "DELETE",
        ] {
            let mut same_path = all.iter().filter(|other| other.template == entry.template);
            if same_path.any(|other| other.method == method) {
                continue;
            }
            let method: Method = method.parse().expect("a method");
            let path = ask.path.split('?').next().unwrap_or_default();
            let asked = Ask::new(method, path).with("sec-fetch-site", "same-origin");
            let told = answered(&world, &world.actor(Who::Ada), &asked).await;
            // Another route may match this path with another template.
            let elsewhere = told.status != 405;
            let allowed = told.header("allow").unwrap_or_default();
            assert!(
                elsewhere || allowed.contains(entry.method),
                "{asked}: Allow: {allowed}"
            );
            assert!(elsewhere || !told.text().contains("Guide"), "{asked}");
        }
    }
}

#[tokio::test]
async fn head_answers_as_get_without_the_body_being_another() {
    let world = World::new(45).await;
    let una = world.actor(Who::Una);
    for name in ["Guide", "Secret"] {
        let path = format!("/wiki/rest/api/content/{}", world.aim(name).page);
        let get = world.served.get(&una, &path).await;
        let head = world.served.ask(&una, &Ask::new(Method::HEAD, &path)).await;
        assert_eq!(get.status, head.status, "{name}");
    }
}

#[tokio::test]
async fn a_method_override_is_only_a_header() {
    let world = World::new(47).await;
    let (ada, guide) = (world.actor(Who::Ada), world.aim("Guide"));
    let path = format!("/wiki/rest/api/content/{}", guide.page);
    for name in [
        "x-http-method-override",
        "x-http-method",
        "x-method-override",
    ] {
        world
            .served
            .ask(&ada, &Ask::get(&path).with(name, "DELETE"))
            .await;
        let ask = Ask::new(Method::POST, format!("{path}?_method=DELETE")).with(name, "DELETE");
        assert_eq!(world.served.ask(&ada, &ask).await.status, 405);
    }
    assert_eq!(world.served.get(&ada, &path).await.status, 200);
}
