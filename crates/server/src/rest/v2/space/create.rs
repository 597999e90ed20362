//! `POST /wiki/api/v2/spaces`: makes a global space.
//!
//! Request: `{"name", "key", "description": {"value"}, "createPrivateSpace"}`; the
//! key may be sent as `alias`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::space::{Show, Space};
use crate::route::Answer;
use http::StatusCode;
use narthex_access::SpaceKind;
use narthex_site::space::NewSpace;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let new = read(&call.json().await?)?;
    let made = call.app.site.create_space(&call.credential, new).await?;
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let space = Space::of(lens, view.space(made.id)?, Show::MADE).alone(lens);
    respond::json(StatusCode::CREATED, &space)
}

fn read(document: &Document) -> Result<NewSpace, Failure> {
    let body = document.object()?;
    let key = match body.optional("key")? {
        Some(key) => key,
        None => match body.optional("alias")? {
            Some(alias) => alias,
            None => body.required("key")?,
        },
    };
    let description = match body.optional("description")? {
        Some(description) => description.object()?.optional("value")?,
        None => None,
    };
    let private = body.optional("createPrivateSpace")?;
    Ok(NewSpace {
        key: Some(key.string()?),
        name: body.required("name")?.string()?,
        description: description
            .map(|value| value.string())
            .transpose()?
            .unwrap_or_default(),
        kind: SpaceKind::Global,
        private: private
            .map(|private| private.boolean())
            .transpose()?
            .unwrap_or_default(),
    })
}
