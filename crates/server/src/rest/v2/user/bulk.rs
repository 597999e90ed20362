//! `POST /wiki/api/v2/users-bulk`: the profiles of many accounts, in the order of the request;
//! those that the caller may not see are left out (law 3.6).
//!
//! Request: `{"accountIds": [ID, ...]}`, at most 250.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::paging::MAX_PAGE;
use crate::rest::v2::represent::user::User;
use crate::route::Answer;
use serde::Serialize;

#[derive(Serialize)]
struct Users<'v> {
    results: Vec<User<'v>>,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Serialize)]
struct Links {
    base: String,
}

pub(super) async fn handle(mut call: Call) -> Answer {
    let ids = read(&call.json().await?)?;
    let users = ids.iter().filter_map(|id| {
        let shown = call.view.profile(id.parse().ok()?).ok()?;
        User::of(&call.view, shown)
    });
    respond::ok(&Users {
        results: users.collect(),
        links: Links { base: call.base() },
    })
}

fn read(document: &Document) -> Result<Vec<String>, Failure> {
    let ids = document.object()?.required("accountIds")?.array()?;
    if ids.len() > MAX_PAGE {
        return Err(Failure::bad_request(format!(
            "the member \"accountIds\" has more than {MAX_PAGE} ids; send fewer at once"
        )));
    }
    let ids: Result<_, _> = ids.iter().map(|id| id.string()).collect();
    Ok(ids?)
}
