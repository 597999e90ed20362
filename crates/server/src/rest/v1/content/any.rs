//! Content by id, of whatever type: ids are random, so that one names at most one thing.

use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::content::Content;
use crate::rest::v1::represent::{Expand, attachment, comment};
use narthex_access::view::SeenPage;
use narthex_access::{AttachmentRow, CommentRow, Object, View};

/// Something that the viewer sees.
#[derive(Debug, Clone, Copy)]
pub(in crate::rest::v1) enum Any<'v> {
    /// A page or blog post.
    Page(SeenPage<'v>),
    /// An attachment.
    Attachment(&'v AttachmentRow),
    /// A comment.
    Comment(&'v CommentRow),
}

impl<'v> Any<'v> {
    /// What has an id, as it stands in a path or body.
    ///
    /// # Errors
    /// Absent.
    pub(in crate::rest::v1) fn find(view: &'v View, id: &str) -> Result<Self, Failure> {
        if let Some(id) = id.strip_prefix("att") {
            let id = id.parse().map_err(|_| Failure::Absent)?;
            return Ok(Self::Attachment(view.attachment(id)?));
        }
        let page = id.parse().ok().and_then(|id| view.page(id).ok());
        let comment = || id.parse().ok().and_then(|id| view.comment(id).ok());
        let attachment = || id.parse().ok().and_then(|id| view.attachment(id).ok());
        page.map(Self::Page)
            .or_else(|| comment().map(Self::Comment))
            .or_else(|| attachment().map(Self::Attachment))
            .ok_or(Failure::Absent)
    }

    /// It as what is decided on.
    pub(in crate::rest::v1) fn object(self) -> Object {
        match self {
            Self::Page(page) => Object::Page(page.id()),
            Self::Attachment(row) => Object::Attachment(row.id),
            Self::Comment(row) => Object::Comment(row.id),
        }
    }

    /// Its word for the state that it is in.
    pub(super) fn status(self) -> &'static str {
        match self {
            Self::Page(page) => page.row().state.word(),
            Self::Attachment(row) => row.state.word(),
            Self::Comment(row) => row.state.word(),
        }
    }

    /// The content object.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage.
    pub(super) async fn represent(
        self,
        lens: Lens<'v>,
        expand: &Expand,
    ) -> Result<Content<'v>, Failure> {
        match self {
            Self::Page(page) => Content::of(lens, page, expand).await,
            Self::Attachment(row) => {
                attachment::content(lens, lens.view.page(row.page)?, row, expand).await
            }
            Self::Comment(row) => {
                comment::content(lens, lens.view.page(row.page)?, row, expand).await
            }
        }
    }
}
