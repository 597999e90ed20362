//! `GET`, `PUT`, `DELETE .../restriction/byOperation/{operation}/user?accountId=`: whether an
//! account is on a list; adds it; removes it.

use super::{account, change, operation, page};
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::restriction::listed;
use crate::route::Answer;
use narthex_site::restriction::Restrict;

pub(super) async fn handle_get(call: Call) -> Answer {
    let (kind, account) = (operation(&call)?, account(&call)?);
    let page = page(&call, &call.view)?;
    let base = call.base();
    if listed(Lens::new(&call, &call.view, &base), page, kind).contains(&account) {
        respond::done()
    } else {
        Err(Failure::Absent)
    }
}

pub(super) async fn handle_put(call: Call) -> Answer {
    call.require_account()?;
    let (kind, account) = (operation(&call)?, account(&call)?);
    change(&call, Restrict::Add(vec![(kind, vec![account])])).await?;
    respond::done()
}

pub(super) async fn handle_delete(call: Call) -> Answer {
    call.require_account()?;
    let (kind, account) = (operation(&call)?, account(&call)?);
    change(&call, Restrict::TakeOff(kind, account)).await?;
    respond::done()
}
