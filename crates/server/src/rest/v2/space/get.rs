//! `GET /wiki/api/v2/spaces/{id}`: one space.
//!
//! `description-format`, `include-icon`, `include-operations`, `include-permissions`,
//! `include-role-assignments`, `include-labels`, `include-properties`.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::space::{Show, Space};
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let space = call.view.space(call.id("id")?)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let show = Show::of(&call.query())?;
    let shown = Space::of(lens, space, show).including(lens, space, show);
    respond::ok(&shown.await?.alone(lens))
}
