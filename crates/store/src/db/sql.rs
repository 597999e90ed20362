//! One body of SQL for two engines.
//!
//! Statements are written once, in the SQL that both engines understand, with parameters by name:
//!
//! | written | SQLite | PostgreSQL |
//! |---|---|---|
//! | `:name` | `?1` | `$1` |
//! | `IN (:name[])`, a list of numbers | `IN (SELECT value FROM json_each(?1))` | `IN (SELECT unnest(CAST($1 AS BIGINT[])))` |
//! | `DATABASE_CLOCK` | milliseconds since 1970 by the machine's clock | the same by the server's clock, also within a transaction |
//!
//! A name that occurs twice is one parameter. Names are numbered here, not by the engine: SQLite
//! numbers `$1` by first appearance, not by its digit. Nothing in a string, a quoted name or a
//! comment is touched, and neither is `::`.

use super::value::Value;
use super::{DbError, Params};
use parking_lot::RwLock;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The dialect of SQL that an engine uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The dialect of SQLite.
    Sqlite,
    /// The dialect of PostgreSQL.
    Postgres,
}

impl Dialect {
    /// Returns the expression for the database's clock in milliseconds.
    fn clock(self) -> &'static str {
        match self {
            Self::Sqlite => "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
            Self::Postgres => "CAST(floor(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT)",
        }
    }
}

/// A statement in the engine's dialect.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Translated {
    /// The text for the engine.
    pub(super) text: String,
    /// The names of the parameters, in the order of their numbers.
    names: Vec<String>,
}

impl Translated {
    /// Returns the values in the order of their numbers.
    pub(super) fn arrange<'p>(&self, params: Params<'p>) -> Result<Vec<&'p Value>, DbError> {
        let mut arranged = Vec::with_capacity(self.names.len());
        for (number, name) in self.names.iter().enumerate() {
            let place = self.place(params, number, name)?;
            arranged.extend(params.get(place).map(|(_, value)| value));
        }
        arranged.iter().try_for_each(|value| value.check())?;
        Ok(arranged)
    }

    /// Returns the values in the order of their numbers, moved and not copied, because one may be
    /// large.
    pub(super) fn take(&self, mut params: Vec<(&str, Value)>) -> Result<Vec<Value>, DbError> {
        let mut arranged = Vec::with_capacity(self.names.len());
        for (number, name) in self.names.iter().enumerate() {
            let place = self.place(&params, number, name)?;
            let value = params.get_mut(place);
            arranged.extend(value.map(|(_, value)| std::mem::replace(value, Value::Null)));
        }
        arranged.iter().try_for_each(Value::check)?;
        Ok(arranged)
    }

    /// Returns the index of the parameter with a number. Mostly it is the number itself.
    fn place(&self, params: Params<'_>, number: usize, name: &str) -> Result<usize, DbError> {
        let is = |(given, _): &(&str, Value)| *given == name;
        if params.get(number).is_some_and(is) {
            return Ok(number);
        }
        params.iter().position(is).ok_or_else(|| {
            DbError::Statement(format!("parameter :{name} is missing in {}", self.text))
        })
    }
}

/// A cache of translations, by the original text and the number of rows they insert. The program's
/// statements are few and fixed, so that nothing is ever removed.
pub(super) struct Translations {
    dialect: Dialect,
    known: RwLock<HashMap<String, Known>>,
    asked: AtomicU64,
}

/// The translations of one text.
struct Known {
    one: Arc<Translated>,
    /// The translations for several rows at once, with the number of rows.
    many: Vec<(usize, Arc<Translated>)>,
}

impl Translations {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            known: RwLock::default(),
            asked: AtomicU64::new(0),
        }
    }

    /// Returns how often a translation was requested, which is once for every statement that is
    /// run.
    pub(super) fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    pub(super) fn get(&self, sql: &str) -> Arc<Translated> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if let Some(found) = self.known.read().get(sql) {
            return found.one.clone();
        }
        let one = Arc::new(translate(sql, 1, self.dialect));
        let many = Vec::new();
        let mut known = self.known.write();
        let known = known.entry(sql.to_owned());
        known.or_insert(Known { one, many }).one.clone()
    }

    /// Returns the translation of a statement that inserts one row, for a number of rows. Its
    /// parameters are those of each row in turn.
    pub(super) fn get_rows(&self, sql: &str, rows: usize) -> Arc<Translated> {
        if rows == 1 {
            return self.get(sql);
        }
        let of_rows = |known: &Known| {
            let mut many = known.many.iter();
            many.find(|(of, _)| *of == rows).map(|(_, sql)| sql.clone())
        };
        if let Some(found) = self.known.read().get(sql).and_then(of_rows) {
            self.asked.fetch_add(1, Ordering::Relaxed);
            return found;
        }
        self.get(sql);
        let translated = Arc::new(translate(sql, rows, self.dialect));
        if let Some(known) = self.known.write().get_mut(sql) {
            known.many.push((rows, translated.clone()));
        }
        translated
    }
}

/// Translates one statement. For several rows, the parentheses after `VALUES` are repeated for
/// each, with parameters of its own; all parameters of such a statement are within them.
fn translate(sql: &str, rows: usize, dialect: Dialect) -> Translated {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces(sql) {
        if let Piece::Parameter { name, .. } = piece
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    let (head, row, tail) = row_of(sql);
    let mut text = String::with_capacity(sql.len() + rows * row.len());
    write(&mut text, head, &names, 0, dialect);
    for number in 0..rows {
        text.push_str(if number == 0 { "" } else { ", " });
        write(&mut text, row, &names, number * names.len(), dialect);
    }
    write(&mut text, tail, &names, 0, dialect);
    Translated { text, names }
}

/// Writes a part of a statement in the engine's dialect. Its parameters are numbered after the
/// `before` ones that precede it.
fn write(text: &mut String, part: &str, names: &[String], before: usize, dialect: Dialect) {
    for piece in pieces(part) {
        let (name, list) = match piece {
            Piece::Parameter { name, list } => (name, list),
            Piece::Word("DATABASE_CLOCK") => {
                text.push_str(dialect.clock());
                continue;
            }
            other => {
                text.push_str(other.text());
                continue;
            }
        };
        let place = names.iter().position(|known| known == name);
        let number = before + place.unwrap_or_default() + 1;
        text.push_str(&match (dialect, list) {
            (Dialect::Sqlite, false) => format!("?{number}"),
            (Dialect::Postgres, false) => format!("${number}"),
            (Dialect::Sqlite, true) => format!("SELECT value FROM json_each(?{number})"),
            (Dialect::Postgres, true) => format!("SELECT unnest(CAST(${number} AS BIGINT[]))"),
        });
    }
}

/// Splits a statement in three: the text up to the values of its row, these with their parentheses,
/// and the rest. If it has no such values, the first part is all of it.
fn row_of(sql: &str) -> (&str, &str, &str) {
    let found = sql.find("VALUES (").and_then(|at| {
        let (head, rest) = sql.split_at_checked(at + "VALUES ".len())?;
        let (row, tail) = rest.split_at_checked(rest.find(')')? + 1)?;
        Some((head, row, tail))
    });
    found.unwrap_or((sql, "", ""))
}

/// A part of a statement.
pub(crate) enum Piece<'s> {
    /// A keyword, a name or a number.
    Word(&'s str),
    /// A parameter: `:name` or `:name[]`.
    Parameter { name: &'s str, list: bool },
    /// Anything else: strings, quoted names, comments, signs and white space.
    Other(&'s str),
}

impl<'s> Piece<'s> {
    /// Returns the text of a part that isn't a parameter.
    pub(crate) fn text(&self) -> &'s str {
        match self {
            Self::Word(text) | Self::Other(text) => text,
            Self::Parameter { name, .. } => name,
        }
    }
}

/// Splits a statement into its parts, which together are the whole statement.
pub(crate) fn pieces(mut rest: &str) -> impl Iterator<Item = Piece<'_>> {
    let word = |text: &str| {
        text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(text.len())
    };
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let until = |close: &str| {
            rest.get(1..)
                .and_then(|inner| inner.find(close))
                .map_or(rest.len(), |at| 1 + at + close.len())
        };
        let mut list = false;
        let length = match first {
            '\'' => until("'"),
            '"' => until("\""),
            '-' if rest.starts_with("--") => until("\n"),
            '/' if rest.starts_with("/*") => until("*/"),
            ':' if rest.starts_with("::") => 2,
            ':' => {
                let end = 1 + word(rest.get(1..).unwrap_or_default());
                list = rest.get(end..).is_some_and(|after| after.starts_with("[]"));
                if list { end + 2 } else { end }
            }
            c if c.is_ascii_alphanumeric() || c == '_' => word(rest),
            c => c.len_utf8(),
        };
        let (piece, after) = rest.split_at_checked(length)?;
        rest = after;
        Some(match first {
            ':' if length > 1 && !piece.starts_with("::") => Piece::Parameter {
                name: piece.get(1..).unwrap_or_default().trim_end_matches("[]"),
                list,
            },
            c if c.is_ascii_alphanumeric() || c == '_' => Piece::Word(piece),
            _ => Piece::Other(piece),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Dialect, translate};

    fn both(sql: &str) -> (String, String, Vec<String>) {
        let sqlite = translate(sql, 1, Dialect::Sqlite);
        let postgres = translate(sql, 1, Dialect::Postgres);
        assert_eq!(sqlite.names, postgres.names);
        (sqlite.text, postgres.text, sqlite.names)
    }

    #[test]
    fn a_name_is_one_parameter_however_often_it_occurs() {
        let (sqlite, postgres, names) = both("SELECT :b, :a, :b_2, :b");
        assert_eq!(sqlite, "SELECT ?1, ?2, ?3, ?1");
        assert_eq!(postgres, "SELECT $1, $2, $3, $1");
        assert_eq!(names, ["b", "a", "b_2"]);
    }

    #[test]
    fn several_rows_have_parameters_of_their_own() {
        let sql = "INSERT INTO t (a, b, c) VALUES (:a, :b, :a) ON CONFLICT (a) DO UPDATE SET b = excluded.b";
        let translated = translate(sql, 3, Dialect::Postgres);
        assert_eq!(
            translated.text,
            "INSERT INTO t (a, b, c) VALUES ($1, $2, $1), ($3, $4, $3), ($5, $6, $5) \
             ON CONFLICT (a) DO UPDATE SET b = excluded.b"
        );
        assert_eq!(translated.names, ["a", "b"]);
    }

    #[test]
    fn a_list_is_one_parameter() {
        let (sqlite, postgres, _) = both("DELETE FROM t WHERE id IN (:ids[])");
        assert_eq!(
            sqlite,
            "DELETE FROM t WHERE id IN (SELECT value FROM json_each(?1))"
        );
        assert_eq!(
            postgres,
            "DELETE FROM t WHERE id IN (SELECT unnest(CAST($1 AS BIGINT[])))"
        );
    }

    #[test]
    fn strings_names_comments_and_casts_are_left_alone() {
        let sql = "SELECT ':a ''b'' :c', \":d\", x::text -- :e\n/* :f */ FROM t WHERE ü = ':' ";
        let (sqlite, postgres, names) = both(sql);
        assert_eq!((sqlite.as_str(), postgres.as_str()), (sql, sql));
        assert!(names.is_empty());
    }

    #[test]
    fn what_is_never_closed_ends_with_the_statement() {
        for sql in [
            "SELECT 'a",
            "SELECT \"a",
            "SELECT /* a",
            "-- a",
            ":",
            "::",
            "'",
            "/*",
        ] {
            assert_eq!(both(sql).0, sql);
        }
    }
}
