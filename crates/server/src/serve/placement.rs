//! Chooses the thread for a new connection.
//!
//! A client that waits for responses is woken by each of them. When its connections are spread over
//! the threads, it is woken by several, each time for little; when one thread has them all, it
//! answers them together. Nothing says which connections belong to one client, but packets of one
//! client, or of one worker of a proxy on this machine, arrive on the same processor for a while:
//! so connections that arrive there are put together, as long as no thread carries many more than
//! another.

use std::net::TcpStream;

/// How many more connections than the least loaded thread one may have, for the sake of locality.
const BEYOND: usize = 8;

/// Returns the processor on which the last packet of a connection arrived, if it is known.
#[cfg(target_os = "linux")]
pub(super) fn processor(stream: &TcpStream) -> Option<usize> {
    let told = rustix::net::sockopt::socket_incoming_cpu(stream).ok()?;
    // The system says -1 where it doesn't know.
    usize::try_from(told.cast_signed()).ok()
}

/// Returns `None`: other systems don't report the processor.
#[cfg(not(target_os = "linux"))]
pub(super) fn processor(_: &TcpStream) -> Option<usize> {
    None
}

/// Chooses a thread's index for a connection that arrived on this processor, given how many
/// connections each thread carries. Returns `None` if there are no threads.
pub(super) fn place(processor: Option<usize>, carried: &[usize]) -> Option<usize> {
    let (idlest, fewest) = carried.iter().enumerate().min_by_key(|(_, open)| **open)?;
    let own = processor.and_then(|processor| processor.checked_rem(carried.len()));
    let fits = |thread: &usize| {
        let carries = carried.get(*thread);
        carries.is_some_and(|carries| *carries < fewest + BEYOND)
    };
    Some(own.filter(fits).unwrap_or(idlest))
}

#[cfg(test)]
mod tests {
    use super::{BEYOND, place};
    use proptest::prelude::*;

    fn carried_after(arrivals: &[Option<usize>], threads: usize) -> Vec<usize> {
        let mut carried = vec![0; threads];
        for processor in arrivals {
            let thread = place(*processor, &carried).unwrap();
            carried[thread] += 1;
        }
        carried
    }

    #[test]
    fn what_comes_in_on_one_processor_is_put_together() {
        let interleaved = [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1].map(Some);
        let mut carried = [0, 0];
        for processor in interleaved {
            let thread = place(processor, &carried);
            assert_eq!(thread, processor);
            carried[thread.unwrap()] += 1;
        }
        assert_eq!(carried, [8, 8]);
    }

    #[test]
    fn more_processors_than_threads_share_them() {
        assert_eq!(place(Some(5), &[0, 0]), Some(1));
        assert_eq!(place(Some(5), &[0]), Some(0));
        assert_eq!(place(Some(5), &[]), None);
    }

    proptest! {
        #[test]
        fn no_thread_carries_much_more_than_another(
            arrivals in proptest::collection::vec(proptest::option::of(0_usize..70), 0..300),
            threads in 1_usize..9,
        ) {
            let carried = carried_after(&arrivals, threads);
            let (fewest, most) = (carried.iter().min().unwrap(), carried.iter().max().unwrap());
            prop_assert!(most - fewest <= BEYOND, "{carried:?}");
        }

        #[test]
        fn where_the_processor_is_not_told_they_are_shared_out_evenly(
            connections in 0_usize..300,
            threads in 1_usize..9,
        ) {
            let carried = carried_after(&vec![None; connections], threads);
            let (fewest, most) = (carried.iter().min().unwrap(), carried.iter().max().unwrap());
            prop_assert!(most - fewest <= 1, "{carried:?}");
        }
    }
}
