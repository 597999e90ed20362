//! `GET /wiki/rest/api/content/{id}/restriction/byOperation[/{operation}]`: both
//! lists of a page, or one; `expand`, `start`, `limit`.

use super::{operation, page};
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::restriction::{Asked, Restriction, Restrictions};
use crate::route::Answer;

pub(super) async fn handle_both(call: Call) -> Answer {
    let asked = Asked::of(&call.query())?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let page = page(&call, &call.view)?;
    respond::ok(&Restrictions::both(lens, page, &asked).await?)
}

pub(super) async fn handle_one(call: Call) -> Answer {
    let kind = operation(&call)?;
    let asked = Asked::of(&call.query())?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let page = page(&call, &call.view)?;
    respond::ok(&Restriction::of(lens, page, kind, &asked).await?)
}
