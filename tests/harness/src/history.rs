//! The history checker: what a read may have seen, given when access was opened and closed
//! (law 7.5).
//!
//! One writer opens and closes, one call after the other. A call takes effect at some instant
//! between when it is sent and when it is acknowledged. A read takes place at some instant between
//! its start and its end. Its result is right if there is a pair of such instants that explains it.

use std::time::Instant;

/// A call that opened or closed access.
#[derive(Debug, Clone, Copy)]
struct Call {
    open: bool,
    sent: Instant,
    acknowledged: Instant,
}

/// The calls of one writer, in order; access is closed before the first.
#[derive(Debug, Clone, Default)]
pub struct Timeline(Vec<Call>);

/// A read, and whether it saw the protected content.
#[derive(Debug, Clone, Copy)]
pub struct Read {
    /// The instant at which it was sent.
    pub start: Instant,
    /// The instant at which its response was complete.
    pub end: Instant,
    /// Whether the response contained the content.
    pub saw: bool,
}

impl Timeline {
    /// Records a call that was acknowledged just now.
    pub fn acknowledged(&mut self, open: bool, sent: Instant) {
        self.0.push(Call {
            open,
            sent,
            acknowledged: Instant::now(),
        });
    }

    /// Returns whether the calls explain what a read saw.
    pub fn explains(&self, read: Read) -> bool {
        // State number n holds from call n−1 to call n; state 0 is closed.
        (0..=self.0.len()).any(|n| {
            let before = n.checked_sub(1).and_then(|n| self.0.get(n));
            let after = self.0.get(n);
            let open = before.is_some_and(|call| call.open);
            let begun = before.is_none_or(|call| call.sent <= read.end);
            let lasts = after.is_none_or(|call| call.acknowledged >= read.start);
            open == read.saw && begun && lasts
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn timeline(base: Instant) -> Timeline {
        let at = |n| base + Duration::from_millis(n);
        let call = |open, sent, acknowledged| Call {
            open,
            sent: at(sent),
            acknowledged: at(acknowledged),
        };
        Timeline(vec![call(true, 10, 20), call(false, 30, 40)])
    }

    #[test]
    fn a_read_after_an_acknowledged_close_that_saw_it_is_not_explained() {
        let base = Instant::now();
        let read = |start, end, saw| Read {
            start: base + Duration::from_millis(start),
            end: base + Duration::from_millis(end),
            saw,
        };
        let timeline = timeline(base);
        assert!(!timeline.explains(read(41, 50, true)));
        assert!(timeline.explains(read(39, 50, true)));
        assert!(timeline.explains(read(41, 50, false)));
        assert!(!timeline.explains(read(1, 9, true)));
        assert!(timeline.explains(read(1, 10, true)));
        assert!(!timeline.explains(read(21, 29, false)));
        assert!(timeline.explains(read(21, 30, false)));
    }
}
