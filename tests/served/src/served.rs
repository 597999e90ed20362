//! A store, and the router over it. [`Served`] is the whole server without a socket; the stage and
//! the world put their content into one.

use crate::actor::Actor;
use crate::exchange::{Ask, Told};
use crate::must;
use axum::body::Body;
use http::Request;
use narthex_server::Router;
use narthex_server::request::ticks::Ticks;
use narthex_server::{App, Config};
use narthex_site::Site;
use narthex_store::Options;
use narthex_store::clock::ManualClock;
use narthex_store::{Clock, Entropy, Store};
use narthex_testdb::TestDatabase;
use std::panic::Location;
use std::time::Duration;
use tower::ServiceExt as _;

/// The instant at which every site of a test begins: 2026-01-05, 09:00 UTC.
pub const BEGIN: i64 = 1_767_603_600_000;
/// How long a search waits for its index: the machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);
/// One minute in milliseconds.
pub const MINUTE: i64 = 60_000;

/// A site that is served inside the test.
#[derive(Clone)]
pub struct Served {
    /// The site itself.
    pub site: Site,
    /// The clock of requests and events.
    pub clock: ManualClock,
    /// The clock of limits.
    pub ticks: Ticks,
    router: Router,
    database: std::sync::Arc<TestDatabase>,
}

impl Served {
    /// Makes an empty site in a new SQLite file, with all randomness from a seed.
    pub async fn new(seed: u64) -> Self {
        Self::over(TestDatabase::sqlite(), seed, Config::default()).await
    }

    /// Makes an empty site in this database.
    pub async fn over(database: TestDatabase, seed: u64, config: Config) -> Self {
        let clock = ManualClock::at(BEGIN);
        let site = Self::site(&database, seed, &clock).await;
        let site = site.with_search(database.folder().join("index"), PATIENCE);
        Self::serve(database, site, clock, seed, config)
    }

    /// Makes an empty site in a new SQLite file, without a search index: what is written needn't be
    /// indexed, so this is faster for stories that don't search.
    pub async fn without_search(seed: u64, config: Config) -> Self {
        let (database, clock) = (TestDatabase::sqlite(), ManualClock::at(BEGIN));
        let site = Self::site(&database, seed, &clock).await;
        Self::serve(database, site, clock, seed, config)
    }

    async fn site(database: &TestDatabase, seed: u64, clock: &ManualClock) -> Site {
        let options = Options {
            database: must(database.url().parse()),
            blobs: database.folder().join("blobs"),
            body_cache: 16 << 20,
            clock: Clock::Manual(clock.clone()),
            // The marks of revisions come from another seed; no response contains them.
            entropy: Entropy::seeded(!seed),
        };
        let store = must(Store::create(options, BEGIN).await);
        Site::new(store, Entropy::seeded(seed))
    }

    fn serve(
        database: TestDatabase,
        site: Site,
        clock: ManualClock,
        seed: u64,
        config: Config,
    ) -> Self {
        let ticks = Ticks::manual();
        let request_ids = Entropy::seeded(seed.rotate_left(32));
        let app = App::new(site.clone(), config, ticks.clone(), request_ids);
        Self {
            site,
            clock,
            ticks,
            router: must(narthex_server::app(app)),
            database: std::sync::Arc::new(database),
        }
    }

    /// Returns the router, for a listener.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Returns the folder that holds the blobs and the file of SQLite.
    pub fn folder(&self) -> std::path::PathBuf {
        self.database.folder()
    }

    /// Moves both clocks forward.
    pub fn pass(&self, milliseconds: i64) {
        self.clock.advance(milliseconds);
        self.ticks
            .advance(Duration::from_millis(milliseconds.unsigned_abs()));
    }

    /// Sends a request as this actor.
    pub async fn ask(&self, actor: &Actor, ask: &Ask) -> Told {
        self.send(&actor.signs(ask.clone())).await
    }

    /// Sends a GET as this actor.
    pub async fn get(&self, actor: &Actor, path: &str) -> Told {
        self.ask(actor, &Ask::get(path)).await
    }

    /// Sends a request whose response must have this status.
    ///
    /// # Panics
    /// Panics for another status.
    #[track_caller]
    pub fn expect<'a>(
        &'a self,
        status: u16,
        actor: &'a Actor,
        ask: &'a Ask,
    ) -> impl Future<Output = Told> + 'a {
        let place = Location::caller();
        async move {
            let told = self.ask(actor, ask).await;
            if told.status != status {
                panic!(
                    "{place}: {ask}\n  answers {}, not {status}: {}",
                    told.status,
                    told.text()
                );
            }
            told
        }
    }

    /// Sends a request as it is.
    ///
    /// # Panics
    /// Panics if no client could send it, or if the body of the response breaks off.
    pub async fn send(&self, ask: &Ask) -> Told {
        match ask.request() {
            Some(request) => self.answer(request).await,
            None => panic!("no client can send {ask}"),
        }
    }

    /// Answers a request of HTTP.
    ///
    /// # Panics
    /// Panics if the body of the response breaks off.
    pub async fn answer(&self, request: Request<Body>) -> Told {
        let asked = format!("{} {}", request.method(), request.uri());
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let status = response.status().as_u16();
        let mut headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.to_string(), value)
            })
            .collect();
        headers.sort_by(|a, b| a.0.cmp(&b.0));
        let body = match axum::body::to_bytes(response.into_body(), 256 << 20).await {
            Ok(body) => body,
            Err(error) => panic!("the answer to {asked} breaks off: {error}"),
        };
        Told {
            status,
            headers,
            body,
        }
    }
}

impl std::fmt::Debug for Served {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Served").finish_non_exhaustive()
    }
}
