//! `GET /wiki/rest/api/group/{groupId}/membersByGroupId`, `/{groupName}/member`, `/member?name=`:
//! the accounts in a group. With `shouldReturnTotalSize` the response has their number. The form
//! with `?name=` returns 200 at most, as the published document says. `expand` accepts `operations`
//! and `personalSpace`.

use super::{by_id, by_name, require_somebody};
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, MAX_V1_PAGE, Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::user::User;
use crate::route::Answer;
use narthex_access::GroupRow;

/// How many accounts are returned if the request has no `limit`.
const LIMIT: usize = 200;

pub(super) async fn handle_by_id(call: Call) -> Answer {
    require_somebody(&call)?;
    let row = by_id(&call.view, call.param("group"))?;
    answer(&call, row, MAX_V1_PAGE).await
}

pub(super) async fn handle_by_name(call: Call) -> Answer {
    require_somebody(&call)?;
    let row = by_name(&call.view, call.param("group"))?;
    answer(&call, row, MAX_V1_PAGE).await
}

pub(super) async fn handle_by_query(call: Call) -> Answer {
    require_somebody(&call)?;
    let query = call.query();
    let name = query.get("name").unwrap_or_default();
    answer(&call, by_name(&call.view, name)?, LIMIT).await
}

async fn answer(call: &Call, row: &GroupRow, max: usize) -> Answer {
    let query = call.query();
    let window = Window::up_to(&query, LIMIT, max)?;
    let expand = Expand::of(&query);
    let says_total = query.flag("shouldReturnTotalSize")?;
    let base = call.base();
    let lens = Lens::new(call, &call.view, &base);
    let total = match says_total {
        true => Some(call.view.members(row.id)?.count()),
        false => None,
    };
    let members = call.view.members(row.id)?;
    let (members, mut page) = Page::cut(members, window).take();
    for account in members {
        let member = User::author(lens, Some(account.row().id));
        page.entries.push(member.expanded(lens, &expand).await?);
    }
    respond::ok(&ListV1::of(call, page).of_all(total))
}
