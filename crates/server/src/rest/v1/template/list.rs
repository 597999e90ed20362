//! `GET /wiki/rest/api/template/page?spaceKey=`: the templates of a space, or of the
//! site.

use crate::call::Call;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::rest::paging::{Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::template::Template;
use crate::route::Answer;
use narthex_access::SpaceId;

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let expand = Expand::of(&query);
    let window = Window::up_to(&query, 25, expand.max_entries())?;
    let templates = call.view.templates(space(&call)?);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let page = Page::cut(templates.into_iter(), window);
    let make = |row| Template::of(lens, row, &expand);
    page.answer_v1(&call, lens, make).await
}

/// Returns the space whose templates are requested; `None` for those of the site.
fn space(call: &Call) -> Result<Option<SpaceId>, Failure> {
    match call.query().get("spaceKey") {
        Some(key) => Ok(Some(call.view.space_by_key(key)?.id())),
        None => Ok(None),
    }
}
