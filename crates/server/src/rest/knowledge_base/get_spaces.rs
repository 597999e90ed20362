//! `GET .../permissions/spaces?start=&limit=`: the facts of all spaces that the caller administers,
//! ordered by key.

use super::switches::Switches;
use crate::call::Call;
use crate::respond;
use crate::rest::paging::{ListV1, Page, Window};
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let window = Window::of(&call.query(), 25)?;
    let all = call.app.site.all_space_switches(&call.credential).await?;
    let page = Page::cut(all.iter().map(Switches::of), window);
    respond::ok(&ListV1::of(&call, page))
}
