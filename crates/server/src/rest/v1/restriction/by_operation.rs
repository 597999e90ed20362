//! `GET /wiki/rest/api/content/{id}/restriction/byOperation[/{operation}]`: both
//! lists of a page, or one.

use super::{operation, page};
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::restriction::{Restriction, Restrictions};
use crate::route::Answer;

pub(super) async fn handle_both(call: Call) -> Answer {
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Restrictions::whole(lens, page(&call, &call.view)?))
}

pub(super) async fn handle_one(call: Call) -> Answer {
    let kind = operation(&call)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Restriction::of(lens, page(&call, &call.view)?, kind))
}
