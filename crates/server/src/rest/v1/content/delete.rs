//! `DELETE /wiki/rest/api/content/{id}`: puts published content into the trash; `?status=trashed`
//! purges content in the trash, `?status=draft` discards a draft.

use super::any::Any;
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use narthex_access::PageState;

/// The state of the content that a request wants to delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    Published,
    Trashed,
    Draft,
}

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let meant = match query.all("status").collect::<Vec<_>>().as_slice() {
        [] | ["current"] => Meant::Published,
        ["trashed"] => Meant::Trashed,
        ["draft"] => Meant::Draft,
        _ => {
            return Err(Failure::bad_request(
                "the query parameter \"status\" must be \"current\", \"trashed\" or \"draft\"",
            ));
        }
    };
    let site = &call.app.site;
    match (Any::find(&call.view, call.param("id"))?, meant) {
        (Any::Page(page), Meant::Trashed) => site.purge_page(&call.credential, page.id()).await?,
        (Any::Page(page), Meant::Draft) => site.discard_draft(&call.credential, page.id()).await?,
        (Any::Page(page), Meant::Published) if page.row().state == PageState::Draft => {
            return Err(Failure::bad_request(
                "this is a draft, which would be deleted permanently; send status=draft to discard it",
            ));
        }
        (Any::Page(page), Meant::Published) => {
            site.trash_page(&call.credential, page.id()).await?;
        }
        (Any::Attachment(_) | Any::Comment(_), Meant::Draft) => {
            return Err(Failure::bad_request(
                "only pages and blog posts have drafts; leave the status out",
            ));
        }
        (Any::Attachment(row), Meant::Trashed) => {
            site.purge_attachment(&call.credential, row.id).await?;
        }
        (Any::Attachment(row), Meant::Published) => {
            site.trash_attachment(&call.credential, row.id).await?;
        }
        (Any::Comment(row), Meant::Trashed) => {
            site.purge_comment(&call.credential, row.id).await?;
        }
        (Any::Comment(row), Meant::Published) => {
            site.trash_comment(&call.credential, row.id).await?;
        }
    }
    respond::no_content()
}
