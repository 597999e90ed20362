//! `DELETE /wiki/api/v2/attachments/{id}`: puts an attachment into the trash; `?purge=true` purges
//! one that is in the trash.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let purge = call.query().flag("purge")?;
    let id = super::id(&call)?;
    let site = &call.app.site;
    if purge {
        site.purge_attachment(&call.credential, id).await?;
    } else {
        site.trash_attachment(&call.credential, id).await?;
    }
    respond::no_content()
}
