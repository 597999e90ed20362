//! What a person may not see doesn't exist (law 6.1): on every route, the response about it is the
//! response about something that never existed.

use narthex_served::compare::first_difference;
use narthex_served::table::{Entry, Near, table};
use narthex_served::{Actor, Aim, Ask, Kind, Told, Who, World};
use std::collections::BTreeMap;
use std::time::Duration;

/// Returns everything that a person may not see and that a route can be about.
fn hidden<'w>(world: &'w World, entry: &Entry, who: Who) -> Vec<&'w Aim> {
    let mut aims = Vec::new();
    // Site administrators know all spaces inside the administration, and open and close any of them
    // (law 1.6).
    let known = matches!(who, Who::Ada | Who::Sid) && is_administration(entry);
    for aim in &world.aims {
        // A look-up by the title of this one finds another one, which the person sees.
        let namesake =
            |other: &Aim| other.title == aim.title && !aim.title.is_empty() && other.seen_by(who);
        let seen = aim.seen_by(who) || known && aim.kind == Kind::Space;
        if !seen && entry.about.contains(&aim.kind) && !world.aims.iter().any(namesake) {
            aims.push(aim);
        }
    }
    aims
}

/// Returns whether a route administers spaces: the routes of law 4, and those of their settings.
fn is_administration(entry: &Entry) -> bool {
    let settings =
        entry.template.starts_with("/wiki/rest/api/space/{key}") && entry.method != "GET";
    settings
        || entry.template.starts_with("/wiki/rest/knowledge-base/")
        || entry.template == "/wiki/spaces/{key}/permissions"
        || entry.template == "/wiki/admin/spaces"
        || entry.template == "/wiki/api/v2/spaces/{id}/role-assignments" && entry.method != "GET"
}

/// Returns whether a route searches for words: visible content may have them as well, so the hits
/// rightly differ. The two worlds try these routes.
fn is_search(entry: &Entry) -> bool {
    let looks_for_words = !entry.template.contains("/inlinetasks/");
    entry.template.ends_with("/search") && looks_for_words
        || entry.template.ends_with("/search/user")
}

/// Returns the request and the response without the names that the request itself contains.
fn blind(aim: &Aim, ask: &Ask, told: &Told) -> String {
    // A response may repeat what was sent, and nothing more.
    format!(
        "{}\n{}",
        aim.blind(&ask.to_string()),
        aim.blind(&told.whole())
    )
}

/// Sends a request, and counts the statements that the store runs for it.
async fn counted(world: &World, actor: &Actor, ask: &Ask) -> (Told, u64) {
    // The next request follows what others have written; this one keeps that out of the count.
    world.served.get(&Actor::Anonymous, "/readyz").await;
    let before = world.served.site.store().statements();
    let told = world.served.ask(actor, ask).await;
    (told, world.served.site.store().statements() - before)
}

/// Returns how many responses about visible things a person gets from the routes that read: without
/// any, hidden things would be absent only because nothing is returned.
async fn shown(world: &World, actor: &Actor, who: Who) -> usize {
    let near = Near::of(world);
    let mut shown = 0;
    for entry in table().iter().filter(|entry| entry.method == "GET") {
        let seen = |aim: &&Aim| aim.seen_by(who) && entry.about.contains(&aim.kind);
        let asks = world
            .aims
            .iter()
            .find(seen)
            .map(|aim| entry.asks(aim, &near));
        for ask in asks.into_iter().flatten() {
            shown += usize::from(world.served.ask(actor, &ask).await.status == 200);
        }
    }
    shown
}

/// Tries every route about everything that a person may not see. At least so many pairs of
/// responses must be compared, and so many responses about visible things be returned.
async fn tell_apart(who: Who, least_compared: usize, least_shown: usize) {
    let world = World::new(11).await;
    let near = Near::of(&world);
    let actor = world.actor(who);
    let shown = shown(&world, &actor, who).await;
    let mut compared = 0;
    let mut told_apart: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in table().into_iter().filter(|entry| !is_search(entry)) {
        for aim in hidden(&world, &entry, who) {
            // In a space that the person sees, only the page never existed.
            let space = world.aims.iter().find(|space| space.space == aim.space);
            let beside = space.is_some_and(|space| space.seen_by(who)) && aim.kind != Kind::Space;
            let twin = aim.never_was(beside);
            if aim.known_to(who) && entry.template.ends_with("/permission/check") {
                // "Restricted; you are not listed" (law 8.3).
                continue;
            }
            let asks = entry
                .asks(aim, &near)
                .into_iter()
                .zip(entry.asks(&twin, &near));
            for (about_it, about_nothing) in asks {
                if about_it.to_string() == about_nothing.to_string() {
                    // This way to call the route isn't about the thing.
                    continue;
                }
                let (it, cost) = counted(&world, &actor, &about_it).await;
                let (nothing, cost_of_nothing) = counted(&world, &actor, &about_nothing).await;
                let refused = it.status >= 400 || nothing.status >= 400;
                if !refused && entry.method != "GET" {
                    // The request succeeded, so it was not about this thing but about a visible one
                    // that it also names.
                    continue;
                }
                compared += 1;
                let mut tells = |how: String| {
                    let told = format!("{} by {how}\n  {about_it}", aim.name);
                    told_apart.entry(entry.name()).or_default().push(told);
                };
                if refused && cost != cost_of_nothing {
                    tells(format!(
                        "{cost} statements of the store against {cost_of_nothing}"
                    ));
                }
                let (it, nothing) = (
                    blind(aim, &about_it, &it),
                    blind(&twin, &about_nothing, &nothing),
                );
                if let Some(difference) = first_difference(&it, &nothing) {
                    tells(difference);
                }
            }
        }
    }
    let list = told_apart.iter().map(|(route, told)| {
        let first = told.first().map_or("", String::as_str);
        format!("{route}: {} times, first {first}\n", told.len())
    });
    let list: String = list.collect();
    assert!(
        told_apart.is_empty(),
        "{} is told what is hidden from what is missing:\n{list}",
        who.name()
    );
    assert!(
        compared >= least_compared && shown >= least_shown,
        "{}: {compared} pairs were compared, of at least {least_compared}; \
         {shown} answers were given, of at least {least_shown}",
        who.name()
    );
}

macro_rules! hidden_is_missing {
    ($(async fn $name:ident => $who:ident, $compared:literal compared, $shown:literal shown;)*) => {$(
        #[tokio::test]
        async fn $name() {
            tell_apart(Who::$who, $compared, $shown).await;
        }
    )*};
}

// The numbers are about nine tenths of what is compared and returned.
hidden_is_missing! {
    async fn hidden_is_missing_to_nobody => Nobody, 16_400 compared, 250 shown;
    async fn hidden_is_missing_to_a_customer => Carla, 16_400 compared, 250 shown;
    async fn hidden_is_missing_to_somebody_without_a_licence => Una, 14_300 compared, 260 shown;
    async fn hidden_is_missing_to_somebody_on_a_list => Uma, 13_400 compared, 260 shown;
    async fn hidden_is_missing_to_a_guest => Gus, 13_300 compared, 270 shown;
    async fn hidden_is_missing_to_the_licensed => Lena, 11_200 compared, 300 shown;
    async fn hidden_is_missing_to_a_writer => Olga, 3_800 compared, 300 shown;
    async fn hidden_is_missing_to_an_administrator_of_the_space => Sam, 12_200 compared, 300 shown;
    async fn hidden_is_missing_to_an_administrator_of_the_site => Sid, 13_500 compared, 290 shown;
    async fn hidden_is_missing_to_the_first_administrator => Ada, 11_100 compared, 310 shown;
}

#[tokio::test]
async fn wrong_credentials_are_refused_on_every_route_and_never_served_as_nobody() {
    let world = World::new(12).await;
    let near = Near::of(&world);
    let wrong = [
        Actor::Token {
            email: "ada@example.org".into(),
            secret: "wrong".into(),
        },
        Actor::Bearer("wrong".into()),
        Actor::Cookie("wrong".into()),
        world.actor(Who::Dan),
    ];
    let open = open_routes();
    for entry in table()
        .into_iter()
        .filter(|entry| !open.contains(&entry.name()))
    {
        for actor in &wrong {
            // The limit on wrong credentials is tested elsewhere.
            world.served.ticks.advance(Duration::from_secs(60));
            let aim = world.example(entry.about);
            let Some(ask) = entry.asks(aim, &near).into_iter().next() else {
                continue;
            };
            let told = world.served.ask(actor, &ask).await;
            assert_eq!(told.status, 401, "{actor:?} {ask}: {}", told.text());
            // A page has its own log-in form; a browser would lay another over it.
            let challenge = told.header("www-authenticate").unwrap_or_default();
            let page = told
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("text/html"));
            assert!(
                page || challenge.starts_with("Basic "),
                "{actor:?} {ask}: no challenge"
            );
            // Content that everybody may read isn't served either.
            let content = ["words 3", "what the file says", "a comment"];
            assert!(
                !content.iter().any(|words| told.text().contains(words)),
                "{actor:?} {ask}"
            );
        }
    }
}

#[tokio::test]
async fn nothing_but_a_listed_address_is_served_without_asking_who_calls() {
    insta::assert_snapshot!(open_routes().join("\n"));
}

/// Returns the routes that authenticate nobody.
fn open_routes() -> Vec<String> {
    let routes = narthex_server::routes();
    let open = routes.iter().filter(|route| route.door().is_none());
    open.map(|route| format!("{} {}", route.method, route.template))
        .collect()
}
