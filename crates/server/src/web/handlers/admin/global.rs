//! `/wiki/admin/permissions/global`: who may use Confluence on this site, and the switches of the
//! site.

mod now;
mod words;

use super::{lines, require_site_admin};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::route::Answer;
use crate::web::frame::{chrome, page};
use crate::web::handlers::exposure;
use crate::web::notice;
use crate::web::pages::Text;
use crate::web::pages::confirm::{ConfirmChange, Fact};
use crate::web::pages::global::{AnonymousTab, GuestLine, GuestsTab, JsmTab, UserGroupsTab};
use crate::web::pages::moment::Count;
use crate::web::paths;
use narthex_access::catalogue::Space;
use narthex_access::view::SeenSpace;
use narthex_access::{SpaceId, SpaceRow, SpaceState, SwitchesRow, Tier, View};
use narthex_site::switch::SetSwitches;
use std::collections::BTreeMap;

/// The most open spaces that are named.
const MAX_SPACES_NAMED: usize = 20;

/// A switch of the site, and the value that it is to be set to.
#[derive(Debug, Clone, Copy)]
struct Turn {
    fact: Fact,
    on: bool,
}

impl Turn {
    /// Reads the parameters `change` and `to`. Returns `None` if they don't name a switch of the
    /// site.
    fn asked(parameters: &Parameters<'_>) -> Option<Self> {
        let fact = Fact::from_value(parameters.get("change")?)?;
        let on = match parameters.get("to")? {
            "on" => true,
            "off" => false,
            _ => return None,
        };
        let turn = Self { fact, on };
        turn.wanted().is_some().then_some(turn)
    }

    /// Returns the change of the switches, or `None` if the switch is that of a space.
    fn wanted(self) -> Option<SetSwitches> {
        let on = Some(self.on);
        let none = SetSwitches::default();
        match self.fact {
            Fact::JsmAccess => Some(SetSwitches {
                jsm_access: on,
                ..none
            }),
            Fact::AnonymousAccess => Some(SetSwitches {
                anonymous_access: on,
                ..none
            }),
            Fact::EnforceAnonymous => Some(SetSwitches {
                enforce_anonymous: on,
                ..none
            }),
            Fact::UserProfiles => Some(SetSwitches {
                view_user_profiles: on,
                ..none
            }),
            Fact::AuthorNames => Some(SetSwitches {
                author_names: on,
                ..none
            }),
            Fact::Indexing => Some(SetSwitches {
                indexing: on,
                ..none
            }),
            Fact::UnlicensedView | Fact::AnonymousView => None,
        }
    }

    /// Returns whether the switch already has this value.
    fn is_so(self, switches: &SwitchesRow) -> bool {
        let now = match self.fact {
            Fact::JsmAccess => switches.jsm_access,
            Fact::AnonymousAccess => switches.anonymous_access,
            Fact::EnforceAnonymous => switches.enforce_anonymous,
            Fact::UserProfiles => switches.view_user_profiles,
            Fact::AuthorNames => switches.author_names,
            Fact::Indexing => switches.indexing,
            Fact::UnlicensedView | Fact::AnonymousView => return false,
        };
        now == self.on
    }

    /// Returns the address of the tab that has the switch.
    fn tab(self) -> String {
        let tab = match self.fact {
            Fact::JsmAccess => "jsm",
            _ => "anonymous",
        };
        format!("{}?tab={tab}", paths::GLOBAL_PERMISSIONS)
    }
}

/// `GET` shows a tab or, with `change` and `to`, the confirmation of a switch.
pub(super) async fn show(call: Call) -> Answer {
    require_site_admin(&call)?;
    let query = call.query();
    if query.get("change").is_some() {
        let turn = Turn::asked(&query).ok_or_else(no_such_switch)?;
        if turn.is_so(call.view.switches()) {
            return respond::see_other(&turn.tab());
        }
        return confirm(&call, turn).await;
    }
    match query.get("tab") {
        Some("guests") => guests(&call),
        Some("jsm") => jsm(&call),
        Some("anonymous") => anonymous(&call),
        _ => user_groups(&call),
    }
}

/// `POST` sets a switch, once that has been confirmed.
pub(super) async fn set(mut call: Call) -> Answer {
    require_site_admin(&call)?;
    let form = call.form().await?;
    let fields = form.fields();
    let turn = Turn::asked(&fields).ok_or_else(no_such_switch)?;
    let wanted = turn.wanted().ok_or_else(no_such_switch)?;
    if fields.get("confirmed") != Some("yes") {
        return confirm(&call, turn).await;
    }
    call.app.site.set_switches(&call.credential, wanted).await?;
    let view = call.view_now().await?;
    notice::go_on_saying(turn.tab(), now::after(&view, turn.fact, turn.on)?)
}

fn no_such_switch() -> Failure {
    Failure::bad_request("there is no such setting; go back to the global permissions")
}

async fn confirm(call: &Call, turn: Turn) -> Answer {
    let wanted = turn.wanted().ok_or_else(no_such_switch)?;
    let (_, exposed) = call
        .app
        .site
        .rehearse_switches(&call.credential, wanted)
        .await?;
    let words = words::of(turn.fact, turn.on).ok_or_else(no_such_switch)?;
    let cautions = [
        words::caution(
            turn.fact,
            turn.on,
            call.view.switches(),
            open_spaces(&call.view, Space::anonymous_view),
        ),
        exposure::of_listed(&exposed),
    ];
    let caution: Vec<String> = cautions.into_iter().flatten().collect();
    page(&ConfirmChange {
        chrome: chrome(call, "Confirm a change", None),
        question: words.question.into(),
        meaning: words.meaning.into(),
        caution: (!caution.is_empty()).then(|| caution.join(" ").into()),
        change: turn.fact,
        on: turn.on,
        exposure: exposure::shown(&exposed, Vec::new()),
        both: None,
        action: words.action.into(),
        cancel: turn.tab().into(),
    })
}

fn user_groups(call: &Call) -> Answer {
    let rows = call.view.groups()?;
    let mut groups: Vec<_> = rows.map(|row| lines::group(&call.view, row)).collect();
    groups.sort_by_cached_key(|group| group.name.to_lowercase());
    page(&UserGroupsTab {
        chrome: chrome(call, "Global permissions", None),
        groups,
    })
}

fn guests(call: &Call) -> Answer {
    let view = &call.view;
    let spaces: BTreeMap<SpaceId, &SpaceRow> = view
        .administered_spaces()
        .map(|space| (space.id(), space.row()))
        .collect();
    let guests = view.accounts()?.filter(|of| of.tier() == Some(Tier::Guest));
    let mut guests: Vec<GuestLine<'_>> = guests
        .map(|guest| {
            let row = guest.row();
            let space = row.guest_space.and_then(|id| spaces.get(&id));
            GuestLine {
                id: row.id.to_string().into(),
                name: (*row.name).into(),
                email: (*row.email).into(),
                space: space.map(|space| ((*space.key).into(), (*space.name).into())),
            }
        })
        .collect();
    guests.sort_by_cached_key(|guest| guest.name.to_lowercase());
    page(&GuestsTab {
        chrome: chrome(call, "Guests", None),
        guests,
    })
}

fn jsm(call: &Call) -> Answer {
    let view = &call.view;
    page(&JsmTab {
        chrome: chrome(call, "JSM access", None),
        now: now::of_jsm_access(view)?.into(),
        jsm_access: view.switches().jsm_access,
        open_spaces: Count(open_spaces(view, Space::unlicensed_view)),
        spaces: named_spaces(view, Space::unlicensed_view),
    })
}

fn anonymous(call: &Call) -> Answer {
    let view = &call.view;
    let switches = view.switches();
    page(&AnonymousTab {
        chrome: chrome(call, "Anonymous access", None),
        now: now::of_anonymous_access(view).into(),
        anonymous_access: switches.anonymous_access,
        enforce_anonymous: switches.enforce_anonymous,
        jsm_access: switches.jsm_access,
        user_profiles: switches.view_user_profiles,
        author_names: switches.author_names,
        indexing: switches.indexing,
        open_spaces: Count(open_spaces(view, Space::anonymous_view)),
    })
}

/// Returns the spaces that have a flag set, without those in the trash.
fn with_flag(view: &View, flag: fn(&Space) -> bool) -> impl Iterator<Item = SeenSpace<'_>> {
    let there = view
        .administered_spaces()
        .filter(|space| matches!(space.row().state, SpaceState::Live | SpaceState::Archived));
    there.filter(move |space| space.permissions().is_ok_and(flag))
}

fn open_spaces(view: &View, flag: fn(&Space) -> bool) -> u64 {
    with_flag(view, flag).count() as u64
}

/// Returns key and name of the first [`MAX_SPACES_NAMED`] of them, by name.
fn named_spaces(view: &View, flag: fn(&Space) -> bool) -> Vec<(Text<'_>, Text<'_>)> {
    let spaces = with_flag(view, flag).map(|space| space.row());
    let mut spaces: Vec<(Text<'_>, Text<'_>)> = spaces
        .map(|row| ((*row.key).into(), (*row.name).into()))
        .collect();
    spaces.sort_by_cached_key(|(key, name)| (name.to_lowercase(), key.clone()));
    spaces.truncate(MAX_SPACES_NAMED);
    spaces
}
