//! The part of a view about attachments and comments, which are decided as their page is (law
//! 2.25).

use super::View;
use crate::action::{Action, Object};
use crate::id::{AttachmentId, CommentId, PageId};
use crate::page::{AttachmentRow, CommentPlace, CommentRow, ContentState, Resolution};
use crate::seen::{
    Absent, AttachmentKey, AttachmentPastKey, CommentKey, CommentPastKey, Refusal, Seen,
};

impl View {
    /// Returns an attachment by id.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn attachment(&self, id: AttachmentId) -> Result<&AttachmentRow, Absent> {
        let allowed = self.may(self.reading(), Object::Attachment(id));
        self.catalogue
            .attachment(id)
            .filter(|_| allowed)
            .ok_or(Absent::HERE)
    }

    /// Returns the witness for the bytes of an attachment.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn attachment_bytes(&self, id: AttachmentId) -> Result<Seen<'_, AttachmentKey>, Absent> {
        let row = self.attachment(id)?;
        Ok(Seen::witness(AttachmentKey {
            attachment: id,
            blob: row.blob,
        }))
    }

    /// Returns the witness for an attachment's history.
    ///
    /// # Errors
    /// Absent if the subject can't see it; forbidden if it sees the attachment but not its past
    /// (law 2.24).
    pub fn attachment_past(
        &self,
        id: AttachmentId,
    ) -> Result<Seen<'_, AttachmentPastKey>, Refusal> {
        self.require(Action::ViewPast, Object::Attachment(id))?;
        Ok(Seen::witness(AttachmentPastKey { attachment: id }))
    }

    /// Returns the attachments that the subject sees from an id on, in every state, in the order of
    /// their ids.
    pub fn attachments_from(&self, first: AttachmentId) -> impl Iterator<Item = &AttachmentRow> {
        self.catalogue
            .attachments_from(first)
            .filter_map(|row| self.attachment(row.id).ok())
    }

    /// Returns the attachments of a page that the subject sees, in every state, in the order of
    /// their ids.
    pub fn attachments_on(&self, page: PageId) -> impl Iterator<Item = &AttachmentRow> {
        self.catalogue
            .attachments_of(page)
            .filter_map(|row| self.attachment(row.id).ok())
    }

    /// Returns the live attachments of a page that the subject sees, in the order of their file
    /// names.
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

    /// Returns a comment by id.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn comment(&self, id: CommentId) -> Result<&CommentRow, Absent> {
        let allowed = self.may(self.reading(), Object::Comment(id));
        self.catalogue
            .comment(id)
            .filter(|_| allowed)
            .ok_or(Absent::HERE)
    }

    /// Returns the witness for the text of a comment.
    ///
    /// # Errors
    /// Returns [`Absent`] if the subject can't see it.
    pub fn comment_body(&self, id: CommentId) -> Result<Seen<'_, CommentKey>, Absent> {
        let row = self.comment(id)?;
        Ok(Seen::witness(CommentKey {
            comment: id,
            body: row.body,
        }))
    }

    /// Returns the witness for a comment's history.
    ///
    /// # Errors
    /// Absent if the subject can't see it; forbidden if it sees the comment but not its past (law
    /// 2.24).
    pub fn comment_past(&self, id: CommentId) -> Result<Seen<'_, CommentPastKey>, Refusal> {
        self.require(Action::ViewPast, Object::Comment(id))?;
        Ok(Seen::witness(CommentPastKey { comment: id }))
    }

    /// Returns the words that an inline comment is about. `None` for another comment, and where the
    /// words may have gone from the page: then they belong to its past, which the subject has to
    /// be allowed to see (law 2.24). Resolved threads don't follow the text, so theirs may have gone.
    pub fn passage<'v>(&self, row: &'v CommentRow) -> Option<&'v str> {
        let is_current = matches!(row.resolution, Resolution::Open | Resolution::Reopened);
        let is_shown = row.place == CommentPlace::Inline
            && (is_current
                || self
                    .require(Action::ViewPast, Object::Comment(row.id))
                    .is_ok());
        is_shown.then_some(&*row.selection)
    }

    /// Returns the comments that the subject sees from an id on, in every state, in the order of
    /// their ids.
    pub fn comments_from(&self, first: CommentId) -> impl Iterator<Item = &CommentRow> {
        self.catalogue
            .comments_from(first)
            .filter_map(|row| self.comment(row.id).ok())
    }

    /// Returns the comments on a page that the subject sees, in every state, in the order of their
    /// ids.
    pub fn comments_on(&self, page: PageId) -> impl Iterator<Item = &CommentRow> {
        self.catalogue
            .comments_of(page)
            .filter_map(|row| self.comment(row.id).ok())
    }

    /// Returns the live comments on a page that the subject sees, oldest first.
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
