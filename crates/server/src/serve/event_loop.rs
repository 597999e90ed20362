//! A thread that carries connections: an event loop of its own.

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

/// How often what has ended is cleared away. It is also the nearest of all deadlines: a new one that was nearer than those
/// before would wake the loop, and every request has one.
const BEAT: Duration = Duration::from_secs(1);

/// A connection that has been accepted, and where it comes from.
pub(super) type Accepted = (TcpStream, IpAddr);

/// The near end of such a thread. Dropped, it lets the thread finish what is under way and end.
#[derive(Debug)]
pub(super) struct EventLoop {
    accepted: mpsc::UnboundedSender<Accepted>,
    open: Arc<AtomicUsize>,
    /// Whether all was finished in time.
    ended: oneshot::Receiver<bool>,
}

impl EventLoop {
    /// Starts a thread.
    ///
    /// # Errors
    /// When the system gives none.
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
                // Whoever still waits for the disk isn't waited for.
                runtime.shutdown_background();
                let _ = end.send(finished);
            })?;
        Ok(Self {
            accepted,
            open,
            ended,
        })
    }

    /// How many connections it carries.
    pub(super) fn open(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    /// Whether the thread has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.accepted.is_closed()
    }

    /// Gives it a connection.
    ///
    /// # Errors
    /// The connection, when the thread has ended.
    pub(super) fn take(&self, accepted: Accepted) -> Result<(), Accepted> {
        self.open.fetch_add(1, Ordering::Relaxed);
        self.accepted.send(accepted).map_err(|unsent| unsent.0)
    }

    /// Tells its connections to finish, and waits for them; whether they did in time.
    pub(super) async fn finish(self) -> bool {
        drop(self.accepted);
        self.ended.await.unwrap_or(false)
    }
}

/// Carries connections until no more can come, and then to their end, or for a few seconds; whether all came to their end.
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

/// One open connection in the count, until it is dropped.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
