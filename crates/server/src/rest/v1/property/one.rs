//! `GET`, `DELETE` of `/wiki/rest/api/content/{id}/property/{property}` and
//! `/space/{key}/property/{property}`: a property by its key. `status` names the statuses that the
//! content may have.

use super::{DEFAULTS, Of};
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::content::{Any, STATUSES};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::property::Property;
use crate::route::Answer;

pub(super) async fn handle(call: Call, of: Of) -> Answer {
    let query = call.query();
    let expand = Expand::or(&query, &DEFAULTS);
    let wanted = query.words("status", &STATUSES)?;
    let on = of.find(&call, &call.view)?;
    if let Some(any) = Any::of(&call.view, on)?
        && !wanted.is_empty()
        && !wanted
            .iter()
            .any(|word| matches!(*word, "any") || *word == any.status(&call.view))
    {
        return Err(Failure::Absent);
    }
    let row = call.view.property_named(on, call.param("property"))?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let property = Property::expanded(lens, row, &expand).await?;
    respond::ok(&property.alone(lens))
}

pub(super) async fn handle_remove(call: Call, of: Of) -> Answer {
    call.require_account()?;
    let on = of.find(&call, &call.view)?;
    let row = call.view.property_named(on, call.param("property"))?;
    let site = &call.app.site;
    site.remove_property(&call.credential, row.id).await?;
    respond::no_content()
}
