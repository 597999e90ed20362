//! The program itself as a reader: what reads content for nobody in particular.
//!
//! Each such reader has a name in [`SystemSubject`], and `tests/system.rs` lists the one
//! place of the program where each is made. What it reads is answered to nobody: a hit
//! of the index is decided by the asker's [`View`](crate::View) like everything else.

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
    /// Who reads for the program.
    pub enum SystemSubject {
        /// The search index: the words of what is there.
        Indexer = "indexer",
    }
}

/// A catalogue as the program itself reads it: what is there, whoever sees it; neither
/// drafts nor the trash.
#[derive(Debug, Clone)]
pub struct SystemView {
    catalogue: Arc<Catalogue>,
    subject: SystemSubject,
}

impl SystemView {
    /// What one of the program's own readers reads of a catalogue.
    #[must_use]
    pub fn open(catalogue: Arc<Catalogue>, subject: SystemSubject) -> Self {
        Self { catalogue, subject }
    }

    /// Who reads.
    #[must_use]
    pub fn subject(&self) -> SystemSubject {
        self.subject
    }

    /// The revision that is read, and its mark.
    #[must_use]
    pub fn place(&self) -> (u64, u64) {
        (self.catalogue.revision, self.catalogue.mark)
    }

    /// A page or blog post that is live or archived.
    #[must_use]
    pub fn page(&self, id: PageId) -> Option<&PageRow> {
        let page = self.catalogue.page(id)?.row();
        matches!(page.state, PageState::Live | PageState::Archived).then_some(page)
    }

    /// All of them from an id on, in the order of their ids.
    pub fn pages_from(&self, first: PageId) -> impl Iterator<Item = &PageRow> {
        self.catalogue
            .pages_from(first)
            .filter_map(|page| self.page(page.row.id))
    }

    /// The witness for the text of a page.
    #[must_use]
    pub fn body(&self, id: PageId) -> Option<Seen<'_, BodyKey>> {
        let row = self.page(id)?;
        Some(Seen::witness(BodyKey {
            page: id,
            body: row.body,
            channel: Channel::Own,
        }))
    }

    /// The witness for the versions of a page.
    #[must_use]
    pub fn past(&self, id: PageId) -> Option<Seen<'_, PastKey>> {
        self.page(id)?;
        Some(Seen::witness(PastKey { page: id }))
    }

    /// A comment that isn't in the trash.
    #[must_use]
    pub fn comment(&self, id: CommentId) -> Option<&CommentRow> {
        let row = self.catalogue.comment(id)?;
        (row.state == ContentState::Live).then_some(row)
    }

    /// The witness for the text of a comment.
    #[must_use]
    pub fn comment_body(&self, id: CommentId) -> Option<Seen<'_, CommentKey>> {
        let row = self.comment(id)?;
        Some(Seen::witness(CommentKey {
            comment: id,
            body: row.body,
        }))
    }

    /// The comments on a page, in the order of their ids.
    pub fn comments(&self, page: PageId) -> impl Iterator<Item = &CommentRow> {
        let rows = self.catalogue.comments_of(page);
        rows.filter(|row| row.state == ContentState::Live)
    }

    /// An attachment that isn't in the trash.
    #[must_use]
    pub fn attachment(&self, id: AttachmentId) -> Option<&AttachmentRow> {
        let row = self.catalogue.attachment(id)?;
        (row.state == ContentState::Live).then_some(row)
    }

    /// The attachments of a page, in the order of their ids.
    pub fn attachments(&self, page: PageId) -> impl Iterator<Item = &AttachmentRow> {
        let rows = self.catalogue.attachments_of(page);
        rows.filter(|row| row.state == ContentState::Live)
    }

    /// A label on something, by the id of its row.
    #[must_use]
    pub fn label(&self, id: crate::id::LabellingId) -> Option<&LabelRow> {
        self.catalogue.labels.get(id)
    }

    /// The labels on something, as [`View::labels`](crate::View::labels) orders them.
    #[must_use]
    pub fn labels(&self, on: Object) -> alloc::vec::Vec<&LabelRow> {
        let mut rows: alloc::vec::Vec<_> = self.catalogue.labels.of(LabelKey::On(on)).collect();
        rows.sort_by(|a, b| (&a.name, a.prefix, a.id).cmp(&(&b.name, b.prefix, b.id)));
        rows
    }
}
