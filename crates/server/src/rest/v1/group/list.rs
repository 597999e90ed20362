//! `GET /wiki/rest/api/group`: all groups, by name.

use super::require_somebody;
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::group::Group;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    require_somebody(&call)?;
    let window = Window::of(&call.query(), 200)?;
    let mut groups: Vec<_> = call.view.groups()?.collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let page = Page::cut(groups.into_iter().map(|row| Group::of(lens, row)), window);
    respond::ok(&ListV1::of(&call, page))
}
