//! `DELETE /wiki/api/v2/pages/{id}`, `/blogposts/{id}`: puts it into the trash, a
//! draft out of the world; `?purge=true` purges what is in the trash.

use super::find;
use crate::call::Call;
use crate::respond;
use crate::route::Answer;
use narthex_access::PageKind;

pub(super) async fn handle(call: Call, kind: PageKind) -> Answer {
    call.require_account()?;
    let purge = call.query().flag("purge")?;
    let id = find(&call, &call.view, kind)?.id();
    if purge {
        call.app.site.purge_page(&call.credential, id).await?;
    } else {
        call.app.site.trash_page(&call.credential, id).await?;
    }
    respond::no_content()
}
