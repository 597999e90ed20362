//! Sentences that say what the switches of the site permit at the moment.

use super::open_spaces;
use crate::web::pages::confirm::Fact;
use narthex_access::catalogue::Space;
use narthex_access::{Refusal, Tier, View};

/// Says what accounts without Confluence access can read.
pub(super) fn of_jsm_access(view: &View) -> Result<String, Refusal> {
    let open = open_spaces(view, Space::unlicensed_view);
    if !view.switches().jsm_access {
        return Ok(match open {
            0 => "This lets nobody in: the setting is off, and no space is set to open.".into(),
            n => format!(
                "This lets nobody in: the setting is off. {}, and will open when it is turned on.",
                if n == 1 {
                    "1 space is set to open to any active user".to_owned()
                } else {
                    format!("{n} spaces are set to open to any active user")
                }
            ),
        });
    }
    if open == 0 {
        return Ok("This lets nobody in yet: no space is open to any active user.".into());
    }
    let tiers = || view.accounts().map(|all| all.filter_map(|of| of.tier()));
    let active = tiers()?.filter(|tier| *tier != Tier::Customer).count();
    let unlicensed = tiers()?.filter(|tier| *tier == Tier::Unlicensed).count();
    Ok(format!(
        "Every active account can view {}: {active} in all, {unlicensed} of them without Confluence access.",
        spaces(open)
    ))
}

/// Says what anonymous visitors can read.
pub(super) fn of_anonymous_access(view: &View) -> String {
    let open = open_spaces(view, Space::anonymous_view);
    let switches = view.switches();
    let mut sentence = match (switches.anonymous_access, switches.enforce_anonymous, open) {
        (true, _, 0) => "This lets nobody in yet: no space is open to anyone.".to_owned(),
        (true, _, open) => format!(
            "Anyone on the internet can view {}, without logging in.",
            spaces(open)
        ),
        (false, true, _) => {
            return "The internet sees nothing here, and no space can be opened to it.".into();
        }
        (false, false, 0) => {
            return "The internet sees nothing here. Spaces can still be set to open, by the older rule.".into();
        }
        (false, false, open) => {
            return format!(
                "The internet sees nothing here. By the older rule, the anonymous view of {} lets signed-in people in.",
                spaces(open)
            );
        }
    };
    sentence.push_str(match (switches.view_user_profiles, switches.author_names) {
        (true, true) => " Anyone can look up people’s profiles, and sees the names of authors.",
        (true, false) => " Anyone can look up people’s profiles.",
        (false, true) => " Anyone sees the names of authors.",
        (false, false) => "",
    });
    if switches.indexing && open > 0 {
        sentence.push_str(" Search engines may list these pages.");
    }
    sentence
}

/// Says what search engines may list.
fn of_indexing(view: &View) -> String {
    let switches = view.switches();
    let open = match switches.anonymous_access {
        true => open_spaces(view, Space::anonymous_view),
        false => 0,
    };
    match (switches.indexing, open) {
        (false, _) => "They are asked to stay away from every page of this site.".into(),
        (true, 0) => "There is nothing here yet that they can read.".into(),
        (true, open) => format!("They may list what anyone can view: {}.", spaces(open)),
    }
}

/// Says what holds after a switch was set.
pub(super) fn after(view: &View, fact: Fact, on: bool) -> Result<String, Refusal> {
    let name = match fact {
        Fact::JsmAccess => "JSM access",
        Fact::AnonymousAccess => "Anonymous access",
        Fact::EnforceAnonymous => "Enforcement",
        Fact::UserProfiles => "“View user profiles”",
        Fact::AuthorNames => "“Author names”",
        Fact::Indexing => "“Search engines”",
        Fact::UnlicensedView | Fact::AnonymousView => "The setting",
    };
    let holds = match fact {
        Fact::JsmAccess => of_jsm_access(view)?,
        Fact::Indexing => of_indexing(view),
        _ => of_anonymous_access(view),
    };
    let state = if on { "on" } else { "off" };
    Ok(format!("{name} is {state}. {holds}"))
}

fn spaces(count: u64) -> String {
    match count {
        1 => "1 space".into(),
        n => format!("{n} spaces"),
    }
}
