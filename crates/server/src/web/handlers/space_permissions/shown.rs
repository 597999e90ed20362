//! The switches of a space as set and as in effect, and its restricted pages.

use crate::web::frame::moment;
use crate::web::handlers::sheet::Question;
use crate::web::pages::Text;
use crate::web::pages::space_permissions::{Channel, ChannelState, RestrictedPage};
use crate::web::paths;
use narthex_access::decide::older_anonymous_rule;
use narthex_access::view::SeenSpace;
use narthex_access::{AccountId, Action, Object, PageId, PageState, Refusal, View};

/// Returns whether the caller may change the permissions of a space.
pub(super) fn administers(view: &View, space: SeenSpace<'_>) -> bool {
    view.may(Action::Administer, Object::Space(space.id()))
}

/// Returns the state of *Any active user can view this space*.
pub(super) fn unlicensed<'v>(view: &View, space: SeenSpace<'_>) -> Result<Channel<'v>, Refusal> {
    let set = space.permissions()?.unlicensed_view();
    let (state, effect) = match (set, view.switches().jsm_access) {
        (false, _) if anyone_gets_in(view, space)? => (
            ChannelState::NotSet,
            "This lets nobody in. Active users can still view the space, because the setting below lets anyone in.",
        ),
        (false, _) => (ChannelState::NotSet, "This lets nobody in."),
        (true, true) => (
            ChannelState::InEffect,
            "Every active account on this site can view this space, with or without Confluence access.",
        ),
        (true, false) => (
            ChannelState::NoEffect,
            "This lets nobody in now: “Use Confluence” in JSM access is off for this site.",
        ),
    };
    Ok(Channel {
        set,
        effect: effect.into(),
        state,
        change: changeable(view, space),
    })
}

/// Returns whether the space is open to anyone, logged in or not.
fn anyone_gets_in(view: &View, space: SeenSpace<'_>) -> Result<bool, Refusal> {
    let set = space.permissions()?.anonymous_view();
    Ok(set && view.switches().anonymous_access)
}

/// Returns the state of *Anyone can view this space, without logging in*.
pub(super) fn anonymous<'v>(view: &View, space: SeenSpace<'_>) -> Result<Channel<'v>, Refusal> {
    let set = space.permissions()?.anonymous_view();
    let switches = view.switches();
    let older = older_anonymous_rule(switches);
    let (state, effect): (_, Text<'_>) = match (set, switches.anonymous_access) {
        (false, _) => (ChannelState::NotSet, "This lets nobody in.".into()),
        (true, true) => (
            ChannelState::InEffect,
            "Anyone on the internet who reaches this site can view this space.".into(),
        ),
        (true, false) if older => {
            let who = if switches.jsm_access {
                "Every active account on this site can view this space"
            } else {
                "People with Confluence access and guests can view this space"
            };
            let why = "by the older rule, because enforcement is off. The internet can’t.";
            (ChannelState::OlderRule, format!("{who} {why}").into())
        }
        (true, false) => (
            ChannelState::NoEffect,
            "This lets nobody in now: anonymous access is off for this site.".into(),
        ),
    };
    let enforced_off = switches.enforce_anonymous && !switches.anonymous_access;
    let change = changeable(view, space).and_then(|()| {
        if enforced_off && !set {
            return Err("Anonymous access is off for this site and enforced, so no space can be opened to anyone. A site administrator can turn it on under Global permissions.".into());
        }
        Ok(())
    });
    Ok(Channel {
        set,
        effect,
        state,
        change,
    })
}

fn changeable<'v>(view: &View, space: SeenSpace<'_>) -> Result<(), Text<'v>> {
    administers(view, space)
        .then_some(())
        .ok_or_else(|| "Ask an administrator of the space or of the site.".into())
}

/// Returns the restricted pages of a space: those that the caller sees, and those withheld from the
/// caller, which can be taken over. The titles of the latter aren't shown (law 2.19).
pub(super) fn restricted<'v>(
    view: &'v View,
    space: SeenSpace<'v>,
) -> Result<Vec<RestrictedPage<'v>>, Refusal> {
    let withheld = view.restricted_pages(space.id())?;
    let withheld = withheld
        .into_iter()
        .map(|page| (page.page, None, page.since, page.by, true));
    let readable = |state| matches!(state, PageState::Live | PageState::Archived);
    let seen = view
        .pages_in(space.id(), PageId::from_random(0))
        .filter(|page| page.is_restricted() && readable(page.row().state))
        .filter_map(|page| {
            let list = view.restrictions(page.id())?.view().first()?;
            let address = paths::page_or_post(&space.row().key, page.row());
            let seen = (Text::from(&*page.row().title), address);
            Some((page.id(), Some(seen), list.since, list.by, false))
        });
    let mut all: Vec<_> = withheld.chain(seen).collect();
    all.sort_by_key(|(page, _, since, ..)| (std::cmp::Reverse(*since), *page));
    let shown = all
        .into_iter()
        .map(|(page, seen, since, by, may_take_over)| RestrictedPage {
            id: page.get(),
            seen,
            since: moment(since),
            by: name(view, by),
            may_take_over,
        });
    Ok(shown.collect())
}

/// Makes the question for taking a restriction over.
pub(super) fn taking_over(key: &str, page: PageId) -> Question {
    Question {
        question: format!("Put yourself on the lists of page {page}?"),
        meaning: "You will be able to read this restricted page, as an administrator of the space. The people on its list see your name there, and the audit log says who did it and when.".into(),
        action: "Take the restriction over",
        danger: true,
        typed: None,
        cancel: paths::space_permissions(key).to_string(),
    }
}

fn name(view: &View, id: AccountId) -> Text<'_> {
    match view.author(id).account() {
        Some(account) => (*account.row().name).into(),
        None => "a user".into(),
    }
}
