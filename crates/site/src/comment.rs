//! Comments: writing, editing, resolving, deleting.

use crate::error::SiteError;
use crate::page::{NewBody, event};
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    Action, BodyId, CommentId, CommentPlace, CommentRow, ContentState, Credential, Object, PageId,
    Resolution,
};
use narthex_store::change::{Beside, Change, Event, VersionRow, Versioned};
use std::sync::Arc;

/// A comment to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewComment {
    /// On which page.
    pub page: PageId,
    /// Which comment it answers.
    pub parent: Option<CommentId>,
    /// Its text.
    pub body: NewBody,
}

/// A new version of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditComment {
    /// The text, if it changes.
    pub body: Option<NewBody>,
    /// The number of the new version: the current one and 1.
    pub version: u32,
    /// Whether its thread is resolved, if that changes.
    pub resolved: Option<bool>,
}

impl Site {
    /// Comments on a page, also as nobody where that is open; answers the comment's id.
    ///
    /// # Errors
    /// Absent, forbidden; invalid for a parent on another page.
    pub async fn create_comment(
        &self,
        credential: &Credential,
        mut new: NewComment,
    ) -> Result<CommentId, SiteError> {
        new.body = self.checked(new.body).await?;
        self.commit(credential, move |plan| plan_create(plan, &new))
            .await
    }

    /// Writes a new version of a comment; answers its number.
    ///
    /// # Errors
    /// Absent, forbidden; conflict if `version` isn't the current one and 1.
    pub async fn edit_comment(
        &self,
        credential: &Credential,
        id: CommentId,
        mut edit: EditComment,
    ) -> Result<u32, SiteError> {
        if let Some(body) = edit.body {
            edit.body = Some(self.checked(body).await?);
        }
        self.commit(credential, move |plan| plan_edit(plan, id, &edit))
            .await
    }

    /// Puts a comment into the trash. Answers to it stay.
    ///
    /// # Errors
    /// Absent, forbidden.
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
            Ok(Change {
                rows: vec![
                    CommentRow {
                        state: ContentState::Trashed,
                        ..row.clone()
                    }
                    .into(),
                ],
                beside: Vec::new(),
                events: vec![about(plan, "comment.trashed", row)?],
                answer: (),
            })
        })
        .await
    }
}

fn plan_create(plan: &Plan<'_>, new: &NewComment) -> Result<Change<CommentId>, SiteError> {
    plan.view.require(Action::Comment, Object::Page(new.page))?;
    if let Some(parent) = new.parent {
        let parent = plan
            .view
            .comment(parent)
            .ok()
            .filter(|parent| parent.page == new.page);
        if parent.is_none() {
            return Err(SiteError::invalid(
                "the comment to be answered isn't on this page, or isn't shared with you",
            ));
        }
    }
    let author = plan.view.subject().account();
    let row = CommentRow {
        id: plan.new_id(CommentId::from_random),
        page: new.page,
        parent: new.parent,
        place: CommentPlace::Footer,
        state: ContentState::Live,
        resolution: Resolution::Open,
        resolved_by: None,
        resolved_at: None,
        marker_ref: Arc::default(),
        selection: Arc::default(),
        match_index: 0,
        match_count: 0,
        author,
        created_at: plan.now,
        body: plan.new_id(BodyId::from_random),
        version: 1,
        updated_at: plan.now,
        updated_by: author,
    };
    Ok(Change {
        answer: row.id,
        beside: written(&row, Some(&new.body)),
        events: vec![about(plan, "comment.created", &row)?],
        rows: vec![row.into()],
    })
}

fn plan_edit(plan: &Plan<'_>, id: CommentId, edit: &EditComment) -> Result<Change<u32>, SiteError> {
    plan.view
        .require(Action::EditComment, Object::Comment(id))?;
    let was = plan.view.comment(id)?;
    let next = was.version.saturating_add(1);
    if edit.version != next {
        return Err(SiteError::conflict(format!(
            "version must be {next}: the current version is {}; read the comment again and send {next}",
            was.version
        )));
    }
    let resolution = resolution(was.resolution, edit.resolved);
    let by = plan.view.subject().account();
    let (resolved_by, resolved_at) = if resolution == was.resolution {
        (was.resolved_by, was.resolved_at)
    } else {
        (by, Some(plan.now))
    };
    let mut row = CommentRow {
        resolution,
        resolved_by,
        resolved_at,
        version: next,
        updated_at: plan.now,
        updated_by: by,
        ..was.clone()
    };
    if edit.body.is_some() {
        row.body = plan.new_id(BodyId::from_random);
    }
    Ok(Change {
        answer: next,
        beside: written(&row, edit.body.as_ref()),
        events: vec![about(plan, "comment.edited", &row)?],
        rows: vec![row.into()],
    })
}

/// How far a thread is after an edit that may say whether it is resolved.
fn resolution(was: Resolution, resolved: Option<bool>) -> Resolution {
    match resolved {
        Some(true) => Resolution::Resolved,
        Some(false) if was == Resolution::Resolved => Resolution::Reopened,
        Some(false) | None => was,
    }
}

fn about(plan: &Plan<'_>, kind: &'static str, row: &CommentRow) -> Result<Event, SiteError> {
    Ok(event(kind, plan.catalogue, plan.view.page(row.page)?.row()))
}

fn written(row: &CommentRow, body: Option<&NewBody>) -> Vec<Beside> {
    let text = body.map(|body| Beside::Body {
        id: row.body,
        representation: body.representation.word().into(),
        text: body.text.clone(),
    });
    let version = Beside::Version(VersionRow {
        of: Versioned::Comment(row.id),
        number: row.version,
        title: String::new(),
        body: row.body,
        by: row.updated_by,
        at: row.updated_at,
        message: String::new(),
        minor: false,
    });
    text.into_iter().chain([version]).collect()
}
