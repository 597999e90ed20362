//! `narthex global`: shows and sets the switches of the site.

use super::{Context, OPERATOR};
use crate::args::{Global, OnOff};
use crate::exit::Failure;
use crate::output::exposure::goes_on;
use crate::output::table::table;
use crate::output::{Answer, Style};
use narthex_access::{Door, SwitchesRow};
use narthex_site::Site;
use narthex_site::switch::{SetSwitches, SpaceSwitches};
use serde::Serialize;

/// Shows or sets the switches.
///
/// # Errors
/// Returns the error of the site, or `Failure::Unconfirmed` for a widening that nobody confirmed.
pub(super) async fn run(context: &Context, args: Global) -> Result<(), Failure> {
    let site = context.site().await?;
    let wanted = SetSwitches {
        jsm_access: args.jsm_access.map(OnOff::is_on),
        anonymous_access: args.anonymous.map(OnOff::is_on),
        enforce_anonymous: args.enforce_anonymous.map(OnOff::is_on),
        view_user_profiles: args.view_user_profiles.map(OnOff::is_on),
        author_names: args.author_names.map(OnOff::is_on),
        indexing: args.indexing.map(OnOff::is_on),
    };
    if wanted != SetSwitches::default() {
        let was = *site.view(OPERATOR, Door::Confluence).await?.switches();
        let (set, exposure) = site.rehearse_switches(OPERATOR, wanted).await?;
        let widens = exposure.widens() || opens(&was, &set);
        if !goes_on(context.output, args.confirmation, widens, &exposure)? {
            return Ok(());
        }
        site.set_switches(OPERATOR, wanted).await?;
    }
    context.output.answer(&Switches::of(&site).await?)
}

/// Returns whether a switch is set to its open side, even if nobody could come in through it at the
/// moment.
fn opens(was: &SwitchesRow, set: &SwitchesRow) -> bool {
    let turned_on = [
        (was.jsm_access, set.jsm_access),
        (was.anonymous_access, set.anonymous_access),
        (set.enforce_anonymous, was.enforce_anonymous),
        (was.view_user_profiles, set.view_user_profiles),
        (was.author_names, set.author_names),
        (was.indexing, set.indexing),
    ];
    turned_on.iter().any(|(before, after)| !before && *after)
}

/// The switches as set, and the spaces that they are in effect for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Switches {
    jsm_access: bool,
    anonymous_access: bool,
    enforce_anonymous: bool,
    view_user_profiles: bool,
    author_names: bool,
    indexing: bool,
    older_anonymous_rule: bool,
    spaces_with_unlicensed_view: Vec<String>,
    spaces_with_anonymous_view: Vec<String>,
}

impl Switches {
    async fn of(site: &Site) -> Result<Self, Failure> {
        let set = *site.view(OPERATOR, Door::Confluence).await?.switches();
        let spaces = site.all_space_switches(OPERATOR).await?;
        let keys = |wanted: fn(&SpaceSwitches) -> bool| {
            spaces
                .iter()
                .filter(|space| wanted(space))
                .map(|space| space.space_key.to_string())
                .collect()
        };
        Ok(Self {
            jsm_access: set.jsm_access,
            anonymous_access: set.anonymous_access,
            enforce_anonymous: set.enforce_anonymous,
            view_user_profiles: set.view_user_profiles,
            author_names: set.author_names,
            indexing: set.indexing,
            older_anonymous_rule: narthex_access::decide::older_anonymous_rule(&set),
            spaces_with_unlicensed_view: keys(|space| space.unlicensed_view),
            spaces_with_anonymous_view: keys(|space| space.anonymous_view),
        })
    }

    fn jsm(&self) -> String {
        match (self.jsm_access, &self.spaces_with_unlicensed_view) {
            (_, spaces) if spaces.is_empty() => "no space has unlicensed view".into(),
            (true, spaces) => format!("any active account can view {}", spaces.join(", ")),
            (false, spaces) => format!(
                "set for {}, but without effect while this is off",
                spaces.join(", ")
            ),
        }
    }

    fn anonymous(&self) -> String {
        let spaces = &self.spaces_with_anonymous_view;
        match (self.anonymous_access, self.older_anonymous_rule) {
            _ if spaces.is_empty() => "no space has anonymous view".into(),
            (true, _) => format!("everybody can view {}", spaces.join(", ")),
            (false, true) => format!(
                "older rule: signed-in people can view {}, others can't",
                spaces.join(", ")
            ),
            (false, false) => format!(
                "set for {}, but without effect while this is off",
                spaces.join(", ")
            ),
        }
    }

    fn enforcement(&self) -> &'static str {
        if self.older_anonymous_rule {
            "older rule: anonymous view of a space lets signed-in people in; turn this on to end that"
        } else if self.enforce_anonymous {
            "while anonymous access is off, anonymous view of a space has no effect"
        } else {
            "if anonymous access is off, anonymous view of a space lets signed-in people in"
        }
    }
}

impl Answer for Switches {
    fn text(&self, style: Style) -> String {
        let rows = [
            ("JSM access: Use Confluence", self.jsm_access, self.jsm()),
            (
                "Anonymous access: Use Confluence",
                self.anonymous_access,
                self.anonymous(),
            ),
            (
                "Anonymous access is enforced",
                self.enforce_anonymous,
                self.enforcement().into(),
            ),
            (
                "Anonymous: View user profiles",
                self.view_user_profiles,
                "people who aren't logged in see profiles, without e-mail addresses".into(),
            ),
            (
                "Anonymous: author names",
                self.author_names,
                "people who aren't logged in see the names of authors".into(),
            ),
            (
                "Search engines",
                self.indexing,
                "may list what anyone can read; while off, they are asked to stay away".into(),
            ),
        ];
        let rows = rows.map(|(name, set, means)| {
            [
                name.to_owned(),
                if set { "on" } else { "off" }.to_owned(),
                means,
            ]
        });
        table(style, &["setting", "state", "effect"], rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_switch_but_the_enforcement_opens_by_being_turned_on() {
        let off = SwitchesRow::default();
        for on in [
            SwitchesRow {
                jsm_access: true,
                ..off
            },
            SwitchesRow {
                anonymous_access: true,
                ..off
            },
            SwitchesRow {
                enforce_anonymous: false,
                ..off
            },
            SwitchesRow {
                view_user_profiles: true,
                ..off
            },
            SwitchesRow {
                author_names: true,
                ..off
            },
            SwitchesRow {
                indexing: true,
                ..off
            },
        ] {
            assert!(opens(&off, &on), "{on:?}");
            assert!(!opens(&on, &off), "{on:?}");
        }
    }
}
