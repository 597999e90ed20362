//! `GET /wiki/rest/api/user/memberof?accountId=`: the groups that an account is in, ordered by
//! name.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::group::Group;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let window = Window::of(&query, 200)?;
    let id = query.required("accountId")?;
    // People who may not see groups get the same response whatever the account (law 6.3).
    let _ = call.view.groups()?;
    let id = id.parse().map_err(|_| Failure::Absent)?;
    let mut groups: Vec<_> = call.view.groups_of(id)?.collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let page = Page::cut(groups.into_iter().map(|row| Group::of(lens, row)), window);
    respond::ok(&ListV1::of(&call, page))
}
