//! The trash of comments: moving them there, restoring them, and deleting them for good.

use super::{about, written};
use crate::error::SiteError;
use crate::hung;
use crate::plan::Plan;
use crate::site::Site;
use crate::trash::check_restorable;
use narthex_access::{
    Action, CommentId, CommentRow, ContentState, Credential, Object, RowChange, Table,
};
use narthex_store::change::{Beside, Change};

impl Site {
    /// Moves a comment to the trash. The replies to it become replies to its own parent or, if it
    /// began a thread, begin a thread each: what other people wrote isn't deleted with it.
    ///
    /// # Errors
    /// Absent if the caller can't see the comment; forbidden without the right to delete it.
    pub async fn trash_comment(
        &self,
        credential: &Credential,
        id: CommentId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            plan.view.require(Action::Delete, Object::Comment(id))?;
            let row = plan.view.comment(id)?;
            if row.state == ContentState::Trashed {
                return Ok(Change::nothing(()));
            }
            let answers = plan.catalogue.comments_of(row.page);
            let answers = answers.filter(|answer| answer.parent == Some(id));
            let moved = answers.map(|answer| {
                let answer = answer.clone();
                let parent = row.parent;
                CommentRow { parent, ..answer }.into()
            });
            let trashed = CommentRow {
                state: ContentState::Trashed,
                ..row.clone()
            };
            Ok(Change {
                rows: moved.chain([trashed.into()]).collect(),
                beside: Vec::new(),
                events: vec![about(plan, "comment.trashed", row)?],
                answer: (),
            })
        })
        .await
    }

    /// Restores a comment from the trash to its former position, as far as its parent still exists.
    /// The replies that moved up when it was deleted stay where they are. This makes a version with
    /// the same text; `number` is that version's number, if the caller sends one.
    ///
    /// # Errors
    /// Absent to all but administrators of the space whom the page's restrictions allow; invalid if
    /// the comment isn't in the trash, or if its page is in the trash or archived; conflict if
    /// `number` isn't the current one plus 1.
    pub async fn restore_comment(
        &self,
        credential: &Credential,
        id: CommentId,
        number: Option<u32>,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let row = in_trash(plan, id)?;
            check_restorable(plan, "comment", plan.view.page(row.page)?.row())?;
            let next = row.version.saturating_add(1);
            if number.is_some_and(|number| number != next) {
                return Err(super::version_must_be(row));
            }
            let restored = CommentRow {
                state: ContentState::Live,
                version: next,
                updated_at: plan.now,
                updated_by: plan.view.subject().account(),
                ..row.clone()
            };
            Ok(Change {
                beside: written(&restored, None, ""),
                events: vec![about(plan, "comment.restored", &restored)?],
                rows: vec![restored.into()],
                answer: (),
            })
        })
        .await
    }

    /// Deletes a comment in the trash for good, with all its versions.
    ///
    /// # Errors
    /// Absent to all but administrators of the space whom the page's restrictions allow; invalid if
    /// the comment isn't in the trash.
    pub async fn purge_comment(
        &self,
        credential: &Credential,
        id: CommentId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let row = in_trash(plan, id)?;
            let mut change = Change {
                rows: vec![RowChange::Remove(Table::Comment, id.get())],
                beside: vec![Beside::Purge {
                    pages: Vec::new(),
                    comments: vec![id],
                    attachments: Vec::new(),
                }],
                events: vec![about(plan, "comment.purged", row)?],
                answer: (),
            };
            hung::remove(plan.catalogue, &[Object::Comment(id)], &mut change);
            Ok(change)
        })
        .await
    }
}

/// Returns a trashed comment that the caller may restore or purge.
fn in_trash<'p>(plan: &Plan<'p>, id: CommentId) -> Result<&'p CommentRow, SiteError> {
    plan.view.require(Action::Trash, Object::Comment(id))?;
    let row = plan.view.comment(id)?;
    if row.state != ContentState::Trashed {
        return Err(SiteError::invalid(
            "the comment is not in the trash; only comments in the trash can be restored or purged",
        ));
    }
    Ok(row)
}
