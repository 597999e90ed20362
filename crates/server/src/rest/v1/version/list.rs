//! `GET /wiki/rest/api/content/{id}/version`: the versions of some content, newest first.

use crate::call::Call;
use crate::rest::lens::Lens;
use crate::rest::paging::{Page, Window};
use crate::rest::v1::content::any::Any;
use crate::rest::v1::represent::Expand;
use crate::route::Answer;
use narthex_store::past::VersionRun;

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let expand = Expand::or(&query, &super::DEFAULTS);
    let window = Window::up_to(&query, 200, expand.max_entries())?;
    let any = Any::find(&call.view, call.param("id"))?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    // The versions before the window are read too: their numbers have no holes, but only the list
    // says which versions there are.
    let run = VersionRun {
        newest_first: true,
        after: None,
        limit: window.start.saturating_add(window.limit).saturating_add(1),
    };
    let versions = any.versions(lens, run).await?;
    let page = Page::cut(versions.iter(), window);
    let make = |version| any.version_object(lens, version, &expand);
    page.answer_v1(&call, lens, make).await
}
