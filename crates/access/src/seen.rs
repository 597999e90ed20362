//! Witnesses: the proof that a subject may read something, without which the store returns no
//! content.
//!
//! A [`Seen`] is made by the [`View`](crate::View) that allowed the reading, and can't outlive that
//! view. It can't be built, cloned, mapped or read from the wire. Code that forgot the decision has
//! nothing to pass to the store and doesn't compile.

use crate::decide::{Channel, Denied};
use crate::id::{AttachmentId, BlobId, BodyId, CommentId, PageId, PropertyId, TemplateId};
use core::fmt;
use core::marker::PhantomData;

/// A witness that the view `'view` allows its subject to read exactly the thing that `K` names.
#[derive(Debug)]
pub struct Seen<'view, K> {
    key: K,
    view: PhantomData<&'view ()>,
}

impl<K> Seen<'_, K> {
    pub(crate) fn witness(key: K) -> Self {
        Self {
            key,
            view: PhantomData,
        }
    }

    /// Returns the key of the thing that may be read.
    pub fn key(&self) -> &K {
        &self.key
    }

    /// Returns the error for a thing that was purged after the witness was made.
    #[must_use]
    pub fn gone(self) -> Absent {
        Absent::HERE
    }
}

/// The key of a page's current body.
#[derive(Debug)]
pub struct BodyKey {
    pub(crate) page: PageId,
    pub(crate) body: BodyId,
    pub(crate) channel: Channel,
}

impl BodyKey {
    /// Returns the page that the body belongs to.
    #[must_use]
    pub fn page(&self) -> PageId {
        self.page
    }

    /// Returns the id of the body.
    #[must_use]
    pub fn body(&self) -> BodyId {
        self.body
    }

    /// Returns the channel that the page is seen through.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel
    }
}

/// The key of a page's history: its versions and their bodies.
#[derive(Debug)]
pub struct PastKey {
    pub(crate) page: PageId,
}

impl PastKey {
    /// Returns the page that has the history.
    #[must_use]
    pub fn page(&self) -> PageId {
        self.page
    }
}

/// The key of a comment's history: its versions and their bodies.
#[derive(Debug)]
pub struct CommentPastKey {
    pub(crate) comment: CommentId,
}

impl CommentPastKey {
    /// Returns the comment that has the history.
    #[must_use]
    pub fn comment(&self) -> CommentId {
        self.comment
    }
}

/// The key of an attachment's history: its versions.
#[derive(Debug)]
pub struct AttachmentPastKey {
    pub(crate) attachment: AttachmentId,
}

impl AttachmentPastKey {
    /// Returns the attachment that has the history.
    #[must_use]
    pub fn attachment(&self) -> AttachmentId {
        self.attachment
    }
}

/// The key of the bytes of an attachment's current version.
#[derive(Debug)]
pub struct AttachmentKey {
    pub(crate) attachment: AttachmentId,
    pub(crate) blob: BlobId,
}

impl AttachmentKey {
    /// Returns the attachment that the bytes belong to.
    #[must_use]
    pub fn attachment(&self) -> AttachmentId {
        self.attachment
    }

    /// Returns the id of the bytes.
    #[must_use]
    pub fn blob(&self) -> BlobId {
        self.blob
    }
}

/// The key of a comment's current body.
#[derive(Debug)]
pub struct CommentKey {
    pub(crate) comment: CommentId,
    pub(crate) body: BodyId,
}

impl CommentKey {
    /// Returns the comment that the body belongs to.
    #[must_use]
    pub fn comment(&self) -> CommentId {
        self.comment
    }

    /// Returns the id of the body.
    #[must_use]
    pub fn body(&self) -> BodyId {
        self.body
    }
}

/// The key of a property's current value.
#[derive(Debug)]
pub struct PropertyKey {
    pub(crate) property: PropertyId,
    pub(crate) body: BodyId,
}

impl PropertyKey {
    /// Returns the property that the value belongs to.
    #[must_use]
    pub fn property(&self) -> PropertyId {
        self.property
    }

    /// Returns the id of the value, which is a JSON text.
    #[must_use]
    pub fn body(&self) -> BodyId {
        self.body
    }
}

/// The key of a template's text.
#[derive(Debug)]
pub struct TemplateKey {
    pub(crate) template: TemplateId,
    pub(crate) body: BodyId,
}

impl TemplateKey {
    /// Returns the template that the text belongs to.
    #[must_use]
    pub fn template(&self) -> TemplateId {
        self.template
    }

    /// Returns the id of the text.
    #[must_use]
    pub fn body(&self) -> BodyId {
        self.body
    }
}

/// The error for what doesn't exist and for what the subject may not see; they can't be told apart
/// (law 6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent {
    sealed: (),
}

impl Absent {
    pub(crate) const HERE: Self = Self { sealed: () };
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such thing here, or it is not shared with you")
    }
}
impl core::error::Error for Absent {}

/// The error for an action that the law doesn't allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The subject can't see the object.
    Absent(Absent),
    /// The subject can see the object but may not do this to it.
    Forbidden(Denied),
}

impl Refusal {
    /// Returns the refusal that a denial is shown as to its subject.
    #[must_use]
    pub fn of(denied: Denied) -> Self {
        if denied.is_unseen() {
            Self::Absent(Absent::HERE)
        } else {
            Self::Forbidden(denied)
        }
    }
}

impl From<Absent> for Refusal {
    fn from(absent: Absent) -> Self {
        Self::Absent(absent)
    }
}
