//! Smaller features of both versions: transferring a page, the access that groups give, the audit
//! log in an archive, thumbnails.

use http::Method;
use narthex_served::{Ask, Who, World};
use serde_json::{Value, json};

#[tokio::test]
async fn a_page_is_handed_over_by_its_owner_or_an_administrator_to_the_licensed() {
    let world = World::new(181).await;
    let served = &world.served;
    let new = json!({
        "spaceId": world.aim("DOCS").space, "title": "Mine", "body": {"representation": "storage", "value": "<p>x</p>"},
    });
    let post = Ask::post("/wiki/api/v2/pages", &new);
    let page = served
        .expect(200, &world.actor(Who::Olga), &post)
        .await
        .json();
    let page = page["id"].as_str().expect("an id").to_owned();
    let mut number = 1;
    let hand = |number: u64, owner: String| {
        let edit = json!({
            "id": page, "status": "current", "title": "Mine", "ownerId": owner,
            "body": {"representation": "storage", "value": "<p>x</p>"}, "version": {"number": number},
        });
        Ask::new(Method::PUT, format!("/wiki/api/v2/pages/{page}")).json(&edit)
    };
    for (by, to, status) in [
        (Who::Olga, Who::Una, 400),
        (Who::Olga, Who::Gus, 400),
        (Who::Olga, Who::Lena, 200),
        // It isn't hers any more; that she may edit it changes nothing.
        (Who::Olga, Who::Olga, 404),
        (Who::Olga, Who::Lena, 200),
        (Who::Sam, Who::Sam, 200),
    ] {
        let told = served
            .ask(
                &world.actor(by),
                &hand(number + 1, world.account(to).to_string()),
            )
            .await;
        assert_eq!(
            told.status,
            status,
            "{} to {}: {}",
            by.name(),
            to.name(),
            told.text()
        );
        if status == 200 {
            assert_eq!(told.json()["ownerId"], world.account(to).to_string());
            number += 1;
        }
    }
    for nobody in ["4503599627370497", "x"] {
        let told = served
            .ask(&world.actor(Who::Sam), &hand(number + 1, nobody.to_owned()))
            .await;
        assert_eq!(told.status, 400, "{nobody}: {}", told.text());
    }
}

#[tokio::test]
async fn groups_are_found_by_what_they_give_and_counted_when_asked() {
    let world = World::new(182).await;
    let (served, lena) = (&world.served, world.actor(Who::Lena));
    let names = async |query: &str| -> Vec<String> {
        let told = served
            .expect(
                200,
                &lena,
                &Ask::get(format!("/wiki/rest/api/group?{query}")),
            )
            .await
            .json();
        let results = told["results"].as_array().expect("results").iter();
        results
            .map(|group| group["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    let (all, users) = (names("").await, names("accessType=user").await);
    let admins = names("accessType=admin").await;
    assert!(
        admins.contains(&"confluence-admins".to_owned()),
        "{admins:?}"
    );
    assert!(users.contains(&"confluence-users".to_owned()), "{users:?}");
    assert!(
        !users.contains(&"confluence-guests".to_owned()),
        "{users:?}"
    );
    assert!(admins.iter().all(|name| users.contains(name)) && users.len() < all.len());
    assert!(names("accessType=site-admin").await.is_empty());
    let wrong = served
        .get(&lena, "/wiki/rest/api/group?accessType=all")
        .await;
    assert_eq!(wrong.status, 400);

    let group = world.group("writers");
    for (path, total) in [
        ("/wiki/rest/api/group/picker?query=".to_owned(), all.len()),
        (format!("/wiki/rest/api/group/{group}/membersByGroupId?"), 2),
        ("/wiki/rest/api/group/member?name=writers&".to_owned(), 2),
    ] {
        let told = served
            .get(&lena, &format!("{path}&limit=1&shouldReturnTotalSize=true"))
            .await
            .json();
        assert_eq!(
            (&told["size"], &told["totalSize"]),
            (&json!(1), &json!(total)),
            "{path}"
        );
        let told = served.get(&lena, &format!("{path}&limit=1")).await.json();
        assert_eq!(told["totalSize"], Value::Null, "{path}");
    }
}

#[tokio::test]
async fn the_log_is_exported_in_an_archive() {
    let world = World::new(183).await;
    let ada = world.actor(Who::Ada);
    let path = "/wiki/rest/api/audit/export";
    let plain = world.served.expect(200, &ada, &Ask::get(path)).await;
    let zip = world
        .served
        .expect(200, &ada, &Ask::get(format!("{path}?format=zip")))
        .await;
    assert_eq!(zip.header("content-type"), Some("application/zip"));
    assert!(zip.body.starts_with(b"PK\x03\x04"));
    assert!(zip.body.len() < plain.body.len());
    let refused = world
        .served
        .get(&world.actor(Who::Lena), &format!("{path}?format=zip"))
        .await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        world
            .served
            .get(&ada, &format!("{path}?format=tar"))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_picture_says_where_it_is_in_small() {
    let world = World::new(184).await;
    let (served, olga) = (&world.served, world.actor(Who::Olga));
    let guide = world.aim("Guide");
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::from(image::RgbImage::new(40, 20));
    picture
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a picture");
    let mut body = b"--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.png\"\r\nContent-Type: image/png\r\n\r\n".to_vec();
    body.extend(png.into_inner());
    body.extend_from_slice(b"\r\n--part--\r\n");
    let all = format!("/wiki/rest/api/content/{}/child/attachment", guide.page);
    let ask = Ask::new(Method::POST, &all)
        .typed("multipart/form-data; boundary=part", body)
        .with("x-atlassian-token", "no-check");
    served.expect(200, &olga, &ask).await;
    let listed = served.get(&world.actor(Who::Una), &all).await.json();
    for file in listed["results"].as_array().expect("results") {
        let small = file["_links"]["thumbnail"].as_str();
        assert_eq!(small.is_some(), file["title"] == "a b.png", "{file}");
        if let Some(small) = small {
            let told = served
                .expect(
                    200,
                    &world.actor(Who::Una),
                    &Ask::get(format!("/wiki{small}&width=10")),
                )
                .await;
            let kind = told.header("content-type").unwrap_or_default();
            assert!(kind.starts_with("image/"), "{kind}");
        }
    }
}
