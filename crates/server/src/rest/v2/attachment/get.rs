//! `GET /wiki/api/v2/attachments/{id}`: one attachment.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::attachment::Attachment;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let row = call.view.attachment(super::id(&call)?)?;
    let base = call.base();
    respond::ok(&Attachment::of(Lens::new(&call, &call.view, &base), row)?)
}
