//! `GET`, `PUT`, `DELETE .../restriction/byOperation/{operation}/{group|byGroupId}/{group}`:
//! whether a group is on a list; adds it; removes it.

use super::{change, group_of, operation, page};
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::restriction::listed;
use crate::route::Answer;
use narthex_site::restriction::Restrict;

pub(super) async fn handle_get(call: Call) -> Answer {
    let kind = operation(&call)?;
    let page = page(&call, &call.view)?;
    let group = group_of(&call.view, call.param("group")).map_err(|_| Failure::Absent)?;
    let base = call.base();
    if listed(Lens::new(&call, &call.view, &base), page, kind).contains(&group) {
        respond::done()
    } else {
        Err(Failure::Absent)
    }
}

pub(super) async fn handle_put(call: Call) -> Answer {
    call.require_account()?;
    let kind = operation(&call)?;
    page(&call, &call.view)?;
    let group = group_of(&call.view, call.param("group"))?;
    change(&call, Restrict::Add(vec![(kind, vec![group])])).await?;
    respond::done()
}

pub(super) async fn handle_delete(call: Call) -> Answer {
    call.require_account()?;
    let kind = operation(&call)?;
    page(&call, &call.view)?;
    let group = group_of(&call.view, call.param("group"))?;
    change(&call, Restrict::TakeOff(kind, group)).await?;
    respond::done()
}
