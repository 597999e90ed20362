//! A planned write: what one revision changes, and what people are told of it.
//!
//! An operation of the site is a pure function from a catalogue to a [`Change`].
//! [`commit`](crate::commit) runs it inside the write's own transaction against
//! the newest catalogue, so that every write is decided where it is written.

use crate::retention::Retention;
use crate::user_property::UserPropertyChange;
use narthex_access::{
    AccountId, AttachmentId, BlobId, BodyId, CommentId, LongTaskId, Millis, PageId, RowChange,
    SpaceId,
};

/// What an operation changes in one revision, and its answer.
#[derive(Debug, Clone)]
pub struct Change<T> {
    /// The rows of the catalogue that change.
    pub rows: Vec<RowChange>,
    /// What changes beside the catalogue in the same transaction.
    pub beside: Vec<Beside>,
    /// What people read of it in the audit log; at least one where anything changes.
    pub events: Vec<Event>,
    /// What the caller is told.
    pub answer: T,
}

impl<T> Change<T> {
    /// A change of nothing: no revision is taken and no event is written.
    pub fn nothing(answer: T) -> Self {
        Self {
            rows: Vec::new(),
            beside: Vec::new(),
            events: Vec::new(),
            answer,
        }
    }

    /// The same change with another answer.
    pub fn map<U>(self, answer: impl FnOnce(T) -> U) -> Change<U> {
        Change {
            rows: self.rows,
            beside: self.beside,
            events: self.events,
            answer: answer(self.answer),
        }
    }

    /// Whether nothing changes.
    pub fn is_nothing(&self) -> bool {
        self.rows.is_empty() && self.beside.is_empty()
    }
}

/// A row beside the catalogue: read only by id against a witness, or secret.
#[derive(Debug, Clone)]
pub enum Beside {
    /// The body of a page or comment, written once.
    Body {
        /// Its random id.
        id: BodyId,
        /// `storage`, `atlas_doc_format`, or `json` for a property.
        representation: String,
        /// The text.
        text: String,
    },
    /// A version of a page, blog post or comment.
    Version(VersionRow),
    /// A version of an attachment.
    AttachmentVersion(AttachmentVersionRow),
    /// Bodies that nothing names any more, but for versions that share one. They go
    /// with a later change, so that who is reading them now reads them to the end.
    RetireBodies(Vec<BodyId>),
    /// A version of an attachment with the bytes of another one's: nothing but who
    /// made it and when is new.
    CopyAttachmentVersion {
        /// The attachment that has the bytes.
        from: AttachmentId,
        /// The bytes.
        blob: BlobId,
        /// The attachment that gets them.
        to: AttachmentId,
        /// The number of its version.
        number: u32,
        /// Who makes it.
        by: AccountId,
        /// When.
        at: Millis,
    },
    /// What is said of a version of an attachment; its bytes stay.
    AttachmentNote {
        /// The attachment.
        attachment: AttachmentId,
        /// The version's number.
        number: u32,
        /// Its media type.
        media_type: String,
        /// The remark on it.
        remark: String,
    },
    /// A blob that was written for this change, which names it for the first time: from
    /// now on it is kept. Undoes the change where the blob was swept meanwhile.
    NewBlob(BlobId),
    /// The password hash of an account (argon2id, PHC string).
    Password {
        /// The account.
        account: AccountId,
        /// The hash; none takes the password away.
        hash: Option<String>,
    },
    /// Everything beside the catalogue that a purged page or deleted space left:
    /// bodies, versions, blobs of these pages.
    Purge {
        /// The pages.
        pages: Vec<PageId>,
        /// The comments.
        comments: Vec<CommentId>,
        /// The attachments.
        attachments: Vec<AttachmentId>,
    },
    /// A former version of a page that is taken out; later ones are numbered anew.
    RemoveVersion {
        /// The page.
        page: PageId,
        /// The number of the version.
        number: u32,
    },
    /// A former version of an attachment that is taken out; later ones are numbered anew.
    RemoveAttachmentVersion {
        /// The attachment.
        attachment: AttachmentId,
        /// The number of the version.
        number: u32,
    },
    /// How long the audit log is kept; none for ever.
    Retention(Option<Retention>),
    /// A long task that is done with this change.
    LongTask(LongTaskRow),
    /// What became of each page of a long task, in the order in which they were named.
    LongTaskPages(LongTaskId, Vec<LongTaskPage>),
    /// What programs keep about an account.
    UserProperty(AccountId, UserPropertyChange),
}

/// What a version belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versioned {
    /// A page or blog post.
    Page(PageId),
    /// A comment.
    Comment(CommentId),
}

/// A row of `version`.
#[derive(Debug, Clone)]
pub struct VersionRow {
    /// What it is a version of.
    pub of: Versioned,
    /// Its number, from 1.
    pub number: u32,
    /// The title it had.
    pub title: String,
    /// Its body.
    pub body: BodyId,
    /// Who made it; none where nobody was logged in.
    pub by: Option<AccountId>,
    /// When.
    pub at: Millis,
    /// What its author said of it.
    pub message: String,
    /// Whether its author called it a minor edit.
    pub minor: bool,
}

/// A row of `attachment_version`.
#[derive(Debug, Clone)]
pub struct AttachmentVersionRow {
    /// The attachment.
    pub attachment: AttachmentId,
    /// Its number, from 1.
    pub number: u32,
    /// Its bytes.
    pub blob: BlobId,
    /// Their number.
    pub size: u64,
    /// SHA-256 of them, in hexadecimal digits.
    pub sha256: String,
    /// Its media type.
    pub media_type: String,
    /// Who made it.
    pub by: AccountId,
    /// When.
    pub at: Millis,
    /// What its author said of it.
    pub remark: String,
}

/// A row of `long_task`: something that REST answers with a pointer to how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongTaskRow {
    /// Its id.
    pub id: LongTaskId,
    /// What was to be done, a stable word with dots: `space.delete`.
    pub kind: String,
    /// Who started it; none for the command line.
    pub account: Option<AccountId>,
    /// When it began.
    pub started_at: Millis,
    /// When it was over.
    pub finished_at: Millis,
    /// How many pages it has changed or made.
    pub pages: u64,
    /// The page that it has made, where it makes one.
    pub made: Option<PageId>,
    /// Why it ended before all was done; none where it went well.
    pub failure: Option<String>,
}

/// What became of one page of a long task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongTaskPage {
    /// The page.
    pub page: PageId,
    /// Why it isn't done; none where it is.
    pub failure: Option<String>,
}

/// One entry of the journal, as people read it.
#[derive(Debug, Clone)]
pub struct Event {
    /// What happened, a stable word with dots: `space.unlicensed_view.set`.
    pub kind: &'static str,
    /// Which space it is about, for that space's administrators.
    pub space: Option<SpaceId>,
    /// Which page it is about: its title is never in the entry.
    pub page: Option<PageId>,
    /// What it is about, in words for site administration: a key, an e-mail address.
    pub object: String,
    /// The value before; none where there was none.
    pub before: Option<String>,
    /// The value after; none where there is none.
    pub after: Option<String>,
}

/// Who makes a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// An account.
    Account(AccountId),
    /// Nobody who is logged in: a comment of anonymous, a log-in.
    Anonymous,
    /// The command line.
    Operator,
}

/// A change, and who makes it: what a plan answers to [`commit`](crate::commit).
#[derive(Debug, Clone)]
pub struct Planned<T> {
    /// Who makes it.
    pub actor: Actor,
    /// What it is.
    pub change: Change<T>,
}
