//! `POST /wiki/rest/api/content/{id}/version`: makes a former version of a page or
//! blog post the newest one again.
//!
//! Request: `{"operationKey": "restore", "params": {"versionNumber", "message",
//! "restoreTitle"}}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::content::any::Any;
use crate::rest::v1::represent::Expand;
use crate::route::Answer;
use narthex_access::PageId;
use narthex_site::past::RestoreVersion;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let restore = read(&call.json().await?)?;
    let id: PageId = match Any::find(&call.view, call.param("id"))? {
        Any::Page(page) => page.id(),
        Any::Comment(_) | Any::Attachment(_) => {
            return Err(Failure::bad_request(
                "only versions of pages and blog posts can be restored",
            ));
        }
    };
    let number = call
        .app
        .site
        .restore_version(&call.credential, id, restore)
        .await?;

    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let any = Any::Page(view.page(id)?);
    let version = any.version(lens, number).await?;
    let expand = Expand::or(&call.query(), &super::DEFAULTS);
    respond::ok(&any.version_object(lens, &version, &expand).await?)
}

fn read(document: &Document) -> Result<RestoreVersion, Failure> {
    let body = document.object()?;
    if body.required("operationKey")?.string()? != "restore" {
        return Err(Failure::bad_request(
            "the member \"operationKey\" must be \"restore\"",
        ));
    }
    let params = body.required("params")?.object()?;
    let number = params.required("versionNumber")?.version_number()?;
    let message = params.optional("message")?;
    let title = params.optional("restoreTitle")?;
    Ok(RestoreVersion {
        number,
        message: message
            .map(|message| message.string())
            .transpose()?
            .unwrap_or_default(),
        title: title
            .map(|title| title.boolean())
            .transpose()?
            .unwrap_or(false),
    })
}
