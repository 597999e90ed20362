//! The three channels to a space: `own`, `unlic`, `anon` (law 2).

use super::Denied;
use crate::account::Tier;
use crate::catalogue::{Catalogue, Space};
use crate::credential::Door;
use crate::grant::{Operation, Principal, Rights};
use crate::id::SpaceId;
use crate::space::SpaceState;
use crate::subject::Subject;
use crate::word::words;

words! {
    /// Through what a subject sees a space.
    pub enum Channel {
        /// A grant of its own, of a group or of a class.
        Own = "own",
        /// The space's unlicensed view.
        Unlicensed = "unlicensed",
        /// The space's anonymous view.
        Anonymous = "anonymous",
    }
}

/// The channels of one subject to one space, and what they let it do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channels {
    /// Whether `own` is open, and by whose grant of reading.
    pub own: Option<Principal>,
    /// Whether `unlic` is open.
    pub unlicensed: bool,
    /// Whether `anon` is open.
    pub anonymous: bool,
    /// What the grants that count let the subject do. Those of its own count only
    /// together with one of reading: nobody works on what they see through the
    /// flags alone. Those of anonymous count with `anon`; a customer, who is here
    /// to read articles, does nothing (law 3).
    pub(crate) rights: Rights,
}

impl Channels {
    /// The channel through which the subject sees the space: the one that shows
    /// the most.
    #[must_use]
    pub fn open(&self) -> Option<Channel> {
        match (self.own, self.unlicensed, self.anonymous) {
            (Some(_), ..) => Some(Channel::Own),
            (None, true, _) => Some(Channel::Unlicensed),
            (None, false, true) => Some(Channel::Anonymous),
            (None, false, false) => None,
        }
    }
}

/// What anonymous can be granted (law 2). A row that says more, whoever wrote it,
/// gives no more.
const ANONYMOUS: Rights = Rights::of(Operation::Read).and(Rights::of(Operation::CreateComment));

/// `own`, `unlic` and `anon` of law 2 for one subject and space. At the portal's
/// door a customer counts where the law's lines say so.
pub(super) fn channels(
    catalogue: &Catalogue,
    subject: &Subject,
    space: &Space,
    door: Door,
) -> Channels {
    let switches = catalogue.switches();
    let own = own(catalogue, subject, space);
    let tier = subject.tier;
    let site_account =
        matches!(tier, Tier::Licensed | Tier::Guest | Tier::Unlicensed) && !subject.operator;
    let customer_here = tier == Tier::Customer && door == Door::Portal;

    let unlicensed =
        switches.jsm_access && space.unlicensed_view() && (site_account || customer_here);
    let by_the_older_rule = !switches.enforce_anonymous
        && match tier {
            Tier::Licensed | Tier::Guest => true,
            Tier::Unlicensed => switches.jsm_access && site_account,
            Tier::Customer => switches.jsm_access && customer_here,
            Tier::Anonymous => false,
        };
    let anonymous = space.anonymous_view()
        && !subject.operator
        && (switches.anonymous_access || by_the_older_rule);

    let mut rights = own.map_or(Rights::NONE, |(rights, _)| rights);
    if anonymous {
        rights = rights.and(space.anonymous().within(ANONYMOUS));
    }
    if unlicensed {
        rights = rights.and(Rights::of(Operation::Read));
    }
    if tier == Tier::Customer {
        rights = rights.within(Rights::of(Operation::Read));
    }
    Channels {
        own: own.map(|(_, by)| by),
        unlicensed,
        anonymous,
        rights,
    }
}

/// The rights that `own` gives, and whose grant gives reading.
fn own(catalogue: &Catalogue, subject: &Subject, space: &Space) -> Option<(Rights, Principal)> {
    let counts = match subject.tier {
        Tier::Licensed => true,
        Tier::Guest => subject.guest_space == Some(space.row.id),
        Tier::Unlicensed | Tier::Customer | Tier::Anonymous => false,
    };
    if !counts {
        return None;
    }
    let (mut rights, mut reads_by) = (Rights::NONE, None);
    for (who, granted) in space.granted.iter() {
        if subject.is_in(catalogue, space.row.id, *who) {
            rights = rights.and(*granted);
            if reads_by.is_none() && granted.has(Operation::Read) {
                reads_by = Some(*who);
            }
        }
    }
    reads_by.map(|by| (rights, by))
}

/// The space, if it is known at all, and the subject's channels to it.
pub(super) fn known<'c>(
    catalogue: &'c Catalogue,
    subject: &Subject,
    id: SpaceId,
    door: Door,
) -> Result<(&'c Space, Channels), Denied> {
    let space = catalogue.space(id).ok_or(Denied::NotThere)?;
    if matches!(space.row.state, SpaceState::Trashed | SpaceState::Importing) {
        return Err(Denied::SpaceState(space.row.state));
    }
    Ok((space, channels(catalogue, subject, space, door)))
}
