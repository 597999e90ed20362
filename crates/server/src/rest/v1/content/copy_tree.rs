//! `POST /wiki/rest/api/content/{id}/pagehierarchy/copy`: copies a page with the pages
//! below it; 202 with a long task.
//!
//! Request: `{"destinationPageId", "copyDescendants", "titleOptions": {"prefix",
//! "search", "replace"}, "copyAttachments", "copyLabels", "copyPermissions",
//! "copyProperties"}`. The pages below are copied unless `copyDescendants` is false.

use super::copy::parts;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::rest::v1::represent::long_task::accepted;
use crate::route::Answer;
use narthex_site::copy_tree::{CopyTree, Titles};

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let copy = read(&call.json().await?)?;
    let id = call.id("id")?;
    accepted(call.app.site.copy_tree(&call.credential, id, copy).await?)
}

fn read(document: &Document) -> Result<CopyTree, Failure> {
    let body = document.object()?;
    let below = body.required("destinationPageId")?.id_text()?;
    let descendants = body.optional("copyDescendants")?;
    let mut titles = Titles::default();
    if let Some(options) = body.optional("titleOptions")? {
        let options = options.object()?;
        let text = |name: &str| -> Result<String, Failure> {
            let text = options.optional(name)?;
            Ok(text
                .map(|text| text.string())
                .transpose()?
                .unwrap_or_default())
        };
        titles = Titles {
            prefix: text("prefix")?,
            search: text("search")?,
            replace: text("replace")?,
        };
    }
    Ok(CopyTree {
        below: below.parse().map_err(|_| Failure::Absent)?,
        parts: parts(&body)?,
        descendants: descendants
            .map(|descendants| descendants.boolean())
            .transpose()?
            .unwrap_or(true),
        titles,
    })
}
