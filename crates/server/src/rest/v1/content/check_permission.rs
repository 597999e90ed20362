//! `POST /wiki/rest/api/content/{id}/permission/check`: whether an account or
//! nobody may do something to a page (law 8).
//!
//! Request: `{"subject": {"type": "user", "identifier": ACCOUNT_ID|"anonymous"},
//! "operation": "read"|"update"|"delete"}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use narthex_access::{AccountId, Action, Decision, PageId};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
    has_permission: bool,
    errors: Vec<Message>,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Serialize)]
struct Message {
    translation: String,
    args: [(); 0],
    key: String,
}

#[derive(Serialize)]
struct Links {
    base: String,
}

pub(super) async fn handle(mut call: Call) -> Answer {
    let document = call.json().await?;
    let body = document.object()?;
    let subject = body.required("subject")?.object()?;
    let kind = subject.required("type")?.string()?;
    let identifier = subject.required("identifier")?.string()?;
    let action = match body.required("operation")?.string()?.as_str() {
        "read" => Action::View,
        "update" => Action::Edit,
        "delete" => Action::Delete,
        _ => {
            return Err(Failure::bad_request(
                "the member \"operation\" must be \"read\", \"update\" or \"delete\"",
            ));
        }
    };
    drop(document);
    let about = about(&kind, &identifier)?;
    let page: PageId = call.id("id")?;
    let errors = match call.view.check(about, action, page)? {
        Decision::Allow(_) => Vec::new(),
        Decision::Deny(denied) => vec![Message {
            translation: narthex_site::error::forbidden(denied),
            args: [],
            key: format!("{denied:?}"),
        }],
    };
    let links = Links { base: call.base() };
    respond::ok(&Checked {
        has_permission: errors.is_empty(),
        errors,
        links,
    })
}

fn about(kind: &str, identifier: &str) -> Result<Option<AccountId>, Failure> {
    match kind {
        "user" if identifier == "anonymous" => Ok(None),
        "user" => identifier.parse().map(Some).map_err(|_| {
            Failure::bad_request("the member \"subject.identifier\" is no account id")
        }),
        _ => Err(Failure::bad_request(
            "the member \"subject.type\" must be \"user\": what a group's members may do \
             depends on who they are",
        )),
    }
}
