//! Which events can have made a step of an explanation stand as it does.
//!
//! A row is touched by more changes than those that decide: closing a space to everybody touches
//! the same row as closing it to active users, and so does renaming it. So an explanation looks for
//! the newest event of the kinds that decide its step, about the thing that the step is about.

use narthex_access::catalogue::Account;
use narthex_access::explain::Step;
use narthex_access::{Catalogue, PageId, Principal, SpaceId};
use narthex_store::audit::JournalQuery;

const UNLICENSED: &str = "space.unlicensed_view.set";
const ANONYMOUS: &str = "space.anonymous_view.set";
const SITE_UNLICENSED: &str = "global.jsm_access.set";
const SITE_ANONYMOUS: &[&str] = &[
    "global.anonymous_access.set",
    "global.enforce_anonymous.set",
];
const TIER: &[&str] = &[
    "site.set_up",
    "account.added",
    "account.access.set",
    "account.deactivated",
    "account.reactivated",
    "group.member.added",
    "group.member.removed",
];
const SPACE_STATE: &[&str] = &[
    "space.created",
    "space.archived",
    "space.unarchived",
    "space.trashed",
    "space.restored",
];
const PAGE_STATE: &[&str] = &[
    "page.created",
    "page.copied",
    "page.published",
    "page.archived",
    "page.unarchived",
    "page.trashed",
    "page.restored",
];
const RESTRICTION: &[&str] = &["page.restriction.read.set", "page.restriction.taken_over"];

/// The space, page and account that an explanation is about.
pub(super) struct Place<'c> {
    pub(super) space: Option<SpaceId>,
    pub(super) page: PageId,
    pub(super) account: Option<&'c Account>,
}

/// Returns the queries of the journal for the cause of a step, which is the newest of their
/// results.
pub(super) fn of(catalogue: &Catalogue, place: &Place<'_>, step: Step) -> Vec<JournalQuery> {
    let in_space = |kinds: &[&'static str]| JournalQuery {
        space: place.space,
        kinds: kinds.to_vec(),
        limit: 1,
        ..JournalQuery::default()
    };
    let on_site = |kinds: &[&'static str]| JournalQuery {
        kinds: kinds.to_vec(),
        limit: 1,
        ..JournalQuery::default()
    };
    let about = |query: JournalQuery, text: String| JournalQuery {
        about: Some(text),
        ..query
    };
    match step {
        Step::Tier(_) => {
            let Some(account) = place.account else {
                return Vec::new();
            };
            let own = about(on_site(TIER), account.row().email.to_string());
            let groups = account.groups().iter();
            let groups = groups.filter_map(|id| catalogue.group(*id));
            let of_groups =
                groups.map(|group| about(on_site(&["group.access.set"]), group.name.to_string()));
            std::iter::once(own).chain(of_groups).collect()
        }
        Step::SpaceState(_) => vec![in_space(SPACE_STATE)],
        Step::Own(Some(by)) => vec![about(
            in_space(&["space.permission.given"]),
            format!("{by} read/space"),
        )],
        Step::Own(None) => {
            let Some(account) = place.account else {
                return Vec::new();
            };
            let own = Principal::Account(account.row().id);
            let groups = account.groups().iter().copied().map(Principal::Group);
            let taken = std::iter::once(own).chain(groups).map(|principal| {
                let kinds = ["space.permission.taken"];
                about(in_space(&kinds), format!("{principal} read/space"))
            });
            let left = about(
                on_site(&["group.member.removed", "account.access.set"]),
                account.row().email.to_string(),
            );
            taken.chain([left]).collect()
        }
        Step::Unlicensed { set, site, .. } => match (set, site) {
            (false, _) => vec![in_space(&[UNLICENSED])],
            (true, false) => vec![on_site(&[SITE_UNLICENSED])],
            (true, true) => vec![in_space(&[UNLICENSED])],
        },
        Step::Anonymous { set, site, .. } => match (set, site) {
            (false, _) => vec![in_space(&[ANONYMOUS])],
            (true, false) => vec![on_site(SITE_ANONYMOUS)],
            (true, true) => vec![in_space(&[ANONYMOUS])],
        },
        Step::Restriction { page, .. } => vec![JournalQuery {
            page: Some(page),
            ..in_space(RESTRICTION)
        }],
        Step::State(_) => vec![JournalQuery {
            page: Some(place.page),
            ..in_space(PAGE_STATE)
        }],
    }
}

/// Whether an event that touched a step's rows can be its cause, if the journal has no event of its
/// own kind.
pub(super) fn fits(step: Step, kind: &str) -> bool {
    match step {
        Step::Own(None)
        | Step::Unlicensed { set: false, .. }
        | Step::Anonymous { set: false, .. } => kind == "space.created",
        Step::Own(Some(_)) | Step::Unlicensed { .. } | Step::Anonymous { .. } => true,
        Step::Tier(_) | Step::SpaceState(_) | Step::Restriction { .. } | Step::State(_) => true,
    }
}
