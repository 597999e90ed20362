//! `GET /wiki/api/v2/attachments/{id}`: one attachment.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::attachment::Attachment;
use crate::route::Answer;
use narthex_access::ContentState;

pub(super) async fn handle(call: Call) -> Answer {
    let row = call.view.attachment(super::id(&call)?)?;
    // What is in the trash is shown by v1, to who asks for it there.
    if row.state == ContentState::Trashed {
        return Err(Failure::Absent);
    }
    let base = call.base();
    respond::ok(&Attachment::of(Lens::new(&call, &call.view, &base), row)?)
}
