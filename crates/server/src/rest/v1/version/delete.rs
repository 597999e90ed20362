//! `DELETE /wiki/rest/api/content/{id}/version/{number}`: takes a former version out
//! of the past of a page or blog post; later ones move up by one.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::v1::content::any::Any;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let id = match Any::find(&call.view, call.param("id"))? {
        Any::Page(page) => page.id(),
        Any::Comment(_) | Any::Attachment(_) => {
            return Err(Failure::bad_request(
                "versions of pages and blog posts can be deleted, and of nothing else",
            ));
        }
    };
    let number = super::number(&call)?;
    call.app
        .site
        .delete_version(&call.credential, id, number)
        .await?;
    respond::no_content()
}
