//! `DELETE /wiki/rest/api/space/{key}`: trashes a space. It is gone at once; the
//! answer is 202 with a long task, as its document says.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;
use http::StatusCode;
use serde::Serialize;

#[derive(Serialize)]
struct LongTask {
    id: String,
    links: Links,
}

#[derive(Serialize)]
struct Links {
    status: String,
}

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let key = call.param("key");
    let id = call.view.space_to_administer(key)?.id().to_string();
    call.app
        .site
        .trash_space(&call.credential, key.to_owned())
        .await?;
    let links = Links {
        status: format!("/rest/api/longtask/{id}"),
    };
    respond::json(StatusCode::ACCEPTED, &LongTask { id, links })
}
