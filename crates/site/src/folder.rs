//! Folders: titles in the page tree, below which pages and other folders lie.
//!
//! A folder is a row of `page` with an empty text; it is decided, moved, trashed and restored as a
//! page is. This module refuses for folders what needs a text, and what can be attached only to
//! pages.

use crate::error::SiteError;
use crate::page::{NewBody, NewPage, Representation, WhichSpace};
use crate::place::Parent;
use crate::site::Site;
use narthex_access::{Credential, PageId, PageKind, PageRow, SpaceId};

/// A folder to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFolder {
    /// The space that the folder belongs to.
    pub space: SpaceId,
    /// The page or folder that is its parent; `None` for the root of the space.
    pub parent: Option<PageId>,
    /// The title, which no other folder of the space may have.
    pub title: String,
}

impl Site {
    /// Creates a folder and returns its id.
    ///
    /// # Errors
    /// As for creating a page: absent for a space that the caller doesn't see, forbidden without
    /// the right to create pages there, invalid for a parent that can't be one and for the title of
    /// another folder.
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

/// Refuses an operation on a folder that is possible for pages and blog posts only.
///
/// # Errors
/// Invalid for a folder; the message names `what`, the thing that folders don't have.
pub(crate) fn refuse(row: &PageRow, what: &str) -> Result<(), SiteError> {
    if row.kind.has_text() {
        return Ok(());
    }
    Err(SiteError::invalid(format!(
        "a folder has no {what}; do this on a page in the folder"
    )))
}
