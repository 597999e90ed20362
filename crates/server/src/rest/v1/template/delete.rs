//! `DELETE /wiki/rest/api/template/{id}`: removes a template.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let id = call.id("id")?;
    call.app.site.remove_template(&call.credential, id).await?;
    respond::no_content()
}
