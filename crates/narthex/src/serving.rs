//! Serves a site: its listeners, its threads, its metrics, its end. `serve` and `demo` open the
//! [`Doors`] first and the site after them, and then serve it.

use crate::exit::Failure;
use crate::opening;
use crate::settings::{RateLimits, ServerSettings};
use crate::upkeep;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures_util::future::BoxFuture;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, StatusCode};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use narthex_server::request::{rates, ticks::Ticks};
use narthex_server::{Answers, App, Config};
use narthex_site::Site;
use narthex_site::secret::Secret;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::thread::available_parallelism;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

/// The upper bounds of the histogram of durations, in seconds.
const BUCKETS: [f64; 13] = [
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0,
];

/// How often the metrics are tidied.
const UPKEEP: Duration = Duration::from_secs(5);

/// Starts the runtime whose threads run the handlers of requests.
///
/// # Errors
/// Fails if the system gives no threads.
pub(crate) fn runtime(workers: Option<NonZeroUsize>) -> Result<Runtime, Failure> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    if let Some(workers) = workers {
        builder.worker_threads(workers.get());
    }
    builder
        .enable_all()
        .build()
        .map_err(|error| Failure::io("the program can't start", &error))
}

/// The listeners of a server, which are opened before anything else.
#[derive(Debug)]
pub(crate) struct Doors {
    main: TcpListener,
    address: SocketAddr,
    metrics: Option<(TcpListener, SocketAddr)>,
}

impl Doors {
    /// Opens the listeners.
    ///
    /// # Errors
    /// Fails for an address that is in use by another program, or isn't this machine's.
    pub(crate) async fn open(settings: &ServerSettings) -> Result<Self, Failure> {
        let (main, address) = listener(settings.listen, "listen").await?;
        let metrics = match settings.metrics_listen {
            Some(address) => Some(listener(address, "metrics-listen").await?),
            None => None,
        };
        Ok(Self {
            main,
            address,
            metrics,
        })
    }

    /// Returns the address that it listens on.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the address of the metrics, if there is one.
    pub(crate) fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(|(_, address)| *address)
    }

    /// Returns the origin under which this machine reaches it.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", crate::settings::reached_at(self.address))
    }

    /// Serves a site until `stop` is ready; then finishes the requests under way.
    ///
    /// # Errors
    /// Fails if the system gives no threads for connections, if all of these have ended before they
    /// were told to, and if the recorder of metrics can't be set up.
    pub(crate) async fn serve(
        self,
        site: Site,
        settings: &ServerSettings,
        set_up: Option<Secret>,
        stop: impl Future<Output = ()> + Send,
    ) -> Result<(), Failure> {
        // The recorder must be installed before the router is built, because the routes' metrics
        // register with it.
        if let Some((listener, _)) = self.metrics {
            let metrics = recorder()?;
            let upkeep = metrics.clone();
            tokio::spawn(async move {
                loop {
                    tokio::time::sleep(UPKEEP).await;
                    upkeep.run_upkeep();
                }
            });
            tokio::spawn(async move {
                let (one, never) = (NonZeroUsize::MIN, std::future::pending());
                let served = narthex_server::serve(listener, one, Metrics(metrics), never).await;
                if let Err(error) = served {
                    tracing::error!(%error, "the metrics can't be served");
                }
            });
        }
        let config = Config {
            base_url: settings.base_url.clone(),
            trusted_proxies: settings.trusted_proxy.clone(),
            rate_limits: limits(settings.rate_limits),
            shown: settings.shown.clone(),
            upload_limit: settings.upload_limit,
            set_up,
        };
        let site = site.with_policy(settings.shown.clone());
        let index = tokio::spawn(upkeep::of_index(site.clone()));
        let app = App::new(site, config, Ticks::running(), opening::entropy()?);
        let upkeep = tokio::spawn(upkeep::forever(app.clone()));
        let threads = settings.workers.map_or_else(available_parallelism, Ok);
        let threads = threads.unwrap_or(NonZeroUsize::MIN);
        let router = narthex_server::app(app.clone()).map_err(|error| {
            Failure::Failed(format!("the routes contradict each other: {error}"))
        })?;
        let served = narthex_server::serve(self.main, threads, router, stop).await;
        upkeep.abort();
        index.abort();
        upkeep::at_the_end(&app).await;
        served.map_err(|error| Failure::io("connections can't be served", &error))
    }
}

/// Serves the metrics to Prometheus.
#[derive(Clone)]
struct Metrics(PrometheusHandle);

impl Answers for Metrics {
    fn answer(&self, _: IpAddr, request: Request) -> BoxFuture<'static, Response> {
        let mut response = match (request.method(), request.uri().path()) {
            (&Method::GET, "/metrics") => Response::new(Body::from(self.0.render())),
            _ => {
                let mut absent = Response::new(Body::empty());
                *absent.status_mut() = StatusCode::NOT_FOUND;
                absent
            }
        };
        let text = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
        response.headers_mut().insert(CONTENT_TYPE, text);
        Box::pin(std::future::ready(response))
    }
}

async fn listener(
    address: SocketAddr,
    setting: &str,
) -> Result<(TcpListener, SocketAddr), Failure> {
    let taken = async {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    taken.await.map_err(|error: std::io::Error| {
        let next = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "stop the program that listens there, or choose another port"
            }
            _ => "use an address of this machine",
        };
        Failure::io(
            format!("--{setting} {address} can't be used; {next}"),
            &error,
        )
    })
}

fn recorder() -> Result<PrometheusHandle, Failure> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| Failure::Failed(format!("the metrics can't be kept: {error}")))
}

fn limits(limits: RateLimits) -> rates::RateLimits {
    rates::RateLimits {
        per_account: limits.account,
        per_address: limits.address,
        anonymous: limits.anonymous,
    }
}

/// Returns a future that is ready when the process is told to stop: by SIGTERM, by SIGINT from a
/// terminal, or by the other signal named. Signals are caught from the moment of this call.
///
/// # Errors
/// Fails if the system doesn't report signals.
pub(crate) fn told_to_stop(
    else_by: SignalKind,
) -> Result<impl Future<Output = ()> + Send, Failure> {
    let of =
        |kind| signal(kind).map_err(|error| Failure::io("signals can't be waited for", &error));
    let mut terminate = of(SignalKind::terminate())?;
    let mut interrupt = of(SignalKind::interrupt())?;
    let mut other = of(else_by)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = other.recv() => {}
        }
    })
}
