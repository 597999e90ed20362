//! The program itself as a reader, for work that isn't done for any one person.
//!
//! Each such reader has a name in [`SystemSubject`], and `tests/system.rs` lists the one part of
//! the program that makes each. Nothing that it reads is returned to anybody: a hit of the index is
//! decided through the searcher's [`View`](crate::View) like everything else.

use crate::action::Object;
use crate::catalogue::Catalogue;
use crate::decide::Channel;
use crate::id::{AttachmentId, CommentId, PageId};
use crate::label::{LabelKey, LabelRow};
use crate::page::{AttachmentRow, CommentRow, ContentState, PageRow, PageState};
use crate::seen::{BodyKey, CommentKey, PastKey, Seen};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// The parts of the program that read for the program itself.
    pub enum SystemSubject {
        /// The search index, which reads the words of all content.
        Indexer = "indexer",
    }
}

/// A catalogue as the program itself sees it: all content, whoever may see it, except drafts and
/// the trash.
#[derive(Debug, Clone)]
pub struct SystemView {
    catalogue: Arc<Catalogue>,
    subject: SystemSubject,
}

impl SystemView {
    /// Opens a catalogue for one of the program's own readers.
    #[must_use]
    pub fn open(catalogue: Arc<Catalogue>, subject: SystemSubject) -> Self {
        Self { catalogue, subject }
    }

    /// Returns the reader that the view was opened for.
    #[must_use]
    pub fn subject(&self) -> SystemSubject {
        self.subject
    }

    /// Returns the revision of the catalogue and its mark.
    #[must_use]
    pub fn place(&self) -> (u64, u64) {
        (self.catalogue.revision, self.catalogue.mark)
    }

    /// Returns a page or blog post that is live or archived.
    #[must_use]
    pub fn page(&self, id: PageId) -> Option<&PageRow> {
        let page = self.catalogue.page(id)?.row();
        matches!(page.state, PageState::Live | PageState::Archived).then_some(page)
    }

    /// Returns the live and archived pages and blog posts from an id on, in the order of their ids.
    pub fn pages_from(&self, first: PageId) -> impl Iterator<Item = &PageRow> {
        self.catalogue
            .pages_from(first)
            .filter_map(|page| self.page(page.row.id))
    }

    /// Returns the witness for the text of a page.
    #[must_use]
    pub fn body(&self, id: PageId) -> Option<Seen<'_, BodyKey>> {
        let row = self.page(id)?;
        Some(Seen::witness(BodyKey {
            page: id,
            body: row.body,
            channel: Channel::Own,
        }))
    }

    /// Returns the witness for the versions of a page.
    #[must_use]
    pub fn past(&self, id: PageId) -> Option<Seen<'_, PastKey>> {
        self.page(id)?;
        Some(Seen::witness(PastKey { page: id }))
    }

    /// Returns a comment that isn't in the trash.
    #[must_use]
    pub fn comment(&self, id: CommentId) -> Option<&CommentRow> {
        let row = self.catalogue.comment(id)?;
        (row.state == ContentState::Live).then_some(row)
    }

    /// Returns the witness for the text of a comment.
    #[must_use]
    pub fn comment_body(&self, id: CommentId) -> Option<Seen<'_, CommentKey>> {
        let row = self.comment(id)?;
        Some(Seen::witness(CommentKey {
            comment: id,
            body: row.body,
        }))
    }

    /// Returns the comments on a page that aren't in the trash, in the order of their ids.
    pub fn comments(&self, page: PageId) -> impl Iterator<Item = &CommentRow> {
        let rows = self.catalogue.comments_of(page);
        rows.filter(|row| row.state == ContentState::Live)
    }

    /// Returns an attachment that isn't in the trash.
    #[must_use]
    pub fn attachment(&self, id: AttachmentId) -> Option<&AttachmentRow> {
        let row = self.catalogue.attachment(id)?;
        (row.state == ContentState::Live).then_some(row)
    }

    /// Returns the attachments of a page that aren't in the trash, in the order of their ids.
    pub fn attachments(&self, page: PageId) -> impl Iterator<Item = &AttachmentRow> {
        let rows = self.catalogue.attachments_of(page);
        rows.filter(|row| row.state == ContentState::Live)
    }

    /// Returns one use of a label by the id of its row.
    #[must_use]
    pub fn label(&self, id: crate::id::LabellingId) -> Option<&LabelRow> {
        self.catalogue.labels.get(id)
    }

    /// Returns the labels on something, in the order of [`View::labels`](crate::View::labels).
    #[must_use]
    pub fn labels(&self, on: Object) -> alloc::vec::Vec<&LabelRow> {
        let mut rows: alloc::vec::Vec<_> = self.catalogue.labels.of(LabelKey::On(on)).collect();
        rows.sort_by(|a, b| (&a.name, a.prefix, a.id).cmp(&(&b.name, b.prefix, b.id)));
        rows
    }
}
