//! How long responses to nonsense take (A65), measured while nothing else runs.

use super::{bodies, names, queries, short};
use narthex_served::{Ask, Who, World};
use std::time::{Duration, Instant};

/// The longest that a response may take.
const SOON: Duration = Duration::from_secs(2);

/// Sends requests as an administrator, whose requests are read to their end.
async fn soon(world: &World, requests: impl Iterator<Item = Ask>) {
    let ada = world.actor(Who::Ada);
    for ask in requests {
        let began = Instant::now();
        let told = world.served.ask(&ada, &ask).await;
        let took = began.elapsed();
        assert!(
            took < SOON,
            "{}: {} after {took:?}",
            short(&ask),
            told.status
        );
    }
}

#[tokio::test]
async fn absurd_names_are_answered_soon() {
    let world = World::new(41).await;
    soon(
        &world,
        names::requests(&world).into_iter().map(|(_, ask)| ask),
    )
    .await;
}

#[tokio::test]
async fn absurd_queries_are_answered_soon() {
    let world = World::new(42).await;
    soon(&world, queries::requests(&world).into_iter()).await;
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_answered_soon() {
    let world = World::new(43).await;
    let requests = bodies::requests(&world).into_iter();
    soon(&world, requests.map(|request| request.ask)).await;
}
