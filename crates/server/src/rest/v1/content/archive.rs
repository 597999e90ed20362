//! `POST /wiki/rest/api/content/archive`: archives pages, all of them or none; 202
//! with a long task.
//!
//! Request: `{"pages": [{"id"}]}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::rest::v1::represent::long_task::accepted;
use crate::route::Answer;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let pages = document.object()?.required("pages")?.array()?;
    let mut ids = Vec::new();
    for page in pages {
        let id = page.object()?.required("id")?;
        let wrong = |_| {
            let path = id.path();
            Failure::bad_request(format!("the member \"{path}\" must be the id of a page"))
        };
        ids.push(id.id_text()?.parse().map_err(wrong)?);
    }
    drop(document);
    accepted(call.app.site.archive_pages(&call.credential, ids).await?)
}
