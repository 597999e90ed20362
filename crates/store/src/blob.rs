//! Blobs: the bytes of attachments, in files with random names. They are written before the change that names them, with their
//! hash, and given only against a witness. A blob that is read whole is verified on the way.

use crate::Store;
use crate::db::DbError;
use crate::entropy::Entropy;
use crate::migrate::hex;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use narthex_access::{AttachmentKey, BlobId, Seen};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes that are handed to the file system at once.
const PART: usize = 1 << 20;

crate::statements! {
    BLOB = "SELECT size, sha256 FROM attachment_version WHERE attachment = :attachment AND blob = :blob";
    PURGED = "SELECT blob FROM blob_removal WHERE NOT EXISTS \
              (SELECT 1 FROM attachment_version WHERE attachment_version.blob = blob_removal.blob) LIMIT 100";
    FORGET = "DELETE FROM blob_removal WHERE blob = :blob";
}

/// What can go wrong with a blob.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// More bytes came than are allowed.
    #[error("the file is larger than {0} bytes; make it smaller or raise the limit")]
    TooLarge(u64),
    /// Who sent the bytes stopped before the end.
    #[error("the upload broke off: {0}. Send it again")]
    Interrupted(String),
    /// What is kept isn't what was written.
    #[error(
        "the file is damaged: its bytes no longer have the hash they were stored with. Restore it from a backup"
    )]
    Damaged,
    /// The place where blobs are kept failed.
    #[error(transparent)]
    Storage(#[from] DbError),
}

/// A blob that was written and is not yet named by an attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBlob {
    /// Its random id.
    pub id: BlobId,
    /// The number of its bytes.
    pub size: u64,
    /// Their SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// A blob that is being read.
pub struct BlobRead {
    /// The number of bytes of the whole blob.
    pub size: u64,
    /// The SHA-256 of the whole blob in hexadecimal digits.
    pub sha256: String,
    /// Which bytes the stream gives.
    pub range: Range<u64>,
    /// The bytes. A whole blob that isn't what was written ends with [`BlobError::Damaged`].
    pub stream: BoxStream<'static, Result<Bytes, BlobError>>,
}

/// Where blobs are kept.
pub(crate) struct Blobs {
    files: Arc<dyn ObjectStore>,
    /// The folder, when they are in one.
    pub(crate) folder: PathBuf,
}

impl Blobs {
    /// A folder of the local file system; made when it isn't there.
    pub(crate) fn folder(path: &std::path::Path) -> Result<Self, DbError> {
        let failed =
            |error: std::io::Error| DbError::ReadOnly(format!("{}: {error}", path.display()));
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(failed)?;
        let files = LocalFileSystem::new_with_prefix(path)
            .map_err(failure)?
            .with_fsync(true);
        Ok(Self {
            files: Arc::new(files),
            folder: path.to_path_buf(),
        })
    }

    async fn put<E: std::fmt::Display>(
        &self,
        id: BlobId,
        stream: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
    ) -> Result<StoredBlob, BlobError> {
        let mut upload = self
            .files
            .put_multipart(&place(id))
            .await
            .map_err(failure)?;
        let mut hash = Sha256::new();
        let (mut size, mut part) = (0_u64, Vec::new());
        let mut stream = std::pin::pin!(stream);
        let outcome = async {
            while let Some(bytes) = stream.next().await {
                let bytes = bytes.map_err(|error| BlobError::Interrupted(error.to_string()))?;
                size = size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                if size > limit {
                    return Err(BlobError::TooLarge(limit));
                }
                hash.update(&bytes);
                part.extend_from_slice(&bytes);
                if part.len() >= PART {
                    let full = PutPayload::from(std::mem::take(&mut part));
                    upload.put_part(full).await.map_err(failure)?;
                }
            }
            if !part.is_empty() || size == 0 {
                upload
                    .put_part(PutPayload::from(std::mem::take(&mut part)))
                    .await
                    .map_err(failure)?;
            }
            upload.complete().await.map_err(failure)?;
            Ok(())
        }
        .await;
        if let Err(error) = outcome {
            // What was written so far has no name yet; if it can't be removed now, nothing refers to it.
            let _ = upload.abort().await;
            return Err(error);
        }
        Ok(StoredBlob {
            id,
            size,
            sha256: hex(&hash.finalize()),
        })
    }

    async fn read(
        &self,
        id: BlobId,
        range: Option<Range<u64>>,
    ) -> Result<Option<object_store::GetResult>, BlobError> {
        let options = GetOptions {
            range: range.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        match self.files.get_opts(&place(id), options).await {
            Ok(found) => Ok(Some(found)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failure(error).into()),
        }
    }

    async fn remove(&self, id: BlobId) -> Result<(), DbError> {
        match self.files.delete(&place(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failure(error)),
        }
    }
}

impl Store {
    /// Writes a blob of at most `limit` bytes, durably. Name it in a change, or discard it.
    ///
    /// # Errors
    /// [`BlobError`]; nothing is kept then.
    pub async fn put_blob<E: std::fmt::Display>(
        &self,
        stream: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
    ) -> Result<StoredBlob, BlobError> {
        self.blobs()
            .put(new_id(self.entropy()), stream, limit)
            .await
    }

    /// Removes a blob whose change was refused.
    ///
    /// # Errors
    /// What the place of blobs says.
    pub async fn discard_blob(&self, blob: &StoredBlob) -> Result<(), DbError> {
        self.blobs().remove(blob.id).await
    }

    /// The bytes of an attachment, or a range of them; none when they were purged meanwhile. A range is cut to the size; an
    /// empty one is the caller's to refuse.
    ///
    /// # Errors
    /// What the database or the place of blobs says.
    pub async fn blob(
        &self,
        seen: &Seen<'_, AttachmentKey>,
        range: Option<Range<u64>>,
    ) -> Result<Option<BlobRead>, BlobError> {
        let key = seen.key();
        let params = [
            ("attachment", key.attachment().get().into()),
            ("blob", key.blob().get().into()),
        ];
        let known = self
            .db()
            .read_one(BLOB, &params, |row| Ok((row.get(0)?, row.get(1)?)))
            .await?;
        let Some((size, sha256)): Option<(u64, String)> = known else {
            return Ok(None);
        };
        let range = range
            .map(|range| range.start.min(size)..range.end.min(size))
            .filter(|range| *range != (0..size));
        let Some(found) = self.blobs().read(key.blob(), range.clone()).await? else {
            return Ok(None);
        };
        let bytes = found
            .into_stream()
            .map(|bytes| bytes.map_err(|error| failure(error).into()))
            .boxed();
        let stream = match &range {
            Some(_) => bytes,
            None => verified(bytes, sha256.clone()),
        };
        Ok(Some(BlobRead {
            range: range.unwrap_or(0..size),
            size,
            sha256,
            stream,
        }))
    }

    /// Removes the bytes of purged attachments; gives how many blobs. Run it now and then.
    ///
    /// # Errors
    /// What the database or the place of blobs says; what is left is removed the next time.
    pub async fn remove_purged_blobs(&self) -> Result<usize, DbError> {
        let purged = self.db().read(PURGED, &[], |row| row.get::<u64>(0)).await?;
        for id in purged.iter().copied().filter_map(BlobId::new) {
            self.blobs().remove(id).await?;
            let mut tx = self.db().write().await?;
            tx.execute(FORGET, vec![("blob", id.get().into())]).await?;
            tx.commit().await?;
        }
        Ok(purged.len())
    }
}

fn new_id(entropy: &Entropy) -> BlobId {
    BlobId::from_random(entropy.number())
}

/// The file of a blob, below a folder of 256 so that no folder grows too large.
fn place(id: BlobId) -> Path {
    let name = format!("{:014x}", id.get());
    let folder = name.get(12..).unwrap_or_default().to_owned();
    Path::from_iter([folder, name])
}

/// The same bytes; the last word is an error when they don't have the hash.
fn verified(
    bytes: BoxStream<'static, Result<Bytes, BlobError>>,
    sha256: String,
) -> BoxStream<'static, Result<Bytes, BlobError>> {
    let state = (bytes, Some(Sha256::new()), sha256);
    futures_util::stream::unfold(state, |(mut bytes, mut hash, sha256)| async move {
        match bytes.next().await {
            Some(Ok(part)) => {
                if let Some(hash) = &mut hash {
                    hash.update(&part);
                }
                Some((Ok(part), (bytes, hash, sha256)))
            }
            Some(Err(error)) => Some((Err(error), (bytes, None, sha256))),
            None => {
                let found = hex(&hash.take()?.finalize());
                (found != sha256).then_some((Err(BlobError::Damaged), (bytes, None, sha256)))
            }
        }
    })
    .boxed()
}

/// Classes an error of the place of blobs by its remedy, as the database's are.
fn failure(error: object_store::Error) -> DbError {
    let cause = error.to_string();
    let mut below: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = below {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return match io.kind() {
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                    DbError::DiskFull(cause)
                }
                std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                    DbError::ReadOnly(cause)
                }
                _ => DbError::Unavailable(cause),
            };
        }
        below = error.source();
    }
    DbError::Unavailable(cause)
}
