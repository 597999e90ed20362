//! Whatever is sent, the response is one of the law's (A39, A40, A65).
//!
//! Each test tries every route. Requests that aren't refused are listed, route by route, in a
//! snapshot that people read; how long the responses take is measured in [`alone`].

mod alone;
mod bodies;
mod methods;
mod names;
mod paths;
mod queries;

use narthex_served::{Actor, Ask, Told, Who, World};

/// Sends a request, whose response must not be a failure of the server.
async fn answered(world: &World, actor: &Actor, ask: &Ask) -> Told {
    let told = world.served.ask(actor, ask).await;
    assert!(
        told.status < 500,
        "{}: {} {}",
        short(ask),
        told.status,
        told.text()
    );
    told
}

/// Returns the beginning of a request, which may be megabytes long.
fn short(ask: &Ask) -> String {
    ask.to_string().chars().take(400).collect()
}

fn callers(world: &World) -> [Actor; 3] {
    [
        world.actor(Who::Ada),
        world.actor(Who::Una),
        Actor::Anonymous,
    ]
}
