//! `GET /wiki/rest/api/content/{id}/version/{number}`: one version of some content.

use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::content::any::Any;
use crate::rest::v1::represent::Expand;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let expand = Expand::or(&call.query(), &super::DEFAULTS);
    let any = Any::find(&call.view, call.param("id"))?;
    let number = super::number(&call)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let version = any.version(lens, number).await?;
    respond::ok(&any.version_object(lens, &version, &expand).await?)
}
