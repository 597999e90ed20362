//! A thread with an event loop of its own, which carries connections. [`serve`](super::serve)
//! starts several, and `placement` chooses one for each connection.

use super::connection::{converse, http};
use super::{Answers, DRAIN};
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

/// How often finished connections are reaped. Shorter than any request timeout, so that setting one
/// never wakes the loop to re-arm its timer.
const BEAT: Duration = Duration::from_secs(1);

/// An accepted connection and the address that it comes from.
pub(super) type Accepted = (TcpStream, IpAddr);

/// The handle of such a thread. When it is dropped, the thread finishes the requests under way and
/// ends.
#[derive(Debug)]
pub(super) struct EventLoop {
    accepted: mpsc::UnboundedSender<Accepted>,
    open: Arc<AtomicUsize>,
    /// Receives whether all connections finished in time.
    ended: oneshot::Receiver<bool>,
}

impl EventLoop {
    /// Starts a thread.
    ///
    /// # Errors
    /// Fails if the system gives no thread.
    pub(super) fn start(answers: impl Answers) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (accepted, arrivals) = mpsc::unbounded_channel();
        let (end, ended) = oneshot::channel();
        let open = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&open);
        std::thread::Builder::new()
            .name("narthex-connections".into())
            .spawn(move || {
                let finished = carry(&runtime, arrivals, answers, counted);
                // Blocking work that still waits for the disk isn't waited for.
                runtime.shutdown_background();
                let _ = end.send(finished);
            })?;
        Ok(Self {
            accepted,
            open,
            ended,
        })
    }

    /// Returns how many connections the thread carries.
    pub(super) fn open(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    /// Returns whether the thread has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.accepted.is_closed()
    }

    /// Gives a connection to the thread.
    ///
    /// # Errors
    /// Returns the connection if the thread has ended.
    pub(super) fn take(&self, accepted: Accepted) -> Result<(), Accepted> {
        self.open.fetch_add(1, Ordering::Relaxed);
        self.accepted.send(accepted).map_err(|unsent| unsent.0)
    }

    /// Tells the thread's connections to finish and waits for them. Returns whether they did in
    /// time.
    pub(super) async fn finish(self) -> bool {
        drop(self.accepted);
        self.ended.await.unwrap_or(false)
    }
}

/// Carries connections until no more can come, and then to their end, or for a few seconds at most.
/// Returns whether all of them came to their end.
fn carry(
    runtime: &Runtime,
    mut arrivals: mpsc::UnboundedReceiver<Accepted>,
    answers: impl Answers,
    count: Arc<AtomicUsize>,
) -> bool {
    runtime.block_on(async {
        let http = http();
        let mut connections = JoinSet::new();
        // Each connection is told to finish when the other end of its channel is dropped.
        let mut open = HashMap::new();
        let mut beat = tokio::time::interval(BEAT);
        loop {
            tokio::select! {
                _ = beat.tick() => {}
                accepted = arrivals.recv() => {
                    let Some((stream, peer)) = accepted else {
                        break;
                    };
                    let counted = Counted(Arc::clone(&count));
                    let stream = match tokio::net::TcpStream::from_std(stream) {
                        Ok(stream) => stream,
                        Err(error) => {
                            tracing::warn!(%error, "a connection could not be taken on");
                            continue;
                        }
                    };
                    let (opened, told) = oneshot::channel();
                    let conversation = converse(http.clone(), stream, answers.clone(), peer, told);
                    let task = connections.spawn(async move {
                        conversation.await;
                        drop(counted);
                    });
                    open.insert(task.id(), opened);
                }
            }
            while let Some(ended) = connections.try_join_next_with_id() {
                open.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
            }
        }
        drop(open);
        let finished = async { while connections.join_next().await.is_some() {} };
        tokio::time::timeout(DRAIN, finished).await.is_ok()
    })
}

/// Counts one open connection until it is dropped.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
