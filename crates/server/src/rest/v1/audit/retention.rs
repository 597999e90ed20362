//! `GET` and `PUT /wiki/rest/api/audit/retention`: how long entries of the audit log are retained;
//! for ever, unless it is set. Older entries are deleted within minutes.
//!
//! Request and response: `{"number", "units": "DAYS"|"WEEKS"|"MONTHS"|"YEARS"|"FOREVER"}`.

use crate::call::Call;
use crate::respond;
use crate::route::Answer;
use narthex_site::retention::Retention;
use serde::Serialize;

const FOREVER: &str = "FOREVER";

#[derive(Serialize)]
struct Period {
    number: u32,
    units: String,
}

pub(super) async fn handle_get(call: Call) -> Answer {
    call.require_account()?;
    answer(&call).await
}

pub(super) async fn handle_put(mut call: Call) -> Answer {
    call.require_account()?;
    let document = call.json().await?;
    let body = document.object()?;
    let number = body.required("number")?.number()?;
    let units = body.required("units")?.string()?.to_ascii_uppercase();
    drop(document);
    let kept = (units != FOREVER).then(|| Retention {
        // A number that is too large stays too large, and the site refuses it.
        number: u32::try_from(number).unwrap_or(u32::MAX),
        units,
    });
    call.app.site.set_retention(&call.credential, kept).await?;
    answer(&call).await
}

async fn answer(call: &Call) -> Answer {
    let kept = call.app.site.retention(&call.credential).await?;
    let (number, units) = kept.map_or((1, FOREVER.into()), |kept| (kept.number, kept.units));
    respond::ok(&Period { number, units })
}
