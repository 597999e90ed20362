//! Blobs: the bytes of attachments, in files with random names.
//!
//! A blob is written, with its hash, before the change that names it, and is returned only against
//! a witness. A blob that is read whole is verified on the way. Blobs that no change names in the
//! end are swept ([`sweep`]).

pub mod sweep;

use crate::Store;
use crate::db::{DbError, Value};
use crate::migrate::hex;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use narthex_access::{AttachmentKey, AttachmentPastKey, BlobId, Seen};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use std::marker::PhantomData;
use std::ops::Range;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;

/// How many bytes are written to the file system at once.
const PART: usize = 256 << 10;

/// How many bytes the storage of blobs must take to count as working again.
const PROBE: usize = 256 << 10;

crate::statements! {
    BLOB = "SELECT blob, size, sha256, media_type FROM attachment_version WHERE attachment = :attachment AND blob = :blob";
    PAST_BLOB = "SELECT blob, size, sha256, media_type FROM attachment_version WHERE attachment = :attachment AND number = :number";
}

/// The ways in which reading or writing a blob can fail.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// More bytes were sent than are allowed.
    #[error("the file is larger than {0} bytes; make it smaller or raise the limit")]
    TooLarge(u64),
    /// The sender stopped before the end.
    #[error("the upload broke off: {0}. Send it again")]
    Interrupted(String),
    /// The stored bytes aren't those that were written.
    #[error(
        "the file is damaged: its bytes no longer have the hash they were stored with. Restore it from a backup"
    )]
    Damaged,
    /// The storage of blobs or the database failed.
    #[error(transparent)]
    Storage(#[from] DbError),
}

/// A blob that was written and that no attachment names yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBlob {
    /// The random id of the blob.
    pub id: BlobId,
    /// The size in bytes.
    pub size: u64,
    /// The SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// A blob that is being read.
pub struct BlobRead {
    /// The size of the whole blob in bytes.
    pub size: u64,
    /// The SHA-256 of the whole blob in hexadecimal digits.
    pub sha256: String,
    /// The range of bytes that the stream gives.
    pub range: Range<u64>,
    /// The bytes. A whole blob whose bytes aren't those that were written ends with
    /// [`BlobError::Damaged`].
    pub stream: BoxStream<'static, Result<Bytes, BlobError>>,
}

/// The storage of blobs.
pub(crate) struct Blobs {
    files: Arc<dyn ObjectStore>,
    /// The folder that the blobs are in.
    pub(crate) folder: PathBuf,
}

impl Blobs {
    /// Opens a folder of the local file system, which is created if it isn't there.
    pub(crate) fn folder(path: &std::path::Path) -> Result<Self, DbError> {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|error| file(path, &error))?;
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
            // The bytes written so far have no name yet; if they can't be removed now, nothing
            // refers to them.
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
}

impl Store {
    /// Writes a blob of at most `limit` bytes, durably. The caller names it in a change
    /// ([`Beside::NewBlob`]) or discards it; a blob with which neither happens is swept.
    ///
    /// # Errors
    /// Returns [`BlobError`], in which case nothing is stored.
    ///
    /// [`Beside::NewBlob`]: crate::change::Beside::NewBlob
    pub async fn put_blob<E: std::fmt::Display>(
        &self,
        stream: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
    ) -> Result<StoredBlob, BlobError> {
        let id = BlobId::from_random(self.entropy().number());
        self.begin_upload(id).await?;
        let outcome = self.blobs().put(id, stream, limit).await;
        match &outcome {
            Ok(_) => self.note_blob_trouble(None),
            Err(error) => {
                if let BlobError::Storage(error) = error {
                    self.note_blob_trouble(Some(error));
                }
                if let Err(error) = self.give_up(id).await {
                    tracing::warn!(%error, "a file that was not taken stays until it is swept");
                }
            }
        }
        outcome
    }

    /// Removes a blob whose change was refused.
    ///
    /// # Errors
    /// Returns `DbError` if the database or the storage of blobs fails. The blob is then swept
    /// later.
    pub async fn discard_blob(&self, blob: &StoredBlob) -> Result<(), DbError> {
        self.give_up(blob.id).await
    }

    /// Checks whether bytes can be written to the storage of blobs.
    ///
    /// # Errors
    /// Returns the storage's error.
    pub(crate) async fn probe_blobs(&self) -> Result<(), DbError> {
        let path = Path::from("probe");
        let some = PutPayload::from(vec![0_u8; PROBE]);
        self.blobs().files.put(&path, some).await.map_err(failure)?;
        self.blobs().files.delete(&path).await.map_err(failure)
    }

    /// Returns the stored current version of an attachment, or `None` if it was purged meanwhile.
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn kept<'view>(
        &self,
        seen: &Seen<'view, AttachmentKey>,
    ) -> Result<Option<Kept<'view>>, DbError> {
        let key = seen.key();
        let params = [
            ("attachment", key.attachment().get().into()),
            ("blob", key.blob().get().into()),
        ];
        self.find_kept(BLOB, &params).await
    }

    /// Returns a stored version of an attachment, or `None` if there is no such version. Being
    /// allowed to see an attachment isn't enough to see its past:
    ///
    /// ```compile_fail
    /// use narthex_access::{AttachmentKey, Seen};
    /// async fn leak(store: narthex_store::Store, seen: Seen<'_, AttachmentKey>) {
    ///     let _ = store.kept_before(&seen, 1).await;
    /// }
    /// ```
    ///
    /// # Errors
    /// Returns `DbError` if the database fails.
    pub async fn kept_before<'view>(
        &self,
        seen: &Seen<'view, AttachmentPastKey>,
        number: u32,
    ) -> Result<Option<Kept<'view>>, DbError> {
        let params = [
            ("attachment", seen.key().attachment().get().into()),
            ("number", number.into()),
        ];
        self.find_kept(PAST_BLOB, &params).await
    }

    async fn find_kept<'view>(
        &self,
        sql: &str,
        params: &[(&'static str, Value)],
    ) -> Result<Option<Kept<'view>>, DbError> {
        let found = self.db().read_one(sql, params, |row| {
            Ok((row.get::<u64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        });
        let Some((blob, size, sha256, media_type)) = found.await? else {
            return Ok(None);
        };
        Ok(BlobId::new(blob).map(|blob| Kept {
            store: self.clone(),
            blob,
            size,
            sha256,
            media_type,
            view: PhantomData,
        }))
    }

    /// Returns the bytes of an attachment, or a range of them, or `None` if they were purged
    /// meanwhile. A range is cut to the size; the caller has to refuse an empty one.
    ///
    /// # Errors
    /// Returns `BlobError` if the database or the storage of blobs fails.
    pub async fn blob(
        &self,
        seen: &Seen<'_, AttachmentKey>,
        range: Option<Range<u64>>,
    ) -> Result<Option<BlobRead>, BlobError> {
        match self.kept(seen).await? {
            Some(kept) => kept.read(range).await,
            None => Ok(None),
        }
    }
}

/// A stored version of an attachment that a view allows its subject to read: its size, hash and
/// type, and the way to read its bytes.
pub struct Kept<'view> {
    store: Store,
    blob: BlobId,
    size: u64,
    sha256: String,
    media_type: String,
    view: PhantomData<&'view ()>,
}

impl Kept<'_> {
    /// Returns the id of its bytes. Under an id there are never other bytes.
    #[must_use]
    pub fn id(&self) -> BlobId {
        self.blob
    }

    /// Returns the size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the SHA-256 of the bytes in hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Returns the media type of the version.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// Returns the bytes, or a range of them, or `None` if they were purged meanwhile. A range is
    /// cut to the size; the caller has to refuse an empty one.
    ///
    /// # Errors
    /// Returns `BlobError` if the storage of blobs fails.
    pub async fn read(&self, range: Option<Range<u64>>) -> Result<Option<BlobRead>, BlobError> {
        let size = self.size;
        let range = range
            .map(|range| range.start.min(size)..range.end.min(size))
            .filter(|range| *range != (0..size));
        let blobs = self.store.blobs();
        let Some(found) = blobs.read(self.blob, range.clone()).await? else {
            return Ok(None);
        };
        let bytes = found
            .into_stream()
            .map(|bytes| bytes.map_err(|error| failure(error).into()))
            .boxed();
        let stream = match &range {
            Some(_) => bytes,
            None => verified(bytes, self.sha256.clone()),
        };
        Ok(Some(BlobRead {
            range: range.unwrap_or(0..size),
            size,
            sha256: self.sha256.clone(),
            stream,
        }))
    }
}

/// Returns the path of a blob's file, in one of 256 folders so that no folder grows too large.
fn place(id: BlobId) -> Path {
    let name = format!("{:014x}", id.get());
    let folder = name.get(12..).unwrap_or_default().to_owned();
    Path::from_iter([folder, name])
}

/// Returns the same bytes, followed by an error if they don't have the hash.
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

/// Classifies an error of the storage of blobs by its remedy, like errors of the database.
fn failure(error: object_store::Error) -> DbError {
    let cause = format!("attachments: {error}");
    let mut below: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = below {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return DbError::of_file(io.kind(), cause);
        }
        below = error.source();
    }
    DbError::Unavailable(cause)
}

/// Classifies an error of the file system in the same way.
fn file(path: &std::path::Path, error: &std::io::Error) -> DbError {
    DbError::of_file(
        error.kind(),
        format!("attachments: {}: {error}", path.display()),
    )
}
