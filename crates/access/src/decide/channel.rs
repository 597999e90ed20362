//! The three channels to a space: `own`, `unlic`, `anon` (law 2.1).

use super::Denied;
use crate::account::Tier;
use crate::catalogue::{Catalogue, Space};
use crate::credential::Door;
use crate::grant::{AccessClass, Operation, Principal, Rights};
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

/// The channels of one subject to one space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channels<'c> {
    /// Whether `own` is open, and by whose grant of reading.
    pub own: Option<&'c Principal>,
    /// Whether `unlic` is open.
    pub unlicensed: bool,
    /// Whether `anon` is open.
    pub anonymous: bool,
}

impl Channels<'_> {
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

/// What anonymous can be granted (law 2.12). A row that says more, whoever wrote it,
/// gives no more.
const ANONYMOUS: Rights = Rights::of(Operation::Read).and(Rights::of(Operation::CreateComment));

/// `own`, `unlic` and `anon` of law 2.1 for one subject and space. At the portal's
/// door a customer counts where the law's lines say so.
pub(super) fn channels<'c>(
    catalogue: &Catalogue,
    subject: &Subject,
    space: &'c Space,
    door: Door,
) -> Channels<'c> {
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

    Channels {
        own,
        unlicensed,
        anonymous,
    }
}

/// Whose grant of reading opens `own`.
fn own<'c>(catalogue: &Catalogue, subject: &Subject, space: &'c Space) -> Option<&'c Principal> {
    let counts = match subject.tier {
        Tier::Licensed => true,
        Tier::Guest => subject.guest_space == Some(space.row.id),
        Tier::Unlicensed | Tier::Customer | Tier::Anonymous => false,
    };
    counts
        .then(|| granted_by(catalogue, subject, space, Operation::Read))
        .flatten()
}

/// Whom an operation is granted to that is the subject or has it as a member.
fn granted_by<'c>(
    catalogue: &Catalogue,
    subject: &Subject,
    space: &'c Space,
    operation: Operation,
) -> Option<&'c Principal> {
    let granted = space.granted.iter();
    granted
        .filter(|(_, rights)| rights.has(operation))
        .map(|(who, _)| who)
        .find(|who| subject.is_in(catalogue, space.row.id, who))
}

/// By whose grant the subject may do more than read, through these channels. Its
/// own grants count only together with one of reading: nobody works on what they
/// see through the flags alone. Those of anonymous count with `anon`; a customer,
/// who is here to read articles, does nothing (law 3.3).
pub(super) fn right(
    catalogue: &Catalogue,
    subject: &Subject,
    space: &Space,
    channels: &Channels<'_>,
    operation: Operation,
) -> Option<Principal> {
    if channels.own.is_some()
        && let Some(by) = granted_by(catalogue, subject, space, operation)
    {
        return Some(*by);
    }
    let as_anonymous = channels.anonymous
        && subject.tier != Tier::Customer
        && space.anonymous().within(ANONYMOUS).has(operation);
    as_anonymous.then_some(Principal::Class(AccessClass::AnonymousUsers))
}

/// The space, if it is known at all, and the subject's channels to it.
pub(super) fn known<'c>(
    catalogue: &'c Catalogue,
    subject: &Subject,
    id: SpaceId,
    door: Door,
) -> Result<(&'c Space, Channels<'c>), Denied> {
    let space = catalogue.space(id).ok_or(Denied::NotThere)?;
    if matches!(space.state, SpaceState::Trashed | SpaceState::Importing) {
        return Err(Denied::SpaceState(space.state));
    }
    Ok((space, channels(catalogue, subject, space, door)))
}
