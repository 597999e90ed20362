//! PostgreSQL: a pool of connections to the primary.
//!
//! Each connection is checked when it is made: the server must accept writes, store text in UTF-8,
//! and wait for the disk at commit. A connection whose transaction wasn't ended properly is closed
//! and never used again.

use super::sql::Translated;
use super::tls::{self, Verification};
use super::url::PostgresUrl;
use super::value::{Row, Source, Value};
use super::{DbError, Link, Params};
use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime,
};
use futures_util::StreamExt;
use futures_util::future::{MaybeDone, maybe_done};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_postgres::config::TargetSessionAttrs;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

/// The maximum number of connections of one process.
const CONNECTIONS: usize = 16;
/// The maximum number of connections that write. Writers wait for each other in the database
/// anyway; so they never make all readers wait.
const WRITERS: usize = 4;
/// How long a request waits for a connection.
const CONNECT_WAIT: Duration = Duration::from_secs(3);
/// How long the server may take to respond, or to send the next row of a long result.
const ANSWER_WAIT: Duration = Duration::from_secs(15);
/// The number of statements that are sent without waiting for the response to the one before.
const PIPELINE: usize = 64;

/// A pool of connections to one server.
#[derive(Clone)]
pub(super) struct Postgres {
    pool: Pool,
    writers: Arc<Semaphore>,
    url: PostgresUrl,
    tls: MakeRustlsConnect,
}

impl Postgres {
    /// Prepares the pool and checks one connection.
    pub(super) async fn open(url: &PostgresUrl) -> Result<Self, DbError> {
        let mut url = url.clone();
        let tls = tls::connector(&url.verification)?;
        let config = &mut url.config;
        config
            .target_session_attrs(TargetSessionAttrs::ReadWrite)
            .connect_timeout(CONNECT_WAIT)
            .keepalives_idle(Duration::from_secs(30))
            .tcp_user_timeout(ANSWER_WAIT);
        if config.get_application_name().is_none() {
            config.application_name("narthex");
        }
        let recycling = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let manager = Manager::from_config(config.clone(), tls.clone(), recycling);
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(CONNECT_WAIT))
            .create_timeout(Some(CONNECT_WAIT))
            .recycle_timeout(Some(CONNECT_WAIT))
            .post_create(Hook::async_fn(
                |client: &mut deadpool_postgres::ClientWrapper, _| {
                    Box::pin(async move {
                        set_up(client)
                            .await
                            .map_err(|error| HookError::message(encode(&error)))
                    })
                },
            ))
            .build()
            .map_err(|error| DbError::Unfit(error.to_string()))?;
        let postgres = Self {
            pool,
            writers: Arc::new(Semaphore::new(WRITERS)),
            url,
            tls,
        };
        drop(postgres.connection().await?);
        Ok(postgres)
    }

    /// Returns a connection of the pool.
    pub(super) async fn connection(&self) -> Result<Object, DbError> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => unreachable_server(&error),
            PoolError::PostCreateHook(HookError::Message(message)) => decode(&message),
            PoolError::Timeout(_) => DbError::Unavailable("no connection in time".into()),
            other => DbError::Unavailable(other.to_string()),
        })
    }

    /// Returns how safe the connection to the server is.
    pub(super) async fn link(&self) -> Result<Link, DbError> {
        if !self.url.crosses_network() {
            return Ok(Link::Here);
        }
        let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        let row = answer(self.connection().await?.query_one(sql, &[])).await?;
        let encrypted = row.try_get(0).map_err(|error| failure(&error))?;
        Ok(match (encrypted, &self.url.verification) {
            (false, _) => Link::Open,
            (true, Verification::Anybody) => Link::Unverified,
            (true, Verification::Full(_)) => Link::Verified,
        })
    }

    /// Opens a connection beside the pool, for one statement.
    pub(super) async fn dedicated(&self, sql: Arc<Translated>) -> Result<Dedicated, DbError> {
        let connecting = self.url.config.connect(self.tls.clone());
        let connected = tokio::time::timeout(CONNECT_WAIT, connecting).await;
        let (client, connection) = connected
            .map_err(|_| DbError::Unavailable("no connection in time".into()))?
            .map_err(|error| unreachable_server(&error))?;
        tokio::spawn(connection);
        set_up(&client).await?;
        let statement = answer(client.prepare(&sql.text)).await?;
        Ok(Dedicated {
            client,
            sql,
            statement,
        })
    }

    #[cfg(test)]
    pub(super) async fn prepare(&self, sql: &Translated) -> Result<(), DbError> {
        answer(self.connection().await?.prepare(&sql.text))
            .await
            .map(drop)
    }

    /// Runs one query. A connection that turns out to be dead is replaced once.
    pub(super) async fn read(
        &self,
        sql: &Translated,
        params: Params<'_>,
        each: &mut impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let values = sql.arrange(params)?;
        let connection = self.connection().await?;
        let statement = match prepare(&connection, sql).await {
            Err(DbError::Unavailable(_)) if connection.is_closed() => {
                drop(connection);
                let connection = self.connection().await?;
                let statement = prepare(&connection, sql).await?;
                return query(&connection, &statement, &values, each).await;
            }
            other => other?,
        };
        query(&connection, &statement, &values, each).await
    }

    /// Begins a transaction that reads one state.
    pub(super) async fn snapshot(&self) -> Result<Transaction, DbError> {
        self.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", None)
            .await
    }

    /// Begins a transaction that writes.
    pub(super) async fn write(&self) -> Result<Transaction, DbError> {
        let turn = tokio::time::timeout(CONNECT_WAIT, self.writers.clone().acquire_owned());
        match turn.await {
            Ok(Ok(turn)) => self.begin("BEGIN", Some(turn)).await,
            Ok(Err(_)) | Err(_) => Err(DbError::Busy("other changes take long".into())),
        }
    }

    async fn begin(
        &self,
        words: &str,
        turn: Option<OwnedSemaphorePermit>,
    ) -> Result<Transaction, DbError> {
        let mut connection = self.connection().await?;
        if let Err(DbError::Unavailable(_)) = answer(connection.batch_execute(words)).await {
            let _ = Object::take(connection);
            connection = self.connection().await?;
            answer(connection.batch_execute(words)).await?;
        }
        Ok(Transaction {
            connection: Some(connection),
            _turn: turn,
        })
    }
}

/// A connection beside the pool that runs one statement, outside any transaction. It is closed on
/// drop.
pub(crate) struct Dedicated {
    client: Client,
    sql: Arc<Translated>,
    statement: Statement,
}

impl Dedicated {
    /// Runs the statement.
    pub(crate) async fn read<T>(
        &self,
        params: Params<'_>,
        mut map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut found = Vec::new();
        let values = self.sql.arrange(params)?;
        query(&self.client, &self.statement, &values, &mut |row| {
            found.push(map(row)?);
            Ok(())
        })
        .await?;
        Ok(found)
    }
}

/// A transaction. If it is dropped before its end, its connection is closed and the server undoes
/// it.
pub(super) struct Transaction {
    connection: Option<Object>,
    _turn: Option<OwnedSemaphorePermit>,
}

impl Transaction {
    fn connection(&self) -> Result<&Object, DbError> {
        self.connection
            .as_ref()
            .ok_or_else(|| DbError::Statement("a transaction was used after it ended".into()))
    }

    pub(super) async fn query(
        &self,
        sql: &Translated,
        params: Params<'_>,
        each: &mut impl FnMut(&Row<'_>) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let values = sql.arrange(params)?;
        let connection = self.connection()?;
        let statement = prepare(connection, sql).await?;
        query(connection, &statement, &values, each).await
    }

    /// Runs statements in order, sending each without waiting for the response to the one before,
    /// and returns the number of rows that each changed.
    pub(super) async fn execute(
        &self,
        statements: &[(Arc<Translated>, Vec<Value>)],
    ) -> Result<Vec<u64>, DbError> {
        let connection = self.connection()?;
        let mut counts = Vec::with_capacity(statements.len());
        for group in statements.chunks(PIPELINE) {
            let mut prepared = Vec::with_capacity(group.len());
            for (sql, values) in group {
                prepared.push((prepare(connection, sql).await?, borrowed(values)));
            }
            let sent = prepared
                .iter()
                .map(|(statement, values)| {
                    maybe_done(Box::pin(connection.execute(statement, values)))
                })
                .collect();
            for outcome in answer(async { Ok(in_order(sent).await) }).await? {
                counts.push(outcome.map_err(|error| failure(&error))?);
            }
        }
        Ok(counts)
    }

    pub(super) async fn script(&self, text: &str) -> Result<(), DbError> {
        self.connection()?
            .batch_execute(text)
            .await
            .map_err(|error| failure(&error))
    }

    /// Commits the transaction.
    pub(super) async fn commit(mut self) -> Result<(), DbError> {
        let ended = answer(self.connection()?.batch_execute("COMMIT")).await;
        match ended {
            Ok(()) => {
                self.connection = None;
                Ok(())
            }
            Err(DbError::Unavailable(cause)) => Err(DbError::CommitUnknown(cause)),
            Err(other) => Err(other),
        }
    }

    /// Undoes the transaction and returns the connection to the pool.
    pub(super) async fn rollback(mut self) -> Result<(), DbError> {
        answer(self.connection()?.batch_execute("ROLLBACK")).await?;
        self.connection = None;
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            let _ = Object::take(connection);
        }
    }
}

/// Polls all futures in their order until all are done, so that their first messages are sent in
/// that order.
async fn in_order<F: Future + Unpin>(mut futures: Vec<MaybeDone<F>>) -> Vec<F::Output> {
    std::future::poll_fn(|context| {
        let mut waiting = false;
        for future in &mut futures {
            waiting |= Pin::new(future).poll(context).is_pending();
        }
        if waiting {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await;
    futures
        .iter_mut()
        .filter_map(|future| Pin::new(future).take_output())
        .collect()
}

fn borrowed(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values
        .iter()
        .map(|value| value as &(dyn ToSql + Sync))
        .collect()
}

async fn prepare(connection: &Object, sql: &Translated) -> Result<Statement, DbError> {
    answer(connection.prepare_cached(&sql.text)).await
}

async fn query(
    connection: &Client,
    statement: &Statement,
    values: &[&Value],
    each: &mut impl FnMut(&Row<'_>) -> Result<(), DbError>,
) -> Result<(), DbError> {
    let values = values.iter().map(|value| *value as &(dyn ToSql + Sync));
    let mut rows = Box::pin(answer(connection.query_raw(statement, values)).await?);
    while let Some(row) = answer(async { rows.next().await.transpose() }).await? {
        each(&Row(Source::Postgres(&row)))?;
    }
    Ok(())
}

/// Waits for a response of the server, up to [`ANSWER_WAIT`].
async fn answer<T>(
    asked: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, DbError> {
    match tokio::time::timeout(ANSWER_WAIT, asked).await {
        Ok(outcome) => outcome.map_err(|error| failure(&error)),
        Err(_) => Err(DbError::Unavailable(
            "the server gave no answer in time".into(),
        )),
    }
}

/// Sets the options of a connection, and refuses a server that would lose an acknowledged change or
/// alter text.
async fn set_up(client: &Client) -> Result<(), DbError> {
    answer(client.batch_execute(
        "SELECT set_config('synchronous_commit', 'on', false)
           WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply');
         SET default_transaction_isolation = 'read committed';
         SET lock_timeout = '5s';
         SET idle_in_transaction_session_timeout = '30s';
         SET statement_timeout = '0';",
    ))
    .await?;
    let row = answer(client.query_one(
        "SELECT current_setting('server_encoding'), current_setting('synchronous_commit'),
                current_setting('server_version_num'), current_setting('transaction_read_only')",
        &[],
    ))
    .await?;
    let setting = |index: usize| {
        row.try_get::<_, &str>(index)
            .map_err(|error| failure(&error))
    };
    if setting(0)? != "UTF8" {
        return Err(DbError::Unfit(format!(
            "its encoding is {}; create it with ENCODING 'UTF8' TEMPLATE template0",
            setting(0)?
        )));
    }
    if !matches!(setting(1)?, "on" | "remote_apply") {
        return Err(DbError::Unfit(format!(
            "synchronous_commit stays {}",
            setting(1)?
        )));
    }
    if setting(2)?.parse().unwrap_or(0) < 150_000 {
        return Err(DbError::Unfit(format!(
            "its server has version {}; PostgreSQL 15 or later is needed",
            setting(2)?
        )));
    }
    if setting(3)? != "off" {
        return Err(DbError::ReadOnly("this server is a standby".into()));
    }
    Ok(())
}

// The pool's hook can only fail with a text, so the class of the failure travels as its first
// letter.
fn encode(error: &DbError) -> String {
    match error {
        DbError::Unfit(cause) => format!("U{cause}"),
        DbError::ReadOnly(cause) => format!("R{cause}"),
        other => format!(" {other}"),
    }
}

fn decode(message: &str) -> DbError {
    let (class, cause) = message.split_at_checked(1).unwrap_or(("", message));
    match class {
        "U" => DbError::Unfit(cause.into()),
        "R" => DbError::ReadOnly(cause.into()),
        _ => DbError::Unavailable(cause.into()),
    }
}

/// Classifies an error of connecting: anything that isn't about the network is wrong in the
/// address.
fn unreachable_server(error: &tokio_postgres::Error) -> DbError {
    match failure(error) {
        DbError::Statement(cause) => DbError::Unfit(cause),
        // The server responds, but hasn't proved its identity.
        DbError::Unavailable(cause) if is_of_tls(error) => DbError::Unfit(cause),
        other => other,
    }
}

fn is_of_tls(error: &tokio_postgres::Error) -> bool {
    let mut below = std::error::Error::source(error);
    while let Some(error) = below {
        let io = error.downcast_ref::<std::io::Error>();
        if io
            .and_then(|io| io.get_ref())
            .is_some_and(|inner| inner.is::<rustls::Error>())
        {
            return true;
        }
        below = error.source();
    }
    false
}

/// Classifies an error of PostgreSQL by its remedy.
fn failure(error: &tokio_postgres::Error) -> DbError {
    let cause = match error.as_db_error() {
        Some(db) => format!("{} ({})", db.message(), db.code().code()),
        None => {
            let mut cause = error.to_string();
            let mut below = std::error::Error::source(error);
            while let Some(error) = below {
                cause = format!("{cause}: {error}");
                below = error.source();
            }
            cause
        }
    };
    let Some(code) = error.code() else {
        let mut below = std::error::Error::source(error);
        while let Some(source) = below {
            if source.is::<std::io::Error>() {
                return DbError::Unavailable(cause);
            }
            below = source.source();
        }
        return if error.is_closed() {
            DbError::Unavailable(cause)
        } else {
            DbError::Statement(cause)
        };
    };
    match code.code() {
        code if code == SqlState::DISK_FULL.code() => DbError::DiskFull(cause),
        code if code == SqlState::READ_ONLY_SQL_TRANSACTION.code() => DbError::ReadOnly(cause),
        code if code == SqlState::LOCK_NOT_AVAILABLE.code() || code.starts_with("40") => {
            DbError::Busy(cause)
        }
        code if code.starts_with("23") => DbError::Constraint(cause),
        code if code.starts_with("XX") => DbError::Corrupt(cause),
        // Authentication failed, or the database or user is unknown: to the user, the address is
        // wrong.
        code if code.starts_with("28") || code.starts_with("3D") => DbError::Unfit(cause),
        code if ["08", "53", "57", "58", "25"]
            .iter()
            .any(|class| code.starts_with(class)) =>
        {
            DbError::Unavailable(cause)
        }
        _ => DbError::Statement(cause),
    }
}
