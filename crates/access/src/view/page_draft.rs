//! The part of a view about drafts over published pages. A subject sees only its own (law 2.20).

use super::View;
use super::page::SeenPage;
use crate::credential::{Door, Scope};
use crate::id::PageId;
use crate::page::PageState;
use crate::page_draft::PageDraftRow;
use crate::seen::{Absent, BodyKey, Refusal, Seen};

/// The subject's draft over a page that it sees.
#[derive(Debug, Clone, Copy)]
pub struct SeenDraft<'view> {
    page: SeenPage<'view>,
    row: &'view PageDraftRow,
}

impl<'view> SeenDraft<'view> {
    /// Returns the published page.
    #[must_use]
    pub fn page(&self) -> SeenPage<'view> {
        self.page
    }

    /// Returns the row of the draft.
    #[must_use]
    pub fn row(&self) -> &'view PageDraftRow {
        self.row
    }

    /// Returns the witness for the draft's text.
    #[must_use]
    pub fn body(&self) -> Seen<'view, BodyKey> {
        Seen::witness(BodyKey {
            page: self.row.page,
            body: self.row.body,
            channel: self.page.channel,
        })
    }
}

impl View {
    /// Returns the subject's draft over a published page or blog post.
    ///
    /// # Errors
    /// Returns [`Absent`] if it has none, if it can't see the page, and while the page is in the
    /// trash.
    pub fn page_draft(&self, page: PageId) -> Result<SeenDraft<'_>, Absent> {
        let author = self.subject.account.ok_or(Absent::HERE)?;
        let mut rows = self.catalogue.page_drafts_of(page);
        let own = rows.find(|row| row.author == author);
        self.shown_draft(own.ok_or(Absent::HERE)?)
    }

    /// Returns the same draft, to be discarded. Its author needs no further right for that.
    ///
    /// # Errors
    /// As [`View::page_draft`]; forbidden to a token without the scope to write.
    pub fn page_draft_to_discard(&self, page: PageId) -> Result<SeenDraft<'_>, Refusal> {
        let draft = self.page_draft(page)?;
        let in_scope = self.subject.require_scope(Scope::Write);
        in_scope.map_err(Refusal::Forbidden)?;
        Ok(draft)
    }

    /// Returns the subject's drafts over published pages and blog posts, in the order of their ids.
    pub fn page_drafts(&self) -> impl Iterator<Item = SeenDraft<'_>> {
        let own = self.subject.account.into_iter();
        own.flat_map(|author| self.catalogue.page_drafts_by(author))
            .filter_map(|row| self.shown_draft(row).ok())
    }

    /// Returns the pages and blog posts that the subject created and never published, in the order
    /// of their ids.
    pub fn unpublished_pages(&self) -> impl Iterator<Item = SeenPage<'_>> {
        let own = self.subject.account.into_iter();
        own.flat_map(|author| self.catalogue.unpublished_by(author))
            .filter_map(|page| self.page(page).ok())
    }

    fn shown_draft<'view>(
        &'view self,
        row: &'view PageDraftRow,
    ) -> Result<SeenDraft<'view>, Absent> {
        let page = self.page(row.page)?;
        let readable = matches!(page.row().state, PageState::Live | PageState::Archived);
        // A portal shows articles, and never a text that somebody is still writing.
        if readable && self.door == Door::Confluence {
            Ok(SeenDraft { page, row })
        } else {
            Err(Absent::HERE)
        }
    }
}
