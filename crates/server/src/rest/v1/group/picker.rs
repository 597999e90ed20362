//! `GET /wiki/rest/api/group/picker?query=`: the groups whose name contains a text, or all groups.
//! With `shouldReturnTotalSize` the response has their number.

use super::require_somebody;
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::group::Group;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    require_somebody(&call)?;
    let query = call.query();
    let window = Window::up_to(&query, 200, 200)?;
    let says_total = query.flag("shouldReturnTotalSize")?;
    let wanted = query.get("query").unwrap_or_default().to_lowercase();
    let named = call
        .view
        .groups()?
        .filter(|row| row.name.to_lowercase().contains(&wanted));
    let mut groups: Vec<_> = named.collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let total = says_total.then_some(groups.len());
    let page = Page::cut(groups.into_iter().map(|row| Group::of(lens, row)), window);
    respond::ok(&ListV1::of(&call, page).of_all(total))
}
