//! The attachments and comments that a view shows: decided as their page (law 2.25).

use super::View;
use crate::action::{Action, Object};
use crate::id::{AttachmentId, CommentId, PageId};
use crate::page::{AttachmentRow, CommentRow, ContentState};
use crate::seen::{
    Absent, AttachmentKey, AttachmentPastKey, CommentKey, CommentPastKey, Refusal, Seen,
};

impl View {
    /// An attachment by id.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn attachment(&self, id: AttachmentId) -> Result<&AttachmentRow, Absent> {
        let allowed = self.may(self.reading(), Object::Attachment(id));
        self.catalogue
            .attachment(id)
            .filter(|_| allowed)
            .ok_or(Absent::HERE)
    }

    /// The witness for the bytes of an attachment.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn attachment_bytes(&self, id: AttachmentId) -> Result<Seen<'_, AttachmentKey>, Absent> {
        let row = self.attachment(id)?;
        Ok(Seen::witness(AttachmentKey {
            attachment: id,
            blob: row.blob,
        }))
    }

    /// The witness for an attachment's history.
    ///
    /// # Errors
    /// Absent, or forbidden to people who see the attachment but not its past (law 2.24).
    pub fn attachment_past(
        &self,
        id: AttachmentId,
    ) -> Result<Seen<'_, AttachmentPastKey>, Refusal> {
        self.require(Action::ViewPast, Object::Attachment(id))?;
        Ok(Seen::witness(AttachmentPastKey { attachment: id }))
    }

    /// The attachments that the subject sees from an id on, in every state, in
    /// the order of their ids.
    pub fn attachments_from(&self, first: AttachmentId) -> impl Iterator<Item = &AttachmentRow> {
        self.catalogue
            .attachments_from(first)
            .filter_map(|row| self.attachment(row.id).ok())
    }

    /// Those of one page, in every state, in the order of their ids.
    pub fn attachments_on(&self, page: PageId) -> impl Iterator<Item = &AttachmentRow> {
        self.catalogue
            .attachments_of(page)
            .filter_map(|row| self.attachment(row.id).ok())
    }

    /// The live attachments of a page that the subject sees, in the order of
    /// their file names.
    #[must_use]
    pub fn attachments(&self, page: PageId) -> alloc::vec::Vec<&AttachmentRow> {
        let mut rows: alloc::vec::Vec<_> = self
            .catalogue
            .attachments_of(page)
            .filter(|row| row.state == ContentState::Live)
            .filter_map(|row| self.attachment(row.id).ok())
            .collect();
        rows.sort_by(|a, b| (&a.file_name, a.id).cmp(&(&b.file_name, b.id)));
        rows
    }

    /// A comment by id.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn comment(&self, id: CommentId) -> Result<&CommentRow, Absent> {
        let allowed = self.may(self.reading(), Object::Comment(id));
        self.catalogue
            .comment(id)
            .filter(|_| allowed)
            .ok_or(Absent::HERE)
    }

    /// The witness for the text of a comment.
    ///
    /// # Errors
    /// [`Absent`] if it isn't there for the subject.
    pub fn comment_body(&self, id: CommentId) -> Result<Seen<'_, CommentKey>, Absent> {
        let row = self.comment(id)?;
        Ok(Seen::witness(CommentKey {
            comment: id,
            body: row.body,
        }))
    }

    /// The witness for a comment's history.
    ///
    /// # Errors
    /// Absent, or forbidden to people who see the comment but not its past (law 2.24).
    pub fn comment_past(&self, id: CommentId) -> Result<Seen<'_, CommentPastKey>, Refusal> {
        self.require(Action::ViewPast, Object::Comment(id))?;
        Ok(Seen::witness(CommentPastKey { comment: id }))
    }

    /// The comments that the subject sees from an id on, in every state, in the
    /// order of their ids.
    pub fn comments_from(&self, first: CommentId) -> impl Iterator<Item = &CommentRow> {
        self.catalogue
            .comments_from(first)
            .filter_map(|row| self.comment(row.id).ok())
    }

    /// Those of one page, in every state, in the order of their ids.
    pub fn comments_on(&self, page: PageId) -> impl Iterator<Item = &CommentRow> {
        self.catalogue
            .comments_of(page)
            .filter_map(|row| self.comment(row.id).ok())
    }

    /// The live comments of a page that the subject sees, oldest first.
    #[must_use]
    pub fn comments(&self, page: PageId) -> alloc::vec::Vec<&CommentRow> {
        let mut rows: alloc::vec::Vec<_> = self
            .catalogue
            .comments_of(page)
            .filter(|row| row.state == ContentState::Live)
            .filter_map(|row| self.comment(row.id).ok())
            .collect();
        rows.sort_by_key(|row| (row.created_at, row.id));
        rows
    }
}
