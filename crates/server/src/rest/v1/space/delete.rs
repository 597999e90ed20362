//! `DELETE /wiki/rest/api/space/{key}`: trashes a space. It is gone when the response arrives; the
//! response is 202 with a long task, as the published document says.

use crate::call::Call;
use crate::rest::v1::represent::long_task::accepted;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let key = call.param("key").to_owned();
    accepted(call.app.site.delete_space(&call.credential, key).await?)
}
