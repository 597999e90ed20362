//! The database: one small layer over SQLite and PostgreSQL.
//!
//! There is one body of SQL ([`sql`]), one set of types ([`Value`], [`Row`]) and one set of
//! failures ([`DbError`]). Nothing above this module knows which engine it uses, except the gate,
//! whose one statement names the database's clock.
//!
//! There are three ways to use it: [`Db::read`] is one query; a [`Snapshot`] is several queries
//! that see one state; a [`WriteTx`] makes changes, which are undone unless it is committed. No
//! failure needs a restart: broken connections are dropped and made anew at the next use.

mod error;
mod postgres;
mod rows;
pub(crate) mod sql;
mod sqlite;
mod tls;
mod url;
mod value;

pub use error::DbError;
pub use sql::Dialect;
pub use url::DatabaseUrl;
pub use value::{Column, Params, Row, Value};

pub(crate) use postgres::Dedicated;
pub(crate) use sqlite::Repeated;

use sql::Translations;
use std::borrow::Cow;
use std::sync::Arc;

/// A database. It is cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    translations: Arc<Translations>,
}

#[derive(Clone)]
enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

/// How safe the connection to a database is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It doesn't leave this machine.
    Here,
    /// Everybody on the network between can read and change the data.
    Open,
    /// It is encrypted, but somebody between could pretend to be the server.
    Unverified,
    /// It is encrypted, and the server has proved its identity.
    Verified,
}

/// One statement with its parameters, for [`WriteTx::execute_all`].
#[derive(Clone, Debug)]
pub struct Statement {
    /// The text, with parameters as `:name`.
    pub sql: Cow<'static, str>,
    /// The parameters by name.
    pub params: Vec<(&'static str, Value)>,
    /// Whether the statement must change exactly one row; otherwise the transaction is undone.
    pub of_one_row: bool,
    /// The id of the row that the statement inserts, if it does nothing else. Such statements with
    /// the same text and different rows may be run together.
    puts: Option<u64>,
}

impl Statement {
    /// Returns a statement with a fixed text of the program.
    pub fn new(sql: impl Into<Cow<'static, str>>, params: Vec<(&'static str, Value)>) -> Self {
        Self {
            sql: sql.into(),
            params,
            of_one_row: false,
            puts: None,
        }
    }

    /// Returns a statement `INSERT ... VALUES (...)` for the row with this id, whose parameters are
    /// all in `VALUES`. [`WriteTx::execute_all`] may run it together with its neighbours.
    pub(crate) fn put(sql: &'static str, id: u64, params: Vec<(&'static str, Value)>) -> Self {
        Self {
            puts: Some(id),
            ..Self::new(sql, params)
        }
    }

    /// Returns a statement that must change exactly one row; otherwise the transaction is undone.
    pub fn of_one_row(
        sql: impl Into<Cow<'static, str>>,
        params: Vec<(&'static str, Value)>,
    ) -> Self {
        Self {
            of_one_row: true,
            ..Self::new(sql, params)
        }
    }
}

impl Db {
    /// Opens a database that exists.
    ///
    /// # Errors
    /// Returns [`DbError::Unavailable`] if it can't be reached, and [`DbError::Unfit`] if it isn't
    /// set up so that an acknowledged change survives.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, DbError> {
        Self::connect(url, false).await
    }

    /// Opens a database, and creates SQLite's file if it isn't there. A PostgreSQL database must
    /// exist.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn create(url: &DatabaseUrl) -> Result<Self, DbError> {
        Self::connect(url, true).await
    }

    async fn connect(url: &DatabaseUrl, create: bool) -> Result<Self, DbError> {
        let (engine, dialect) = match url {
            DatabaseUrl::Sqlite(path) => (
                Engine::Sqlite(sqlite::Sqlite::open(path, create)?),
                Dialect::Sqlite,
            ),
            DatabaseUrl::Postgres(url) => (
                Engine::Postgres(Box::new(postgres::Postgres::open(url).await?)),
                Dialect::Postgres,
            ),
        };
        Ok(Self {
            engine,
            translations: Arc::new(Translations::new(dialect)),
        })
    }

    /// Returns the engine's dialect of SQL, for the gate's statement, migrations and `doctor`.
    pub fn dialect(&self) -> Dialect {
        match self.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Returns the file of SQLite, or `None` for PostgreSQL.
    pub fn file(&self) -> Option<&std::path::Path> {
        match &self.engine {
            Engine::Sqlite(sqlite) => Some(sqlite.path()),
            Engine::Postgres(_) => None,
        }
    }

    /// Returns how safe the connection to the database is.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn link(&self) -> Result<Link, DbError> {
        match &self.engine {
            Engine::Sqlite(_) => Ok(Link::Here),
            Engine::Postgres(postgres) => postgres.link().await,
        }
    }

    /// Returns how many statements were run since the database was opened, except for repeated
    /// ones.
    pub(crate) fn statements(&self) -> u64 {
        self.translations.asked()
    }

    /// Runs one query and returns the result of `map` for each row.
    ///
    /// # Errors
    /// Returns the error of the database or of `map`.
    pub async fn read<T>(
        &self,
        sql: &str,
        params: Params<'_>,
        mut map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let sql = self.translations.get(sql);
        let mut found = Vec::new();
        let mut each = |row: &Row<'_>| {
            found.push(map(row)?);
            Ok(())
        };
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(&sql, params, each).await?,
            Engine::Postgres(postgres) => postgres.read(&sql, params, &mut each).await?,
        }
        Ok(found)
    }

    /// Runs one query and returns the result of `map` for its first row.
    ///
    /// # Errors
    /// Returns the error of the database or of `map`.
    pub async fn read_one<T>(
        &self,
        sql: &str,
        params: Params<'_>,
        map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        Ok(self.read(sql, params, map).await?.into_iter().next())
    }

    /// Begins a read that sees one state of the database, whatever is written meanwhile.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn snapshot(&self) -> Result<Snapshot, DbError> {
        let kind = match &self.engine {
            Engine::Sqlite(sqlite) => {
                let reader = sqlite.reader()?;
                reader.begin()?;
                SnapshotKind::Sqlite(reader)
            }
            Engine::Postgres(postgres) => SnapshotKind::Postgres(postgres.snapshot().await?),
        };
        Ok(Snapshot {
            kind,
            translations: self.translations.clone(),
        })
    }

    /// Begins a transaction that writes. On SQLite it has the writer's lock from here on; on
    /// PostgreSQL it takes locks as it changes rows (READ COMMITTED).
    ///
    /// # Errors
    /// Returns [`DbError::Busy`] if the lock isn't free in time, or another error of the database.
    pub async fn write(&self) -> Result<WriteTx, DbError> {
        let kind = match &self.engine {
            Engine::Sqlite(sqlite) => WriteKind::Sqlite(sqlite.begin().await?),
            Engine::Postgres(postgres) => WriteKind::Postgres(postgres.write().await?),
        };
        Ok(WriteTx {
            kind: Some(kind),
            translations: self.translations.clone(),
        })
    }

    /// Checks that the engine understands a statement.
    #[cfg(test)]
    pub(crate) async fn prepare(&self, sql: &str) -> Result<(), DbError> {
        let sql = self.translations.get(sql);
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.reader()?.prepare(&sql),
            Engine::Postgres(postgres) => postgres.prepare(&sql).await,
        }
    }

    /// Prepares a statement without parameters that is run inline, again and again. `None` for
    /// PostgreSQL, which isn't queried inline.
    pub(crate) fn repeated(&self, sql: &str) -> Option<Repeated> {
        match &self.engine {
            Engine::Sqlite(sqlite) => Some(sqlite.repeated(self.translations.get(sql))),
            Engine::Postgres(_) => None,
        }
    }

    /// Opens a connection beside the pool that runs one statement again and again. SQLite doesn't
    /// need it, because it has [`Db::repeated`].
    pub(crate) async fn dedicated(&self, sql: &str) -> Result<Dedicated, DbError> {
        let sql = self.translations.get(sql);
        match &self.engine {
            Engine::Sqlite(_) => Err(DbError::Statement(
                "SQLite has no dedicated connections".into(),
            )),
            Engine::Postgres(postgres) => postgres.dedicated(sql).await,
        }
    }
}

/// Several queries that see one state of the database: the one at its first query (SQLite) or at
/// its beginning (PostgreSQL).
pub struct Snapshot {
    kind: SnapshotKind,
    translations: Arc<Translations>,
}

enum SnapshotKind {
    Sqlite(sqlite::Reader),
    Postgres(postgres::Transaction),
}

impl Snapshot {
    /// Runs one query and passes each row on as it comes, without collecting them.
    ///
    /// # Errors
    /// Returns the error of the database or of `each`.
    pub async fn for_each_row(
        &mut self,
        sql: &str,
        params: Params<'_>,
        mut each: impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let sql = self.translations.get(sql);
        match &mut self.kind {
            SnapshotKind::Sqlite(reader) => reader.query(&sql, params, &mut each),
            SnapshotKind::Postgres(transaction) => transaction.query(&sql, params, &mut each).await,
        }
    }

    /// Runs one query and returns the result of `map` for each row.
    ///
    /// # Errors
    /// Returns the error of the database or of `map`.
    pub async fn query<T>(
        &mut self,
        sql: &str,
        params: Params<'_>,
        mut map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut found = Vec::new();
        self.for_each_row(sql, params, |row| {
            found.push(map(row)?);
            Ok(())
        })
        .await?;
        Ok(found)
    }

    /// Ends the snapshot and returns its connection to the pool. Dropping it ends it too.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails. The rows that were read are valid all the same.
    pub async fn finish(self) -> Result<(), DbError> {
        match self.kind {
            SnapshotKind::Sqlite(_) => Ok(()),
            SnapshotKind::Postgres(transaction) => transaction.rollback().await,
        }
    }
}

/// Queries that see one state, either in a snapshot or in a transaction that writes.
pub(crate) trait Queries {
    /// Runs one query and returns the result of `map` for each row.
    fn rows<T: Send>(
        &mut self,
        sql: &str,
        params: Params<'_>,
        map: impl FnMut(&Row<'_>) -> Result<T, DbError> + Send,
    ) -> impl Future<Output = Result<Vec<T>, DbError>> + Send;
}

impl Queries for Snapshot {
    async fn rows<T: Send>(
        &mut self,
        sql: &str,
        params: Params<'_>,
        map: impl FnMut(&Row<'_>) -> Result<T, DbError> + Send,
    ) -> Result<Vec<T>, DbError> {
        self.query(sql, params, map).await
    }
}

impl Queries for WriteTx {
    async fn rows<T: Send>(
        &mut self,
        sql: &str,
        params: Params<'_>,
        map: impl FnMut(&Row<'_>) -> Result<T, DbError> + Send,
    ) -> Result<Vec<T>, DbError> {
        self.query(sql, params, map).await
    }
}

/// A transaction that writes. It is undone on drop unless it is committed, and for good after any
/// failure.
pub struct WriteTx {
    /// `None` after a failure.
    kind: Option<WriteKind>,
    translations: Arc<Translations>,
}

enum WriteKind {
    Sqlite(sqlite::Writer),
    Postgres(postgres::Transaction),
}

impl WriteTx {
    /// Runs one query, or a change with `RETURNING`, and returns the result of `map` for each row.
    ///
    /// # Errors
    /// Returns the error of the database or of `map`, after which the transaction is over.
    pub async fn query<T>(
        &mut self,
        sql: &str,
        params: Params<'_>,
        mut map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let sql = self.translations.get(sql);
        let mut found = Vec::new();
        self.kind = Some(match self.kind.take().ok_or_else(over)? {
            WriteKind::Sqlite(writer) => {
                let values = sql.arrange(params)?.into_iter().cloned().collect();
                let (writer, rows) = writer.query((sql, values)).await?;
                for row in &rows {
                    found.push(map(&Row(value::Source::Kept(row)))?);
                }
                WriteKind::Sqlite(writer)
            }
            WriteKind::Postgres(transaction) => {
                let mut each = |row: &Row<'_>| {
                    found.push(map(row)?);
                    Ok(())
                };
                transaction.query(&sql, params, &mut each).await?;
                WriteKind::Postgres(transaction)
            }
        });
        Ok(found)
    }

    /// Runs one change and returns the number of rows that it changed.
    ///
    /// # Errors
    /// Returns the database's error, after which the transaction is over.
    pub async fn execute(
        &mut self,
        sql: &'static str,
        params: Vec<(&'static str, Value)>,
    ) -> Result<u64, DbError> {
        let counts = self.execute_all(vec![Statement::new(sql, params)]).await?;
        Ok(counts.first().copied().unwrap_or_default())
    }

    /// Runs changes in order without waiting for each response, and returns the number of rows that
    /// each changed. Rows that are inserted one after the other into the same table are inserted
    /// together, and counted together.
    ///
    /// # Errors
    /// Returns the error of the first change that failed, after which the transaction is over.
    pub async fn execute_all(&mut self, statements: Vec<Statement>) -> Result<Vec<u64>, DbError> {
        let mut prepared = Vec::with_capacity(statements.len());
        let mut of_one_row = Vec::new();
        let sizes: Vec<usize> = rows::together(&statements).map(<[_]>::len).collect();
        let mut statements = statements.into_iter();
        for rows in sizes {
            let Some(first) = statements.next() else {
                break;
            };
            if first.of_one_row {
                of_one_row.push(prepared.len());
            }
            let sql = self.translations.get_rows(&first.sql, rows);
            let mut values = sql.take(first.params)?;
            for statement in statements.by_ref().take(rows.saturating_sub(1)) {
                values.extend(sql.take(statement.params)?);
            }
            prepared.push((sql, values));
        }
        let (kind, counts) = match self.kind.take().ok_or_else(over)? {
            WriteKind::Sqlite(writer) => {
                let (writer, counts) = writer.execute(prepared).await?;
                (WriteKind::Sqlite(writer), counts)
            }
            WriteKind::Postgres(transaction) => {
                let counts = transaction.execute(&prepared).await?;
                (WriteKind::Postgres(transaction), counts)
            }
        };
        if of_one_row.iter().any(|at| counts.get(*at) != Some(&1)) {
            return Err(DbError::Constraint(
                "what the change needs is gone; make it again".into(),
            ));
        }
        self.kind = Some(kind);
        Ok(counts)
    }

    /// Runs a script of a migration in the engine's own dialect.
    pub(crate) async fn script(&mut self, text: String) -> Result<(), DbError> {
        self.kind = Some(match self.kind.take().ok_or_else(over)? {
            WriteKind::Sqlite(writer) => WriteKind::Sqlite(writer.script(text).await?),
            WriteKind::Postgres(transaction) => {
                transaction.script(&text).await?;
                WriteKind::Postgres(transaction)
            }
        });
        Ok(())
    }

    /// Commits all changes. When this returns `Ok`, they survive a crash.
    ///
    /// # Errors
    /// Returns [`DbError::CommitUnknown`] if the confirmation was lost. Any other failure means
    /// that nothing was changed.
    pub async fn commit(mut self) -> Result<(), DbError> {
        match self.kind.take().ok_or_else(over)? {
            WriteKind::Sqlite(writer) => writer.commit().await,
            WriteKind::Postgres(transaction) => transaction.commit().await,
        }
    }

    /// Undoes all changes.
    ///
    /// # Errors
    /// Returns the database's error. The changes are undone all the same.
    pub async fn rollback(mut self) -> Result<(), DbError> {
        match self.kind.take() {
            None => Ok(()),
            Some(WriteKind::Sqlite(writer)) => writer.rollback().await,
            Some(WriteKind::Postgres(transaction)) => transaction.rollback().await,
        }
    }
}

fn over() -> DbError {
    DbError::Statement("a transaction was used after a failure or a cancelled call".into())
}
