//! `POST /wiki/rest/api/group` `{"name"}`: creates a group that gives its members nothing yet.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::group::Group;
use crate::route::Answer;
use http::StatusCode;
use narthex_access::ConfluenceAccess;
use narthex_site::group::NewGroup;

pub(super) async fn handle(mut call: Call) -> Answer {
    super::require_somebody(&call)?;
    let name = call.json().await?.object()?.required("name")?.string()?;
    let new = NewGroup {
        name,
        confluence: ConfluenceAccess::None,
        service_desk: false,
    };
    let id = call.app.site.create_group(&call.credential, new).await?;

    let view = call.view_now().await?;
    let base = call.base();
    let row = view.group(id)?;
    respond::json(
        StatusCode::CREATED,
        &Group::of(Lens::new(&call, &view, &base), row),
    )
}
