//! The audit log: the journal's events as people read them.
//!
//! Whether a caller may read an entry is decided in the site's operations before these are called.

use crate::Store;
use crate::change::Actor;
use crate::db::{DbError, Row, Value};
use crate::schema::mapping;
use narthex_access::{AccountId, Millis, PageId, SpaceId, Table};

const COLUMNS: &str = "SELECT revision, n, at, actor_kind, actor, kind, space, page, object, before, after FROM event";

crate::statements! {
    OF_REVISION = "SELECT revision, n, at, actor_kind, actor, kind, space, page, object, before, after FROM event \
                   WHERE revision = :revision ORDER BY n";
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The revision, and the entry's number in it from 0, which together identify the entry.
    pub place: (u64, u32),
    /// When the change was made.
    pub at: Millis,
    /// The one who made the change.
    pub actor: Actor,
    /// The kind of change, a stable word with dots.
    pub kind: String,
    /// The space that the change is about, if any.
    pub space: Option<SpaceId>,
    /// The page that the change is about, if any.
    pub page: Option<PageId>,
    /// The object of the change, in words for site administrators.
    pub object: String,
    /// The value before the change, if there was one.
    pub before: Option<String>,
    /// The value after the change, if there is one.
    pub after: Option<String>,
}

/// A filter for entries of the audit log, which are returned newest first.
#[derive(Clone, Debug, Default)]
pub struct JournalQuery {
    /// Only entries about this space.
    pub space: Option<SpaceId>,
    /// Only entries about this page.
    pub page: Option<PageId>,
    /// Only entries of these kinds, or of all kinds if it is empty.
    pub kinds: Vec<&'static str>,
    /// Only entries whose object, or value before or after, equals this text.
    pub about: Option<String>,
    /// Only entries older than this one, which is the last entry of the previous page of results.
    pub before: Option<(u64, u32)>,
    /// Only entries from this instant on.
    pub since: Option<Millis>,
    /// Only entries before this instant.
    pub until: Option<Millis>,
    /// Only entries whose kind or object contains this text, compared without case.
    pub text: Option<String>,
    /// The maximum number of entries.
    pub limit: u32,
}

impl JournalQuery {
    /// Returns the statement and its parameters.
    fn statement(&self) -> (String, Vec<(&'static str, Value)>) {
        let mut conditions = Vec::new();
        let mut params: Vec<(&'static str, Value)> = vec![("limit", self.limit.into())];
        if let Some(space) = self.space {
            conditions.push("space = :space");
            params.push(("space", space.get().into()));
        }
        if let Some(page) = self.page {
            conditions.push("page = :page");
            params.push(("page", page.get().into()));
        }
        // The kinds are words of the program, never text that somebody typed, and so need no
        // parameters.
        let kinds = self
            .kinds
            .iter()
            .map(|kind| format!("'{kind}'"))
            .collect::<Vec<_>>()
            .join(", ");
        let of_kinds = format!("kind IN ({kinds})");
        if !self.kinds.is_empty() {
            conditions.push(&of_kinds);
        }
        if let Some(about) = &self.about {
            conditions.push("(object = :about OR before = :about OR after = :about)");
            params.push(("about", about.clone().into()));
        }
        if let Some((revision, n)) = self.before {
            conditions.push("(revision < :revision OR (revision = :revision AND n < :n))");
            params.push(("revision", revision.into()));
            params.push(("n", n.into()));
        }
        if let Some(since) = self.since {
            conditions.push("at >= :since");
            params.push(("since", since.into()));
        }
        if let Some(until) = self.until {
            conditions.push("at < :until");
            params.push(("until", until.into()));
        }
        if let Some(text) = &self.text {
            conditions
                .push("(LOWER(object) LIKE :text ESCAPE '!' OR LOWER(kind) LIKE :text ESCAPE '!')");
            params.push(("text", pattern(text).into()));
        }
        let filter = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        let sql = format!("{COLUMNS}{filter} ORDER BY revision DESC, n DESC LIMIT :limit");
        (sql, params)
    }
}

/// Returns the pattern for a text anywhere, in which its own wildcards are escaped. Only ASCII
/// letters lose their case, because both engines agree on these alone.
fn pattern(text: &str) -> String {
    let mut out = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c.to_ascii_lowercase());
    }
    out.push('%');
    out
}

impl Store {
    /// Returns entries of the audit log, newest first.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn journal(&self, query: &JournalQuery) -> Result<Vec<Entry>, DbError> {
        let (sql, params) = query.statement();
        self.db().read(&sql, &params, entry).await
    }

    /// Returns the entries of the revision that last wrote a row of the catalogue. Empty if the row
    /// isn't there, or if retention has removed the entries.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn cause_of(&self, table: Table, id: u64) -> Result<Vec<Entry>, DbError> {
        let revision = self
            .db()
            .read_one(mapping(table).cause, &[("id", id.into())], |row| {
                row.get::<u64>(0)
            })
            .await?;
        match revision {
            None => Ok(Vec::new()),
            Some(revision) => {
                self.db()
                    .read(OF_REVISION, &[("revision", revision.into())], entry)
                    .await
            }
        }
    }
}

fn entry(row: &Row<'_>) -> Result<Entry, DbError> {
    let account = row.get::<Option<u64>>(4)?.and_then(AccountId::new);
    let actor = match (row.get::<&str>(3)?, account) {
        ("account", Some(id)) => Actor::Account(id),
        ("anonymous", None) => Actor::Anonymous,
        ("operator", None) => Actor::Operator,
        _ => return Err(DbError::column(3, "a kind of actor")),
    };
    Ok(Entry {
        place: (row.get(0)?, row.get(1)?),
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

#[cfg(test)]
pub(crate) fn statements() -> Vec<String> {
    let all = JournalQuery {
        space: SpaceId::new(1),
        page: PageId::new(1),
        kinds: vec!["page.created"],
        about: Some("x".into()),
        before: Some((1, 1)),
        since: Some(1),
        until: Some(1),
        text: Some("x".into()),
        limit: 1,
    };
    vec![JournalQuery::default().statement().0, all.statement().0]
}
