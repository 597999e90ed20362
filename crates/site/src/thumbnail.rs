//! Thumbnails of attachments, made when they are requested.
//!
//! One picture is decoded at a time, so that many requests can't take all memory. A thumbnail is
//! cached for a while by the id of the bytes that it was made from, which never change; it is
//! returned only to callers with a witness for those bytes.

use crate::picture::{self, Smaller};
use crate::site::Site;
use futures_util::StreamExt as _;
use narthex_access::BlobId;
use narthex_store::DbError;
use narthex_store::blob::{BlobError, Kept};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The longest side of a thumbnail, in pixels.
pub const LONGEST: u32 = 1_024;
/// The sides of the box if a request doesn't set them, in pixels.
pub const USUAL: u32 = 300;
/// The size of a node's cache of thumbnails, in bytes.
const KEPT: u64 = 8 * 1024 * 1024;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// The thumbnails that a node has made, and the turn to make one.
pub(crate) struct Thumbnails {
    made: Cache<Key, Made, Bytes>,
    turn: Semaphore,
}

/// The bytes of the original, and the width and height of the box.
type Key = (BlobId, u32, u32);

/// A thumbnail; `None` if none can be made of the bytes.
type Made = Option<Arc<Smaller>>;

#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<Key, Made> for Bytes {
    fn weight(&self, _: &Key, made: &Made) -> u64 {
        let bytes = made.as_ref().map_or(0, |made| made.bytes.len());
        u64::try_from(bytes).unwrap_or(u64::MAX).saturating_add(128)
    }
}

impl Default for Thumbnails {
    fn default() -> Self {
        Self {
            made: Cache::with_weighter(500, KEPT, Bytes),
            turn: Semaphore::new(1),
        }
    }
}

impl Site {
    /// Returns a thumbnail of a version of an attachment that fits into a box; `None` if it isn't a
    /// picture, or one that would take too much memory.
    ///
    /// # Errors
    /// The errors of the blob store; busy if too many thumbnails are requested at once.
    pub async fn thumbnail(
        &self,
        kept: &Kept<'_>,
        width: u32,
        height: u32,
    ) -> Result<Made, BlobError> {
        let side = |side: u32| side.clamp(1, LONGEST);
        let key = (kept.id(), side(width), side(height));
        if !picture::is_shown(kept.media_type()) || kept.size() > picture::LARGEST_FILE {
            return Ok(None);
        }
        let thumbnails = &self.thumbnails;
        if let Some(made) = thumbnails.made.get(&key) {
            return Ok(made);
        }
        let busy = || DbError::Busy("many pictures are being made smaller".into());
        let turn = tokio::time::timeout(PATIENCE, thumbnails.turn.acquire()).await;
        let _turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
        // The request before this one may have made it.
        if let Some(made) = thumbnails.made.get(&key) {
            return Ok(made);
        }
        let Some(mut read) = kept.read(None).await? else {
            return Ok(None);
        };
        let mut bytes = Vec::with_capacity(usize::try_from(kept.size()).unwrap_or_default());
        while let Some(part) = read.stream.next().await {
            bytes.extend_from_slice(&part?);
        }
        let made = tokio::task::spawn_blocking(move || picture::smaller(&bytes, key.1, key.2));
        // A decoder that panics on a picture counts as one that refuses it.
        let made = made.await.unwrap_or_default().map(Arc::new);
        thumbnails.made.insert(key, made.clone());
        Ok(made)
    }
}
