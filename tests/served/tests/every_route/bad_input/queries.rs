//! Query strings that make no sense.

use super::{answered, callers};
use narthex_served::table::{Near, table};
use narthex_served::{Ask, World};

/// Returns every route that reads, with queries that make no sense.
pub(super) fn requests(world: &World) -> Vec<Ask> {
    let near = Near::of(world);
    let deep = "children.page.".repeat(200);
    let wide = "body.view,".repeat(2_000);
    let queries = [
        "limit=-1".to_owned(),
        "limit=99999999999999999999999".into(),
        "limit=18446744073709551615&start=18446744073709551615".into(),
        "limit=NaN&start=x&cursor=!!!".into(),
        "limit=1000000".into(),
        "limit=&start=&cursor=&expand=&status=&sort=".into(),
        "limit=1&limit=2&limit=x".into(),
        "cursor=AAAAAAAAAAAAAAAAAAAAAAAA&limit=1".into(),
        format!("cursor={}", "A".repeat(5_000)),
        format!("expand={deep}"),
        format!("expand={wide}"),
        "expand=%ff%fe&title=%ff&spaceKey=%c0%ae".into(),
        "%00=%00&[]=1&a[b]=c&=&&&;".into(),
        "status=any,any,draft,trashed&type=page,blogpost&orderby=x&postingDay=99999-99-99".into(),
        "postingDay=2026-02-30&startDate=-9999999999999999&endDate=99999999999999999999&number=-3&units=EONS".into(),
        "startDate=99999999999999999&number=999999999999999&units=YEARS".into(),
        "version=0&version=4294967296".into(),
        "spaceId=1,2,3,x".into(),
        "dryRun=perhaps".into(),
        "tab=%2e%2e%2f&token=%00".into(),
        format!("query={}", "%".repeat(500)),
    ];
    let mut requests = Vec::new();
    for entry in table().iter().filter(|entry| entry.method == "GET") {
        for aim in [
            world.aim("Guide"),
            world.aim("DOCS"),
            world.aim("writers"),
            world.aim("Lena"),
        ] {
            let fits =
                entry.about.contains(&aim.kind) || (entry.about.is_empty() && aim.name == "Guide");
            let Some(ask) = entry.asks(aim, &near).into_iter().next().filter(|_| fits) else {
                continue;
            };
            for query in &queries {
                let joint = if ask.path.contains('?') { '&' } else { '?' };
                requests.push(Ask::get(format!("{}{joint}{query}", ask.path)));
            }
        }
    }
    requests
}

#[tokio::test]
async fn absurd_queries_are_answered_on_every_route() {
    let world = World::new(42).await;
    let (mut refused, mut listed) = (0, 0);
    for ask in requests(&world) {
        for actor in callers(&world) {
            let told = answered(&world, &actor, &ask).await;
            let results = told.json()["results"].as_array().map_or(0, Vec::len);
            assert!(results <= 1_000, "{ask}: {results} at once");
            refused += usize::from(told.status == 400);
            listed += usize::from(results > 0);
        }
    }
    assert!(
        refused > 1_000 && listed > 100,
        "{refused} were refused as bad requests, {listed} listed something"
    );
}
