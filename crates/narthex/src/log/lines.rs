//! Buffers the lines of the log, to write many of them to standard error at once.
//!
//! A busy server writes a line per request. Writing each by itself costs a system call while the
//! request waits; so lines are gathered for a moment and written by a thread of their own.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// How long lines are gathered.
const GATHERED: Duration = Duration::from_millis(20);
/// The most bytes that wait; beyond it, the thread that adds a line writes them itself.
const MOST: usize = 1 << 20;

/// The buffered standard error. All clones share one buffer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Vec<u8>>,
    arrived: Condvar,
    /// The lines that are being written; it is locked meanwhile, so that they come out in the order
    /// in which they came in. Afterwards it is empty, and becomes the buffer for the next lines: a
    /// busy log never frees memory only to allocate it again.
    out: Mutex<Vec<u8>>,
}

impl Lines {
    /// Opens standard error, and starts the thread that writes.
    ///
    /// # Errors
    /// Fails if the system gives no thread.
    pub(crate) fn open() -> io::Result<Self> {
        let lines = Self::default();
        let writing = lines.clone();
        std::thread::Builder::new()
            .name("narthex-log".into())
            .spawn(move || {
                loop {
                    writing.0.wait();
                    std::thread::sleep(GATHERED);
                    writing.flush();
                }
            })?;
        Ok(lines)
    }

    /// Writes the lines that wait. If standard error is closed, nobody can be told.
    pub(crate) fn flush(&self) {
        let mut lines = self.0.out.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::swap(&mut *lines, &mut *self.0.waiting());
        let _ = io::stderr().write_all(&lines);
        lines.clear();
        lines.shrink_to(MOST);
    }
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, Vec<u8>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self) {
        let waiting = self.waiting();
        drop(
            self.arrived
                .wait_while(waiting, |waiting| waiting.is_empty()),
        );
    }
}

/// One event that is being written.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    to: &'a Lines,
    at_once: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (first, many) = {
            let mut waiting = self.to.0.waiting();
            let first = waiting.is_empty();
            waiting.extend_from_slice(bytes);
            (first, waiting.len() > MOST)
        };
        if many || self.at_once {
            self.to.flush();
        } else if first {
            self.to.0.arrived.notify_one();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line {
            to: self,
            at_once: false,
        }
    }

    /// An event that an operator has to act upon is written at once.
    fn make_writer_for(&'a self, of: &Metadata<'_>) -> Line<'a> {
        Line {
            to: self,
            at_once: *of.level() <= Level::WARN,
        }
    }
}
