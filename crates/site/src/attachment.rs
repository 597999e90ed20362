//! Attachments: adding files to pages, new versions of them, deleting.
//!
//! The bytes are in the blob store before the write takes its lock; a write that
//! is refused leaves them there unnamed, for the blob store's sweep.

use crate::error::SiteError;
use crate::page::event;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    Action, AttachmentId, AttachmentRow, ContentState, Credential, Object, PageId,
};
use narthex_store::blob::StoredBlob;
use narthex_store::change::{AttachmentVersionRow, Beside, Change};

/// A file to be attached.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    /// To which page.
    pub page: PageId,
    /// Its name.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// A remark on it; may be empty.
    pub remark: String,
    /// Its bytes, stored.
    pub blob: StoredBlob,
    /// Whether a file of this name gets a new version; else it is refused.
    pub new_version: bool,
}

impl Site {
    /// Attaches a file to a page; answers the attachment's id.
    ///
    /// # Errors
    /// Absent, forbidden; invalid for a name that is no file name or, without
    /// `new_version`, is taken.
    pub async fn attach(
        &self,
        credential: &Credential,
        new: NewAttachment,
    ) -> Result<AttachmentId, SiteError> {
        self.commit(credential, move |plan| plan_attach(plan, &new))
            .await
    }

    /// Whether the caller may attach to a page: asked before bytes are taken in.
    ///
    /// # Errors
    /// Absent, forbidden.
    pub async fn may_attach(&self, credential: &Credential, page: PageId) -> Result<(), SiteError> {
        self.rehearse(credential, |plan| {
            plan.view.require(Action::Attach, Object::Page(page))?;
            Ok(())
        })
        .await
    }

    /// Puts an attachment into the trash.
    ///
    /// # Errors
    /// Absent, forbidden.
    pub async fn trash_attachment(
        &self,
        credential: &Credential,
        id: AttachmentId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            plan.view.require(Action::Delete, Object::Attachment(id))?;
            let row = plan.view.attachment(id)?;
            if row.state == ContentState::Trashed {
                return Ok(Change::nothing(()));
            }
            let page = plan.view.page(row.page)?.row();
            Ok(Change {
                rows: vec![
                    AttachmentRow {
                        state: ContentState::Trashed,
                        ..row.clone()
                    }
                    .into(),
                ],
                beside: Vec::new(),
                events: vec![event("attachment.trashed", plan.catalogue, page)],
                answer: (),
            })
        })
        .await
    }
}

fn plan_attach(plan: &Plan<'_>, new: &NewAttachment) -> Result<Change<AttachmentId>, SiteError> {
    plan.view.require(Action::Attach, Object::Page(new.page))?;
    let author = plan.author()?;
    check_file_name(&new.file_name)?;
    let page = plan.view.page(new.page)?.row();
    let same_name = plan
        .view
        .attachments(new.page)
        .into_iter()
        .find(|row| *row.file_name == *new.file_name)
        .cloned();
    let row = match same_name {
        Some(_) if !new.new_version => {
            return Err(SiteError::invalid(format!(
                "Cannot add a new attachment with same file name as an existing attachment: {}; \
                 update the attachment instead",
                new.file_name
            )));
        }
        Some(was) => AttachmentRow {
            media_type: new.media_type.as_str().into(),
            remark: new.remark.as_str().into(),
            blob: new.blob.id,
            size: new.blob.size,
            version: was.version.saturating_add(1),
            updated_at: plan.now,
            updated_by: author,
            ..was
        },
        None => AttachmentRow {
            id: plan.new_id(AttachmentId::from_random),
            page: new.page,
            file_name: new.file_name.as_str().into(),
            media_type: new.media_type.as_str().into(),
            remark: new.remark.as_str().into(),
            state: ContentState::Live,
            author,
            created_at: plan.now,
            blob: new.blob.id,
            size: new.blob.size,
            version: 1,
            updated_at: plan.now,
            updated_by: author,
        },
    };
    let version = AttachmentVersionRow {
        attachment: row.id,
        number: row.version,
        blob: row.blob,
        size: row.size,
        sha256: new.blob.sha256.clone(),
        media_type: new.media_type.clone(),
        by: author,
        at: plan.now,
        remark: new.remark.clone(),
    };
    Ok(Change {
        answer: row.id,
        beside: vec![Beside::AttachmentVersion(version)],
        events: vec![event("attachment.added", plan.catalogue, page)],
        rows: vec![row.into()],
    })
}

/// A name that can't climb out of a folder or break a header (A60).
fn check_file_name(name: &str) -> Result<(), SiteError> {
    let fits = !name.trim().is_empty()
        && name.len() <= 255
        && !matches!(name, "." | "..")
        && !name
            .chars()
            .any(|c| c.is_control() || matches!(c, '/' | '\\'));
    if fits {
        Ok(())
    } else {
        Err(SiteError::invalid(
            "file name must be 1 to 255 bytes without slashes and control characters",
        ))
    }
}
