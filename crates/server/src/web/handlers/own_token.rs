//! `/account/tokens/{id}`: one of the reader's own API tokens; right after it was made it is shown
//! with its secret, once.

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame::{chrome, moment, page};
use crate::web::pages::account::{OwnToken, TryIt};
use crate::web::shown_once::{self, Of};
use http::Method;
use narthex_access::view::SeenSpace;
use narthex_access::{Action, Object, TokenId, View};

pub(super) fn routes() -> Vec<Route> {
    vec![Route::new(
        Method::GET,
        "/account/tokens/{id}",
        Flavour::Html,
        show,
    )]
}

async fn show(call: Call) -> Answer {
    call.require_account()?;
    let id: TokenId = call.id("id")?;
    let view = &call.view;
    let mut tokens = view.own_tokens();
    let token = tokens.find(|row| row.id == id && row.ended_at.is_none());
    let token = token.ok_or(Failure::Absent)?;
    let own = view.own_account().ok_or(Failure::Unauthorized)?;
    let secret = shown_once::arrived(&call, Of::Token(id));
    let space = token.scopes.administer.then(|| administered(view));
    let mut response = page(&OwnToken {
        chrome: chrome(&call, "API token", None),
        id: id.to_string().into(),
        label: (*token.label).into(),
        email: (*own.row().email).into(),
        secret: secret.as_deref().map(Into::into),
        ends_in: (*token.ends_in).into(),
        expires: moment(token.expires_at),
        try_it: match space.flatten() {
            Some(space) => TryIt::OpenSpace((*space.row().key).into()),
            None if token.scopes.read => TryIt::ReadOneself,
            None => TryIt::Nothing,
        },
        base_url: call.origin().into(),
    })?;
    if secret.is_some() {
        shown_once::take_away(&call, &mut response)?;
    }
    Ok(response)
}

/// Returns the first space, by name, that the reader administers.
fn administered(view: &View) -> Option<SeenSpace<'_>> {
    let all = view.spaces();
    let own = all.filter(|space| view.may(Action::Administer, Object::Space(space.id())));
    own.min_by_key(|space| (space.row().name.to_lowercase(), space.id()))
}
