//! `POST /wiki/rest/api/space/{key}/permission`: grants a space permission.
//!
//! Request: `{"subject": {"type": "user"|"group", "identifier"}, "operation": {"key", "target"}}`;
//! the identifier of a user is an account id or `anonymous`, of a group its id or name. `anonymous`
//! with read on space is the space's *anonymous view* (law 4.3).

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Object;
use crate::respond;
use crate::route::Answer;
use narthex_access::{AccessClass, Operation, Principal, View};
use serde::Serialize;

#[derive(Serialize)]
struct Given<'a> {
    id: u64,
    subject: Subject<'a>,
    operation: Verb,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Serialize)]
struct Subject<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    identifier: &'a str,
}

#[derive(Serialize)]
struct Verb {
    key: &'static str,
    target: &'static str,
}

#[derive(Serialize)]
struct Links {
    base: String,
}

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let body = document.object()?;
    let subject = body.required("subject")?.object()?;
    let kind = subject.required("type")?.string()?;
    let identifier = subject.required("identifier")?.string()?;
    let operation = operation(&body.required("operation")?.object()?)?;
    drop(document);
    let key = call.param("key").to_owned();
    // The space comes first: if the caller can't see it, the response is the same whoever the
    // subject is.
    call.view.space_to_administer(&key)?;
    let principal = principal(&call.view, &kind, &identifier)?;
    let id = call
        .app
        .site
        .grant(&call.credential, key, principal, operation)
        .await?;
    respond::ok(&Given {
        id: id.get(),
        subject: Subject {
            kind: &kind,
            identifier: &identifier,
        },
        operation: Verb {
            key: operation.verb(),
            target: operation.target(),
        },
        links: Links { base: call.base() },
    })
}

fn operation(body: &Object<'_>) -> Result<Operation, Failure> {
    let (key, target) = (
        body.required("key")?.string()?,
        body.required("target")?.string()?,
    );
    Operation::from_word(&format!("{key}/{target}")).ok_or_else(|| {
        let known: Vec<&str> = Operation::ALL
            .iter()
            .map(|operation| operation.word())
            .collect();
        Failure::bad_request(format!(
            "the member \"operation\" is not a space permission; the permissions, as key/target, are {}",
            known.join(", ")
        ))
    })
}

fn principal(view: &View, kind: &str, identifier: &str) -> Result<Principal, Failure> {
    let unknown = || {
        Failure::bad_request(
            "the member \"subject\" must have as \"identifier\" the id of an account, or the id or name of a group",
        )
    };
    match kind {
        "user" if identifier == "anonymous" => Ok(Principal::Class(AccessClass::AnonymousUsers)),
        "user" => identifier
            .parse()
            .map(Principal::Account)
            .map_err(|_| unknown()),
        "group" => match identifier.parse() {
            Ok(id) => Ok(Principal::Group(id)),
            Err(_) => view
                .group_by_name(identifier)
                .map(|row| Principal::Group(row.id))
                .map_err(|_| unknown()),
        },
        _ => Err(Failure::bad_request(
            "the member \"subject.type\" must be \"user\" or \"group\"",
        )),
    }
}
