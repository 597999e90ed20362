//! Explanations: why a subject sees a page or doesn't, step by step, each step with the row that it
//! rests on (law 7.7). The decision itself is the one of [`decide`], never computed a second time.
//!
//! For such a row, the store finds the event that last changed it.

use crate::account::Tier;
use crate::action::{Action, Object};
use crate::catalogue::Catalogue;
use crate::credential::Door;
use crate::decide::{Channels, Decision, channels_of, decide};
use crate::grant::{AccessClass, Operation, Principal};
use crate::id::{PageId, SpaceId};
use crate::page::PageState;
use crate::row::{SWITCHES_ID, Table};
use crate::space::SpaceState;
use crate::subject::Subject;
use alloc::vec::Vec;

/// The row that a step rests on. If the fact is that a row is missing, this is the row of the
/// object that lacks it.
pub type Fact = (Table, u64);

/// One line of the law, applied to this subject and page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The tier of the subject.
    Tier(Tier),
    /// The space is archived, in the trash or being imported.
    SpaceState(SpaceState),
    /// The channel `own`, with the principal whose grant opens it. `None` if it is closed.
    Own(Option<Principal>),
    /// The channel `unlic`: what is set, and whether that is in effect.
    Unlicensed {
        /// Whether the space has unlicensed view.
        set: bool,
        /// Whether *Use Confluence* is on in the *JSM access* tab.
        site: bool,
        /// Whether the channel is open to the subject.
        open: bool,
    },
    /// The channel `anon`: what is set, and whether that is in effect.
    Anonymous {
        /// Whether the space has anonymous view.
        set: bool,
        /// Whether *Use Confluence* is on in the *Anonymous access* tab.
        site: bool,
        /// Whether the channel is open to the subject.
        open: bool,
    },
    /// One list of a restricted page on the way to the root.
    Restriction {
        /// The restricted page.
        page: PageId,
        /// Whether the subject is on the list.
        listed: bool,
    },
    /// The state of the page itself.
    State(PageState),
}

/// The decision about one subject viewing one page, with the steps that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The decision, the same that every API gives.
    pub decision: Decision,
    /// The steps in the order of the law, each with the rows that it rests on.
    pub steps: Vec<(Step, Vec<Fact>)>,
}

/// Explains `view(s, p)`. Returns `None` for a page that was never there.
#[must_use]
pub fn explain(catalogue: &Catalogue, subject: &Subject, id: PageId) -> Option<Explanation> {
    let page = catalogue.page(id)?;
    let space = catalogue.space(page.row().space)?;
    let space_id = space.row().id;
    let channels = channels_of(catalogue, subject, space, Door::Confluence);
    let switches = catalogue.switches();
    let switch = (Table::Switches, SWITCHES_ID);

    let mut steps = alloc::vec![(
        Step::Tier(subject.tier()),
        account_facts(catalogue, subject)
    )];
    if !matches!(space.row().state, SpaceState::Live) {
        let fact = alloc::vec![(Table::Space, space_id.get())];
        steps.push((Step::SpaceState(space.row().state), fact));
    }
    steps.push((
        Step::Own(channels.own.copied()),
        own_facts(catalogue, &channels, space_id),
    ));
    let unlicensed = Step::Unlicensed {
        set: space.unlicensed_view(),
        site: switches.jsm_access,
        open: channels.unlicensed,
    };
    let mut facts = class_facts(catalogue, space_id, AccessClass::AuthenticatedUsers);
    facts.push(switch);
    steps.push((unlicensed, facts));
    let anonymous = Step::Anonymous {
        set: space.anonymous_view(),
        site: switches.anonymous_access,
        open: channels.anonymous,
    };
    let mut facts = class_facts(catalogue, space_id, AccessClass::AnonymousUsers);
    facts.push(switch);
    steps.push((anonymous, facts));
    for node in catalogue.ancestors_and_self(id) {
        let lists = catalogue.lists(node.row().id);
        for list in lists.into_iter().flat_map(|lists| lists.view()) {
            let step = Step::Restriction {
                page: node.row().id,
                listed: subject.is_listed(&list.listed),
            };
            steps.push((step, alloc::vec![(Table::Restriction, list.id.get())]));
        }
    }
    steps.push((
        Step::State(page.row().state),
        alloc::vec![(Table::Page, id.get())],
    ));

    let decision = decide(catalogue, subject, Action::View, Object::Page(id));
    Some(Explanation { decision, steps })
}

fn account_facts(catalogue: &Catalogue, subject: &Subject) -> Vec<Fact> {
    let Some(account) = subject.account() else {
        return Vec::new();
    };
    let groups = catalogue
        .memberships_of(account)
        .map(|row| (Table::Membership, row.id.get()));
    core::iter::once((Table::Account, account.get()))
        .chain(groups)
        .collect()
}

fn own_facts(catalogue: &Catalogue, channels: &Channels<'_>, space: SpaceId) -> Vec<Fact> {
    let by = catalogue
        .grants_in(space)
        .filter(|grant| {
            Some(&grant.principal) == channels.own && grant.operation == Operation::Read
        })
        .map(|grant| (Table::Grant, grant.id.get()));
    let facts: Vec<Fact> = by.collect();
    if facts.is_empty() {
        alloc::vec![(Table::Space, space.get())]
    } else {
        facts
    }
}

/// Returns the grant that is the switch, or the space if the switch is off.
fn class_facts(catalogue: &Catalogue, space: SpaceId, class: AccessClass) -> Vec<Fact> {
    let set = catalogue
        .grants_in(space)
        .filter(|grant| {
            grant.principal == Principal::Class(class) && grant.operation == Operation::Read
        })
        .map(|grant| (Table::Grant, grant.id.get()));
    let facts: Vec<Fact> = set.collect();
    if facts.is_empty() {
        alloc::vec![(Table::Space, space.get())]
    } else {
        facts
    }
}
