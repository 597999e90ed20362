//! `POST` and `DELETE /wiki/rest/api/group/userByGroupId?groupId=`, `/user?name=`: adds an account
//! to a group, or removes it.
//!
//! `POST` takes the body `{"accountId"}`, `DELETE` the query parameter `accountId`.

use super::{by_id, by_name, require_somebody};
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::v1::former_names;
use crate::route::Answer;
use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use narthex_access::{AccountId, GroupId};

pub(super) async fn handle_add_by_id(mut call: Call) -> Answer {
    require_somebody(&call)?;
    let account = account_in_body(&mut call).await?;
    let query = call.query();
    let group = by_id(&call.view, query.required("groupId")?)?.id;
    add(&call, group, account).await
}

pub(super) async fn handle_add_by_name(mut call: Call) -> Answer {
    require_somebody(&call)?;
    let account = account_in_body(&mut call).await?;
    let query = call.query();
    let group = by_name(&call.view, query.required("name")?)?.id;
    add(&call, group, account).await
}

pub(super) async fn handle_remove_by_id(call: Call) -> Answer {
    require_somebody(&call)?;
    let query = call.query();
    let group = by_id(&call.view, query.required("groupId")?)?.id;
    remove(&call, group).await
}

pub(super) async fn handle_remove_by_name(call: Call) -> Answer {
    require_somebody(&call)?;
    let query = call.query();
    let group = by_name(&call.view, query.required("name")?)?.id;
    remove(&call, group).await
}

async fn account_in_body(call: &mut Call) -> Result<AccountId, Failure> {
    let id = call
        .json()
        .await?
        .object()?
        .required("accountId")?
        .string()?;
    id.parse()
        .map_err(|_| Failure::bad_request("the member \"accountId\" must be the id of an account"))
}

async fn add(call: &Call, group: GroupId, account: AccountId) -> Answer {
    call.app
        .site
        .add_member(&call.credential, group, account)
        .await?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

async fn remove(call: &Call, group: GroupId) -> Answer {
    let query = call.query();
    former_names::refuse(&query)?;
    let account = query
        .required("accountId")?
        .parse()
        .map_err(|_| Failure::Absent)?;
    call.app
        .site
        .remove_member(&call.credential, group, account)
        .await?;
    respond::no_content()
}
