//! Ids: random numbers below 2^53, never reused, which reveal neither an order nor a count.
//!
//! Each kind of thing has a type of its own, so that the id of one can't be passed for another's.

use core::fmt;
use core::num::NonZeroU64;
use core::str::FromStr;

/// The first number that isn't an id: ids are exact in a JavaScript number.
pub const END: u64 = 1 << 53;

/// The error for a text or number that isn't an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id: ids are whole numbers from 1 to 9007199254740991")
    }
}
impl core::error::Error for NotAnId {}

/// Access to the number of any kind of id, for [`ById`](crate::by_id::ById).
pub(crate) trait Id: Copy + Ord {
    /// The lowest id.
    const FIRST: Self;

    /// Returns the id's number, which is below [`END`].
    fn number(self) -> u64;

    /// Returns the id with a number, or `None` if there is no such id.
    fn of_number(number: u64) -> Option<Self>;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU64);

        impl $name {
            /// The id with this number, if it is from 1 to 2^53 − 1.
            #[must_use]
            pub const fn new(number: u64) -> Option<Self> {
                if number >= END {
                    return None;
                }
                match NonZeroU64::new(number) {
                    Some(number) => Some(Self(number)),
                    None => None,
                }
            }

            /// The id that a random number stands for: its low 53 bits, and 1 for none.
            #[must_use]
            pub const fn from_random(random: u64) -> Self {
                match NonZeroU64::new(random & (END - 1)) {
                    Some(number) => Self(number),
                    None => Self(NonZeroU64::MIN),
                }
            }

            /// The id's number.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0.get()
            }
        }

        impl Id for $name {
            const FIRST: Self = Self(NonZeroU64::MIN);

            fn number(self) -> u64 {
                self.get()
            }

            fn of_number(number: u64) -> Option<Self> {
                Self::new(number)
            }
        }

        impl TryFrom<u64> for $name {
            type Error = NotAnId;
            fn try_from(number: u64) -> Result<Self, NotAnId> {
                Self::new(number).ok_or(NotAnId)
            }
        }
    )*};
}

macro_rules! decimal {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(NotAnId);
                }
                text.parse().ok().and_then(Self::new).ok_or(NotAnId)
            }
        }
    )*};
}

macro_rules! hexadecimal {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:024x}", self.get())
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let exact = text.len() == 24
                    && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
                if !exact {
                    return Err(NotAnId);
                }
                u64::from_str_radix(text, 16).ok().and_then(Self::new).ok_or(NotAnId)
            }
        }
    )*};
}

ids! {
    /// The id of a space.
    SpaceId,
    /// The id of a page, a blog post or a folder.
    PageId,
    /// The id of an attachment of a page.
    AttachmentId,
    /// The id of a comment on a page.
    CommentId,
    /// The id of a body: one immutable text, written once.
    BodyId,
    /// The id of an immutable run of bytes in the blob store.
    BlobId,
    /// The id of an account of any tier. It is written as 24 hexadecimal digits.
    AccountId,
    /// The id of a group of accounts. It is written as 24 hexadecimal digits.
    GroupId,
    /// The id of one account's membership in one group.
    MembershipId,
    /// The id of a space permission that is given to one principal.
    GrantId,
    /// The id of a global permission that is given to one principal.
    GlobalGrantId,
    /// The id of a restriction: one list of one page.
    RestrictionId,
    /// The id of an API token.
    TokenId,
    /// The id of a log-in session.
    SessionId,
    /// The id of a one-time link for setting a password.
    OneTimeLinkId,
    /// The id of a service project.
    ProjectId,
    /// The id of an account's role in a service project.
    ProjectRoleId,
    /// The id of an organization of customers.
    OrganizationId,
    /// The id of one account's membership in one organization.
    OrganizationMemberId,
    /// The id of an organization's membership in a service project.
    ProjectOrganizationId,
    /// The id of a link from a service project to a space.
    SpaceLinkId,
    /// The id of a label: one name under one prefix, wherever it is used.
    LabelId,
    /// The id of one use of a label on one thing.
    LabellingId,
    /// The id of a content property or space property.
    PropertyId,
    /// The id of a like.
    LikeId,
    /// The id of a watch.
    WatchId,
    /// The id of a draft over a published page.
    PageDraftId,
    /// The id of the content status of a page.
    ContentStatusId,
    /// The id of a content status that can be chosen.
    StatusChoiceId,
    /// The id of a task in a page.
    TaskId,
    /// The id of a template.
    TemplateId,
    /// The id of a space role.
    SpaceRoleId,
    /// The id of a long task.
    LongTaskId,
}

decimal!(
    SpaceId,
    PageId,
    AttachmentId,
    CommentId,
    BodyId,
    BlobId,
    MembershipId,
    GrantId,
    GlobalGrantId,
    RestrictionId,
    TokenId,
    SessionId,
    OneTimeLinkId,
    ProjectId,
    ProjectRoleId,
    OrganizationId,
    OrganizationMemberId,
    ProjectOrganizationId,
    SpaceLinkId,
    LabelId,
    LabellingId,
    PropertyId,
    LikeId,
    WatchId,
    PageDraftId,
    ContentStatusId,
    StatusChoiceId,
    TaskId,
    TemplateId,
    SpaceRoleId,
    LongTaskId
);
hexadecimal!(AccountId, GroupId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written() {
        let page = PageId::new(4_503_599_627_370_497).unwrap();
        assert_eq!(page.to_string().parse(), Ok(page));
        let account = AccountId::new(255).unwrap();
        assert_eq!(account.to_string(), "0000000000000000000000ff");
        assert_eq!(account.to_string().parse(), Ok(account));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "",
            "0",
            "-1",
            "+1",
            "9007199254740992",
            "1 ",
            "x",
            "99999999999999999999",
        ] {
            assert_eq!(text.parse::<PageId>(), Err(NotAnId), "{text}");
        }
        assert_eq!(
            "0000000000000000000000FF".parse::<AccountId>(),
            Err(NotAnId)
        );
    }
}
