//! `GET`, `PUT`, `POST`, `DELETE /wiki/rest/api/content/{id}/restriction`: all lists of a page at
//! once.
//!
//! `PUT` sets the operations that it names, and an empty list lifts one; `POST` adds to them;
//! `DELETE` lifts all. Request: an array, or `{"results": [...]}`, of `{"operation":
//! "read"|"update", "restrictions": {"user": [{"accountId"}], "group": [{"id"|"name"}]}}`; `user`
//! and `group` may be `{"results": [...]}` too. `expand`, `start` and `limit` choose the parts of
//! the lists that the response has.

use super::{change, group_of, page};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Node, Object};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::restriction::{Asked, Restriction, listed};
use crate::route::Answer;
use narthex_access::view::SeenPage;
use narthex_access::{Principal, RestrictionKind, View};
use narthex_site::restriction::Restrict;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Lists<'v> {
    results: Vec<Restriction<'v>>,
    start: usize,
    limit: usize,
    size: usize,
    restrictions_hash: String,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Serialize)]
struct Links {
    base: String,
    context: &'static str,
    #[serde(rename = "self")]
    this: String,
}

type Wanted = Vec<(RestrictionKind, Vec<Principal>)>;

pub(super) async fn handle_get(call: Call) -> Answer {
    let asked = Asked::of(&call.query())?;
    answer(&call, page(&call, &call.view)?, &call.view, &asked).await
}

pub(super) async fn handle_put(mut call: Call) -> Answer {
    let wanted = taken(&mut call).await?;
    changed(&call, Restrict::Set(wanted)).await
}

pub(super) async fn handle_post(mut call: Call) -> Answer {
    let wanted = taken(&mut call).await?;
    changed(&call, Restrict::Add(wanted)).await
}

pub(super) async fn handle_delete(call: Call) -> Answer {
    call.require_account()?;
    changed(&call, Restrict::Lift).await
}

async fn taken(call: &mut Call) -> Result<Wanted, Failure> {
    call.require_account()?;
    let document = call.json().await?;
    page(call, &call.view)?;
    read(&document, &call.view)
}

async fn changed(call: &Call, how: Restrict) -> Answer {
    let asked = Asked::of(&call.query())?;
    change(call, how).await?;
    let view = call.view_now().await?;
    answer(call, page(call, &view)?, &view, &asked).await
}

async fn answer(call: &Call, page: SeenPage<'_>, view: &View, asked: &Asked) -> Answer {
    let base = call.base();
    let lens = Lens::new(call, view, &base);
    let kinds = [RestrictionKind::View, RestrictionKind::Edit];
    let mut hash = Sha256::new();
    for kind in kinds {
        for principal in listed(lens, page, kind) {
            hash.update(format!("{kind} {principal}\n"));
        }
    }
    let hex = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut results = Vec::with_capacity(kinds.len());
    for kind in kinds {
        results.push(Restriction::of(lens, page, kind, asked).await?);
    }
    let window = asked.window();
    respond::ok(&Lists {
        results,
        start: window.start,
        limit: window.limit,
        size: kinds.len(),
        restrictions_hash: hex,
        links: Links {
            this: format!("{base}/rest/api/content/{}/restriction", page.id()),
            base: base.clone(),
            context: "/wiki",
        },
    })
}

fn read(document: &Document, view: &View) -> Result<Wanted, Failure> {
    let root = document.root()?;
    let mut wanted = Wanted::new();
    for update in results(&root)? {
        let update = update.object()?;
        let operation = update.required("operation")?;
        let kind = RestrictionKind::from_word(&operation.string()?).ok_or_else(|| {
            let path = operation.path();
            Failure::bad_request(format!(
                "the member \"{path}\" must be \"read\" or \"update\""
            ))
        })?;
        if wanted.iter().any(|(named, _)| *named == kind) {
            return Err(Failure::bad_request(format!(
                "the operation {kind} is sent twice; send it once"
            )));
        }
        wanted.push((
            kind,
            principals(&update.required("restrictions")?.object()?, view)?,
        ));
    }
    Ok(wanted)
}

/// Reads the principals to be listed. Only a list that is present and empty lifts a restriction
/// (law 2.16), so a request that names no list is refused, and so is a member that could be a
/// misspelt one.
fn principals(restrictions: &Object<'_>, view: &View) -> Result<Vec<Principal>, Failure> {
    let known = |name: &str| matches!(name, "user" | "group") || name.starts_with('_');
    if let Some(unknown) = restrictions.names().find(|name| !known(name)) {
        return Err(Failure::bad_request(format!(
            "the member \"restrictions\" has the unknown member {unknown:?}; \
             it takes \"user\" and \"group\""
        )));
    }
    let (users, groups) = (
        restrictions.optional("user")?,
        restrictions.optional("group")?,
    );
    if users.is_none() && groups.is_none() {
        return Err(Failure::bad_request(
            "the member \"restrictions\" has neither a list \"user\" nor a list \"group\"; \
             send an empty one to lift the restriction",
        ));
    }
    let mut listed = Vec::new();
    if let Some(users) = users {
        for user in results(&users)? {
            let id = user.object()?.required("accountId")?;
            let wrong = |_| {
                Failure::bad_request(format!(
                    "the member \"{}\" must be the id of an account",
                    id.path()
                ))
            };
            listed.push(Principal::Account(id.string()?.parse().map_err(wrong)?));
        }
    }
    if let Some(groups) = groups {
        for group in results(&groups)? {
            let group = group.object()?;
            let named = match group.optional("id")? {
                Some(id) => id,
                None => group.required("name")?,
            };
            listed.push(group_of(view, &named.string()?).map_err(|_| {
                Failure::bad_request(format!(
                    "the member \"{}\" must be the id or name of a group",
                    named.path()
                ))
            })?);
        }
    }
    Ok(listed)
}

/// Returns the elements of an array, or of the `results` of an object.
fn results<'a>(node: &Node<'a>) -> Result<Vec<Node<'a>>, Failure> {
    if node.is_array() {
        return Ok(node.array()?);
    }
    Ok(node.object()?.required("results")?.array()?)
}
