//! Witnesses: what may be read, in the only form in which the store takes it.
//!
//! A [`Seen`] is made by a [`View`](crate::View) that allowed it and can't
//! outlive that view. It can't be built, cloned, mapped or read from the wire;
//! code that forgot to ask has nothing to hand to the store and doesn't compile.

use crate::decide::{Channel, Denied};
use crate::id::{AttachmentId, BlobId, BodyId, CommentId, PageId, PropertyId, TemplateId};
use core::fmt;
use core::marker::PhantomData;

/// A witness that the view `'view` shows exactly what `K` names.
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

    /// What may be read.
    pub fn key(&self) -> &K {
        &self.key
    }

    /// The answer where what it names has been purged since: absence.
    #[must_use]
    pub fn gone(self) -> Absent {
        Absent::HERE
    }
}

/// The current body of a page.
#[derive(Debug)]
pub struct BodyKey {
    pub(crate) page: PageId,
    pub(crate) body: BodyId,
    pub(crate) channel: Channel,
}

impl BodyKey {
    /// The page.
    #[must_use]
    pub fn page(&self) -> PageId {
        self.page
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> BodyId {
        self.body
    }

    /// The channel that the page is seen through.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel
    }
}

/// The history of a page: its versions and their bodies.
#[derive(Debug)]
pub struct PastKey {
    pub(crate) page: PageId,
}

impl PastKey {
    /// The page.
    #[must_use]
    pub fn page(&self) -> PageId {
        self.page
    }
}

/// The history of a comment: its versions and their bodies.
#[derive(Debug)]
pub struct CommentPastKey {
    pub(crate) comment: CommentId,
}

impl CommentPastKey {
    /// The comment.
    #[must_use]
    pub fn comment(&self) -> CommentId {
        self.comment
    }
}

/// The history of an attachment: its versions.
#[derive(Debug)]
pub struct AttachmentPastKey {
    pub(crate) attachment: AttachmentId,
}

impl AttachmentPastKey {
    /// The attachment.
    #[must_use]
    pub fn attachment(&self) -> AttachmentId {
        self.attachment
    }
}

/// The bytes of an attachment's current version.
#[derive(Debug)]
pub struct AttachmentKey {
    pub(crate) attachment: AttachmentId,
    pub(crate) blob: BlobId,
}

impl AttachmentKey {
    /// The attachment.
    #[must_use]
    pub fn attachment(&self) -> AttachmentId {
        self.attachment
    }

    /// Its bytes.
    #[must_use]
    pub fn blob(&self) -> BlobId {
        self.blob
    }
}

/// The current body of a comment.
#[derive(Debug)]
pub struct CommentKey {
    pub(crate) comment: CommentId,
    pub(crate) body: BodyId,
}

impl CommentKey {
    /// The comment.
    #[must_use]
    pub fn comment(&self) -> CommentId {
        self.comment
    }

    /// Its body.
    #[must_use]
    pub fn body(&self) -> BodyId {
        self.body
    }
}

/// The current value of a property.
#[derive(Debug)]
pub struct PropertyKey {
    pub(crate) property: PropertyId,
    pub(crate) body: BodyId,
}

impl PropertyKey {
    /// The property.
    #[must_use]
    pub fn property(&self) -> PropertyId {
        self.property
    }

    /// Its value, a JSON text.
    #[must_use]
    pub fn body(&self) -> BodyId {
        self.body
    }
}

/// The text of a template.
#[derive(Debug)]
pub struct TemplateKey {
    pub(crate) template: TemplateId,
    pub(crate) body: BodyId,
}

impl TemplateKey {
    /// The template.
    #[must_use]
    pub fn template(&self) -> TemplateId {
        self.template
    }

    /// Its text.
    #[must_use]
    pub fn body(&self) -> BodyId {
        self.body
    }
}

/// Not there, or not for this subject: one answer for both (law 6.1).
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

/// A refused action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The subject doesn't see the object.
    Absent(Absent),
    /// It sees the object, and may not do this to it.
    Forbidden(Denied),
}

impl Refusal {
    /// The refusal that a denial is to its subject.
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
