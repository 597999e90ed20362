//! `POST /wiki/rest/knowledge-base/1.0/permissions/space/{unlicensedview|anonymousView}`: opens or
//! closes one space for the unlicensed or for everybody (law 5.1).
//!
//! Request: `{"enablePermission": true, "spaceKey": "KEY"}`; with `?dryRun=true` nothing changes,
//! and the response has the exposure beside the facts as they would be.

use super::exposure::{Exposed, Rehearsed};
use super::switches::{Switches, named};
use crate::call::{Call, OrAbsent as _};
use crate::respond;
use crate::route::Answer;
use narthex_site::switch::SetSpaceSwitch;

pub(super) async fn handle(mut call: Call) -> Answer {
    let switch = named(call.param("switch")).or_absent()?;
    call.require_account()?;
    let document = call.json().await?;
    let body = document.object()?;
    let on = body.required("enablePermission")?.boolean()?;
    let space_key = body.required("spaceKey")?.string()?;
    let dry_run = call.query().flag("dryRun")?;
    drop(document);

    let wanted = vec![SetSpaceSwitch {
        space_key,
        switch,
        on,
    }];
    if dry_run {
        call.view.require_reading()?;
        let (facts, exposure) = call
            .app
            .site
            .rehearse_space_switches(&call.credential, wanted)
            .await?;
        let facts = facts.first().or_absent()?;
        return respond::ok(&Rehearsed {
            switches: Switches::of(facts),
            exposure: Exposed::of(&exposure),
        });
    }
    let facts = call
        .app
        .site
        .set_space_switches(&call.credential, wanted)
        .await?;
    respond::ok(&Switches::of(facts.first().or_absent()?))
}
