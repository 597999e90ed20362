//! Folders: titles in the page tree that pages and folders lie below.
//!
//! A folder is a row of `page` with an empty text, decided, moved, trashed and restored
//! as a page is. What is done to texts and what hangs on them is refused here.

use crate::error::SiteError;
use crate::page::{NewBody, NewPage, Representation, WhichSpace};
use crate::place::Parent;
use crate::site::Site;
use narthex_access::{Credential, PageId, PageKind, PageRow, SpaceId};

/// A folder to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFolder {
    /// The space.
    pub space: SpaceId,
    /// The page or folder that it lies below; none for the root of the space.
    pub parent: Option<PageId>,
    /// The title.
    pub title: String,
}

impl Site {
    /// Creates a folder; answers its id.
    ///
    /// # Errors
    /// As for creating a page: absent for a space that the caller doesn't see,
    /// forbidden without the right to create pages there, invalid for a parent that
    /// is none and for the title of another folder.
    pub async fn create_folder(
        &self,
        credential: &Credential,
        new: NewFolder,
    ) -> Result<PageId, SiteError> {
        let folder = NewPage {
            space: WhichSpace::Id(new.space),
            parent: new.parent.map_or(Parent::Root, Parent::Page),
            kind: PageKind::Folder,
            draft: false,
            title: new.title,
            body: NewBody {
                representation: Representation::Storage,
                text: String::new(),
            },
            created_at: None,
        };
        self.create_page(credential, folder).await
    }
}

/// Refuses what can be done to a page or blog post, and not to a folder.
///
/// # Errors
/// Invalid for a folder: what it hasn't, which stands in the message.
pub(crate) fn refuse(row: &PageRow, what: &str) -> Result<(), SiteError> {
    if row.kind.has_text() {
        return Ok(());
    }
    Err(SiteError::invalid(format!(
        "a folder has no {what}; do this to a page that lies in it"
    )))
}
