//! A clock that only runs forward, as a parameter: for limits and durations.

use governor::clock::Clock;
use governor::nanos::Nanos;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time since some moment before the first request. Clones are one clock.
#[derive(Debug, Clone)]
pub enum Ticks {
    /// The machine's, since the server was made.
    Running(Instant),
    /// One that moves when it is told to, in milliseconds: for tests.
    Manual(Arc<AtomicU64>),
}

impl Ticks {
    /// The machine's clock.
    pub fn running() -> Self {
        Self::Running(Instant::now())
    }

    /// A clock that stands still.
    pub fn manual() -> Self {
        Self::Manual(Arc::default())
    }

    /// Moves a manual clock on; a running one runs by itself.
    pub fn advance(&self, by: Duration) {
        if let Self::Manual(milliseconds) = self {
            let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
            milliseconds.fetch_add(by, Ordering::SeqCst);
        }
    }

    /// The time since the clock's beginning.
    pub fn elapsed(&self) -> Duration {
        match self {
            Self::Running(start) => start.elapsed(),
            Self::Manual(milliseconds) => {
                Duration::from_millis(milliseconds.load(Ordering::SeqCst))
            }
        }
    }
}

impl Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.elapsed())
    }
}
