//! `DELETE /wiki/api/v2/footer-comments/{id}`, `/inline-comments/{id}`: puts a
//! comment into the trash.

use super::find;
use crate::call::Call;
use crate::respond;
use crate::route::Answer;
use narthex_access::CommentPlace;

pub(super) async fn handle(call: Call, place: CommentPlace) -> Answer {
    call.require_account()?;
    let id = find(&call, place)?.id;
    call.app.site.trash_comment(&call.credential, id).await?;
    respond::no_content()
}
