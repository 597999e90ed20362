//! Every page that a route shows must be checked for accessibility.

use narthex_browser::Tour;
use narthex_served::World;
use std::collections::BTreeSet;

/// The routes for people that show no page to a visitor who only follows a link: they lead to one,
/// or return a file. First set-up, a one-time link and a new token have a page while they are
/// valid; `scenes` checks it.
const WITHOUT_PAGE: &[&str] = &[
    "/",
    "/account/tokens/{id}",
    "/link/{secret}",
    "/setup",
    "/wiki/admin",
    "/wiki/display/{key}",
    "/wiki/display/{key}/{*place}",
    "/wiki/dosearchsite.action",
    "/wiki/download/attachments/{id}/{file}",
    "/wiki/download/thumbnails/{id}/{file}",
    "/wiki/home",
    "/wiki/login",
    "/wiki/login.action",
    "/wiki/pages/tinyurl.action",
    "/wiki/pages/viewpage.action",
    "/wiki/pages/{action}",
    "/wiki/plugins/{plugin}/{action}",
    "/wiki/spaces",
    "/wiki/spaces/viewspace.action",
    "/wiki/spaces/{key}/blog",
    "/wiki/spaces/{key}/pages",
    "/wiki/x/{code}",
];

#[tokio::test]
async fn every_route_that_shows_a_page_is_looked_at() {
    let world = World::new(11).await;
    let tour = Tour::of(&world).await;
    let without_page: BTreeSet<&str> = WITHOUT_PAGE.iter().copied().collect();
    assert_eq!(tour.without_page, without_page);
    assert!(tour.visits.len() > 40, "{} pages", tour.visits.len());
}
