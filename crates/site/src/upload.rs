//! Taking in the bytes of files, before the write that names them.

use crate::site::Site;
use bytes::Bytes;
use futures_util::Stream;
use narthex_store::BlobError;
use narthex_store::blob::StoredBlob;

impl Site {
    /// Stores the bytes of a file as they come. Whether the caller may attach it
    /// is asked before, by [`Site::may_attach`], and decided by [`Site::attach`].
    ///
    /// # Errors
    /// Too large, interrupted, or what the blob store says; nothing is left then.
    pub async fn store_file<S, E>(&self, bytes: S, limit: u64) -> Result<StoredBlob, BlobError>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
        E: std::fmt::Display,
    {
        self.store.put_blob(&self.entropy, bytes, limit).await
    }
}
