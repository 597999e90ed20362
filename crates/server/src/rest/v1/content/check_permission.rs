//! `POST /wiki/rest/api/content/{id}/permission/check`: whether an account, an anonymous reader or
//! a group may do something to a page (laws 8.2 and 8.3). A group may do what a licensed person in
//! that group alone could do.
//!
//! Request: `{"subject": {"type": "user"|"group", "identifier": ACCOUNT_ID|"anonymous"|GROUP_ID},
//! "operation": "read"|"update"|"delete"}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use narthex_access::{AccountId, Action, Decision, Denied, GroupId, PageId};
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
    let decision = match about {
        About::Account(account) => call.view.check(account, action, page)?,
        About::Group(group) => call.view.check_group(group, action, page)?,
    };
    let errors = match decision {
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

/// Returns the reason for a refusal as `explain` has it: the rule that decided.
fn reason(denied: Denied) -> Message {
    let (key, translation) = match denied {
        Denied::NoChannel(_) => (
            "no-channel",
            "they have no permission to view this space, and it is not open to them".into(),
        ),
        Denied::Restricted { .. } => (
            "restricted",
            "this page, or a page above it, is restricted, and they are not on its list".into(),
        ),
        Denied::State(_) | Denied::Trashed => (
            "state",
            "it is in the trash, or somebody else's draft".into(),
        ),
        Denied::SpaceState(_) => ("space-state", "the space is not in use".into()),
        Denied::NotThere | Denied::NotAnArticle | Denied::NoPortal | Denied::NoSuchAction => (
            "not-there",
            "it doesn't exist, or they may not see it".into(),
        ),
        Denied::OfFolder => ("folder", forbidden(denied).into()),
        Denied::Missing(_) => ("missing-permission", forbidden(denied).into()),
        Denied::NotOwn => ("open-access-only", forbidden(denied).into()),
        Denied::NotOnEditList { .. } => ("edit-restricted", forbidden(denied).into()),
        Denied::ReadOnly => ("read-only", forbidden(denied).into()),
        Denied::NotTheAuthor => ("not-the-author", forbidden(denied).into()),
        Denied::Scope(_) => ("scope", forbidden(denied).into()),
    };
    Message {
        translation,
        args: [],
        key,
    }
}

/// The subject that the question is about.
enum About {
    /// An account; `None` for people who aren't logged in.
    Account(Option<AccountId>),
    Group(GroupId),
}

fn about(kind: &str, identifier: &str) -> Result<About, Failure> {
    let wrong = |what: &str| {
        Failure::bad_request(format!(
            "the member \"subject.identifier\" must be the id of {what}"
        ))
    };
    match kind {
        "user" if identifier == "anonymous" => Ok(About::Account(None)),
        "user" => match identifier.parse() {
            Ok(account) => Ok(About::Account(Some(account))),
            Err(_) => Err(wrong("an account")),
        },
        "group" => identifier
            .parse()
            .map(About::Group)
            .map_err(|_| wrong("a group")),
        _ => Err(Failure::bad_request(
            "the member \"subject.type\" must be \"user\" or \"group\"",
        )),
    }
}
