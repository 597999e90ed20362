//! HTTP/1.1 on a listener, until it is told to stop; then what is under way is
//! finished, for a few seconds at most.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Either, Map, select};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

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

/// What answers requests. Clones are one.
pub trait Answers: Clone + Send + Sync + 'static {
    /// Answers one request, which came over a connection from `peer`.
    fn answer(&self, peer: IpAddr, request: Request) -> BoxFuture<'static, Response>;
}

/// Serves until `stop` is ready.
///
/// # Errors
/// When the listener can't accept connections any more.
pub async fn serve(
    listener: TcpListener,
    answers: impl Answers,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        // A small answer goes out in one piece. (Waiting with it for further requests would be quicker still, but hyper then
        // closes a connection without it where a part of a refused body is taken for one.)
        .writev(false);
    let mut connections = JoinSet::new();
    // Each connection is told to finish when the other end of its channel is dropped.
    let mut open = HashMap::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        while let Some(ended) = connections.try_join_next_with_id() {
            open.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
        }
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
            answers: answers.clone(),
            peer: peer.ip(),
        };
        let (opened, told) = oneshot::channel();
        let task = connections.spawn(converse(http.clone(), stream, service, told));
        open.insert(task.id(), opened);
    }
    drop(listener);
    drop(open);
    let finished = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN, finished).await.is_err() {
        tracing::warn!("requests that took too long were broken off");
    }
    Ok(())
}

/// Tells a connection to finish, by being dropped.
type Told = oneshot::Receiver<Infallible>;

/// Serves one connection to its end.
async fn converse(
    http: http1::Builder,
    mut stream: TcpStream,
    service: Connection<impl Answers>,
    told: Told,
) {
    let (ended, told) = {
        let mut connection = pin!(http.serve_connection(TokioIo::new(&mut stream), service));
        match select(connection.as_mut(), told).await {
            Either::Left((ended, told)) => (ended, Some(told)),
            Either::Right(_) => {
                connection.as_mut().graceful_shutdown();
                (connection.await, None)
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
    if let Some(told) = told {
        select(pin!(let_go(stream)), told).await;
    }
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
struct Connection<A> {
    answers: A,
    peer: IpAddr,
}

impl<A: Answers> hyper::service::Service<Request<Incoming>> for Connection<A> {
    type Response = Response;
    type Error = Infallible;
    type Future = Map<BoxFuture<'static, Response>, fn(Response) -> Result<Response, Infallible>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        self.answers
            .answer(self.peer, request.map(Body::new))
            .map(Ok)
    }
}
