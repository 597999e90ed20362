//! `/wiki/spaces/{key}/permissions`: who may do what in a space.
//!
//! The two switches are set by the one operation that every way of setting them calls (law 4.1).

mod grants;
mod shown;
mod switches;

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame::{chrome, page_with};
use crate::web::handlers::sheet::{self, Asks};
use crate::web::notice::{self, Done, told};
use crate::web::pages::chrome::Notice;
use crate::web::pages::space_permissions::{OpeningCall, SpacePermissions};
use crate::web::paths;
use grants::Typed;
use http::{Method, StatusCode};
use narthex_access::view::SeenSpace;
use narthex_access::{PageId, Refusal};
use narthex_site::SiteError;
use narthex_site::access_change::AccessChange;
use switches::Turn;

/// Returns the routes of this module.
pub(super) fn routes() -> Vec<Route> {
    const PERMISSIONS: &str = "/wiki/spaces/{key}/permissions";
    vec![
        Route::new(Method::GET, PERMISSIONS, Flavour::Html, show),
        Route::new(Method::POST, PERMISSIONS, Flavour::Html, change),
    ]
}

/// `GET` shows the permissions or, with `change` and `to`, the confirmation of a switch.
async fn show(call: Call) -> Answer {
    space(&call)?;
    let query = call.query();
    if query.get("change").is_some() {
        let turn = Turn::asked(&query).ok_or_else(switches::none)?;
        return switches::confirm(&call, turn).await;
    }
    draw(&call, StatusCode::OK, None, Typed::default())
}

/// `POST` does what the field `do` names, or sets a switch that has been confirmed.
async fn change(mut call: Call) -> Answer {
    let key = space(&call)?.row().key.to_string();
    let form = call.form().await?;
    let fields = form.fields();
    let (change, question, done) = match fields.get("do") {
        None => {
            let turn = Turn::asked(&fields).ok_or_else(switches::none)?;
            if fields.get("confirmed") != Some("yes") {
                return switches::confirm(&call, turn).await;
            }
            return switches::turn(&call, key, turn).await;
        }
        Some("grant") => return grants::give(&call, key, &fields).await,
        Some("remove") => {
            let principal = grants::principal_sent(&fields).ok_or(Failure::Absent)?;
            let change = AccessChange::Revoke {
                space_key: key.clone(),
                principal,
            };
            let question = grants::removal(&call, &key, principal)?;
            (change, question, Done::GrantRemoved)
        }
        Some("take-over") => {
            let page = fields.get("page").and_then(|id| id.parse().ok());
            let page: PageId = page.ok_or(Failure::Absent)?;
            let change = AccessChange::TakeOver {
                space_key: key.clone(),
                page,
            };
            (change, shown::taking_over(&key, page), Done::TakenOver)
        }
        Some(_) => {
            return Err(Failure::bad_request(
                "there is no such form on this page; load the page again",
            ));
        }
    };
    match sheet::make(&call, &fields, change, Asks::Always, question).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => notice::go_on(paths::space_permissions(&key), done),
        Err(error) => refuse(&call, error),
    }
}

fn refuse(call: &Call, error: SiteError) -> Answer {
    let notice = Some(notice::refused(told(error)?));
    draw(call, StatusCode::BAD_REQUEST, notice, Typed::default())
}

/// Returns the space, for people who may see its permissions. Otherwise the failure is absent if
/// the caller can't see the space, unauthorized for anonymous callers, and forbidden for people who
/// see it by open access only.
fn space(call: &Call) -> Result<SeenSpace<'_>, Failure> {
    let space = call.view.space_to_administer(call.param("key"))?;
    call.require_account()?;
    space.permissions().map_err(|refusal| match refusal {
        Refusal::Forbidden(_) => Failure::Forbidden(
            "Only people with Confluence access and a permission of their own to view the space are shown its permissions.".into(),
        ),
        absent => absent.into(),
    })?;
    Ok(space)
}

fn opening_call(call: &Call) -> Option<OpeningCall<'_>> {
    Some(OpeningCall {
        email: (*call.view.own_account()?.row().email).into(),
        base_url: call.origin().into(),
    })
}

fn draw(call: &Call, status: StatusCode, notice: Option<Notice<'_>>, typed: Typed) -> Answer {
    let view = &call.view;
    let space = space(call)?;
    let administers = shown::administers(view, space);
    page_with(
        status,
        &SpacePermissions {
            chrome: chrome(call, format!("Permissions of {}", space.row().name), notice),
            space: super::space::head(view, space),
            now: super::readers::of_space(view, space.id()).map(Into::into),
            unlicensed: shown::unlicensed(view, space)?,
            anonymous: shown::anonymous(view, space)?,
            call: administers.then(|| opening_call(call)).flatten(),
            grants: grants::lines(view, space)?,
            add: administers.then(|| grants::form(typed)),
            restricted: if administers {
                shown::restricted(view, space)?
            } else {
                Vec::new()
            },
        },
    )
}
