//! A planned write: the rows that one revision changes, and the events that people read about it.
//!
//! An operation of the site is a pure function from a catalogue to a [`Change`].
//! [`commit`](crate::commit) runs it inside the write's own transaction against the newest
//! catalogue, so that every write is decided on the state that it changes.

use crate::retention::Retention;
use crate::user_property::UserPropertyChange;
use narthex_access::{
    AccountId, AttachmentId, BlobId, BodyId, CommentId, LongTaskId, Millis, PageId, RowChange,
    SpaceId,
};

/// The changes of an operation in one revision, and its result.
#[derive(Debug, Clone)]
pub struct Change<T> {
    /// The changed rows of the catalogue.
    pub rows: Vec<RowChange>,
    /// The items beside the catalogue that change in the same transaction.
    pub beside: Vec<Beside>,
    /// The entries for the audit log. There is at least one if anything changes.
    pub events: Vec<Event>,
    /// The result for the caller.
    pub answer: T,
}

impl<T> Change<T> {
    /// Returns a change without effect, for which no revision is taken and no event is written.
    pub fn nothing(answer: T) -> Self {
        Self {
            rows: Vec::new(),
            beside: Vec::new(),
            events: Vec::new(),
            answer,
        }
    }

    /// Returns the same change with another result.
    pub fn map<U>(self, answer: impl FnOnce(T) -> U) -> Change<U> {
        Change {
            rows: self.rows,
            beside: self.beside,
            events: self.events,
            answer: answer(self.answer),
        }
    }

    /// Whether the change has no effect.
    pub fn is_nothing(&self) -> bool {
        self.rows.is_empty() && self.beside.is_empty()
    }
}

/// An item beside the catalogue, which is secret, or read only by id against a witness.
#[derive(Debug, Clone)]
pub enum Beside {
    /// The body of a page or comment, written once.
    Body {
        /// The random id of the body.
        id: BodyId,
        /// The format of the text: `storage`, `atlas_doc_format`, or `json` for a property.
        representation: String,
        /// The text.
        text: String,
    },
    /// A version of a page, blog post or comment.
    Version(VersionRow),
    /// A version of an attachment.
    AttachmentVersion(AttachmentVersionRow),
    /// Bodies that nothing names any more, except versions that share one. They are removed with a
    /// later change, so that requests that are reading them now can read them to the end.
    RetireBodies(Vec<BodyId>),
    /// A version of an attachment with the bytes of another attachment. Only its author and its
    /// time are new.
    CopyAttachmentVersion {
        /// The attachment that has the bytes.
        from: AttachmentId,
        /// The blob with the bytes.
        blob: BlobId,
        /// The attachment that gets them.
        to: AttachmentId,
        /// The number of the new version.
        number: u32,
        /// The account that makes the new version.
        by: AccountId,
        /// When the new version is made.
        at: Millis,
    },
    /// A new media type and comment for a version of an attachment, whose bytes stay the same.
    AttachmentNote {
        /// The attachment that has the version.
        attachment: AttachmentId,
        /// The number of the version.
        number: u32,
        /// The media type of the version.
        media_type: String,
        /// The comment on the version, or empty.
        remark: String,
    },
    /// A blob that was written for this change, which names it for the first time, so that it is no
    /// longer swept. The change fails if the blob was swept meanwhile.
    NewBlob(BlobId),
    /// The password hash of an account (argon2id, PHC string).
    Password {
        /// The account whose password it is.
        account: AccountId,
        /// The hash, or `None` to remove the password.
        hash: Option<String>,
    },
    /// Everything beside the catalogue that a purged page or deleted space leaves: bodies, versions
    /// and blobs.
    Purge {
        /// The pages whose bodies and versions are removed.
        pages: Vec<PageId>,
        /// The comments whose bodies and versions are removed.
        comments: Vec<CommentId>,
        /// The attachments whose versions and blobs are removed.
        attachments: Vec<AttachmentId>,
    },
    /// The removal of a former version of a page. Later versions are renumbered.
    RemoveVersion {
        /// The page that has the version.
        page: PageId,
        /// The number of the version.
        number: u32,
    },
    /// The removal of a former version of an attachment. Later versions are renumbered.
    RemoveAttachmentVersion {
        /// The attachment that has the version.
        attachment: AttachmentId,
        /// The number of the version.
        number: u32,
    },
    /// How long entries of the audit log are stored. `None` means forever.
    Retention(Option<Retention>),
    /// A long task that is finished with this change.
    LongTask(LongTaskRow),
    /// The outcome for each page of a long task, in the order in which they were named.
    LongTaskPages(LongTaskId, Vec<LongTaskPage>),
    /// A change of a property that a program stores about an account.
    UserProperty(AccountId, UserPropertyChange),
}

/// The content that a version belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versioned {
    /// A page or blog post.
    Page(PageId),
    /// A comment.
    Comment(CommentId),
}

/// A row of `page_version` or `comment_version`.
#[derive(Debug, Clone)]
pub struct VersionRow {
    /// The content that it is a version of.
    pub of: Versioned,
    /// The number of the version, from 1.
    pub number: u32,
    /// The title that the content had in this version.
    pub title: String,
    /// The body with the text of the version.
    pub body: BodyId,
    /// The account that made it, or `None` if nobody was logged in.
    pub by: Option<AccountId>,
    /// When it was made.
    pub at: Millis,
    /// The version message of its author, or empty.
    pub message: String,
    /// Whether its author marked it as a minor edit.
    pub minor: bool,
}

/// A row of `attachment_version`: the bytes and properties of an attachment in one version.
#[derive(Debug, Clone)]
pub struct AttachmentVersionRow {
    /// The attachment that it is a version of.
    pub attachment: AttachmentId,
    /// The number of the version, from 1.
    pub number: u32,
    /// The blob with its bytes.
    pub blob: BlobId,
    /// The size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes in hexadecimal digits.
    pub sha256: String,
    /// The media type of the version.
    pub media_type: String,
    /// The account that made it.
    pub by: AccountId,
    /// When it was made.
    pub at: Millis,
    /// The author's comment on it, or empty.
    pub remark: String,
}

/// A row of `long_task`: an operation whose REST response points to a record of its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongTaskRow {
    /// The id of the task.
    pub id: LongTaskId,
    /// The kind of operation, a stable word with dots: `space.delete`.
    pub kind: String,
    /// The account that started it, or `None` for the command line.
    pub account: Option<AccountId>,
    /// When it began.
    pub started_at: Millis,
    /// When it ended.
    pub finished_at: Millis,
    /// How many pages it has changed or created.
    pub pages: u64,
    /// The page that it has created, if it creates one.
    pub made: Option<PageId>,
    /// Why it ended before everything was done, or `None` if it succeeded.
    pub failure: Option<String>,
}

/// The outcome of a long task for one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongTaskPage {
    /// The page that the outcome is about.
    pub page: PageId,
    /// Why the page wasn't processed, or `None` if it was.
    pub failure: Option<String>,
}

/// One entry of the journal, as people read it in the audit log.
#[derive(Debug, Clone)]
pub struct Event {
    /// The kind of change, a stable word with dots: `space.unlicensed_view.set`.
    pub kind: &'static str,
    /// The space that it is about, whose administrators may read the entry.
    pub space: Option<SpaceId>,
    /// The page that it is about. The page's title is never in the entry.
    pub page: Option<PageId>,
    /// The object of the change in words for site administrators, such as a key or an e-mail
    /// address.
    pub object: String,
    /// The previous value, if there was one.
    pub before: Option<String>,
    /// The new value, if there is one.
    pub after: Option<String>,
}

/// The one who makes a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// An account that is logged in.
    Account(AccountId),
    /// Somebody who isn't logged in, such as the author of an anonymous comment, or who is logging
    /// in.
    Anonymous,
    /// The operator at the command line.
    Operator,
}

/// A change and who makes it, as a plan returns it to [`commit`](crate::commit).
#[derive(Debug, Clone)]
pub struct Planned<T> {
    /// The one who makes the change.
    pub actor: Actor,
    /// The change itself.
    pub change: Change<T>,
}
