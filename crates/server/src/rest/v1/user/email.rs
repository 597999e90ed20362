//! `GET /wiki/rest/api/user/email?accountId=`, `/user/email/bulk`: e-mail addresses, for people who
//! may see them (law 3.6). Cloud has these for apps that it approves; here the caller's own rights
//! decide, as everywhere.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::route::Answer;
use narthex_access::people::PersonShown;
use narthex_access::{AccountId, View};
use serde::Serialize;

/// The maximum number of addresses in one response.
const MOST: usize = 100;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Address<'v> {
    account_id: String,
    email: &'v str,
}

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let id = query.required("accountId")?;
    let address = address(&call.view, id).ok_or(Failure::Absent)?;
    respond::ok(&address)
}

pub(super) async fn handle_bulk(call: Call) -> Answer {
    let query = call.query();
    query.required("accountId")?;
    let named = query.list("accountId").take(MOST);
    let all: Vec<_> = named.filter_map(|id| address(&call.view, id)).collect();
    respond::ok(&all)
}

fn address<'v>(view: &'v View, id: &str) -> Option<Address<'v>> {
    let id: AccountId = id.parse().ok()?;
    match view.profile(id).ok()? {
        PersonShown::Profile {
            account,
            email: true,
        } => Some(Address {
            account_id: id.to_string(),
            email: &account.row().email,
        }),
        _ => None,
    }
}
