//! `DELETE /wiki/api/v2/attachments/{id}`: puts an attachment into the trash.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let id = super::id(&call)?;
    call.app.site.trash_attachment(&call.credential, id).await?;
    respond::no_content()
}
