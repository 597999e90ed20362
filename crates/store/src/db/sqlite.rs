//! SQLite: a file in WAL mode, read inline on the caller's thread, and written by one connection on
//! the blocking pool.
//!
//! A read takes a connection from the pool, runs, and returns it with its statement reset, because
//! an unfinished statement would hold the connection at an old state. A read that meets a lock
//! (another process recovers or restores the file) waits without blocking its thread. If the file
//! is replaced by another one (a restore by hand), connections to the old one are dropped.

mod repeated;

pub(crate) use repeated::Repeated;

use super::sql::Translated;
use super::value::{Row, Source, Value};
use super::{DbError, Params};
use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;

/// How long a transaction waits for another writer in this or another process.
const WRITE_WAIT: Duration = Duration::from_secs(5);
/// How long a read waits for a lock.
const READ_WAIT: Duration = Duration::from_secs(2);
/// How many prepared statements a connection caches.
const PREPARED: usize = 256;
/// How many unused connections stay open.
const IDLE: usize = 16;

/// One database file with its connections.
#[derive(Clone)]
pub(super) struct Sqlite {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    readers: Mutex<Readers>,
    writer: Arc<tokio::sync::Mutex<Option<(Identity, Connection)>>>,
}

#[derive(Default)]
struct Readers {
    file: Option<Identity>,
    idle: Vec<Connection>,
}

/// The device and inode of the file that a connection is to.
type Identity = (u64, u64);

impl Sqlite {
    /// Opens the file and checks that writes to it survive. With `create` the file is created if it
    /// isn't there, readable for its owner only.
    pub(super) fn open(path: &Path, create: bool) -> Result<Self, DbError> {
        if !path.exists() && create {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(|error| file(path, &error))?;
            }
            std::fs::OpenOptions::new()
                .create(true)
                .append(true)
                .mode(0o600)
                .open(path)
                .map_err(|error| file(path, &error))?;
        }
        let sqlite = Self {
            shared: Arc::new(Shared {
                path: path.to_path_buf(),
                readers: Mutex::default(),
                writer: Arc::default(),
            }),
        };
        let identity = sqlite.identity()?;
        let connection = connect(path, Role::Writer)?;
        sqlite.shared.readers.lock().file = Some(identity);
        if let Ok(mut writer) = sqlite.shared.writer.try_lock() {
            *writer = Some((identity, connection));
        }
        Ok(sqlite)
    }

    /// Returns the path of the file.
    pub(super) fn path(&self) -> &Path {
        &self.shared.path
    }

    fn identity(&self) -> Result<Identity, DbError> {
        let found = std::fs::metadata(&self.shared.path)
            .map_err(|error| file(&self.shared.path, &error))?;
        Ok((found.dev(), found.ino()))
    }

    /// Returns a connection for reading.
    pub(super) fn reader(&self) -> Result<Reader, DbError> {
        let identity = self.identity()?;
        let idle = {
            let mut readers = self.shared.readers.lock();
            if readers.file != Some(identity) {
                readers.idle.clear();
                readers.file = Some(identity);
            }
            readers.idle.pop()
        };
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.shared.path, Role::Reader)?,
        };
        Ok(Reader {
            connection: Some(connection),
            identity,
            shared: self.shared.clone(),
        })
    }

    /// Runs one query inline, waiting while the file is locked.
    pub(super) async fn read(
        &self,
        sql: &Translated,
        params: Params<'_>,
        mut each: impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        // An inline read never waits, so a task that only reads would never let another one run on
        // its thread.
        tokio::task::coop::consume_budget().await;
        let mut waited = Duration::ZERO;
        loop {
            // Only the first row shows whether the file is locked: no row was passed on before.
            let answer = self
                .reader()
                .and_then(|mut reader| reader.query(sql, params, &mut each));
            match answer {
                Err(DbError::Busy(_)) if waited < READ_WAIT => {
                    let pause = Duration::from_millis(5);
                    tokio::time::sleep(pause).await;
                    waited += pause;
                }
                other => return other,
            }
        }
    }

    /// Returns a statement that can be run again and again.
    pub(super) fn repeated(&self, sql: Arc<Translated>) -> Repeated {
        let sqlite = self.clone();
        Repeated { sqlite, sql }
    }

    /// Takes the writer's lock of the file.
    pub(super) async fn begin(&self) -> Result<Writer, DbError> {
        let slot = tokio::time::timeout(WRITE_WAIT, self.shared.writer.clone().lock_owned())
            .await
            .map_err(|_| DbError::Busy("another change takes long".into()))?;
        let identity = self.identity()?;
        let path = self.shared.path.clone();
        blocking(move || {
            let mut slot = slot;
            let connection = match slot.take() {
                Some((same, connection)) if same == identity => connection,
                _ => connect(&path, Role::Writer)?,
            };
            let writer = Writer {
                slot,
                held: Some((identity, connection)),
            };
            writer
                .connection()?
                .execute_batch("BEGIN IMMEDIATE")
                .map_err(failure)?;
            Ok(writer)
        })
        .await?
    }
}

/// A connection for reading, which is returned to the pool on drop.
pub(super) struct Reader {
    connection: Option<Connection>,
    identity: Identity,
    shared: Arc<Shared>,
}

impl Reader {
    /// Begins a transaction that sees one state of the file from its first query on.
    pub(super) fn begin(&self) -> Result<(), DbError> {
        self.connection()?.execute_batch("BEGIN").map_err(failure)
    }

    /// Runs one query inline.
    pub(super) fn query(
        &mut self,
        sql: &Translated,
        params: Params<'_>,
        each: &mut impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        query(self.connection()?, &sql.text, &sql.arrange(params)?, each)
    }

    #[cfg(test)]
    pub(super) fn prepare(&self, sql: &Translated) -> Result<(), DbError> {
        self.connection()?
            .prepare(&sql.text)
            .map(drop)
            .map_err(failure)
    }

    fn connection(&self) -> Result<&Connection, DbError> {
        self.connection.as_ref().ok_or_else(gone)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        if !connection.is_autocommit() && connection.execute_batch("ROLLBACK").is_err() {
            return;
        }
        let mut readers = self.shared.readers.lock();
        if readers.file == Some(self.identity) && readers.idle.len() < IDLE {
            readers.idle.push(connection);
        }
    }
}

/// A transaction that writes. It is undone on drop unless it was committed.
pub(super) struct Writer {
    slot: OwnedMutexGuard<Option<(Identity, Connection)>>,
    held: Option<(Identity, Connection)>,
}

/// The rows of one statement, each as its values.
pub(super) type Kept = Vec<Vec<Value>>;

/// A statement with its values in the order of their numbers.
pub(super) type Prepared = (Arc<Translated>, Vec<Value>);

impl Writer {
    fn connection(&self) -> Result<&Connection, DbError> {
        self.held
            .as_ref()
            .map(|(_, connection)| connection)
            .ok_or_else(gone)
    }

    /// Runs a query on the blocking pool.
    pub(super) async fn query(self, (sql, values): Prepared) -> Result<(Self, Kept), DbError> {
        blocking(move || {
            let connection = self.connection()?;
            let mut kept = Vec::new();
            let width = connection
                .prepare_cached(&sql.text)
                .map_err(failure)?
                .column_count();
            query(
                connection,
                &sql.text,
                &values.iter().collect::<Vec<_>>(),
                &mut |row| {
                    kept.push(row.keep(width)?);
                    Ok(())
                },
            )?;
            Ok((self, kept))
        })
        .await?
    }

    /// Runs statements one after the other on the blocking pool, and returns the number of rows
    /// that each changed.
    pub(super) async fn execute(
        self,
        statements: Vec<Prepared>,
    ) -> Result<(Self, Vec<u64>), DbError> {
        blocking(move || {
            let connection = self.connection()?;
            let mut counts = Vec::with_capacity(statements.len());
            for (sql, values) in &statements {
                let mut statement = connection.prepare_cached(&sql.text).map_err(failure)?;
                let changed = statement
                    .execute(rusqlite::params_from_iter(values))
                    .map_err(failure)?;
                counts.push(u64::try_from(changed).unwrap_or(u64::MAX));
            }
            Ok((self, counts))
        })
        .await?
    }

    /// Runs a script of several statements without parameters.
    pub(super) async fn script(self, text: String) -> Result<Self, DbError> {
        blocking(move || {
            self.connection()?.execute_batch(&text).map_err(failure)?;
            Ok(self)
        })
        .await?
    }

    /// Commits the transaction.
    pub(super) async fn commit(self) -> Result<(), DbError> {
        blocking(move || {
            self.connection()?
                .execute_batch("COMMIT")
                .map_err(|error| match failure(error) {
                    // The changes may have reached the disk although the result was an error.
                    DbError::Unavailable(cause) => DbError::CommitUnknown(cause),
                    other => other,
                })
        })
        .await?
    }

    /// Undoes the transaction.
    pub(super) async fn rollback(self) -> Result<(), DbError> {
        blocking(move || drop(self)).await
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let Some((identity, connection)) = self.held.take() else {
            return;
        };
        if connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok() {
            *self.slot = Some((identity, connection));
        }
    }
}

enum Role {
    Reader,
    Writer,
}

/// Opens a connection and checks that its writes survive.
fn connect(path: &Path, role: Role) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failure)?;
    connection.busy_timeout(WRITE_WAIT).map_err(failure)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    let mode: String = connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .map_err(failure)?;
    if mode != "wal" {
        return Err(DbError::Unfit(format!(
            "{} can't be used with a write-ahead log (its journal mode is {mode}); keep it on a local file system",
            path.display()
        )));
    }
    // There is no memory map: a file that is cut short under a map would end the process.
    connection
        .execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
             PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA journal_size_limit = 67108864;",
        )
        .map_err(failure)?;
    for (pragma, expected) in [("synchronous", 2), ("foreign_keys", 1)] {
        let found: i64 = connection
            .query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
            .map_err(failure)?;
        if found != expected {
            return Err(DbError::Unfit(format!(
                "SQLite keeps {pragma} at {found} instead of {expected}"
            )));
        }
    }
    match role {
        Role::Reader => {
            connection
                .execute_batch("PRAGMA query_only = ON")
                .map_err(failure)?;
            connection.busy_timeout(Duration::ZERO).map_err(failure)?;
        }
        // Ids are random, so a large import writes all over the file: 32 MB of it stay in memory.
        Role::Writer => connection
            .execute_batch("PRAGMA cache_size = -32768")
            .map_err(failure)?,
    }
    Ok(connection)
}

fn query(
    connection: &Connection,
    text: &str,
    values: &[&Value],
    each: &mut impl FnMut(&Row<'_>) -> Result<(), DbError>,
) -> Result<(), DbError> {
    let mut statement = connection.prepare_cached(text).map_err(failure)?;
    let mut rows = statement
        .query(rusqlite::params_from_iter(values))
        .map_err(failure)?;
    while let Some(row) = rows.next().map_err(failure)? {
        each(&Row(Source::Sqlite(row)))?;
    }
    Ok(())
}

/// Runs a job on the blocking pool.
async fn blocking<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
) -> Result<T, DbError> {
    tokio::task::spawn_blocking(job)
        .await
        .map_err(|_| DbError::Unavailable("the program is stopping".into()))
}

fn gone() -> DbError {
    DbError::Statement("a transaction was used after it ended".into())
}

fn file(path: &Path, error: &std::io::Error) -> DbError {
    DbError::of_file(error.kind(), format!("{}: {error}", path.display()))
}

/// Classifies an error of SQLite by its remedy.
fn failure(error: rusqlite::Error) -> DbError {
    let cause = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => DbError::DiskFull(cause),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => DbError::ReadOnly(cause),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DbError::Busy(cause),
        Some(ErrorCode::ConstraintViolation) => DbError::Constraint(cause),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => DbError::Corrupt(cause),
        Some(
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::OutOfMemory
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::OperationInterrupted,
        ) => DbError::Unavailable(cause),
        _ => DbError::Statement(cause),
    }
}
