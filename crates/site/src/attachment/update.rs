//! Changing an attachment's name, media type, comment or page. Its bytes and the number of its
//! version stay.

use crate::error::SiteError;
use crate::page::{event, readers_may_be_added};
use crate::plan::Plan;
use narthex_access::{Action, AttachmentId, AttachmentRow, Object, PageId};
use narthex_store::change::{Beside, Change};

/// A change of an attachment's fields; a field that is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UpdateAttachment {
    /// The number of the version that the caller knows; `None` if the caller doesn't send one.
    pub version: Option<u32>,
    /// The new file name.
    pub file_name: Option<String>,
    /// The new media type.
    pub media_type: Option<String>,
    /// A new comment on the current version.
    pub remark: Option<String>,
    /// The page to move it to.
    pub page: Option<PageId>,
}

pub(crate) fn plan_update(
    plan: &Plan<'_>,
    id: AttachmentId,
    update: &UpdateAttachment,
) -> Result<Change<()>, SiteError> {
    plan.view.require(Action::Edit, Object::Attachment(id))?;
    let author = plan.author()?;
    let was = plan.view.attachment(id)?;
    if update.version.is_some_and(|version| version != was.version) {
        return Err(SiteError::conflict(format!(
            "the attachment's version is {}; read it again and send that number",
            was.version
        )));
    }
    let page = update.page.unwrap_or(was.page);
    let mut row = AttachmentRow {
        page,
        ..was.clone()
    };
    if let Some(name) = &update.file_name {
        super::check_file_name(name)?;
        row.file_name = name.as_str().into();
    }
    if let Some(media_type) = &update.media_type {
        row.media_type = media_type.as_str().into();
    }
    if let Some(remark) = &update.remark {
        row.remark = remark.as_str().into();
    }
    if row == *was {
        return Ok(Change::nothing(()));
    }
    if page != was.page {
        may_move(plan, was, page)?;
    }
    let taken = super::same_name(plan, page, &row.file_name);
    if taken.is_some_and(|other| other.id != id) {
        return Err(super::name_taken(&row.file_name));
    }
    (row.updated_at, row.updated_by) = (plan.now, author);
    let note = Beside::AttachmentNote {
        attachment: id,
        number: row.version,
        media_type: row.media_type.to_string(),
        remark: row.remark.to_string(),
    };
    let kind = match page == was.page {
        true => "attachment.updated",
        false => "attachment.moved",
    };
    let mut events = vec![event(kind, plan.catalogue, plan.view.page(page)?.row())];
    if page != was.page {
        // People who read only the space that it leaves see the event too.
        events.push(event(kind, plan.catalogue, plan.view.page(was.page)?.row()));
    }
    Ok(Change {
        rows: vec![row.into()],
        beside: vec![note],
        events,
        answer: (),
    })
}

/// Requires the right to delete at the source and to attach at the target, and the right to
/// restrict if the move may add readers (law 2a.8; A30).
fn may_move(plan: &Plan<'_>, was: &AttachmentRow, to: PageId) -> Result<(), SiteError> {
    let view = plan.view;
    view.require(Action::Delete, Object::Attachment(was.id))?;
    view.require(Action::Attach, Object::Page(to))?;
    let (from, to) = (view.page(was.page)?.row(), view.page(to)?.row());
    let (from_place, to_place) = ((from.space, Some(from.id)), (to.space, Some(to.id)));
    if readers_may_be_added(plan.catalogue, from_place, to_place) {
        view.require(Action::Restrict, Object::Page(from.id))?;
    }
    Ok(())
}
