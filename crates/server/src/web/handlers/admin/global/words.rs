//! The texts of the confirmation of a switch of the site.

use crate::web::pages::confirm::Fact;
use narthex_access::SwitchesRow;

/// The texts of one confirmation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    /// The question in the heading.
    pub(super) question: &'static str,
    /// The explanation of what the change means.
    pub(super) meaning: &'static str,
    /// The label of the button.
    pub(super) action: &'static str,
}

/// Returns the texts for setting a switch of the site on or off, or `None` for a switch of a space,
/// which has a confirmation of its own.
pub(super) fn of(fact: Fact, on: bool) -> Option<Words> {
    let (question, meaning, action) = match (fact, on) {
        (Fact::JsmAccess, true) => (
            "Let accounts without Confluence access read what is open to them?",
            "Every active account on this site, with or without Confluence access, will be able to view each space whose administrators chose “Any active user can view this space”. They can only view the current content, and use no licence.",
            "Turn JSM access on",
        ),
        (Fact::JsmAccess, false) => (
            "Turn JSM access off?",
            "“Any active user can view this space” will have no effect in any space. Spaces keep the setting, and it counts again when JSM access is turned on.",
            "Turn JSM access off",
        ),
        (Fact::AnonymousAccess, true) => (
            "Let anyone on the internet read what is open to everyone?",
            "Anyone who reaches this site, without logging in, will be able to view each space whose administrators opened it to anyone.",
            "Turn anonymous access on",
        ),
        (Fact::AnonymousAccess, false) => (
            "Turn anonymous access off?",
            "Nobody will see anything here without logging in.",
            "Turn anonymous access off",
        ),
        (Fact::EnforceAnonymous, true) => (
            "Enforce the anonymous access switch?",
            "The anonymous view of a space will count only while anonymous access is on, and can’t be set while it is off.",
            "Enforce",
        ),
        (Fact::EnforceAnonymous, false) => (
            "Go back to the older rule for anonymous view?",
            "While anonymous access is off, the anonymous view of a space will still let signed-in people in, though not the internet.",
            "Stop enforcing",
        ),
        (Fact::UserProfiles, true) => (
            "Let anyone look up people’s profiles?",
            "Anyone who reaches this site, without logging in, will be able to see people’s names and profiles. E-mail addresses stay hidden.",
            "Show profiles",
        ),
        (Fact::UserProfiles, false) => (
            "Hide people’s profiles from anonymous visitors?",
            "Only people with Confluence access will see profiles.",
            "Hide profiles",
        ),
        (Fact::AuthorNames, true) => (
            "Show the names of authors to anonymous readers?",
            "Pages that anyone can view will show the names of their authors and of the people whom they mention.",
            "Show author names",
        ),
        (Fact::AuthorNames, false) => (
            "Hide author names from anonymous readers?",
            "Authors and mentions will be written as “a user” to people who aren’t logged in.",
            "Hide author names",
        ),
        (Fact::Indexing, true) => (
            "Let search engines list what anyone can view?",
            "Pages that anyone can view, without logging in, may be found by search engines, which keep copies of what they read. A copy can stay there after a page is closed or changed.",
            "Let search engines in",
        ),
        (Fact::Indexing, false) => (
            "Ask search engines to stay away?",
            "Every page will ask search engines not to list it. Those that comply remove what they have listed on their next visit. This doesn’t close anything: to close a page, change who can view it.",
            "Ask search engines to stay away",
        ),
        (Fact::UnlicensedView | Fact::AnonymousView, _) => return None,
    };
    Some(Words {
        question,
        meaning,
        action,
    })
}

/// Returns the warning that comes with a change: about anonymous grants of spaces that are removed
/// for good, or that come to count by the older rule (law 2.6).
pub(super) fn caution(
    fact: Fact,
    on: bool,
    now: &SwitchesRow,
    anonymous_spaces: u64,
) -> Option<String> {
    let removes = match (fact, on) {
        (Fact::AnonymousAccess, false) => now.enforce_anonymous,
        (Fact::EnforceAnonymous, true) => !now.anonymous_access,
        _ => false,
    };
    let spaces = match anonymous_spaces {
        0 => return None,
        1 => "1 space".to_owned(),
        n => format!("{n} spaces"),
    };
    if removes {
        return Some(format!(
            "The anonymous grants of {spaces} are removed in the same change. They don’t come back when anonymous access is turned on again."
        ));
    }
    let older_rule = match (fact, on) {
        (Fact::AnonymousAccess, false) => !now.enforce_anonymous,
        (Fact::EnforceAnonymous, false) => !now.anonymous_access,
        _ => false,
    };
    older_rule.then(|| {
        format!(
            "The older rule will be in effect: the anonymous view of {spaces} still lets signed-in people in."
        )
    })
}
