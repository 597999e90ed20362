//! Serves HTTP/1.1 on a listener until it is told to stop; then requests under way are finished,
//! for a few seconds at most.
//!
//! Connections stay on the thread that they were given to: it reads their requests, takes them
//! through the freshness gate and answers from the response cache, with no other thread to wake.
//! Handlers, which may take a while, run elsewhere (see [`App`](crate::App)), so that they delay no
//! other connection.

mod connection;
mod event_loop;
mod placement;
mod write_timeout;

use axum::extract::Request;
use axum::response::Response;
use event_loop::{Accepted, EventLoop};
use futures_util::future::{BoxFuture, join_all};
use std::io;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long requests under way have to finish.
const DRAIN: Duration = Duration::from_secs(5);

/// Answers requests. All clones share one state.
pub trait Answers: Clone + Send + Sync + 'static {
    /// Answers one request, which came over a connection from `peer`.
    fn answer(&self, peer: IpAddr, request: Request) -> BoxFuture<'static, Response>;
}

/// Serves until `stop` is ready, with the connections on this many threads.
///
/// # Errors
/// Fails if the system gives no threads, or if all of them have ended before they were told to.
pub async fn serve(
    listener: TcpListener,
    threads: NonZeroUsize,
    answers: impl Answers,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let event_loops = (0..threads.get()).map(|_| EventLoop::start(answers.clone()));
    let mut event_loops = event_loops.collect::<io::Result<Vec<_>>>()?;
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
            Ok(accepted) => give(&mut event_loops, accepted)?,
            Err(error) => {
                // The other side has gone, or there are no file descriptors left: both pass.
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

/// Gives a connection to a thread. A thread that has ended is given no more.
fn give(event_loops: &mut Vec<EventLoop>, mut accepted: Accepted) -> io::Result<()> {
    loop {
        let carried: Vec<usize> = event_loops.iter().map(EventLoop::open).collect();
        let place = placement::place(placement::processor(&accepted.0), &carried);
        let Some(event_loop) = place.and_then(|place| event_loops.get(place)) else {
            return Err(io::Error::other(
                "all threads that carry them have ended; start narthex again",
            ));
        };
        let Err(back) = event_loop.take(accepted) else {
            return Ok(());
        };
        tracing::error!("a thread that carries connections has ended before it was told to");
        event_loops.retain(|event_loop| !event_loop.has_ended());
        accepted = back;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, TcpListener, TcpStream};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// Answers everything, but panics on a thread where it is polled for another connection while
    /// it is told to.
    struct Fragile {
        breaks: Arc<AtomicBool>,
    }

    impl Clone for Fragile {
        fn clone(&self) -> Self {
            let of_a_connection = std::thread::current().name() == Some("narthex-connections");
            let broken = of_a_connection && self.breaks.load(Ordering::SeqCst);
            assert!(!broken, "as it was told to");
            let breaks = Arc::clone(&self.breaks);
            Self { breaks }
        }
    }

    impl Answers for Fragile {
        fn answer(&self, _: IpAddr, _: Request) -> BoxFuture<'static, Response> {
            Box::pin(async { Response::new(Body::from("here")) })
        }
    }

    /// Opens both ends of a connection.
    fn connection() -> (TcpStream, Accepted) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (far, peer) = listener.accept().unwrap();
        far.set_nonblocking(true).unwrap();
        (near, (far, peer.ip()))
    }

    fn ask(stream: &mut TcpStream) -> String {
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .unwrap();
        let (mut answer, mut part) = (String::new(), [0; 4096]);
        while !answer.ends_with("here") {
            let read = stream.read(&mut part).unwrap();
            if read == 0 {
                break;
            }
            answer.push_str(std::str::from_utf8(&part[..read]).unwrap());
        }
        answer
    }

    #[test]
    fn a_thread_that_has_ended_is_given_nothing_and_without_any_nothing_is_taken() {
        let breaks = Arc::new(AtomicBool::new(false));
        let answers = || Fragile {
            breaks: Arc::clone(&breaks),
        };
        let mut threads = vec![
            EventLoop::start(answers()).unwrap(),
            EventLoop::start(answers()).unwrap(),
        ];
        let break_one = |threads: &mut Vec<EventLoop>| {
            breaks.store(true, Ordering::SeqCst);
            let (_near, accepted) = connection();
            give(threads, accepted).unwrap();
            while !threads.iter().any(EventLoop::has_ended) {
                std::thread::yield_now();
            }
            breaks.store(false, Ordering::SeqCst);
        };
        break_one(&mut threads);
        // They stay open, so that each thread gets one.
        let mut open = Vec::new();
        for _ in 0..20 {
            let (mut near, accepted) = connection();
            give(&mut threads, accepted).unwrap();
            assert!(ask(&mut near).ends_with("here"));
            open.push(near);
        }
        assert_eq!(threads.len(), 1);
        break_one(&mut threads);
        assert!(give(&mut threads, connection().1).is_err());
    }
}
