//! `PUT /wiki/rest/api/template`: changes a template; its space stays.
//!
//! Request: as for creating one, with `templateId`.

use super::create::{answer, read};
use crate::call::Call;
use crate::failure::Failure;
use crate::route::Answer;
use narthex_access::TemplateId;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let document = call.long_json().await?;
    let body = document.object()?;
    let id = body.required("templateId")?.id_text()?;
    let mut new = read(&body)?;
    // A value that can't be an id names no template.
    let id: TemplateId = id.parse().map_err(|_| Failure::Absent)?;
    if let Some(space) = body.optional("space")? {
        let key = space.object()?.required("key")?.string()?;
        let of = call.view.template(id)?.space;
        let of = of.map(|space| call.view.space(space)).transpose()?;
        if !of.is_some_and(|space| space.row().key.eq_ignore_ascii_case(&key)) {
            return Err(Failure::bad_request(
                "the member \"space\" is not the space of the template; a template keeps its space",
            ));
        }
    }
    drop(body);
    drop(document);
    let site = &call.app.site;
    new.body = site.with_page_links(new.body, &call.origin())?;
    site.edit_template(&call.credential, id, new).await?;
    answer(&call, id).await
}
