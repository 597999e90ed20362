//! `POST /wiki/rest/api/content/{id}/copy`: copies a page.
//!
//! Request: `{"destination": {"type": "space"|"parent_page"|"parent_content"|
//! "existing_page", "value": KEY|ID}, "pageTitle", "body": {"storage": {"value"}},
//! "copyAttachments", "copyLabels", "copyPermissions", "copyProperties"}`.

use super::get::DEFAULTS;
use super::write_body;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Object};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::content::Content;
use crate::route::Answer;
use narthex_access::PageId;
use narthex_site::copy::{CopyPage, Destination, Parts};

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let mut copy = read(&call.json().await?)?;
    let id = call.id("id")?;
    let site = &call.app.site;
    if let Some(body) = copy.body {
        copy.body = Some(site.with_page_links(body, &call.origin())?);
    }
    let made = site.copy_page(&call.credential, id, copy).await?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::or(&call.query(), &DEFAULTS);
    let content = Content::of(lens, view.page(made)?, &expand).await?;
    respond::ok(&content.alone(lens))
}

fn read(document: &Document) -> Result<CopyPage, Failure> {
    let body = document.object()?;
    let to = body.required("destination")?.object()?;
    let (kind, value) = (to.required("type")?.string()?, to.required("value")?);
    let page = || -> Result<PageId, Failure> {
        // A value that can't be an id names no page.
        value.id_text()?.parse().map_err(|_| Failure::Absent)
    };
    let to = match kind.as_str() {
        "space" => Destination::Root(value.string()?),
        "parent_page" | "parent_content" => Destination::Below(page()?),
        "existing_page" => Destination::Into(page()?),
        _ => {
            return Err(Failure::bad_request(
                "the member \"destination.type\" must be \"space\", \"parent_page\", \
                 \"parent_content\" or \"existing_page\"",
            ));
        }
    };
    let title = body.optional("pageTitle")?;
    Ok(CopyPage {
        to,
        parts: parts(&body)?,
        title: title.map(|title| title.string()).transpose()?,
        body: write_body::read(&body)?,
    })
}

/// Reads which parts are copied along: only those that the request asks for.
pub(super) fn parts(body: &Object<'_>) -> Result<Parts, Failure> {
    let flag = |name: &str| -> Result<bool, Failure> {
        let flag = body.optional(name)?;
        Ok(flag
            .map(|flag| flag.boolean())
            .transpose()?
            .unwrap_or(false))
    };
    // There is no custom content here that could be copied.
    flag("copyCustomContents")?;
    Ok(Parts {
        attachments: flag("copyAttachments")?,
        labels: flag("copyLabels")?,
        restrictions: flag("copyPermissions")?,
        properties: flag("copyProperties")?,
    })
}
