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
use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::Service as _;

/// How long a request's head may take, and an idle connection is kept.
const HEAD: Duration = Duration::from_secs(30);
/// How long requests under way have to finish.
const DRAIN: Duration = Duration::from_secs(5);
/// The most bytes of a request's head.
const HEAD_BYTES: usize = 64 * 1024;
/// The most bytes that are still taken in and thrown away after the last answer.
const REFUSED_BYTES: usize = 256 * 1024 * 1024;
/// How long that may take.
const REFUSED_WAIT: Duration = Duration::from_secs(10);
/// How long it waits for the next bytes.
const REFUSED_PAUSE: Duration = Duration::from_secs(2);

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
    let (tell, told) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
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
        connections.spawn(converse(http.clone(), stream, service, told.clone()));
    }
    drop(listener);
    tell.send_replace(true);
    let done = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN, done).await.is_err() {
        tracing::warn!("requests that took too long were broken off");
    }
    Ok(())
}

/// Serves one connection to its end.
async fn converse(
    http: http1::Builder,
    mut stream: TcpStream,
    service: Connection,
    mut told: watch::Receiver<bool>,
) {
    let ended = {
        let mut connection = pin!(http.serve_connection(TokioIo::new(&mut stream), service));
        tokio::select! {
            ended = connection.as_mut() => ended,
            () = stopping(&mut told) => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
    tokio::select! {
        () = let_go(stream) => {}
        () = stopping(&mut told) => {}
    }
}

/// Ready when the server is told to stop.
async fn stopping(told: &mut watch::Receiver<bool>) {
    // Who tells has gone: it stops too.
    let _ = told.wait_for(|stop| *stop).await;
}

/// Closes a connection so that its last answer arrives. Who is answered before the whole request has come in (a body that is too
/// large) is often still sending; closing at once would reset the connection, and the reset may overtake the answer. So
/// what still comes is taken in and thrown away, within bounds of bytes and time.
async fn let_go(mut stream: TcpStream) {
    let taken_in = async {
        stream.shutdown().await?;
        let (mut scratch, mut left) = (vec![0_u8; 16 * 1024], REFUSED_BYTES);
        while left > 0 {
            match tokio::time::timeout(REFUSED_PAUSE, stream.read(&mut scratch)).await {
                Ok(Ok(0)) | Err(_) => break,
                Ok(read) => left = left.saturating_sub(read?),
            }
        }
        io::Result::Ok(())
    };
    if let Ok(Err(error)) = tokio::time::timeout(REFUSED_WAIT, taken_in).await {
        tracing::trace!(%error, "a connection was gone before it was closed");
    }
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
