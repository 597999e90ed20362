//! HTTP/1.1 on a listener, until it is told to stop; then what is under way is
//! finished, for a few seconds at most.
//!
//! Connections stay on the thread that they were given to: it reads their requests, takes them
//! through the gate and answers what it has at hand, with no other thread to wake. What takes a while is run
//! elsewhere (see [`App`](crate::App)), so that it keeps no other connection waiting.

mod connection;
mod event_loop;

use axum::extract::Request;
use axum::response::Response;
use event_loop::EventLoop;
use futures_util::future::{BoxFuture, join_all};
use std::io;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests under way have to finish.
const DRAIN: Duration = Duration::from_secs(5);

/// What answers requests. Clones are one.
pub trait Answers: Clone + Send + Sync + 'static {
    /// Answers one request, which came over a connection from `peer`.
    fn answer(&self, peer: IpAddr, request: Request) -> BoxFuture<'static, Response>;
}

/// Serves until `stop` is ready, with the connections on so many threads.
///
/// # Errors
/// When the system gives no threads.
pub async fn serve(
    listener: TcpListener,
    threads: NonZeroUsize,
    answers: impl Answers,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let event_loops = (0..threads.get()).map(|_| EventLoop::start(answers.clone()));
    let event_loops = event_loops.collect::<io::Result<Vec<_>>>()?;
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let given = accepted.and_then(|(stream, peer)| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a connection keeps Nagle's algorithm");
            }
            Ok((stream.into_std()?, peer.ip()))
        });
        match given {
            Ok((stream, peer)) => {
                if let Some(idlest) = event_loops
                    .iter()
                    .min_by_key(|event_loop| event_loop.open())
                {
                    idlest.take(stream, peer);
                }
            }
            Err(error) => {
                // The other side has gone, or there are no file descriptors left:
                // both pass.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    let finished = join_all(event_loops.into_iter().map(EventLoop::finish)).await;
    if !finished.into_iter().all(|finished| finished) {
        tracing::warn!("requests that took too long were broken off");
    }
    Ok(())
}
