//! `GET`, `POST`, `DELETE ?name=` of `/wiki/rest/api/content/{id}/label`, and
//! `DELETE .../label/{label}`: the labels on a page, blog post or attachment.
//!
//! Request of `POST`: a label or an array of them, `{"prefix", "name"}` each; the response has all
//! labels that are on it then.

use super::{Wanted, read};
use crate::call::Call;
use crate::respond;
use crate::rest::v1::content::Any;
use crate::route::Answer;
use narthex_site::label::NewLabel;

pub(super) async fn handle(call: Call) -> Answer {
    let on = Any::find(&call.view, call.param("id"))?.object();
    Wanted::of(&call)?.list(&call, &call.view, on)
}

pub(super) async fn handle_add(mut call: Call) -> Answer {
    call.require_account()?;
    let labels = read(&call.json().await?)?;
    let wanted = Wanted::of(&call)?;
    let on = Any::find(&call.view, call.param("id"))?.object();
    let site = &call.app.site;
    site.add_labels(&call.credential, on, labels).await?;
    wanted.list(&call, &call.view_now().await?, on)
}

pub(super) async fn handle_remove(call: Call) -> Answer {
    call.require_account()?;
    let name = call.query().required("name")?.to_owned();
    remove(&call, &name).await
}

pub(super) async fn handle_remove_by_path(call: Call) -> Answer {
    call.require_account()?;
    remove(&call, call.param("label")).await
}

async fn remove(call: &Call, label: &str) -> Answer {
    let label = NewLabel::written(label)?;
    let on = Any::find(&call.view, call.param("id"))?.object();
    let site = &call.app.site;
    site.remove_label(&call.credential, on, label).await?;
    respond::no_content()
}
