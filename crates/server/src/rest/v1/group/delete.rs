//! `DELETE /wiki/rest/api/group?name=`, `/by-id?id=`: deletes a group.

use super::{by_id, by_name, require_somebody};
use crate::call::Call;
use crate::respond;
use crate::route::Answer;
use narthex_access::GroupId;

pub(super) async fn handle_by_name(call: Call) -> Answer {
    require_somebody(&call)?;
    let query = call.query();
    let id = by_name(&call.view, query.required("name")?)?.id;
    delete(&call, id).await
}

pub(super) async fn handle_by_id(call: Call) -> Answer {
    require_somebody(&call)?;
    let query = call.query();
    let id = by_id(&call.view, query.required("id")?)?.id;
    delete(&call, id).await
}

async fn delete(call: &Call, id: GroupId) -> Answer {
    call.app.site.delete_group(&call.credential, id).await?;
    respond::no_content()
}
