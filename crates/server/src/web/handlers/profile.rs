//! `/wiki/people/{account}`: the profile of a person, for readers who may see profiles (law 3.6).

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame;
use crate::web::pages::chrome::Chrome;
use crate::web::pages::profile::{Profile, SpaceLink};
use http::Method;
use narthex_access::people::PersonShown;
use narthex_access::{AccountKind, Tier};

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new(
        Method::GET,
        "/wiki/people/{account}",
        Flavour::Html,
        get,
    )]
}

async fn get(call: Call) -> Answer {
    let view = &call.view;
    let PersonShown::Profile { account, email } = view.profile(call.id("account")?)? else {
        return Err(Failure::Absent);
    };
    let row = account.row();
    let space = view.personal_space(row.id);
    frame::page(&Profile {
        chrome: Chrome {
            // A profile is meant for people who look for that person here, not for search engines.
            indexable: false,
            ..frame::chrome(&call, &*row.name, None)
        },
        name: (*row.name).into(),
        email: email.then(|| (*row.email).into()),
        deactivated: !row.active,
        guest: account.tier() == Some(Tier::Guest),
        customer: row.kind == AccountKind::Customer,
        personal_space: space.map(|space| SpaceLink {
            key: (*space.row().key).into(),
            name: (*space.row().name).into(),
        }),
    })
}
