//! `GET /wiki/rest/api/user/bulk?accountId=&accountId=`: the profiles of accounts, as far as the
//! caller may see them; of the first hundred that are named.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::user::User;
use crate::route::Answer;
use narthex_access::AccountId;

/// The maximum number of profiles in one response.
const MOST: usize = 100;

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    query.required("accountId")?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let limit = match query.number("limit")? {
        Some(0) => {
            return Err(Failure::bad_request(
                "the query parameter \"limit\" must be at least 1",
            ));
        }
        limit => limit.unwrap_or(MOST).min(MOST),
    };
    let named = query.list("accountId").take(limit);
    let ids = named.filter_map(|id| id.parse::<AccountId>().ok());
    let shown = ids.filter_map(|id| call.view.profile(id).ok());
    let expand = Expand::of(&query);
    let mut people = Vec::new();
    for person in shown {
        people.push(User::shown(lens, person).expanded(lens, &expand).await?);
    }
    respond::ok(&ListV1::of(&call, Page::whole(people)))
}
