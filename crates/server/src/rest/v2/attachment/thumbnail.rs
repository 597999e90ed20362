//! `GET /wiki/api/v2/attachments/{id}/thumbnail/download`: a smaller picture of an attachment,
//! served directly.

use crate::call::Call;
use crate::rest::file;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let row = call.view.attachment(super::id(&call)?)?;
    file::thumbnail(&call, row).await
}
