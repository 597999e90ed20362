//! The three channels into a space: `own`, `unlic` and `anon` (law 2.1). Seeing needs one that is
//! open, and doing needs a right that counts with it.

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
    /// A channel through which a subject sees a space.
    pub enum Channel {
        /// A grant to the subject's account, or to a group or class of it.
        Own = "own",
        /// The space's unlicensed view.
        Unlicensed = "unlicensed",
        /// The space's anonymous view.
        Anonymous = "anonymous",
    }
}

/// The channels of one subject into one space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channels<'c> {
    /// The principal whose grant of reading opens `own`. `None` if it is closed.
    pub own: Option<&'c Principal>,
    /// Whether `unlic` is open.
    pub unlicensed: bool,
    /// Whether `anon` is open.
    pub anonymous: bool,
}

impl Channels<'_> {
    /// Returns the channel through which the subject sees the space: of the open ones, the one that
    /// shows the most. `None` if all are closed.
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

/// The rights that anonymous can have (law 2.12). A row with another right, whoever wrote it, gives
/// no more.
const ANONYMOUS: Rights = Rights::of(Operation::Read).and(Rights::of(Operation::CreateComment));

/// Computes `own`, `unlic` and `anon` of law 2.1 for one subject and space. At the portal's entry
/// point a customer counts where the law's lines say so.
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

/// Returns the principal whose grant of reading opens `own`.
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

/// Returns the principal that an operation is granted to, and that is the subject or contains it.
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

/// Returns the principal by whose grant the subject may do more than read, through these channels.
/// The subject's own grants count only together with one of reading: nobody works on content that
/// they see through the flags alone. The grants of anonymous count with `anon`. A customer, who is
/// here to read articles, may do nothing (law 3.3).
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

/// Returns the space and the subject's channels into it. Fails if the space doesn't exist, is
/// trashed or is being imported.
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
