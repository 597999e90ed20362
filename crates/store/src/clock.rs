//! Time as a parameter: the database's clock in the program, and one that is set by hand in tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock that a request is decided by (law 7.5: the database's, read together with the
/// revision).
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The clock of the database, which is the same for all nodes.
    #[default]
    Database,
    /// A clock for tests, which only moves when it is advanced.
    Manual(ManualClock),
}

/// A clock that is moved by hand. All clones show the same time.
#[derive(Clone, Debug, Default)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// Returns a clock that shows `now`, in milliseconds since 1970.
    pub fn at(now: i64) -> Self {
        Self(Arc::new(AtomicI64::new(now)))
    }

    /// Moves the clock forward, or back if the number is negative.
    pub fn advance(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock {
    /// Returns the time of a request, which is never before the last event, whatever the clock
    /// shows.
    pub(crate) fn now(&self, database: i64, last_event: i64) -> i64 {
        let shown = match self {
            Self::Database => database,
            Self::Manual(clock) => clock.0.load(Ordering::SeqCst),
        };
        shown.max(last_event)
    }
}
