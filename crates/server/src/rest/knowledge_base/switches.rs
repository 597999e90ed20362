//! The four facts of a space and its site, as this API writes them.

use narthex_site::switch::{SpaceSwitch, SpaceSwitches};
use serde::Serialize;

/// The response of the call: its members are in the order of law 5.2, and all four are as set
/// (law 5.3).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Switches<'a> {
    space_permissions: OfSpace<'a>,
    global_permissions: Global,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OfSpace<'a> {
    space_key: &'a str,
    unlicensed_view_permission_enabled: bool,
    anonymous_view_permission_enabled: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Global {
    unlicensed_authenticated_access_enabled: bool,
    anonymous_access_enabled: bool,
}

impl<'a> Switches<'a> {
    /// Builds the response from the facts of a space and of the site.
    pub(super) fn of(facts: &'a SpaceSwitches) -> Self {
        Self {
            space_permissions: OfSpace {
                space_key: &facts.space_key,
                unlicensed_view_permission_enabled: facts.unlicensed_view,
                anonymous_view_permission_enabled: facts.anonymous_view,
            },
            global_permissions: Global {
                unlicensed_authenticated_access_enabled: facts.jsm_access,
                anonymous_access_enabled: facts.anonymous_access,
            },
        }
    }
}

/// Returns the switch with this name, in any case.
pub(super) fn named(name: &str) -> Option<SpaceSwitch> {
    if name.eq_ignore_ascii_case("unlicensedView") {
        Some(SpaceSwitch::UnlicensedView)
    } else if name.eq_ignore_ascii_case("anonymousView") {
        Some(SpaceSwitch::AnonymousView)
    } else {
        None
    }
}
