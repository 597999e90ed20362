//! `DELETE /wiki/api/v2/folders/{id}`: puts a folder into the trash; the pages and folders below it
//! move to its parent (law 2b.1).

use crate::call::Call;
use crate::respond;
use crate::rest::v2::page::find;
use crate::route::Answer;
use narthex_access::PageKind;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let id = find(&call, &call.view, PageKind::Folder)?.id();
    call.app.site.trash_page(&call.credential, id).await?;
    respond::no_content()
}
