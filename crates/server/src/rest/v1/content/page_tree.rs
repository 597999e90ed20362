//! `DELETE /wiki/rest/api/content/{id}/pageTree`: puts a page with all pages below it into the
//! trash; 202 with a long task.

use crate::call::Call;
use crate::rest::v1::represent::long_task::accepted;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let id = call.id("id")?;
    accepted(call.app.site.trash_tree(&call.credential, id).await?)
}
