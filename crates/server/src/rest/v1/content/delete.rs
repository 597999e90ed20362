//! `DELETE /wiki/rest/api/content/{id}`: puts content into the trash;
//! `?status=trashed` purges what is there, `?status=draft` discards a draft.

use super::any::Any;
use crate::call::Call;
use crate::respond;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let purge = query.get("status") == Some("trashed");
    let site = &call.app.site;
    match Any::find(&call.view, call.param("id"))? {
        Any::Page(page) if purge => site.purge_page(&call.credential, page.id()).await?,
        Any::Page(page) => site.trash_page(&call.credential, page.id()).await?,
        Any::Attachment(row) if purge => site.purge_attachment(&call.credential, row.id).await?,
        Any::Attachment(row) => site.trash_attachment(&call.credential, row.id).await?,
        Any::Comment(row) => site.trash_comment(&call.credential, row.id).await?,
    }
    respond::no_content()
}
