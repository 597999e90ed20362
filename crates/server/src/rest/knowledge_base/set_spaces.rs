//! `POST .../permissions/spaces`: sets many switches at once, all or nothing.
//!
//! Request: `{"spaces": [{"spaceKey": "KEY", "unlicensedView": true, "anonymousView": false}]}`,
//! each with one of the two members or both. If one space is unknown to the caller or invisible,
//! nothing is done and the response doesn't say which.

use super::exposure::{Exposed, RehearsedMany};
use super::switches::Switches;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::route::Answer;
use narthex_site::switch::{SetSpaceSwitch, SpaceSwitch, SpaceSwitches};
use serde::Serialize;

/// The maximum number of spaces in one request.
const MOST: usize = 1_000;

#[derive(Serialize)]
struct Results<'a> {
    results: Vec<Switches<'a>>,
}

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let wanted = read(&call.json().await?)?;
    if call.query().flag("dryRun")? {
        call.view.require_reading()?;
        let (facts, exposure) = call
            .app
            .site
            .rehearse_space_switches(&call.credential, wanted)
            .await?;
        return respond::ok(&RehearsedMany {
            results: answered(&facts),
            exposure: Exposed::of(&exposure),
        });
    }
    let facts = call
        .app
        .site
        .set_space_switches(&call.credential, wanted)
        .await?;
    respond::ok(&Results {
        results: answered(&facts),
    })
}

fn read(document: &Document) -> Result<Vec<SetSpaceSwitch>, Failure> {
    let spaces = document.object()?.required("spaces")?.array()?;
    if spaces.len() > MOST {
        return Err(Failure::bad_request(format!(
            "send at most {MOST} spaces at once"
        )));
    }
    let mut wanted = Vec::with_capacity(spaces.len());
    for space in &spaces {
        let body = space.object()?;
        let space_key = body.required("spaceKey")?.string()?;
        let switches = [
            (
                SpaceSwitch::UnlicensedView,
                body.optional("unlicensedView")?,
            ),
            (SpaceSwitch::AnonymousView, body.optional("anonymousView")?),
        ];
        let before = wanted.len();
        for (switch, on) in switches {
            if let Some(on) = on {
                let on = on.boolean()?;
                wanted.push(SetSpaceSwitch {
                    space_key: space_key.clone(),
                    switch,
                    on,
                });
            }
        }
        if wanted.len() == before {
            let path = space.path();
            return Err(Failure::bad_request(format!(
                "the member \"{path}\" sets nothing; give it \"unlicensedView\" or \"anonymousView\""
            )));
        }
    }
    Ok(wanted)
}

/// Returns one entry for each space, in the order in which they were sent.
fn answered(facts: &[SpaceSwitches]) -> Vec<Switches<'_>> {
    let mut spaces = Vec::new();
    let first = facts.iter().filter(|facts| {
        let new = !spaces.contains(&facts.space);
        spaces.push(facts.space);
        new
    });
    first.map(Switches::of).collect()
}
