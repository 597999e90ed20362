//! Taking a former version out of the past of an attachment.

use crate::error::SiteError;
use crate::page::event;
use crate::plan::Plan;
use crate::site::Site;
use crate::version::Versioned;
use narthex_access::{Action, AttachmentId, AttachmentRow, BlobId, Credential, Door, Object};
use narthex_store::change::{Beside, Change, Event};

/// How often this is tried when the attachment changes meanwhile.
const TRIES: usize = 4;

/// What an attachment was when its past was read: the past is that of this version only.
type Known = (u32, BlobId);

impl Site {
    /// Takes a former version out of the past of an attachment, with its bytes. Later
    /// versions are numbered anew without a hole, as those of pages.
    ///
    /// # Errors
    /// Absent; forbidden to who doesn't see the past or may not edit; invalid for a
    /// version that there is not, and for the newest.
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

/// The attachment, if it is still what it was when its past was read. The right to see
/// that is decided again.
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
