//! The trash of attachments: moving them there, restoring them, and deleting them for good.

use crate::error::SiteError;
use crate::hung;
use crate::page::event;
use crate::plan::Plan;
use crate::site::Site;
use crate::trash::check_restorable;
use narthex_access::{
    Action, AttachmentId, AttachmentRow, ContentState, Credential, Object, PageRow, RowChange,
    Table,
};
use narthex_store::change::{Beside, Change};

impl Site {
    /// Moves an attachment to the trash.
    ///
    /// # Errors
    /// Absent if the caller can't see the attachment; forbidden without the right to delete it.
    pub async fn trash_attachment(
        &self,
        credential: &Credential,
        id: AttachmentId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            plan.view.require(Action::Delete, Object::Attachment(id))?;
            let row = plan.view.attachment(id)?;
            let page = plan.view.page(row.page)?.row();
            Ok(Change {
                rows: vec![in_state(row, ContentState::Trashed)],
                beside: Vec::new(),
                events: vec![event("attachment.trashed", plan.catalogue, page)],
                answer: (),
            })
        })
        .await
    }

    /// Restores an attachment from the trash.
    ///
    /// # Errors
    /// Absent to all but administrators of the space whom the page's restrictions allow; invalid if
    /// the attachment isn't in the trash, if its page is, or if its name is taken.
    pub async fn restore_attachment(
        &self,
        credential: &Credential,
        id: AttachmentId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let (row, page) = in_trash(plan, id)?;
            check_restorable(plan, "attachment", page)?;
            if super::same_name(plan, row.page, &row.file_name).is_some() {
                return Err(super::name_taken(&row.file_name));
            }
            Ok(Change {
                rows: vec![in_state(row, ContentState::Live)],
                beside: Vec::new(),
                events: vec![event("attachment.restored", plan.catalogue, page)],
                answer: (),
            })
        })
        .await
    }

    /// Deletes an attachment in the trash for good, with all its versions. The bytes are removed
    /// soon after.
    ///
    /// # Errors
    /// Absent to all but administrators of the space whom the page's restrictions allow; invalid if
    /// the attachment isn't in the trash.
    pub async fn purge_attachment(
        &self,
        credential: &Credential,
        id: AttachmentId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let (_, page) = in_trash(plan, id)?;
            let mut change = Change {
                rows: vec![RowChange::Remove(Table::Attachment, id.get())],
                beside: vec![Beside::Purge {
                    pages: Vec::new(),
                    comments: Vec::new(),
                    attachments: vec![id],
                }],
                events: vec![event("attachment.purged", plan.catalogue, page)],
                answer: (),
            };
            hung::remove(plan.catalogue, &[Object::Attachment(id)], &mut change);
            Ok(change)
        })
        .await
    }
}

/// Returns a trashed attachment that the caller may restore or purge, and its page.
fn in_trash<'p>(
    plan: &Plan<'p>,
    id: AttachmentId,
) -> Result<(&'p AttachmentRow, &'p PageRow), SiteError> {
    plan.view.require(Action::Trash, Object::Attachment(id))?;
    let row = plan.view.attachment(id)?;
    if row.state != ContentState::Trashed {
        return Err(SiteError::invalid(
            "the attachment is not in the trash; only attachments in the trash can be restored or purged",
        ));
    }
    Ok((row, plan.view.page(row.page)?.row()))
}

fn in_state(row: &AttachmentRow, state: ContentState) -> RowChange {
    AttachmentRow {
        state,
        ..row.clone()
    }
    .into()
}
