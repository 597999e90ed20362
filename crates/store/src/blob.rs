//! Blobs: the bytes of attachments, named by random ids, with their hash to verify.

use crate::db::DbError;
use crate::entropy::Entropy;
use crate::Store;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use narthex_access::{AttachmentKey, BlobId, Seen};
use object_store::path::Path;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;

/// Bytes that are stored and not yet named by an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBlob {
    /// Their id.
    pub id: BlobId,
    /// Their number.
    pub size: u64,
    /// SHA-256 of them, in hexadecimal digits.
    pub sha256: String,
}

/// A blob could not be stored.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// It is larger than the limit, in bytes.
    #[error("the file is larger than {0} bytes; make it smaller")]
    TooLarge(u64),
    /// The sender stopped before its end.
    #[error("the file didn't arrive whole: {0}; send it again")]
    Interrupted(String),
    /// The blob store can't take it.
    #[error(transparent)]
    Storage(#[from] DbError),
}

/// Where blobs are kept.
#[derive(Debug, Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// Blobs as files in a folder, which is made if it isn't there.
    ///
    /// # Errors
    /// Read-only or full file systems.
    pub fn in_folder(folder: &std::path::Path) -> Result<Self, DbError> {
        std::fs::create_dir_all(folder).map_err(|error| io_error(&error))?;
        let files = object_store::local::LocalFileSystem::new_with_prefix(folder)
            .map_err(|error| storage_error(&error))?;
        Ok(Self(Arc::new(files)))
    }

    /// Blobs in memory: for tests.
    pub fn in_memory() -> Self {
        Self(Arc::new(object_store::memory::InMemory::new()))
    }

    /// Writes a blob and reads it back: whether the store can be used.
    ///
    /// # Errors
    /// What the blob store says.
    pub async fn check(&self) -> Result<(), DbError> {
        let path = Path::from("check");
        let failed = |error: object_store::Error| storage_error(&error);
        self.0.put(&path, Bytes::from_static(b"narthex").into()).await.map_err(failed)?;
        self.0.get(&path).await.map_err(failed)?;
        self.0.delete(&path).await.map_err(failed)
    }
}

/// Two levels of folders, so that none has more than some thousand entries.
fn path(id: BlobId) -> Path {
    let name = format!("{:014x}", id.get());
    let (first, second) = (name.get(..2).unwrap_or("00"), name.get(2..4).unwrap_or("00"));
    Path::from(format!("{first}/{second}/{name}"))
}

impl Store {
    /// Stores bytes as they come, never whole in memory, before the write that
    /// names them.
    ///
    /// # Errors
    /// Too large, interrupted, or what the blob store says; nothing is left then.
    pub async fn put_blob<S, E>(
        &self,
        entropy: &Entropy,
        mut bytes: S,
        limit: u64,
    ) -> Result<StoredBlob, BlobError>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
        E: std::fmt::Display,
    {
        let id = BlobId::from_random(entropy.number());
        let upload = self.blobs.0.put_multipart(&path(id)).await.map_err(|e| storage_error(&e))?;
        let mut writer = WriteMultipart::new(upload);
        let (mut hash, mut size) = (Sha256::new(), 0_u64);
        let refused = loop {
            match bytes.next().await {
                None => break None,
                Some(Err(error)) => break Some(BlobError::Interrupted(error.to_string())),
                Some(Ok(piece)) => {
                    size = size.saturating_add(piece.len() as u64);
                    if size > limit {
                        break Some(BlobError::TooLarge(limit));
                    }
                    hash.update(&piece);
                    writer.wait_for_capacity(4).await.map_err(|e| storage_error(&e))?;
                    writer.put(piece);
                }
            }
        };
        if let Some(refused) = refused {
            // What can't be taken back is swept with the blobs that nothing names.
            let _ = writer.abort().await;
            return Err(refused);
        }
        writer.finish().await.map_err(|e| storage_error(&e))?;
        Ok(StoredBlob { id, size, sha256: hexadecimal(&hash.finalize()) })
    }

    /// The bytes of an attachment from `first` to before `end`; none if it has
    /// been purged since.
    ///
    /// # Errors
    /// What the blob store says.
    pub async fn blob(
        &self,
        seen: &Seen<'_, AttachmentKey>,
        range: Option<std::ops::Range<u64>>,
    ) -> Result<Option<impl Stream<Item = Result<Bytes, DbError>> + Send + use<>>, DbError> {
        let options = GetOptions { range: range.map(Into::into), ..GetOptions::default() };
        match self.blobs.0.get_opts(&path(seen.key().blob()), options).await {
            Ok(found) => {
                Ok(Some(found.into_stream().map(|piece| piece.map_err(|e| storage_error(&e)))))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(storage_error(&error)),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// What a failure of the blob store is to the user: looks for the file system's word.
fn storage_error(error: &object_store::Error) -> DbError {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            return io_error(io);
        }
        source = cause.source();
    }
    DbError::Unavailable(format!("the blob store: {error}"))
}

fn io_error(error: &std::io::Error) -> DbError {
    use std::io::ErrorKind;
    let told = format!("the blob store: {error}");
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => DbError::DiskFull(told),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => DbError::ReadOnly(told),
        _ => DbError::Unavailable(told),
    }
}
