//! `DELETE /wiki/rest/api/space/{key}/permission/{id}`: revokes a space permission; the row with
//! `unlicensedAccess` or `anonymousAccess` is the switch (laws 4.2 and 4.3).

use crate::call::Call;
use crate::respond;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let id = call.id("id")?;
    let key = call.param("key").to_owned();
    call.app.site.revoke(&call.credential, key, id).await?;
    respond::no_content()
}
