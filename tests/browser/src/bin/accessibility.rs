//! Checks every page of the site with axe-core in Chromium, in both themes, on a desktop and on a
//! phone: `narthex-accessibility AXE.MIN.JS [FOLDER FOR PICTURES]`.
//!
//! Exit codes: 0 if nothing was found, 1 if something was found (and printed) or axe-core doesn't
//! work, 2 for wrong usage.

use narthex_browser::{Axe, Host, Inspection, Tour, Violation, scenes};
use narthex_served::World;
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The most pages that are printed for a violation.
const MAX_PLACES: usize = 3;

#[tokio::main(worker_threads = 2)]
async fn main() -> io::Result<ExitCode> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(source) = arguments.next() else {
        writeln!(
            io::stderr(),
            "Usage: narthex-accessibility AXE.MIN.JS [FOLDER FOR PICTURES]"
        )?;
        return Ok(ExitCode::from(2));
    };
    let pictures = arguments.next();
    if let Some(folder) = &pictures {
        std::fs::create_dir_all(folder)?;
    }
    let axe = Axe::read(&source);
    let pictures = pictures.as_deref();
    let (toured, played) = tokio::join!(tour(&axe, pictures), scenes::play(&axe, pictures));
    if !toured.finds_what_is_wrong().await {
        writeln!(
            io::stderr(),
            "axe-core doesn't find a field without a label: it looked at nothing."
        )?;
        return Ok(ExitCode::FAILURE);
    }
    let mut found: BTreeMap<Violation, Vec<String>> = BTreeMap::new();
    let mut looked = 0;
    for (violations, pages) in [toured.found(), played.found()] {
        looked += pages;
        for (violation, places) in violations {
            found.entry(violation).or_default().extend(places);
        }
    }
    let mut out = io::stdout();
    for (violation, places) in &found {
        writeln!(out, "{}", violation.rule)?;
        writeln!(out, "    {}\n        {}", violation.target, violation.why)?;
        for place in places.iter().take(MAX_PLACES) {
            writeln!(out, "        at {place}")?;
        }
        if let Some(more) = places
            .len()
            .checked_sub(MAX_PLACES)
            .filter(|more| *more > 0)
        {
            writeln!(out, "        and {more} more")?;
        }
    }
    let count = found.len();
    writeln!(
        out,
        "     Accessibility: {looked} pages, each on a desk and a phone, in both themes: {count} violations"
    )?;
    Ok(ExitCode::from(u8::from(count > 0)))
}

async fn tour<'a>(axe: &'a Axe, pictures: Option<&'a Path>) -> Inspection<'a> {
    let world = World::new(11).await;
    let tour = Tour::of(&world).await;
    let mut inspection = Inspection::of(Host::of(&world.served).await, axe, pictures).await;
    for visit in tour.visits {
        inspection.be(&world, visit.who).await;
        inspection.visit(&visit.path, "").await;
    }
    inspection
}
