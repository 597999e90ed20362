//! Parameters of statements, and cells of rows, in the types that both engines have in common.
//!
//! | here | SQLite | PostgreSQL |
//! |---|---|---|
//! | `i64`, ids, milliseconds, `bool` as 0 and 1 | `INTEGER` | `BIGINT` |
//! | text in UTF-8 without NUL | `TEXT` | `TEXT COLLATE "C"` |
//! | bytes | `BLOB` | `BYTEA` |

use super::DbError;
use sealed::Cell;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// A parameter of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// NULL.
    Null,
    /// A whole number: an id, milliseconds, or 0 and 1 for no and yes.
    Integer(i64),
    /// Text. PostgreSQL has no NUL character in text, so it is refused for both engines.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Numbers for `IN (:name[])`.
    List(Vec<i64>),
}

/// Named parameters: `:name` in the statement has the value beside `"name"`.
pub type Params<'a> = &'a [(&'a str, Value)];

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<u64> for Value {
    /// Converts the same 64 bits: ids are below 2^53, and marks use all of them.
    fn from(value: u64) -> Self {
        Self::Integer(value.cast_signed())
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Integer(i64::from(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Value {
    /// Refuses a value that one of the engines wouldn't store unchanged.
    pub(super) fn check(&self) -> Result<(), DbError> {
        match self {
            Self::Text(text) if text.contains('\0') => Err(DbError::Constraint(
                "text contains the character NUL".into(),
            )),
            _ => Ok(()),
        }
    }
}

type Refused = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Refused> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            // A parameter beside a literal is inferred as the narrower type of the literal.
            Self::Integer(value) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Self::Integer(value) if *kind == Type::INT8 => value.to_sql(kind, out),
            Self::Text(value) if matches!(*kind, Type::TEXT | Type::VARCHAR) => {
                value.to_sql(kind, out)
            }
            Self::Bytes(value) if *kind == Type::BYTEA => value.to_sql(kind, out),
            Self::List(values) if *kind == Type::INT8_ARRAY => values.to_sql(kind, out),
            _ => Err(format!("a parameter of type {kind} was given another kind of value").into()),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(
            *kind,
            Type::INT4 | Type::INT8 | Type::TEXT | Type::VARCHAR | Type::BYTEA | Type::INT8_ARRAY
        )
    }

    to_sql_checked!();
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Integer(value) => ToSqlOutput::Borrowed(ValueRef::Integer(*value)),
            Self::Text(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Self::Bytes(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
            Self::List(values) => {
                let numbers: Vec<String> = values.iter().map(i64::to_string).collect();
                ToSqlOutput::Owned(Owned::Text(format!("[{}]", numbers.join(","))))
            }
        })
    }
}

impl<'r> FromSql<'r> for Cell<'r> {
    fn from_sql(kind: &Type, raw: &'r [u8]) -> Result<Self, Refused> {
        Ok(match *kind {
            Type::INT8 => Self::Integer(i64::from_sql(kind, raw)?),
            Type::INT4 => Self::Integer(i32::from_sql(kind, raw)?.into()),
            Type::BYTEA => Self::Bytes(raw),
            _ => Self::Text(<&str>::from_sql(kind, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Refused> {
        Ok(Self::Null)
    }

    fn accepts(kind: &Type) -> bool {
        matches!(
            *kind,
            Type::INT8 | Type::INT4 | Type::BYTEA | Type::TEXT | Type::VARCHAR | Type::NAME
        )
    }
}

/// One row of a result, borrowed from the engine while it is read.
pub struct Row<'r>(pub(super) Source<'r>);

pub(super) enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
    Kept(&'r [Value]),
}

impl Row<'_> {
    /// Returns the column at `index`, counted from 0.
    ///
    /// # Errors
    /// Returns [`DbError::Corrupt`] if the column isn't there or has another type than `T`.
    pub fn get<'r, T: Column<'r>>(&'r self, index: usize) -> Result<T, DbError> {
        T::from_cell(self.cell(index)?).ok_or_else(|| DbError::column(index, T::NAME))
    }

    fn cell(&self, index: usize) -> Result<Cell<'_>, DbError> {
        let missing = || DbError::column(index, "there");
        match self.0 {
            Source::Sqlite(row) => {
                use rusqlite::types::ValueRef;
                Ok(match row.get_ref(index).map_err(|_| missing())? {
                    ValueRef::Null => Cell::Null,
                    ValueRef::Integer(value) => Cell::Integer(value),
                    ValueRef::Text(raw) => Cell::Text(
                        std::str::from_utf8(raw).map_err(|_| DbError::column(index, "UTF-8"))?,
                    ),
                    ValueRef::Blob(raw) => Cell::Bytes(raw),
                    ValueRef::Real(_) => return Err(DbError::column(index, "a whole number")),
                })
            }
            Source::Postgres(row) => row
                .try_get(index)
                .map_err(|error| DbError::Corrupt(format!("column {index} of a row: {error}"))),
            Source::Kept(row) => Ok(match row.get(index).ok_or_else(missing)? {
                Value::Null | Value::List(_) => Cell::Null,
                Value::Integer(value) => Cell::Integer(*value),
                Value::Text(value) => Cell::Text(value),
                Value::Bytes(value) => Cell::Bytes(value),
            }),
        }
    }

    /// Returns a copy of the first `width` columns, to be read later.
    pub(super) fn keep(&self, width: usize) -> Result<Vec<Value>, DbError> {
        (0..width)
            .map(|index| {
                Ok(match self.cell(index)? {
                    Cell::Null => Value::Null,
                    Cell::Integer(value) => Value::Integer(value),
                    Cell::Text(value) => Value::Text(value.to_owned()),
                    Cell::Bytes(value) => Value::Bytes(value.to_vec()),
                })
            })
            .collect()
    }
}

/// A type that a column can be read as.
pub trait Column<'r>: Sized + sealed::FromCell<'r> {}

impl<'r, T: sealed::FromCell<'r>> Column<'r> for T {}

mod sealed {
    /// One cell of a row, borrowed from the engine.
    #[derive(Clone, Copy, Debug)]
    pub enum Cell<'r> {
        Null,
        Integer(i64),
        Text(&'r str),
        Bytes(&'r [u8]),
    }

    pub trait FromCell<'r>: Sized {
        const NAME: &'static str;

        fn from_cell(cell: Cell<'r>) -> Option<Self>;
    }

    impl<'r> FromCell<'r> for i64 {
        const NAME: &'static str = "a number";

        fn from_cell(cell: Cell<'r>) -> Option<Self> {
            match cell {
                Cell::Integer(value) => Some(value),
                _ => None,
            }
        }
    }

    impl<'r> FromCell<'r> for u64 {
        const NAME: &'static str = "a number";

        fn from_cell(cell: Cell<'r>) -> Option<Self> {
            i64::from_cell(cell).map(i64::cast_unsigned)
        }
    }

    impl<'r> FromCell<'r> for u32 {
        const NAME: &'static str = "a number below 2^32";

        fn from_cell(cell: Cell<'r>) -> Option<Self> {
            i64::from_cell(cell)?.try_into().ok()
        }
    }

    impl<'r> FromCell<'r> for bool {
        const NAME: &'static str = "0 or 1";

        fn from_cell(cell: Cell<'r>) -> Option<Self> {
            match cell {
                Cell::Integer(0) => Some(false),
                Cell::Integer(1) => Some(true),
                _ => None,
            }
        }
    }

    impl<'r> FromCell<'r> for &'r str {
        const NAME: &'static str = "text";

        fn from_cell(cell: Cell<'r>) -> Option<Self> {
            match cell {
                Cell::Text(value) => Some(value),
                _ => None,
            }
        }
    }

    impl<'r> FromCell<'r> for String {
        const NAME: &'static str = "text";

        fn from_cell(cell: Cell<'r>) -> Option<Self> {
            <&str>::from_cell(cell).map(str::to_owned)
        }
    }

    impl<'r> FromCell<'r> for &'r [u8] {
        const NAME: &'static str = "bytes";

        fn from_cell(cell: Cell<'r>) -> Option<Self> {
            match cell {
                Cell::Bytes(value) => Some(value),
                _ => None,
            }
        }
    }

    impl<'r> FromCell<'r> for Vec<u8> {
        const NAME: &'static str = "bytes";

        fn from_cell(cell: Cell<'r>) -> Option<Self> {
            <&[u8]>::from_cell(cell).map(<[u8]>::to_vec)
        }
    }

    impl<'r, T: FromCell<'r>> FromCell<'r> for Option<T> {
        const NAME: &'static str = T::NAME;

        fn from_cell(cell: Cell<'r>) -> Option<Self> {
            match cell {
                Cell::Null => Some(None),
                other => T::from_cell(other).map(Some),
            }
        }
    }
}
