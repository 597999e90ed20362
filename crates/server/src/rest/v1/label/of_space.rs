//! `GET`, `POST`, `DELETE ?name=&prefix=` of `/wiki/rest/api/space/{key}/label`: the labels on a
//! space, including its categories.

use super::{Wanted, prefix, read};
use crate::call::Call;
use crate::respond;
use crate::route::Answer;
use narthex_access::Object;
use narthex_site::label::NewLabel;

pub(super) async fn handle(call: Call) -> Answer {
    let space = call.view.space_by_key(call.param("key"))?;
    Wanted::of(&call)?.list(&call, &call.view, Object::Space(space.id()))
}

pub(super) async fn handle_add(mut call: Call) -> Answer {
    call.require_account()?;
    let labels = read(&call.json().await?)?;
    let wanted = Wanted::of(&call)?;
    let space = call.view.space_by_key(call.param("key"))?;
    let on = Object::Space(space.id());
    let site = &call.app.site;
    site.add_labels(&call.credential, on, labels).await?;
    wanted.list(&call, &call.view_now().await?, on)
}

pub(super) async fn handle_remove(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let name = query.required("name")?;
    let label = match prefix(&query)? {
        Some(prefix) => NewLabel::new(prefix, name)?,
        None => NewLabel::written(name)?,
    };
    let space = call.view.space_by_key(call.param("key"))?;
    let on = Object::Space(space.id());
    let site = &call.app.site;
    site.remove_label(&call.credential, on, label).await?;
    respond::no_content()
}
