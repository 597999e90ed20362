//! `DELETE /wiki/api/v2/pages/{id}`, `/blogposts/{id}`: puts published content into the trash;
//! `?draft=true` discards a draft, `?purge=true` purges content in the trash.

use super::find;
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use narthex_access::{PageKind, PageState};

pub(super) async fn handle(call: Call, kind: PageKind) -> Answer {
    call.require_account()?;
    let query = call.query();
    let (purge, draft) = (query.flag("purge")?, query.flag("draft")?);
    if purge && draft {
        return Err(Failure::bad_request(
            "\"purge\" is for content in the trash, and \"draft\" is for drafts; send one of them",
        ));
    }
    let page = find(&call, &call.view, kind)?;
    let (site, id) = (&call.app.site, page.id());
    match page.row().state {
        _ if purge => site.purge_page(&call.credential, id).await?,
        _ if draft => site.discard_draft(&call.credential, id).await?,
        PageState::Draft => {
            return Err(Failure::bad_request(
                "this is a draft, which would be deleted permanently; send draft=true to discard it",
            ));
        }
        _ => site.trash_page(&call.credential, id).await?,
    }
    respond::no_content()
}
