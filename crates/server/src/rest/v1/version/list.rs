//! `GET /wiki/rest/api/content/{id}/version`: the versions of something, the newest first.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::content::any::Any;
use crate::rest::v1::represent::Expand;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let (window, expand) = (Window::of(&query, 200)?, Expand::of(&query));
    let any = Any::find(&call.view, call.param("id"))?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let versions = any.versions(lens).await?;
    let (entries, mut page) = Page::cut(versions.into_iter(), window).take();
    for version in &entries {
        page.entries
            .push(any.version_object(lens, version, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, page))
}
