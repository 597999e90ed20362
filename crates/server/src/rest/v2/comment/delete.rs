//! `DELETE /wiki/api/v2/footer-comments/{id}`: puts a comment into the trash.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    call.app
        .site
        .trash_comment(&call.credential, call.id("id")?)
        .await?;
    respond::no_content()
}
