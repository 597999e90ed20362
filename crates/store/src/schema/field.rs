//! The conversion of each kind of field of a catalogue row to a column's value and back.

use crate::db::{DbError, Row, Value};
use narthex_access::*;
use std::sync::Arc;

/// A field that is stored in one column.
pub(crate) trait Field: Sized {
    /// Returns the column's value.
    fn value(&self) -> Value;

    /// Reads the field from the column at `index`.
    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError>;
}

macro_rules! plain {
    ($($kind:ty),*) => {$(
        impl Field for $kind {
            fn value(&self) -> Value {
                (*self).into()
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
                row.get(index)
            }
        }
    )*};
}

plain!(i64, u64, u32, bool);

macro_rules! ids {
    ($($id:ty),* $(,)?) => {$(
        impl Field for $id {
            fn value(&self) -> Value {
                self.get().into()
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
                Self::new(row.get(index)?).ok_or_else(|| DbError::column(index, "an id"))
            }
        }

        impl Field for Option<$id> {
            fn value(&self) -> Value {
                self.map(|id| id.get()).into()
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
                match row.get::<Option<u64>>(index)? {
                    None => Ok(None),
                    Some(number) => match <$id>::new(number) {
                        None => Err(DbError::column(index, "an id")),
                        found => Ok(found),
                    },
                }
            }
        }
    )*};
}

ids!(
    AccountId,
    AttachmentId,
    BlobId,
    BodyId,
    CommentId,
    ContentStatusId,
    GlobalGrantId,
    GrantId,
    GroupId,
    LabellingId,
    LikeId,
    MembershipId,
    OneTimeLinkId,
    OrganizationId,
    OrganizationMemberId,
    PageDraftId,
    PageId,
    ProjectId,
    ProjectOrganizationId,
    ProjectRoleId,
    PropertyId,
    RestrictionId,
    SessionId,
    SpaceId,
    SpaceLinkId,
    SpaceRoleId,
    StatusChoiceId,
    TaskId,
    TemplateId,
    TokenId,
    WatchId,
);

macro_rules! words {
    ($($word:ty),* $(,)?) => {$(
        impl Field for $word {
            fn value(&self) -> Value {
                self.word().into()
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
                Self::from_word(row.get(index)?).ok_or_else(|| DbError::column(index, concat!("a word of ", stringify!($word))))
            }
        }
    )*};
}

words!(
    AccessClass,
    AccountKind,
    CommentPlace,
    ConfluenceAccess,
    ContentState,
    GlobalPermission,
    LabelPrefix,
    Operation,
    PageKind,
    PageState,
    Portal,
    ProjectRole,
    Resolution,
    RestrictionKind,
    SpaceKind,
    SpaceState,
    TaskStatus,
);

impl Field for Option<i64> {
    fn value(&self) -> Value {
        (*self).into()
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
        row.get(index)
    }
}

impl Field for Arc<str> {
    fn value(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
        Ok(match row.get(index)? {
            // All empty texts share one allocation, because there are many.
            "" => Self::default(),
            text => text.into(),
        })
    }
}

/// The hash of a secret.
impl Field for [u8; 32] {
    fn value(&self) -> Value {
        self.as_slice().into()
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
        row.get::<&[u8]>(index)?
            .try_into()
            .map_err(|_| DbError::column(index, "a hash of 32 bytes"))
    }
}

impl Field for Scopes {
    fn value(&self) -> Value {
        self.to_string().into()
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
        Self::from_words(row.get(index)?).ok_or_else(|| DbError::column(index, "a list of scopes"))
    }
}

impl Field for Object {
    fn value(&self) -> Value {
        self.to_string().into()
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
        row.get::<&str>(index)?
            .parse()
            .map_err(|_| DbError::column(index, "an object"))
    }
}

impl Field for Watched {
    fn value(&self) -> Value {
        self.to_string().into()
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
        row.get::<&str>(index)?
            .parse()
            .map_err(|_| DbError::column(index, "something that is watched"))
    }
}

/// The operations of a role, one on each line.
impl Field for Rights {
    fn value(&self) -> Value {
        let lines: Vec<&str> = self.operations().map(Operation::word).collect();
        lines.join("\n").into()
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
        row.get::<&str>(index)?
            .lines()
            .try_fold(Self::NONE, |rights, line| {
                let operation = Operation::from_word(line);
                let operation = operation.ok_or_else(|| DbError::column(index, "an operation"))?;
                Ok(rights.and(Self::of(operation)))
            })
    }
}

impl Field for Principal {
    fn value(&self) -> Value {
        self.to_string().into()
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
        principal(row.get(index)?, index)
    }
}

/// The principals that a restriction lists, one on each line.
impl Field for Arc<[Principal]> {
    fn value(&self) -> Value {
        let lines: Vec<String> = self.iter().map(Principal::to_string).collect();
        lines.join("\n").into()
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Self, DbError> {
        row.get::<&str>(index)?
            .lines()
            .map(|line| principal(line, index))
            .collect()
    }
}

fn principal(text: &str, index: usize) -> Result<Principal, DbError> {
    text.parse()
        .map_err(|_| DbError::column(index, "a principal"))
}
