//! Reading the texts of pages and comments, which needs a witness of the decision that the viewer
//! may see them.

use crate::body::Written;
use crate::error::SiteError;
use crate::page::Representation;
use crate::site::Site;
use narthex_access::view::SeenPage;
use narthex_access::{CommentId, PageId, View};
use narthex_content::storage::Document;
use narthex_content::text;
use narthex_store::body::Body;
use narthex_store::past::VersionRead;

use std::sync::Arc;

/// The text of a body, as it was sent and as a document.
#[derive(Debug, Clone)]
pub struct Text {
    body: Arc<Body>,
}

impl Text {
    /// Wraps a body that was read.
    pub(crate) fn of(body: Arc<Body>) -> Self {
        Self { body }
    }

    /// The format in which the text was sent.
    pub fn representation(&self) -> Representation {
        if self.body.representation == Representation::AtlasDocFormat.word() {
            Representation::AtlasDocFormat
        } else {
            Representation::Storage
        }
    }

    /// The text in the format in which it was sent.
    pub fn text(&self) -> &str {
        &self.body.text
    }

    /// Parses the text as a document.
    ///
    /// # Errors
    /// Invalid for a text that can't be read, although it was checked when it was written.
    pub fn document(&self) -> Result<Document, SiteError> {
        let written = match self.representation() {
            Representation::Storage => Written::Storage,
            Representation::AtlasDocFormat => Written::AtlasDocFormat,
        };
        written.read(&self.body.text)
    }
}

impl Site {
    /// Returns the current text of a page.
    ///
    /// # Errors
    /// Absent if the page has been purged since the view was opened; storage.
    pub async fn page_body(&self, page: SeenPage<'_>) -> Result<Text, SiteError> {
        let seen = page.body();
        match self.store.body(&seen).await? {
            Some(body) => Ok(Text { body }),
            None => Err(seen.gone().into()),
        }
    }

    /// Returns the current text of a comment.
    ///
    /// # Errors
    /// Absent if the viewer can't see the comment or it has been purged; storage.
    pub async fn comment_body(&self, view: &View, id: CommentId) -> Result<Text, SiteError> {
        let seen = view.comment_body(id)?;
        match self.store.comment_body(&seen).await? {
            Some(body) => Ok(Text { body }),
            None => Err(seen.gone().into()),
        }
    }

    /// Returns the beginning of a comment as one line of at most `most` characters.
    ///
    /// # Errors
    /// As [`Site::comment_body`].
    pub async fn comment_excerpt(
        &self,
        view: &View,
        id: CommentId,
        most: usize,
    ) -> Result<String, SiteError> {
        let text = self.comment_body(view, id).await?;
        Ok(text::excerpt(&text.document()?, most))
    }

    /// Returns the text of a former version of a comment; `None` if there is no such version.
    ///
    /// # Errors
    /// Absent if the viewer can't see the comment, forbidden if the viewer can't see its history
    /// (law 2.24); storage.
    pub async fn past_comment_body(
        &self,
        view: &View,
        id: CommentId,
        number: u32,
    ) -> Result<Option<Text>, SiteError> {
        let seen = view.comment_past(id)?;
        let body = self.store.past_comment_body(&seen, number).await?;
        Ok(body.map(|body| Text { body }))
    }

    /// Returns the versions of a page, newest first.
    ///
    /// # Errors
    /// Absent if the viewer can't see the page, forbidden if the viewer can't see its history
    /// (law 2.24); storage.
    pub async fn history(&self, view: &View, id: PageId) -> Result<Vec<VersionRead>, SiteError> {
        let seen = view.past(id)?;
        Ok(self.store.history(&seen).await?)
    }

    /// Returns the text of a former version of a page; `None` if there is no such version.
    ///
    /// # Errors
    /// As [`Site::history`].
    pub async fn past_body(
        &self,
        view: &View,
        id: PageId,
        number: u32,
    ) -> Result<Option<Text>, SiteError> {
        let seen = view.past(id)?;
        Ok(self
            .store
            .past_body(&seen, number)
            .await?
            .map(|body| Text { body }))
    }
}
