//! Deleting a former version of an attachment.

use crate::error::SiteError;
use crate::page::event;
use crate::plan::Plan;
use crate::site::Site;
use crate::version::Versioned;
use narthex_access::{Action, AttachmentId, AttachmentRow, BlobId, Credential, Door, Object};
use narthex_store::change::{Beside, Change, Event};

/// How often the deletion is tried while the attachment changes meanwhile.
const TRIES: usize = 4;

/// The version and blob of an attachment when its history was read, to notice a change since.
type Known = (u32, BlobId);

impl Site {
    /// Deletes a former version of an attachment, with its bytes. Later versions are renumbered
    /// without a gap, as those of pages are.
    ///
    /// # Errors
    /// Absent if the caller can't see the attachment; forbidden without the right to see its
    /// history or to edit it; invalid if there is no such version, and for the current one.
    pub async fn delete_attachment_version(
        &self,
        credential: &Credential,
        id: AttachmentId,
        number: u32,
    ) -> Result<(), SiteError> {
        for _ in 0..TRIES {
            let view = self.view(credential, Door::Confluence).await?;
            view.require(Action::Edit, Object::Attachment(id))?;
            let row = view.attachment(id)?;
            let known = (row.version, row.blob);
            let then = self
                .version(&view, Versioned::Attachment(id), number)
                .await?;
            if number == row.version {
                return Err(SiteError::invalid(format!(
                    "version {number} is the current version; name a former one"
                )));
            }
            if then.is_none() {
                return Err(SiteError::invalid(format!(
                    "there is no version {number} of this attachment"
                )));
            }
            let deleted = self.commit(credential, move |plan| {
                Ok(match still(plan, id, known)? {
                    Some(row) => without_version(plan, row, number)?.map(|()| true),
                    None => Change::nothing(false),
                })
            });
            if deleted.await? {
                return Ok(());
            }
        }
        Err(SiteError::conflict(
            "the attachment changes all the time; try again",
        ))
    }
}

/// Returns the attachment if it hasn't changed since its history was read. The right to see the
/// history is decided again.
fn still<'p>(
    plan: &'p Plan<'_>,
    id: AttachmentId,
    known: Known,
) -> Result<Option<&'p AttachmentRow>, SiteError> {
    plan.view
        .require(Action::ViewPast, Object::Attachment(id))?;
    plan.view.require(Action::Edit, Object::Attachment(id))?;
    let row = plan.view.attachment(id)?;
    Ok(((row.version, row.blob) == known).then_some(row))
}

fn without_version(
    plan: &Plan<'_>,
    row: &AttachmentRow,
    number: u32,
) -> Result<Change<()>, SiteError> {
    let page = plan.view.page(row.page)?.row();
    let now = AttachmentRow {
        version: row.version.saturating_sub(1),
        ..row.clone()
    };
    Ok(Change {
        beside: vec![Beside::RemoveAttachmentVersion {
            attachment: row.id,
            number,
        }],
        events: vec![Event {
            before: Some(format!("version {number}")),
            ..event("attachment.version.deleted", plan.catalogue, page)
        }],
        rows: vec![now.into()],
        answer: (),
    })
}
