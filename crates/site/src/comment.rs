//! Comments: writing, editing and resolving them. The submodule `trash` deletes and restores them;
//! `inline_comment` is about the passages that comments mark.

mod trash;

use crate::error::SiteError;
use crate::inline_comment::{self, Mark};
use crate::page::{NewBody, event};
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    Action, BodyId, CommentId, CommentPlace, CommentRow, ContentState, Credential, Object, PageId,
    Resolution,
};
use narthex_store::change::{Beside, Change, Event, VersionRow, Versioned};

/// A comment to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewComment {
    /// The page that is commented on.
    pub page: PageId,
    /// The comment that it replies to; `None` for one that begins a thread.
    pub parent: Option<CommentId>,
    /// The text of the comment.
    pub body: NewBody,
}

/// A new version of a comment; a field that is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditComment {
    /// The new text; `None` if it stays.
    pub body: Option<NewBody>,
    /// The number of the new version, which is the current one plus 1.
    pub version: u32,
    /// The author's message on this version; may be empty.
    pub message: String,
    /// Whether the thread is resolved from now on; `None` if that stays.
    pub resolved: Option<bool>,
}

impl Site {
    /// Creates a comment on a page, anonymously too if the page is open to anonymous comments. A
    /// reply has the same location as the comment that it replies to. Returns the comment's id.
    ///
    /// # Errors
    /// Absent if the caller can't see the page; forbidden without the right to comment; invalid for
    /// a parent on another page.
    pub async fn create_comment(
        &self,
        credential: &Credential,
        mut new: NewComment,
    ) -> Result<CommentId, SiteError> {
        new.body = self.checked(new.body)?;
        self.commit(credential, move |plan| plan_create(plan, &new, None))
            .await
    }

    /// Writes a new version of a comment and returns the version's number.
    ///
    /// # Errors
    /// Absent if the caller can't see the comment; forbidden without the right to edit it; conflict
    /// if `version` isn't the current one plus 1.
    pub async fn edit_comment(
        &self,
        credential: &Credential,
        id: CommentId,
        mut edit: EditComment,
    ) -> Result<u32, SiteError> {
        if let Some(body) = edit.body {
            edit.body = Some(self.checked(body)?);
        }
        self.commit(credential, move |plan| plan_edit(plan, id, &edit))
            .await
    }
}

/// Plans a comment: at a passage if one is given, else at the location of the comment that it
/// replies to, else below the page.
pub(crate) fn plan_create(
    plan: &Plan<'_>,
    new: &NewComment,
    mark: Option<Mark>,
) -> Result<Change<CommentId>, SiteError> {
    plan.view.require(Action::Comment, Object::Page(new.page))?;
    let parent = match new.parent {
        Some(parent) => Some(answered(plan, new.page, parent)?),
        None => None,
    };
    let (place, mark) = match (mark, parent) {
        (Some(mark), _) => (CommentPlace::Inline, mark),
        (None, Some(parent)) => (parent.place, Mark::of(parent)),
        (None, None) => (CommentPlace::Footer, Mark::default()),
    };
    let author = plan.view.subject().account();
    let row = CommentRow {
        id: plan.new_id(CommentId::from_random),
        page: new.page,
        parent: new.parent,
        place,
        state: ContentState::Live,
        resolution: parent.map_or(Resolution::Open, |parent| parent.resolution),
        resolved_by: parent.and_then(|parent| parent.resolved_by),
        resolved_at: parent.and_then(|parent| parent.resolved_at),
        marker_ref: mark.reference,
        selection: mark.selection,
        match_index: mark.index,
        match_count: mark.count,
        author,
        created_at: plan.now,
        body: plan.new_id(BodyId::from_random),
        version: 1,
        updated_at: plan.now,
        updated_by: author,
    };
    Ok(Change {
        answer: row.id,
        beside: written(&row, Some(&new.body), ""),
        events: vec![about(plan, "comment.created", &row)?],
        rows: vec![row.into()],
    })
}

/// Returns the comment that is replied to, if it is live, visible and on the page.
fn answered<'p>(
    plan: &Plan<'p>,
    page: PageId,
    parent: CommentId,
) -> Result<&'p CommentRow, SiteError> {
    let parent = plan.view.comment(parent).ok();
    parent
        .filter(|parent| parent.page == page && parent.state == ContentState::Live)
        .ok_or_else(|| {
            SiteError::invalid(
                "the comment to be answered isn't on this page, or isn't shared with you",
            )
        })
}

pub(crate) fn plan_edit(
    plan: &Plan<'_>,
    id: CommentId,
    edit: &EditComment,
) -> Result<Change<u32>, SiteError> {
    plan.view
        .require(Action::EditComment, Object::Comment(id))?;
    let was = plan.view.comment(id)?;
    let next = was.version.saturating_add(1);
    if edit.version != next {
        return Err(version_must_be(was));
    }
    if edit.resolved.is_some() && was.parent.is_some() {
        return Err(SiteError::invalid(
            "only the first comment of a thread can be resolved or reopened; send its id",
        ));
    }
    if edit.resolved.is_some() && was.resolution == Resolution::Dangling {
        return Err(SiteError::invalid(
            "the passage is no longer in the page, so the thread can't be resolved or reopened",
        ));
    }
    let resolution = resolution(was.resolution, edit.resolved);
    if edit.body.is_none() && resolution == was.resolution {
        return Ok(Change::nothing(was.version));
    }
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
    let mut change = Change {
        answer: next,
        beside: written(&row, edit.body.as_ref(), &edit.message),
        events: vec![about(plan, "comment.edited", &row)?],
        rows: Vec::new(),
    };
    if resolution != was.resolution {
        inline_comment::set_resolution(plan, &row, &mut change);
    }
    change.rows.push(row.into());
    Ok(change)
}

/// The error for a version of a comment whose number isn't the next one.
fn version_must_be(was: &CommentRow) -> SiteError {
    let next = was.version.saturating_add(1);
    SiteError::conflict(format!(
        "version must be {next}: the current version is {}; read the comment again and send {next}",
        was.version
    ))
}

/// Returns the resolution of a thread after an edit that may change it.
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

fn written(row: &CommentRow, body: Option<&NewBody>, message: &str) -> Vec<Beside> {
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
        message: message.to_owned(),
        minor: false,
    });
    text.into_iter().chain([version]).collect()
}
