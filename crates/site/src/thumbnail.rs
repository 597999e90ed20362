//! Thumbnails of attachments: smaller pictures, made when they are asked for.
//!
//! One picture is decoded at a time, so that many who ask can't take all memory. What was made is kept for a while by the
//! id of the bytes that it was made of, which are never others; it is given only to who showed a witness for those bytes.

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

/// The longest side of a thumbnail.
pub const LONGEST: u32 = 1_024;
/// Its sides where none are asked for.
pub const USUAL: u32 = 300;
/// Bytes of thumbnails that a node keeps.
const KEPT: u64 = 8 * 1024 * 1024;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// The thumbnails that a node made, and the turn to make one.
pub(crate) struct Thumbnails {
    made: Cache<Key, Made, Bytes>,
    turn: Semaphore,
}

/// Of which bytes, in which box.
type Key = (BlobId, u32, u32);

/// None where there is no thumbnail of these bytes.
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
    /// A smaller picture of a version of an attachment, that fits into a box; none where it is no picture, or one that would
    /// take too much memory.
    ///
    /// # Errors
    /// What the place of blobs says; busy when many are asked for at once.
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
        // Who was before us may have made it.
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
        // A decoder that gives up on a picture is as good as one that refuses it.
        let made = made.await.unwrap_or_default().map(Arc::new);
        thumbnails.made.insert(key, made.clone());
        Ok(made)
    }
}
