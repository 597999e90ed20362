//! Collects every page of the site from the table of routes.

use narthex_served::table::{Near, table};
use narthex_served::{Actor, Aim, Kind, Told, Who, World};
use narthex_server::route::Flavour;
use std::collections::{BTreeMap, BTreeSet};

/// The people as whom the pages are visited.
const VISITORS: [Who; 6] = [
    Who::Ada,
    Who::Lena,
    Who::Sid,
    Who::Gus,
    Who::Una,
    Who::Nobody,
];

/// A page to check.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The person who visits it.
    pub who: Who,
    /// The path and query of the page.
    pub path: String,
}

/// All pages to check.
#[derive(Debug)]
pub struct Tour {
    /// One visit for each page that is built differently: of another route, or of other parts.
    pub visits: Vec<Visit>,
    /// The routes for people that showed none of the visitors a page.
    pub without_page: BTreeSet<&'static str>,
}

impl Tour {
    /// Requests each route of a world that shows pages, about things of each kind, as each visitor.
    pub async fn of(world: &World) -> Self {
        let mut actors = BTreeMap::new();
        for who in VISITORS {
            let actor = match who {
                Who::Nobody => Actor::Anonymous,
                who => world.session(who).await,
            };
            actors.insert(who, actor);
        }
        let near = Near::of(world);
        let entries: BTreeMap<String, _> = table()
            .into_iter()
            .map(|entry| (entry.name(), entry))
            .collect();
        let (mut visits, mut without_page) = (Vec::new(), BTreeSet::new());
        let mut seen = BTreeSet::new();
        for route in narthex_server::routes() {
            if route.flavour != Flavour::Html || route.method != http::Method::GET {
                continue;
            }
            let mut shows_a_page = false;
            let Some(entry) = entries.get(&format!("GET {}", route.template)) else {
                panic!("{} isn't in the table of routes", route.template);
            };
            for aim in aims(world, entry.about) {
                for ask in entry.asks(aim, &near) {
                    for (who, actor) in &actors {
                        let told = world.served.ask(actor, &ask).await;
                        if !is_page(&told) {
                            continue;
                        }
                        let is_shown = told.status == 200;
                        shows_a_page |= is_shown;
                        // Refusals look the same wherever they occur.
                        let route = if is_shown { route.template } else { "" };
                        if seen.insert((route, told.status, parts(&told.text()))) {
                            visits.push(Visit {
                                who: *who,
                                path: ask.path.clone(),
                            });
                        }
                    }
                }
            }
            if !shows_a_page {
                without_page.insert(route.template);
            }
        }
        Self {
            visits,
            without_page,
        }
    }
}

/// Returns the things that a route is tried with.
fn aims<'w>(world: &'w World, kinds: &[Kind]) -> Vec<&'w Aim> {
    let names = |kind: &Kind| -> &[&str] {
        match kind {
            Kind::Space => &["OPEN", "DOCS", "OLD"],
            Kind::Page => &["Guide", "Former guide", "Thrown away", "For guests"],
            _ => &[],
        }
    };
    let mut aims: Vec<&Aim> = vec![world.example(kinds)];
    for kind in kinds {
        aims.push(world.example(&[*kind]));
        aims.extend(names(kind).iter().map(|name| world.aim(name)));
    }
    aims
}

fn is_page(told: &Told) -> bool {
    let kind = told.header("content-type").unwrap_or_default();
    !(300..400).contains(&told.status) && kind.starts_with("text/html")
}

/// Returns the kinds of elements that a page is built of, each with its classes.
fn parts(html: &str) -> BTreeSet<String> {
    let part = |tag: &str| {
        let tag = tag.split('>').next().unwrap_or_default();
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        let class = tag.split(" class=\"").nth(1).unwrap_or_default();
        let class = class.split('"').next().unwrap_or_default();
        format!("{name} {class}")
    };
    html.split('<').skip(1).map(part).collect()
}
