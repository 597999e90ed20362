//! The two switches of a space: the confirmation, and setting one.

use super::{Typed, draw, shown, space};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::route::Answer;
use crate::web::frame::{chrome, page};
use crate::web::handlers::exposure;
use crate::web::notice::{self, Done, sentence};
use crate::web::pages::confirm::{ConfirmChange, Fact};
use crate::web::pages::space_permissions::ChannelState;
use crate::web::paths;
use http::StatusCode;
use narthex_access::SwitchesRow;
use narthex_access::view::SeenSpace;
use narthex_site::SiteError;
use narthex_site::switch::{SetSpaceSwitch, SpaceSwitch};

/// A switch of a space, and the value that it is to be set to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    switch: SpaceSwitch,
    on: bool,
    /// Whether the other switch of the space is turned off too.
    both: bool,
}

impl Turn {
    /// Reads the parameters `change` and `to`. Returns `None` if they don't name a switch of a
    /// space.
    pub(super) fn asked(parameters: &Parameters<'_>) -> Option<Self> {
        let switch = match Fact::from_value(parameters.get("change")?)? {
            Fact::UnlicensedView => SpaceSwitch::UnlicensedView,
            Fact::AnonymousView => SpaceSwitch::AnonymousView,
            _ => return None,
        };
        let on = match parameters.get("to")? {
            "on" => true,
            "off" => false,
            _ => return None,
        };
        let both = !on && parameters.get("both") == Some("yes");
        Some(Self { switch, on, both })
    }

    fn fact(self) -> Fact {
        match self.switch {
            SpaceSwitch::UnlicensedView => Fact::UnlicensedView,
            SpaceSwitch::AnonymousView => Fact::AnonymousView,
        }
    }

    fn other(self) -> SpaceSwitch {
        match self.switch {
            SpaceSwitch::UnlicensedView => SpaceSwitch::AnonymousView,
            SpaceSwitch::AnonymousView => SpaceSwitch::UnlicensedView,
        }
    }

    fn wanted(self, space_key: String) -> Vec<SetSpaceSwitch> {
        let of = |switch| SetSpaceSwitch {
            space_key: space_key.clone(),
            switch,
            on: self.on,
        };
        let other = self.both.then(|| of(self.other()));
        std::iter::once(of(self.switch)).chain(other).collect()
    }
}

/// Returns the failure for a request that names no switch of a space.
pub(super) fn none() -> Failure {
    Failure::bad_request("there is no such setting; go back to the permissions of the space")
}

/// Shows the confirmation of a switch; changes nothing.
pub(super) async fn confirm(call: &Call, turn: Turn) -> Answer {
    let row = space(call)?.row();
    let key = row.key.to_string();
    let site = &call.app.site;
    let wanted = turn.wanted(key.clone());
    let rehearsed = site.rehearse_space_switches(&call.credential, wanted);
    let (_, exposed) = match rehearsed.await {
        Ok(rehearsed) => rehearsed,
        Err(SiteError::Conflict(why)) => return conflict(call, &why),
        Err(error) => return Err(error.into()),
    };
    let space = space(call)?;
    let flags = space.permissions()?;
    let set = match turn.switch {
        SpaceSwitch::UnlicensedView => flags.unlicensed_view(),
        SpaceSwitch::AnonymousView => flags.anonymous_view(),
    };
    if set == turn.on {
        return respond::see_other(&paths::space_permissions(&key).to_string());
    }
    let words = Words::of(turn, &row.name);
    let stays = stays_open(call, space, turn)?;
    let cautions = [
        caution(turn, call.view.switches()).map(str::to_owned),
        stays.map(str::to_owned),
        exposure::of_listed(&exposed),
    ];
    let cautions: Vec<String> = cautions.into_iter().flatten().collect();
    page(&ConfirmChange {
        chrome: chrome(call, "Confirm a change", None),
        question: words.question.into(),
        meaning: words.meaning.into(),
        caution: (!cautions.is_empty()).then(|| cautions.join(" ").into()),
        change: turn.fact(),
        on: turn.on,
        exposure: exposure::shown(&exposed, exposure::examples(&call.view, space.id())),
        both: stays.map(|_| "Close it to both".into()),
        action: words.action.into(),
        cancel: paths::space_permissions(&key).to_string().into(),
    })
}

/// Sets a switch.
pub(super) async fn turn(call: &Call, key: String, turn: Turn) -> Answer {
    let site = &call.app.site;
    let wanted = turn.wanted(key.clone());
    match site.set_space_switches(&call.credential, wanted).await {
        Ok(_) => {
            let done = if turn.on {
                Done::TurnedOn
            } else {
                Done::TurnedOff
            };
            notice::go_on(paths::space_permissions(&key), done)
        }
        Err(SiteError::Conflict(why)) => conflict(call, &why),
        Err(error) => Err(error.into()),
    }
}

/// Says what stays open when one of the two switches is turned off while the other is in effect.
fn stays_open(
    call: &Call,
    space: SeenSpace<'_>,
    turn: Turn,
) -> Result<Option<&'static str>, Failure> {
    if turn.on || turn.both {
        return Ok(None);
    }
    let other = match turn.other() {
        SpaceSwitch::UnlicensedView => shown::unlicensed(&call.view, space)?,
        SpaceSwitch::AnonymousView => shown::anonymous(&call.view, space)?,
    };
    Ok(match (turn.other(), other.state) {
        (_, ChannelState::NotSet | ChannelState::NoEffect) => None,
        (SpaceSwitch::AnonymousView, ChannelState::InEffect) => Some(
            "The space stays open to anyone on the internet, so active users can still view it. To close it completely, close it to both.",
        ),
        (SpaceSwitch::AnonymousView, ChannelState::OlderRule) => Some(
            "The space stays open to signed-in people by its anonymous view, under the older rule. To close it completely, close it to both.",
        ),
        (SpaceSwitch::UnlicensedView, _) => Some(
            "The space stays open to every active account of this site. To close it completely, close it to both.",
        ),
    })
}

fn conflict(call: &Call, why: &str) -> Answer {
    let notice = notice::refused(sentence(why));
    draw(call, StatusCode::CONFLICT, Some(notice), Typed::default())
}

/// The texts of one confirmation.
struct Words {
    question: String,
    meaning: &'static str,
    action: &'static str,
}

impl Words {
    fn of(turn: Turn, name: &str) -> Self {
        let (question, meaning, action) = match (turn.switch, turn.on) {
            (SpaceSwitch::UnlicensedView, true) => (
                format!("Let any active user view “{name}”?"),
                "Every active account on this site, with or without Confluence access, will be able to view the current content of this space. They can’t edit it or see former versions, and restricted pages stay closed to people who aren’t on their lists.",
                "Open the space",
            ),
            (SpaceSwitch::UnlicensedView, false) => (
                format!("Close “{name}” to active users without a permission?"),
                "Active users will need a permission to view this space.",
                "Close to active users",
            ),
            (SpaceSwitch::AnonymousView, true) => (
                format!("Let anyone on the internet view “{name}”?"),
                "Anyone who reaches this site, without logging in, will be able to view the current content of this space.",
                "Open the space to anyone",
            ),
            (SpaceSwitch::AnonymousView, false) => (
                format!("Close “{name}” to people who aren’t logged in?"),
                "Nobody will see this space without logging in. Other permissions of people who aren’t logged in are removed too.",
                "Stop letting anyone in",
            ),
        };
        Self {
            question,
            meaning,
            action,
        }
    }
}

/// Returns the warning about a setting that would remain without its full effect.
fn caution(turn: Turn, now: &SwitchesRow) -> Option<&'static str> {
    match (turn.switch, turn.on) {
        (SpaceSwitch::UnlicensedView, true) if !now.jsm_access => Some(
            "“Use Confluence” in JSM access is off for this site. The setting is saved, but has no effect until a site administrator turns that on.",
        ),
        (SpaceSwitch::AnonymousView, true) if !now.anonymous_access => Some(
            "Anonymous access is off for this site and not enforced: by the older rule this lets signed-in people in, though not the internet.",
        ),
        _ => None,
    }
}
