//! Ids: random numbers below 2^53, never reused, never telling an order or a count.

use core::fmt;
use core::num::NonZeroU64;
use core::str::FromStr;

/// The first number that is no id: ids stay exact in a JavaScript number.
pub const END: u64 = 1 << 53;

/// A text or number that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id: ids are whole numbers from 1 to 9007199254740991")
    }
}
impl core::error::Error for NotAnId {}

/// An id as the number that it is.
pub(crate) trait Id: Copy + Ord {
    /// The lowest one.
    const FIRST: Self;

    /// The id's number, below [`END`].
    fn number(self) -> u64;

    /// The id with a number, if it is one.
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
    /// A space.
    SpaceId,
    /// A page or a blog post.
    PageId,
    /// An attachment of a page.
    AttachmentId,
    /// A comment on a page.
    CommentId,
    /// An immutable body: one text, written once.
    BodyId,
    /// An immutable run of bytes in the blob store.
    BlobId,
    /// An account, of any tier. Written as 24 hexadecimal digits.
    AccountId,
    /// A group of accounts. Written as 24 hexadecimal digits.
    GroupId,
    /// A membership of one account in one group.
    MembershipId,
    /// A space permission, given to one principal.
    GrantId,
    /// A global permission, given to one principal.
    GlobalGrantId,
    /// A restriction: one list of one page.
    RestrictionId,
    /// An API token.
    TokenId,
    /// A log-in session.
    SessionId,
    /// A one-time link to set a password.
    OneTimeLinkId,
    /// A service project.
    ProjectId,
    /// A role of an account in a service project.
    ProjectRoleId,
    /// An organization of customers.
    OrganizationId,
    /// A membership of one account in one organization.
    OrganizationMemberId,
    /// An organization's place in a service project.
    ProjectOrganizationId,
    /// A link from a service project to a space.
    SpaceLinkId,
    /// A label: one name under one prefix, wherever it is used.
    LabelId,
    /// One label on one thing.
    LabellingId,
    /// A content property or space property.
    PropertyId,
    /// A like.
    LikeId,
    /// A watch.
    WatchId,
    /// A draft over a published page.
    PageDraftId,
    /// The content status of a page.
    ContentStatusId,
    /// A content status on offer.
    StatusChoiceId,
    /// A task in a page.
    TaskId,
    /// A template.
    TemplateId,
    /// A space role.
    SpaceRoleId,
    /// A long task.
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
