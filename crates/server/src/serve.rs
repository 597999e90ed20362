//! HTTP/1.1 on a listener, until it is told to stop; then what is under way is
//! finished, for a few seconds at most.

use crate::request::client::Peer;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures_util::future::BoxFuture;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower::Service as _;

/// How long a request's head may take, and an idle connection is kept.
const HEAD: Duration = Duration::from_secs(30);
/// How long requests under way have to finish.
const DRAIN: Duration = Duration::from_secs(5);
/// The most bytes of a request's head.
const HEAD_BYTES: usize = 64 * 1024;

/// Serves until `stop` is ready.
///
/// # Errors
/// When the listener can't accept connections any more.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .pipeline_flush(true);
    let drain = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        while connections.try_join_next().is_some() {}
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // The other side has gone, or there are no file descriptors left:
                // both pass.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps Nagle's algorithm");
        }
        let service = Connection {
            router: router.clone(),
            peer: peer.ip(),
        };
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = drain.watch(connection);
        connections.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, drain.shutdown()).await.is_err() {
        tracing::warn!("requests that took too long were broken off");
    }
    Ok(())
}

/// The requests of one connection.
#[derive(Debug)]
struct Connection {
    router: Router,
    peer: IpAddr,
}

impl hyper::service::Service<Request<Incoming>> for Connection {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(self.peer));
        let mut router = self.router.clone();
        Box::pin(async move { router.call(request).await })
    }
}
