//! `POST /wiki/api/v2/space-roles`: creates a role; for site administrators.
//!
//! Request: `{"name", "description", "spacePermissions": [ID, ...]}`.

use super::read::read;
use crate::call::Call;
use crate::respond;
use crate::rest::v2::represent::space_role::Role;
use crate::route::Answer;
use http::StatusCode;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let new = read(&call.json().await?)?;
    let site = &call.app.site;
    let id = site.create_space_role(&call.credential, new).await?;
    let view = call.view_now().await?;
    respond::json(StatusCode::CREATED, &Role::of(view.space_role(id)?))
}
