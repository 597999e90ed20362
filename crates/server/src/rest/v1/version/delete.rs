//! `DELETE /wiki/rest/api/content/{id}/version/{number}`: deletes a former version of a page, blog
//! post or attachment; later ones move up by one.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::v1::content::any::Any;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let any = Any::find(&call.view, call.param("id"))?;
    let number = super::number(&call)?;
    let (site, by) = (&call.app.site, &call.credential);
    match any {
        Any::Page(page) => site.delete_version(by, page.id(), number).await?,
        Any::Attachment(row) => site.delete_attachment_version(by, row.id, number).await?,
        Any::Comment(_) => {
            return Err(Failure::bad_request(
                "versions of comments can't be deleted, only those of pages, blog posts and attachments",
            ));
        }
    }
    respond::no_content()
}
