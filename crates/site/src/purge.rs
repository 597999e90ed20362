//! Taking what hangs on a page out of the trash for good.

use crate::error::SiteError;
use crate::page::event;
use crate::site::Site;
use narthex_access::{Action, AttachmentId, ContentState, Credential, Object, RowChange, Table};
use narthex_store::change::{Beside, Change};

impl Site {
    /// Takes an attachment out of the trash for good, with its versions.
    ///
    /// # Errors
    /// Absent to all but administrators of the space for whom the page's
    /// restrictions pass; forbidden where the caller sees it and doesn't administer
    /// the space; invalid for what isn't in the trash.
    pub async fn purge_attachment(
        &self,
        credential: &Credential,
        id: AttachmentId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            plan.view.require(Action::Trash, Object::Attachment(id))?;
            let row = plan.view.attachment(id)?;
            if row.state != ContentState::Trashed {
                return Err(SiteError::invalid(
                    "only what is in the trash can be purged; delete the attachment first",
                ));
            }
            let page = plan.view.page(row.page)?.row();
            Ok(Change {
                rows: vec![RowChange::Remove(Table::Attachment, id.get())],
                beside: vec![Beside::Purge {
                    pages: Vec::new(),
                    comments: Vec::new(),
                    attachments: vec![id],
                }],
                events: vec![event("attachment.purged", plan.catalogue, page)],
                answer: (),
            })
        })
        .await
    }
}
