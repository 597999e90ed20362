//! Brings up the pages that no link leads to: confirmations, refused forms, notices, and the states
//! of a site.

mod administration;
mod doors;
mod everything;
mod writing;

use crate::axe::Axe;
use crate::host::Host;
use crate::inspection::Inspection;
use narthex_served::World;
use std::path::Path;

/// Brings up all of them and checks each.
pub async fn play<'a>(axe: &'a Axe, pictures: Option<&'a Path>) -> Inspection<'a> {
    let world = World::new(12).await;
    let mut inspection = Inspection::of(Host::of(&world.served).await, axe, pictures).await;
    everything::play(&mut inspection, &world).await;
    writing::play(&mut inspection, &world).await;
    administration::play(&mut inspection, &world).await;
    doors::play(&mut inspection, &world).await;
    inspection
}
