//! Home: the spaces that the reader sees.

use crate::call::{Ask, Call};
use crate::respond;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame;
use crate::web::handlers::drafts;
use crate::web::pages::home::{Home, SpaceCard, Visitor};
use crate::web::paths;
use http::Method;
use narthex_access::{GlobalPermission, SpaceKind, SpaceState, Tier};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::open(Method::GET, "/", Flavour::Html, to_home),
        Route::open(Method::GET, "/wiki/home", Flavour::Html, to_home),
        Route::new(Method::GET, paths::HOME, Flavour::Html, get),
    ]
}

/// The most drafts that home lists.
const MAX_DRAFTS: usize = 3;

async fn to_home(_: Ask) -> Answer {
    respond::see_other(paths::HOME)
}

async fn get(call: Call) -> Answer {
    let view = &call.view;
    let mut spaces: Vec<SpaceCard<'_>> = view
        .spaces()
        .map(|space| {
            let row = space.row();
            SpaceCard {
                key: (*row.key).into(),
                name: (*row.name).into(),
                personal: row.kind == SpaceKind::Personal,
                archived: row.state == SpaceState::Archived,
                description: (*row.description).into(),
            }
        })
        .collect();
    spaces.sort_by_cached_key(|space| (space.name.to_lowercase(), space.key.clone()));
    let may_create_space = view.has_global(GlobalPermission::CreateSpace);
    let visitor = match view.subject().tier() {
        Tier::Licensed if may_create_space => Visitor::Founder {
            administers_site: view.subject().is_site_admin(),
        },
        Tier::Licensed => Visitor::Licensed,
        Tier::Guest => Visitor::Guest,
        Tier::Unlicensed => Visitor::Unlicensed,
        Tier::Customer | Tier::Anonymous if spaces.is_empty() => {
            match call.app.site.is_set_up().await? {
                true => Visitor::Anonymous,
                false => Visitor::NotSetUp,
            }
        }
        Tier::Customer | Tier::Anonymous => Visitor::Anonymous,
    };
    let (drafts, all_drafts) = drafts::newest(view, MAX_DRAFTS);
    frame::page(&Home {
        chrome: frame::chrome(&call, "Spaces", None),
        drafts,
        all_drafts,
        spaces,
        visitor,
        may_create_space,
    })
}
