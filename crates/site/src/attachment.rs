//! Attachments: adding files to pages and new versions of them; renaming and moving ([`update`]),
//! the trash ([`trash`]), and deleting former versions ([`version`]).
//!
//! The bytes are stored in the blob store before the write takes its lock; bytes of a write that
//! never comes are removed by the blob store's sweep.

mod trash;
mod update;
mod version;

pub use update::UpdateAttachment;
pub(crate) use update::plan_update;

use crate::error::SiteError;
use crate::name::{misleads, shows_something};
use crate::page::event;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    Action, AttachmentId, AttachmentRow, ContentState, Credential, Object, PageId,
};
use narthex_store::blob::StoredBlob;
use narthex_store::change::{AttachmentVersionRow, Beside, Change};

/// The longest file name, in characters, which is that of titles too.
const MAX_FILE_NAME: usize = 255;

/// A file to attach to a page.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    /// The page that receives the file.
    pub page: PageId,
    /// The file name, which may already be that of an attachment on the page.
    pub file_name: String,
    /// The media type that the file is served with.
    pub media_type: String,
    /// A comment on this version of the file; may be empty.
    pub remark: String,
    /// The bytes, which are in the blob store already.
    pub blob: StoredBlob,
    /// Whether a file of the same name gets a new version; otherwise the name is refused as taken.
    pub new_version: bool,
}

impl Site {
    /// Attaches a file to a page and returns the attachment's id.
    ///
    /// # Errors
    /// As [`Site::attach_all`].
    pub async fn attach(
        &self,
        credential: &Credential,
        new: NewAttachment,
    ) -> Result<AttachmentId, SiteError> {
        let ids = self.attach_all(credential, vec![new]).await?;
        ids.first()
            .copied()
            .ok_or_else(|| SiteError::invalid("there is no file"))
    }

    /// Attaches files, either all of them or none. Returns the attachments' ids in the same order.
    ///
    /// # Errors
    /// Absent if the caller can't see a page; forbidden without the right to attach to it; invalid
    /// for a bad file name and, without `new_version`, for one that is taken.
    pub async fn attach_all(
        &self,
        credential: &Credential,
        new: Vec<NewAttachment>,
    ) -> Result<Vec<AttachmentId>, SiteError> {
        self.commit(credential, move |plan| {
            let mut change = Change::nothing(Vec::with_capacity(new.len()));
            let mut attached: Vec<AttachmentRow> = Vec::with_capacity(new.len());
            for new in &new {
                // A second file of the same name in one request becomes a version of the first.
                let before = attached
                    .iter()
                    .rfind(|row| row.page == new.page && *row.file_name == *new.file_name)
                    .or_else(|| same_name(plan, new.page, &new.file_name))
                    .cloned();
                let row = plan_attach(plan, new, before, &mut change)?;
                attached.push(row);
            }
            Ok(change)
        })
        .await
    }

    /// Checks that the caller may attach to a page, before the server accepts the bytes.
    ///
    /// # Errors
    /// Absent if the caller can't see the page; forbidden without the right to attach to it.
    pub async fn may_attach(&self, credential: &Credential, page: PageId) -> Result<(), SiteError> {
        self.rehearse(credential, |plan| {
            plan.view.require(Action::Attach, Object::Page(page))?;
            Ok(())
        })
        .await
    }
}

/// Adds one file to a change; `before` is the attachment that already has its name.
fn plan_attach(
    plan: &Plan<'_>,
    new: &NewAttachment,
    before: Option<AttachmentRow>,
    change: &mut Change<Vec<AttachmentId>>,
) -> Result<AttachmentRow, SiteError> {
    plan.view.require(Action::Attach, Object::Page(new.page))?;
    let author = plan.author()?;
    check_file_name(&new.file_name)?;
    let page = plan.view.page(new.page)?.row();
    let row = match before {
        Some(_) if !new.new_version => return Err(name_taken(&new.file_name)),
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
    change.answer.push(row.id);
    change.beside.extend([
        Beside::NewBlob(new.blob.id),
        Beside::AttachmentVersion(version),
    ]);
    change
        .events
        .push(event("attachment.added", plan.catalogue, page));
    change.rows.push(row.clone().into());
    Ok(row)
}

/// Returns the page's live attachment of a name, if the caller sees one.
fn same_name<'p>(plan: &Plan<'p>, page: PageId, name: &str) -> Option<&'p AttachmentRow> {
    let mut rows = plan.view.attachments(page).into_iter();
    rows.find(|row| *row.file_name == *name)
}

fn name_taken(name: &str) -> SiteError {
    SiteError::invalid(format!(
        "Cannot add a new attachment with same file name as an existing attachment: {name}; \
         update the attachment instead"
    ))
}

/// Requires a name that can't climb out of a folder or break a header (A60).
fn check_file_name(name: &str) -> Result<(), SiteError> {
    let fits = shows_something(name)
        && name.chars().count() <= MAX_FILE_NAME
        && !matches!(name, "." | "..")
        && !name.chars().any(|c| misleads(c) || matches!(c, '/' | '\\'));
    if fits {
        Ok(())
    } else {
        Err(SiteError::invalid(format!(
            "file name must be 1 to {MAX_FILE_NAME} characters without slashes, control characters \
             and marks that change the direction of text"
        )))
    }
}
