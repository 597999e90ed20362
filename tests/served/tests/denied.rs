//! What somebody may not see doesn't exist (law 6): on every route, the answer
//! about it is the answer about something that never was.

use narthex_served::compare::first_difference;
use narthex_served::table::{Entry, Near, table};
use narthex_served::{Actor, Aim, Ask, Told, Who, World};
use std::time::Duration;

/// Everything that somebody may not see and that a route can be about.
fn hidden<'w>(world: &'w World, entry: &Entry, who: Who) -> Vec<&'w Aim> {
    let mut aims = Vec::new();
    for aim in &world.aims {
        if entry.about.contains(&aim.kind) && !aim.seen_by(who) {
            aims.push(aim);
        }
    }
    aims
}

/// What was asked and told, without the names that the question itself holds.
fn blind(aim: &Aim, ask: &Ask, told: &Told) -> String {
    // An answer may give back what was sent, nothing more.
    format!(
        "{}\n{}",
        aim.blind(&ask.to_string()),
        aim.blind(&told.whole())
    )
}

/// Asks, and counts the statements that the store runs for it.
async fn counted(world: &World, actor: &Actor, ask: &Ask) -> (Told, u64) {
    let before = world.served.site.store().statements();
    let told = world.served.ask(actor, ask).await;
    (told, world.served.site.store().statements() - before)
}

#[tokio::test]
async fn hidden_and_never_been_get_the_same_answer_on_every_route() {
    let world = World::new(11).await;
    let near = Near::of(&world);
    let mut told_apart = Vec::new();
    for entry in table() {
        for who in Who::active() {
            let actor = world.actor(who);
            for aim in hidden(&world, &entry, who) {
                // In a space that is seen, only the page never was.
                let space = world.aims.iter().find(|space| space.space == aim.space);
                let beside = space.is_some_and(|space| space.seen_by(who));
                let twin = aim.never_was(beside && aim.kind != narthex_served::Kind::Space);
                let asks = entry
                    .asks(aim, &near)
                    .into_iter()
                    .zip(entry.asks(&twin, &near));
                for (about_it, about_nothing) in asks {
                    let (it, cost) = counted(&world, &actor, &about_it).await;
                    let (nothing, cost_of_nothing) = counted(&world, &actor, &about_nothing).await;
                    if cost != cost_of_nothing {
                        told_apart.push(format!(
                            "{} runs {cost} statements for {} that {} may not see, and {cost_of_nothing} for nothing:\n  {about_it}",
                            entry.name(),
                            aim.name,
                            who.name()
                        ));
                    }
                    let (it, nothing) = (
                        blind(aim, &about_it, &it),
                        blind(&twin, &about_nothing, &nothing),
                    );
                    if let Some(difference) = first_difference(&it, &nothing) {
                        told_apart.push(format!(
                            "{} tells {} that there is {}:\n  {about_it}\n  {difference}",
                            entry.name(),
                            who.name(),
                            aim.name
                        ));
                    }
                }
            }
        }
    }
    let count = told_apart.len();
    told_apart.truncate(20);
    assert!(
        count == 0,
        "{count} answers tell hidden from missing:\n{}",
        told_apart.join("\n")
    );
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
            // The limit on wrong credentials is tried elsewhere.
            world.served.ticks.advance(Duration::from_secs(60));
            let aim = world.aim("Guide");
            let Some(ask) = entry.asks(aim, &near).into_iter().next() else {
                continue;
            };
            let told = world.served.ask(actor, &ask).await;
            assert_eq!(told.status, 401, "{actor:?} {ask}: {}", told.text());
            let basic = told
                .header("www-authenticate")
                .is_some_and(|how| how.starts_with("Basic "));
            assert!(basic, "{actor:?} {ask}: no challenge");
            // What everybody may read isn't served either.
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

/// The routes that ask nobody who they are.
fn open_routes() -> Vec<String> {
    let routes = narthex_server::routes();
    let open = routes.iter().filter(|route| route.door().is_none());
    open.map(|route| format!("{} {}", route.method, route.template))
        .collect()
}
