//! `DELETE /wiki/api/v2/attachments/{id}`: puts an attachment into the trash;
//! `?purge=true` removes what is there for good.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let id = super::id(&call)?;
    let site = &call.app.site;
    match call.query().flag("purge")? {
        true => site.purge_attachment(&call.credential, id).await?,
        false => site.trash_attachment(&call.credential, id).await?,
    }
    respond::no_content()
}
