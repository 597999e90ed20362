//! The versions of pages, comments and attachments, for people who may see their history
//! (law 2.24).

use crate::error::SiteError;
use crate::site::Site;
use narthex_access::{AttachmentId, CommentId, PageId, View};
use narthex_store::past::{VersionRead, VersionRun};

/// A thing that has versions.
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
    /// Returns a part of the versions of something, as the run says.
    ///
    /// # Errors
    /// Absent if the viewer can't see the thing, forbidden if the viewer can't see its history
    /// (law 2.24); storage.
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

    /// Returns one version of something; `None` if there is no version with this number.
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
