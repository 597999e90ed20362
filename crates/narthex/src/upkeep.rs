//! What a server does now and then beside answering: it keeps what needs no revision.

use narthex_access::Millis;
use narthex_server::App;
use narthex_site::Site;
use narthex_store::DbError;
use std::time::Duration;

/// How often.
const EVERY: Duration = Duration::from_secs(60);

/// How often the search index is brought forward, so that searches needn't wait for it;
/// and how long the program serves before it opens the index: a start isn't slowed by it.
const INDEX: Duration = Duration::from_secs(2);

/// How long failed log-ins are remembered.
const FAILURES_KEPT: Millis = 24 * 60 * 60 * 1_000;

/// Keeps the house until it is dropped.
pub(crate) async fn forever(app: App) {
    loop {
        tokio::time::sleep(EVERY).await;
        told(once(&app).await);
    }
}

/// Keeps the search index until it is dropped.
pub(crate) async fn of_index(site: Site) {
    loop {
        tokio::time::sleep(INDEX).await;
        site.keep_index().await;
    }
}

async fn once(app: &App) -> Result<(), DbError> {
    app.upkeep().await?;
    let store = app.site.store();
    store
        .forget_log_ins(jiff::Timestamp::now().as_millisecond() - FAILURES_KEPT)
        .await?;
    store.remove_purged_blobs().await.map(drop)
}

/// The last of it, when the server stops.
pub(crate) async fn at_the_end(app: &App) {
    told(app.site.store().write_token_uses().await);
}

/// Nothing here is worth stopping for: it is tried again.
fn told(done: Result<(), DbError>) {
    if let Err(error) = done {
        tracing::warn!(%error, "upkeep waits until the database can do it");
    }
}
