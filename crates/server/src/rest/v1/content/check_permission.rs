//! `POST /wiki/rest/api/content/{id}/permission/check`: whether an account or
//! nobody may do something to a page (law 8).
//!
//! Request: `{"subject": {"type": "user", "identifier": ACCOUNT_ID|"anonymous"},
//! "operation": "read"|"update"|"delete"}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use narthex_access::{AccountId, Action, Decision, Denied, PageId};
use narthex_site::error::forbidden;
use serde::Serialize;
use std::borrow::Cow;

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
    translation: Cow<'static, str>,
    args: [(); 0],
    key: &'static str,
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
        Decision::Deny(denied) => vec![reason(denied)],
    };
    let links = Links { base: call.base() };
    respond::ok(&Checked {
        has_permission: errors.is_empty(),
        errors,
        links,
    })
}

/// Why not, as `explain` has it: the rule that decided.
fn reason(denied: Denied) -> Message {
    let (key, translation) = match denied {
        Denied::NoChannel(_) => (
            "no-channel",
            "neither a permission nor open access shows them this space".into(),
        ),
        Denied::Restricted { .. } => (
            "restricted",
            "this page, or one above it, is restricted, and they are not listed".into(),
        ),
        Denied::State(_) | Denied::Trashed => (
            "state",
            "it is a draft of somebody else, or in the trash".into(),
        ),
        Denied::SpaceState(_) => ("space-state", "the space is not in use".into()),
        Denied::NotThere | Denied::NotAnArticle | Denied::NoPortal | Denied::NoSuchAction => {
            ("not-there", "it is not there for them".into())
        }
        Denied::Missing(_) => ("missing-permission", forbidden(denied).into()),
        Denied::NotOwn => ("open-access-only", forbidden(denied).into()),
        Denied::NotOnEditList { .. } => ("edit-restricted", forbidden(denied).into()),
        Denied::ReadOnly => ("read-only", forbidden(denied).into()),
        Denied::NotTheAuthor => ("not-the-author", forbidden(denied).into()),
        Denied::Scope => ("scope", forbidden(denied).into()),
    };
    Message {
        translation,
        args: [],
        key,
    }
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
