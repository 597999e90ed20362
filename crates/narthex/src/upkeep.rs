//! The periodic work of a server beside answering requests; none of it makes a revision.

use narthex_access::Millis;
use narthex_server::App;
use narthex_site::Site;
use narthex_store::DbError;
use narthex_store::blob::sweep::ABANDONED;
use std::time::Duration;

/// The interval of the periodic work.
const EVERY: Duration = Duration::from_secs(60);

/// The interval at which the search index is brought forward, so that searches needn't wait for it;
/// also the delay before a starting server opens the index, so that it doesn't slow the start.
const INDEX: Duration = Duration::from_secs(2);

/// How long failed log-ins are remembered.
const FAILURES_KEPT: Millis = 24 * 60 * 60 * 1_000;

/// How long a long task can be read after it has ended.
const LONG_TASKS_KEPT: Millis = 14 * 24 * 60 * 60 * 1_000;

/// Does the periodic work until it is dropped.
pub(crate) async fn forever(app: App) {
    loop {
        told(once(&app).await);
        tokio::time::sleep(EVERY).await;
    }
}

/// Keeps the search index up to date until it is dropped.
pub(crate) async fn of_index(site: Site) {
    loop {
        tokio::time::sleep(INDEX).await;
        site.keep_index().await;
    }
}

async fn once(app: &App) -> Result<(), DbError> {
    app.upkeep().await?;
    let store = app.site.store();
    let now = jiff::Timestamp::now().as_millisecond();
    store.forget_log_ins(now - FAILURES_KEPT).await?;
    store.forget_long_tasks(now - LONG_TASKS_KEPT).await?;
    app.site.remove_old_entries().await?;
    store.sweep_blobs(ABANDONED).await.map(drop)
}

/// Writes the latest uses of tokens, when the server stops.
pub(crate) async fn at_the_end(app: &App) {
    told(app.site.store().write_token_uses().await);
}

/// Logs an error. None is worth stopping for: the work is tried again.
fn told(done: Result<(), DbError>) {
    if let Err(error) = done {
        tracing::warn!(%error, "upkeep waits until the database can do it");
    }
}
