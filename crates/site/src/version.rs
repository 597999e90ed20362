//! The versions of pages, comments and attachments, to people who see their past (law 2.24).

use crate::error::SiteError;
use crate::site::Site;
use narthex_access::{AttachmentId, CommentId, PageId, View};
use narthex_store::past::{VersionRead, VersionRun};

/// What has versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versioned {
    /// A page or blog post.
    Page(PageId),
    /// A comment.
    Comment(CommentId),
    /// An attachment.
    Attachment(AttachmentId),
}

impl Site {
    /// A run of the versions of something.
    ///
    /// # Errors
    /// Absent where the viewer doesn't see it, forbidden where it doesn't see its
    /// past (law 2.24); storage.
    pub async fn versions(
        &self,
        view: &View,
        of: Versioned,
        run: VersionRun,
    ) -> Result<Vec<VersionRead>, SiteError> {
        let read = match of {
            Versioned::Page(id) => self.store.page_versions(&view.past(id)?, run).await?,
            Versioned::Comment(id) => {
                let seen = view.comment_past(id)?;
                self.store.comment_versions(&seen, run).await?
            }
            Versioned::Attachment(id) => {
                let seen = view.attachment_past(id)?;
                self.store.attachment_versions(&seen, run).await?
            }
        };
        Ok(read)
    }

    /// The version of something with a number; none if there is no such version.
    ///
    /// # Errors
    /// As [`Site::versions`].
    pub async fn version(
        &self,
        view: &View,
        of: Versioned,
        number: u32,
    ) -> Result<Option<VersionRead>, SiteError> {
        let read = self.versions(view, of, VersionRun::only(number)).await?;
        Ok(read.into_iter().find(|version| version.number == number))
    }
}
