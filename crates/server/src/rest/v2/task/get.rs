//! `GET /wiki/api/v2/tasks/{id}`: one task. `body-format`.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::task::Task;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let format = BodyFormat::of(&call.query())?;
    let row = call.view.task(call.id("id")?)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Task::of(lens, row, format).await?)
}
