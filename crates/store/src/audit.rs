//! The audit log: a reading of the journal, for people.

use crate::Store;
use crate::change::Actor;
use crate::db::{DbError, Row, Value};
use narthex_access::{AccountId, Millis, PageId, SpaceId, Table};

crate::statements! {
    ENTRIES = "SELECT revision, n, at, actor_kind, actor, kind, space, page, object, before, after FROM event \
               WHERE at >= :since AND at <= :until AND (CAST(:space AS BIGINT) IS NULL OR space = :space) \
               AND (revision < :revision OR (revision = :revision AND n < :n)) \
               ORDER BY revision DESC, n DESC LIMIT :limit";
    TOUCHING = "SELECT revision, touched FROM event \
                WHERE n = 0 AND revision < :before AND touched LIKE :table AND touched LIKE :id \
                ORDER BY revision DESC LIMIT 20";
    OF_REVISION = "SELECT revision, n, at, actor_kind, actor, kind, space, page, object, before, after FROM event \
                   WHERE revision = :revision ORDER BY n";
}

/// A place in the journal: entries are read from before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The revision.
    pub revision: u64,
    /// The entry's number in it.
    pub n: u32,
}

impl Position {
    /// Behind the newest entry.
    pub const NEWEST: Self = Self { revision: i64::MAX.cast_unsigned(), n: u32::MAX };
}

/// One entry as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub position: Position,
    /// When.
    pub at: Millis,
    /// Who.
    pub actor: Actor,
    /// What happened: a stable word with dots.
    pub kind: String,
    /// Which space it is about.
    pub space: Option<SpaceId>,
    /// Which page it is about.
    pub page: Option<PageId>,
    /// What it is about, in words for site administration.
    pub object: String,
    /// The value before.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
}

/// Which entries are wanted, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Not before this instant.
    pub since: Millis,
    /// Not after this instant.
    pub until: Millis,
    /// Only of this space.
    pub space: Option<SpaceId>,
    /// From before this place.
    pub before: Position,
    /// At most so many.
    pub limit: u32,
}

impl Store {
    /// Entries of the journal, newest first. Who may read which is decided by the
    /// site's operation on it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn journal(&self, wanted: Wanted) -> Result<Vec<Entry>, DbError> {
        let params = [
            ("since", Value::Integer(wanted.since)),
            ("until", Value::Integer(wanted.until)),
            ("space", wanted.space.map_or(Value::Null, |space| space.get().into())),
            ("revision", wanted.before.revision.into()),
            ("n", wanted.before.n.into()),
            ("limit", wanted.limit.into()),
        ];
        self.db.read(ENTRIES, &params, entry).await
    }

    /// The entries of the newest revision that touched a row: what caused the
    /// fact that it states (law 7.7). None where records begin later.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cause_of(&self, table: Table, id: u64) -> Result<Vec<Entry>, DbError> {
        let mut before = Position::NEWEST.revision;
        loop {
            let params = [
                ("before", before.into()),
                ("table", Value::Text(format!("%{} %", table.word()))),
                ("id", Value::Text(format!("% {id}%"))),
            ];
            let read = |row: &Row<'_>| Ok((row.get::<u64>(0)?, touches(row.get(1)?, table, id)));
            let candidates = self.db.read(TOUCHING, &params, read).await?;
            let Some((oldest, _)) = candidates.last() else {
                return Ok(Vec::new());
            };
            before = *oldest;
            if let Some((revision, _)) = candidates.iter().find(|(_, touches)| *touches) {
                return self.db.read(OF_REVISION, &[("revision", (*revision).into())], entry).await;
            }
        }
    }
}

/// Whether a list of touched rows, `table id id` in lines, names this row.
fn touches(touched: &str, table: Table, id: u64) -> bool {
    let id = id.to_string();
    touched.lines().any(|line| {
        let mut words = line.split(' ');
        words.next() == Some(table.word()) && words.any(|word| word == id)
    })
}

fn entry(row: &Row<'_>) -> Result<Entry, DbError> {
    let account = row.get::<Option<u64>>(4)?.and_then(AccountId::new);
    let actor = match (row.get::<&str>(3)?, account) {
        ("account", Some(id)) => Actor::Account(id),
        ("operator", _) => Actor::Operator,
        _ => Actor::Anonymous,
    };
    Ok(Entry {
        position: Position { revision: row.get(0)?, n: row.get(1)? },
        at: row.get(2)?,
        actor,
        kind: row.get(5)?,
        space: row.get::<Option<u64>>(6)?.and_then(SpaceId::new),
        page: row.get::<Option<u64>>(7)?.and_then(PageId::new),
        object: row.get(8)?,
        before: row.get(9)?,
        after: row.get(10)?,
    })
}
