//! Content of whatever type, by id: ids are random, so that one names at most one thing.

use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::rest::status::status_on;
use crate::rest::v1::represent::children::{Below, Reach};
use crate::rest::v1::represent::content::Content;
use crate::rest::v1::represent::version::Version;
use crate::rest::v1::represent::{Expand, attachment, comment};
use narthex_access::view::SeenPage;
use narthex_access::{AttachmentRow, CommentRow, Object, View};
use narthex_site::version::Versioned;
use narthex_store::past::{VersionRead, VersionRun};

/// Content that the viewer sees.
#[derive(Debug, Clone, Copy)]
pub(in crate::rest::v1) enum Any<'v> {
    /// A page, blog post or folder.
    Page(SeenPage<'v>),
    /// An attachment.
    Attachment(&'v AttachmentRow),
    /// A comment.
    Comment(&'v CommentRow),
}

impl<'v> Any<'v> {
    /// Finds the content with an id as it is written in a path or body.
    ///
    /// # Errors
    /// Absent if there is no such content for this viewer.
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

    /// Returns an object as content; `None` for spaces and templates, which aren't content.
    ///
    /// # Errors
    /// Absent if the viewer can't see it.
    pub(in crate::rest::v1) fn of(view: &'v View, object: Object) -> Result<Option<Self>, Failure> {
        Ok(match object {
            Object::Page(id) => Some(Self::Page(view.page(id)?)),
            Object::Attachment(id) => Some(Self::Attachment(view.attachment(id)?)),
            Object::Comment(id) => Some(Self::Comment(view.comment(id)?)),
            Object::Space(_) | Object::Template(_) => None,
        })
    }

    /// Returns the object that decisions about this content are made on.
    pub(in crate::rest::v1) fn object(self) -> Object {
        match self {
            Self::Page(page) => Object::Page(page.id()),
            Self::Attachment(row) => Object::Attachment(row.id),
            Self::Comment(row) => Object::Comment(row.id),
        }
    }

    /// Returns the content below this one, down to `reach`.
    pub(in crate::rest::v1) fn below(self, reach: Reach) -> Below<'v> {
        match self {
            Self::Page(page) => Below::of_page(page, reach),
            Self::Comment(row) => Below::of_comment(row, reach),
            Self::Attachment(row) => Below::of_attachment(row, reach),
        }
    }

    /// Reads a run of its versions.
    ///
    /// # Errors
    /// Forbidden for people who can't see its past; storage errors.
    pub(in crate::rest::v1) async fn versions(
        self,
        lens: Lens<'v>,
        run: VersionRun,
    ) -> Result<Vec<VersionRead>, Failure> {
        let versions = lens.site.versions(lens.view, self.versioned(), run);
        Ok(versions.await?)
    }

    /// Reads the version with this number.
    ///
    /// # Errors
    /// Absent if there is no such version; otherwise as [`Any::versions`].
    pub(in crate::rest::v1) async fn version(
        self,
        lens: Lens<'v>,
        number: u32,
    ) -> Result<VersionRead, Failure> {
        let version = lens.site.version(lens.view, self.versioned(), number);
        version.await?.ok_or(Failure::Absent)
    }

    fn versioned(self) -> Versioned {
        match self {
            Self::Page(page) => Versioned::Page(page.id()),
            Self::Attachment(row) => Versioned::Attachment(row.id),
            Self::Comment(row) => Versioned::Comment(row.id),
        }
    }

    /// Builds the object of one of its versions, with the parts that are expanded.
    ///
    /// # Errors
    /// As [`Any::represent_version`].
    pub(in crate::rest::v1) async fn version_object(
        self,
        lens: Lens<'v>,
        version: &VersionRead,
        expand: &Expand,
    ) -> Result<Version<'v>, Failure> {
        let content = match expand.has("content") {
            true => {
                let expand = expand.within("content");
                let of_then = self.represent_version(lens, version, &expand);
                Some(Box::pin(of_then).await?)
            }
            false => None,
        };
        let answer = Version::read(lens, &self.id(), version);
        Ok(answer.expanded(lens, version, content, expand))
    }

    /// Builds the content object as it was in the version with this number.
    ///
    /// # Errors
    /// Absent if there is no such version; forbidden for people who see the content but not its
    /// past; storage errors.
    pub(in crate::rest::v1) async fn represent_number(
        self,
        lens: Lens<'v>,
        number: u32,
        expand: &Expand,
    ) -> Result<Content<'v>, Failure> {
        if number == self.newest() {
            return self.represent(lens, expand).await;
        }
        let version = self.version(lens, number).await?;
        self.represent_version(lens, &version, expand).await
    }

    /// Builds the content object as it was in a version that has been read.
    ///
    /// # Errors
    /// As [`Any::represent_number`].
    async fn represent_version(
        self,
        lens: Lens<'v>,
        version: &VersionRead,
        expand: &Expand,
    ) -> Result<Content<'v>, Failure> {
        match self {
            _ if version.number == self.newest() => self.represent(lens, expand).await,
            Self::Page(page) => Content::of_version(lens, page, version, expand).await,
            Self::Comment(row) => {
                let page = lens.view.page(row.page)?;
                comment::of_version(lens, page, row, version, expand).await
            }
            Self::Attachment(row) => {
                let page = lens.view.page(row.page)?;
                attachment::of_version(lens, page, row, version, expand).await
            }
        }
    }

    /// Returns the number of its newest version.
    fn newest(self) -> u32 {
        match self {
            Self::Page(page) => page.row().version,
            Self::Attachment(row) => row.version,
            Self::Comment(row) => row.version,
        }
    }

    /// Returns its id as responses write it; an attachment's begins with `att`.
    fn id(self) -> String {
        match self {
            Self::Page(page) => page.id().to_string(),
            Self::Attachment(row) => attachment::id_text(row),
            Self::Comment(row) => row.id.to_string(),
        }
    }

    /// Returns the word for its type.
    pub(in crate::rest::v1) fn kind(self) -> &'static str {
        match self {
            Self::Page(page) => page.row().kind.word(),
            Self::Attachment(_) => "attachment",
            Self::Comment(_) => "comment",
        }
    }

    /// Returns the word for its status: attachments and comments on a trashed page are trashed with
    /// it (law 2.21).
    pub(in crate::rest::v1) fn status(self, view: &View) -> &'static str {
        let (page, own) = match self {
            Self::Page(page) => return page.row().state.word(),
            Self::Attachment(row) => (row.page, row.state),
            Self::Comment(row) => (row.page, row.state),
        };
        match view.page(page) {
            Ok(page) => status_on(page, own),
            Err(_) => own.word(),
        }
    }

    /// Builds the content object.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage errors.
    pub(in crate::rest::v1) async fn represent(
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
