//! Time as a parameter: the database's in the program, a hand's in tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Which clock a request is decided by (law 7.5: the database's, read together with the revision).
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The clock of the database: the same on all nodes.
    #[default]
    Database,
    /// A clock that only moves when it is told to: for tests.
    Manual(ManualClock),
}

/// A clock that is moved by hand. Clones are one clock.
#[derive(Clone, Debug, Default)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that stands at `now`, in milliseconds since 1970.
    pub fn at(now: i64) -> Self {
        Self(Arc::new(AtomicI64::new(now)))
    }

    /// Moves the clock on, or back.
    pub fn advance(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock {
    /// The time of a request: never before the last event, whatever the clock says.
    pub(crate) fn now(&self, database: i64, last_event: i64) -> i64 {
        let shown = match self {
            Self::Database => database,
            Self::Manual(clock) => clock.0.load(Ordering::SeqCst),
        };
        shown.max(last_event)
    }
}
