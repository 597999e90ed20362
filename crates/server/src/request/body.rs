//! Reads request bodies within limits of size, of time and of the memory of all bodies together
//! (A65).
//!
//! A body takes memory only for bytes that have arrived, so that a connection that announces much
//! and sends nothing holds up nobody. Beyond [`MAX_UNKNOWN`] bytes, memory is given only to callers
//! whose credential has been checked.

use crate::failure::Failure;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use narthex_access::AccountId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};

/// The most bytes of a JSON body.
pub const JSON: usize = 6 * 1024 * 1024;
/// The most bytes of a JSON body that holds a page's text: JSON in a JSON string, with each of its
/// quotes escaped.
pub const LONG_JSON: usize = 16 * 1024 * 1024;
/// The most bytes of a form.
pub const FORM: usize = 64 * 1024;
/// The most bytes of a form that holds a page's text, percent-encoded.
pub const LONG_FORM: usize = 16 * 1024 * 1024;
/// The most bytes that are accepted from an anonymous caller. Bodies up to this size are read
/// without taking from the shared memory.
pub const MAX_UNKNOWN: usize = 64 * 1024;
/// The most bytes that are allocated before any has arrived.
const MAX_FIRST: usize = 16 * 1024;
/// The memory that all larger bodies share, in KiB.
const SHARED: usize = 16 * 1024;
/// The least that a body takes of the shared memory at a time, in bytes.
const STEP: usize = 256 * 1024;
/// The most bodies of one account that hold shared memory at once.
const MAX_OF_ONE_ACCOUNT: usize = 2;
/// The number of accounts that are remembered before those without a body in flight are forgotten.
const MAX_REMEMBERED: usize = 256;

/// The timeouts of reading a body.
#[derive(Debug, Clone, Copy)]
struct Waits {
    /// The time from its first byte to its last, without the time that it waits for memory.
    whole: Duration,
    /// The time until the next bytes arrive.
    pause: Duration,
    /// The time until there is memory for it.
    room: Duration,
}

const WAITS: Waits = Waits {
    whole: Duration::from_secs(30),
    pause: Duration::from_secs(10),
    room: Duration::from_secs(20),
};

/// The memory budget of all request bodies. All clones share one budget.
#[derive(Debug, Clone)]
pub struct BodyRoom(Arc<Room>);

#[derive(Debug)]
struct Room {
    waits: Waits,
    /// The free part of the budget, in KiB.
    shared: Arc<Semaphore>,
    /// Allows one body to grow to its limit, whatever the others hold. Without it, bodies that each
    /// hold a part of the memory would wait for one another.
    reserve: Arc<Semaphore>,
    accounts: Mutex<HashMap<AccountId, Arc<Semaphore>>>,
}

impl Default for BodyRoom {
    fn default() -> Self {
        Self::waiting(WAITS)
    }
}

/// The shared memory that a body holds; it is freed on drop.
#[derive(Debug, Default)]
pub struct Held {
    /// The number of bytes that `shared` covers.
    bytes: usize,
    shared: Option<OwnedSemaphorePermit>,
    reserve: Option<OwnedSemaphorePermit>,
    account: Option<OwnedSemaphorePermit>,
}

/// A body that has been read; its memory is freed on drop.
#[derive(Debug)]
pub struct ReadBody {
    /// The bytes of the body.
    pub bytes: Bytes,
    /// The shared memory that they hold.
    pub held: Held,
}

impl BodyRoom {
    fn waiting(waits: Waits) -> Self {
        Self(Arc::new(Room {
            waits,
            shared: Arc::new(Semaphore::new(SHARED)),
            reserve: Arc::new(Semaphore::new(1)),
            accounts: Mutex::default(),
        }))
    }

    /// Reads a whole body of at most `most` bytes from an account, or from an anonymous caller if
    /// `sender` is `None`.
    ///
    /// # Errors
    /// 413 if it is too large, 503 if no memory becomes free in time, 400 if the client stops
    /// sending, 408 if it comes too slowly.
    pub async fn read(
        &self,
        sender: Option<AccountId>,
        headers: &HeaderMap,
        body: Body,
        most: usize,
    ) -> Result<ReadBody, Failure> {
        let announced = match announced(headers) {
            Some(length) => Some(checked(length, sender, most)?),
            None => None,
        };
        let mut held = Held::default();
        let mut stream = body.into_data_stream();
        let mut whole = BytesMut::with_capacity(announced.unwrap_or_default().min(MAX_FIRST));
        let waits = self.0.waits;
        let mut deadline = Instant::now() + waits.whole;
        loop {
            let until = deadline.min(Instant::now() + waits.pause);
            let next = timeout_at(until, stream.next());
            let Some(chunk) = next.await.map_err(|_| Failure::Timeout)? else {
                break;
            };
            let chunk =
                chunk.map_err(|_| Failure::bad_request("the body broke off; send it whole"))?;
            let length = whole.len().saturating_add(chunk.len());
            let length = checked(u64::try_from(length).unwrap_or(u64::MAX), sender, most)?;
            if let Some(account) = sender.filter(|_| length > MAX_UNKNOWN) {
                deadline += held.grow(&self.0, account, length).await?;
                // The system backs this with memory only where bytes are written.
                let missing = announced.unwrap_or(length).saturating_sub(whole.len());
                whole.reserve(missing.max(chunk.len()));
            }
            whole.extend_from_slice(&chunk);
        }
        let bytes = whole.freeze();
        Ok(ReadBody { bytes, held })
    }
}

impl Held {
    /// Makes sure that there is memory for so many bytes, and returns how long that took.
    async fn grow(
        &mut self,
        room: &Room,
        account: AccountId,
        bytes: usize,
    ) -> Result<Duration, Failure> {
        if self.reserve.is_some() || bytes <= self.bytes {
            return Ok(Duration::ZERO);
        }
        let began = Instant::now();
        timeout(room.waits.room, self.wait(room, account, bytes))
            .await
            .unwrap_or(Err(Failure::Busy))?;
        Ok(began.elapsed())
    }

    async fn wait(&mut self, room: &Room, account: AccountId, bytes: usize) -> Result<(), Failure> {
        // The semaphores are never closed.
        let closed = |_| Failure::Fault;
        if self.account.is_none() {
            let turn = room.turns_of(account).acquire_owned().await;
            self.account = Some(turn.map_err(closed)?);
        }
        let kib = bytes.saturating_sub(self.bytes).max(STEP).div_ceil(1024);
        let more = u32::try_from(kib).map_err(|_| Failure::Fault)?;
        tokio::select! {
            biased;
            permit = Arc::clone(&room.shared).acquire_many_owned(more) => {
                let permit = permit.map_err(closed)?;
                match &mut self.shared {
                    Some(shared) => shared.merge(permit),
                    none => *none = Some(permit),
                }
                self.bytes = self.bytes.saturating_add(kib.saturating_mul(1024));
            }
            permit = Arc::clone(&room.reserve).acquire_owned() => {
                self.reserve = Some(permit.map_err(closed)?);
            }
        }
        Ok(())
    }
}

impl Room {
    /// Returns the semaphore that limits the bodies of one account.
    fn turns_of(&self, account: AccountId) -> Arc<Semaphore> {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() >= MAX_REMEMBERED {
            accounts.retain(|_, turns| Arc::strong_count(turns) > 1);
        }
        let turns = accounts.entry(account);
        let turns = turns.or_insert_with(|| Arc::new(Semaphore::new(MAX_OF_ONE_ACCOUNT)));
        Arc::clone(turns)
    }
}

/// Returns the length if the sender may send that much.
fn checked(length: u64, sender: Option<AccountId>, most: usize) -> Result<usize, Failure> {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > most {
        Err(Failure::TooLarge(most))
    } else if length > MAX_UNKNOWN && sender.is_none() {
        Err(Failure::TooLargeForUnknown)
    } else {
        Ok(length)
    }
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Returns whether a `Content-Type` names this media type, whatever its parameters.
pub fn is_media_type(headers: &HeaderMap, wanted: &str) -> bool {
    let Some(value) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    value
        .split(';')
        .next()
        .is_some_and(|name| name.trim().eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream::{self, pending};
    use http::HeaderValue;
    use std::convert::Infallible;

    type Chunk = Result<Bytes, Infallible>;

    fn chunks(bytes: usize) -> Vec<Chunk> {
        let chunk = Bytes::from(vec![b'x'; 64 * 1024]);
        vec![Ok(chunk); bytes / (64 * 1024)]
    }

    fn length(bytes: usize) -> HeaderMap {
        let value = HeaderValue::from(bytes);
        [(CONTENT_LENGTH, value)].into_iter().collect()
    }

    /// Makes a body that announces six million bytes, sends some, and then stalls.
    fn stalled(sent: usize) -> Body {
        Body::from_stream(stream::iter(chunks(sent)).chain(pending()))
    }

    const SOON: Duration = Duration::from_millis(50);
    /// A time longer than any of these tests takes.
    const LATE: Duration = Duration::from_secs(3600);

    fn room(pause: Duration, room: Duration) -> BodyRoom {
        let whole = LATE;
        BodyRoom::waiting(Waits { whole, pause, room })
    }

    fn whole() -> Body {
        Body::from_stream(stream::iter(chunks(JSON)))
    }

    #[tokio::test]
    async fn a_body_that_is_announced_and_does_not_come_holds_up_nobody() {
        let (room, headers) = (room(LATE, SOON), length(JSON));
        for n in 1..=50 {
            let (room, headers) = (room.clone(), headers.clone());
            let sender = AccountId::new(n);
            tokio::spawn(async move { room.read(sender, &headers, stalled(0), JSON).await });
        }
        tokio::task::yield_now().await;
        let read = room.read(AccountId::new(99), &headers, whole(), JSON).await;
        assert_eq!(read.unwrap().bytes.len(), JSON);
    }

    #[tokio::test]
    async fn one_account_can_not_take_all_the_room() {
        let (room, headers) = (room(LATE, SOON), length(JSON));
        for _ in 0..20 {
            let (room, headers) = (room.clone(), headers.clone());
            let sender = AccountId::new(1);
            tokio::spawn(async move { room.read(sender, &headers, stalled(5 << 20), JSON).await });
        }
        tokio::time::sleep(SOON).await;
        let read = room.read(AccountId::new(2), &headers, whole(), JSON).await;
        assert_eq!(read.unwrap().bytes.len(), JSON);
    }

    #[tokio::test]
    async fn bodies_that_each_have_a_part_of_the_room_do_not_wait_for_one_another() {
        let room = room(LATE, LATE);
        let reads = (1..=30).map(|n| {
            let room = room.clone();
            // The two bodies send their chunks in turn.
            let body = stream::iter(chunks(JSON)).then(async |chunk| {
                tokio::task::yield_now().await;
                chunk
            });
            async move {
                let body = Body::from_stream(body);
                let headers = HeaderMap::new();
                let read = room.read(AccountId::new(n), &headers, body, JSON);
                read.await.map(|read| read.bytes.len())
            }
        });
        for read in futures_util::future::join_all(reads).await {
            assert_eq!(read.unwrap(), JSON);
        }
        assert_eq!(room.0.shared.available_permits(), SHARED);
    }

    #[tokio::test]
    async fn who_is_not_known_sends_little_however_it_is_announced() {
        let room = BodyRoom::default();
        let large = || Body::from_stream(stream::iter(chunks(128 * 1024)));
        for headers in [HeaderMap::new(), length(128 * 1024)] {
            let read = room.read(None, &headers, large(), JSON).await;
            assert!(matches!(read, Err(Failure::TooLargeForUnknown)));
            let read = room.read(AccountId::new(1), &headers, large(), JSON).await;
            assert_eq!(read.unwrap().bytes.len(), 128 * 1024);
        }
        let small = Body::from_stream(stream::iter(chunks(64 * 1024)));
        let read = room.read(None, &HeaderMap::new(), small, JSON).await;
        assert_eq!(read.unwrap().bytes.len(), 64 * 1024);
        let read = room.read(None, &length(JSON + 1), large(), JSON).await;
        assert!(matches!(read, Err(Failure::TooLarge(JSON))));
    }

    #[tokio::test]
    async fn a_slow_sender_is_dropped_and_its_room_is_free_again() {
        let (room, headers) = (room(SOON, LATE), length(JSON));
        let read = room.read(AccountId::new(1), &headers, stalled(5 << 20), JSON);
        assert!(matches!(read.await, Err(Failure::Timeout)));
        assert_eq!(room.0.shared.available_permits(), SHARED);
    }

    #[tokio::test]
    async fn who_waits_too_long_for_room_is_told_that_it_is_busy() {
        let (room, headers) = (room(LATE, SOON), length(JSON));
        let all = Arc::clone(&room.0.shared).try_acquire_many_owned(SHARED as u32);
        let last = Arc::clone(&room.0.reserve).try_acquire_owned();
        assert!(all.is_ok() && last.is_ok());
        let read = room.read(AccountId::new(1), &headers, whole(), JSON);
        assert!(matches!(read.await, Err(Failure::Busy)));
    }
}
