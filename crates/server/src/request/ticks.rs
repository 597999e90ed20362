//! A monotonic clock for limits and durations, passed as a parameter so that tests can move it.

use governor::clock::Clock;
use governor::nanos::Nanos;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The time since some moment before the first request. All clones are one clock.
#[derive(Debug, Clone)]
pub enum Ticks {
    /// The machine's clock, counted since the server was made.
    Running(Instant),
    /// A clock in milliseconds that moves only through [`Ticks::advance`], for tests.
    Manual(Arc<AtomicU64>),
}

impl Ticks {
    /// Makes a clock that follows the machine's.
    pub fn running() -> Self {
        Self::Running(Instant::now())
    }

    /// Makes a clock that stands still.
    pub fn manual() -> Self {
        Self::Manual(Arc::default())
    }

    /// Moves a manual clock forward; does nothing to a running one.
    pub fn advance(&self, by: Duration) {
        if let Self::Manual(milliseconds) = self {
            let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
            milliseconds.fetch_add(by, Ordering::SeqCst);
        }
    }

    /// Returns the time since the clock's beginning.
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
