//! One connection, from its first request to its end: its limits, its timeouts, and a close that
//! lets the last response arrive.

use super::Answers;
use super::write_timeout::WriteTimeout;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Either, Map, select};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

/// How long the head of a request may take, and how long an idle connection stays open.
const HEAD: Duration = Duration::from_secs(30);
/// The most bytes of a request's head.
const HEAD_BYTES: usize = 64 * 1024;
/// The most bytes that are still read and discarded after the last response.
const REFUSED_BYTES: usize = 256 * 1024 * 1024;
/// How long that may take in all.
const REFUSED_WAIT: Duration = Duration::from_secs(10);
/// How long it waits for the next bytes.
const REFUSED_PAUSE: Duration = Duration::from_secs(2);

/// Returns the settings of HTTP/1.1. Pipelined responses aren't flushed together: hyper would then
/// close a connection without sending the response, where it takes a part of a refused body for a
/// further request.
pub(super) fn http() -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES);
    http
}

/// Resolves when its sender is dropped, which tells the connection to finish.
pub(super) type Told = oneshot::Receiver<Infallible>;

/// Serves one connection to its end.
pub(super) async fn converse(
    http: http1::Builder,
    mut stream: TcpStream,
    answers: impl Answers,
    peer: IpAddr,
    told: Told,
) {
    let service = Connection { answers, peer };
    let (ended, told) = {
        let mut connection =
            pin!(http.serve_connection(TokioIo::new(WriteTimeout::new(&mut stream)), service));
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

/// Closes a connection so that its last response arrives. A client that is answered before its
/// whole request has been read (because the body is too large) is often still sending; closing at
/// once would reset the connection, and the reset may overtake the response. So the rest is read
/// and discarded, within limits of bytes and time.
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

/// Answers the requests of one connection.
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
        // Most requests have no body, and then nothing is allocated for it.
        let request = request.map(|body| match body.is_end_stream() {
            true => Body::empty(),
            false => Body::new(body),
        });
        self.answers.answer(self.peer, request).map(Ok)
    }
}
