//! `GET`, `DELETE` of `/wiki/rest/api/content/{id}/property/{property}` and
//! `/space/{key}/property/{property}`: a property by its key.

use super::Of;
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::property::Property;
use crate::route::Answer;

pub(super) async fn handle(call: Call, of: Of) -> Answer {
    let on = of.find(&call, &call.view)?;
    let row = call.view.property_named(on, call.param("property"))?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Property::of(lens, row).await?.alone(lens))
}

pub(super) async fn handle_remove(call: Call, of: Of) -> Answer {
    call.require_account()?;
    let on = of.find(&call, &call.view)?;
    let row = call.view.property_named(on, call.param("property"))?;
    let site = &call.app.site;
    site.remove_property(&call.credential, row.id).await?;
    respond::no_content()
}
