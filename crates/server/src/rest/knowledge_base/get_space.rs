//! `GET .../permissions/space?spaceKey=KEY`: the four facts of one space, for people who may set
//! them.

use super::switches::Switches;
use crate::call::Call;
use crate::respond;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    call.require_account()?;
    let query = call.query();
    let key = query.required("spaceKey")?;
    let facts = call.app.site.space_switches(&call.credential, key).await?;
    respond::ok(&Switches::of(&facts))
}
