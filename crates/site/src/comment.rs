//! Comments: writing, editing, resolving, deleting.

use crate::error::SiteError;
use crate::page::{NewBody, Representation, check_body, event};
use crate::plan::Plan;
use crate::read::Text;
use crate::site::Site;
use crate::task::document;
use narthex_access::{
    Action, BodyId, CommentId, CommentPlace, CommentRow, ContentState, Credential, Door, Object,
    PageId, PageRow, Resolution,
};
use narthex_content::inline_comment;
use narthex_store::Entropy;
use narthex_store::change::{Beside, Change, Event, VersionRow, Versioned};

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

/// The passage that an inline comment is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The passage, as it is read.
    pub text: String,
    /// Which of the same passages in the page, from 0.
    pub index: u32,
    /// How many of them the caller found, if it says; another number is refused.
    pub count: Option<u32>,
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
        new: NewComment,
    ) -> Result<CommentId, SiteError> {
        self.commit(credential, move |plan| plan_create(plan, &new, None))
            .await
    }

    /// Comments on a passage of a page, which is marked in the page's text without a
    /// new version of it; answers the comment's id. An answer to an inline comment
    /// is made by [`Site::create_comment`], and is one.
    ///
    /// # Errors
    /// As [`Site::create_comment`]; invalid for a passage that isn't there, or not
    /// as often as the caller says; conflict while the page is being written by
    /// others all the time.
    pub async fn create_inline_comment(
        &self,
        credential: &Credential,
        new: NewComment,
        selection: Selection,
    ) -> Result<CommentId, SiteError> {
        let mut last = SiteError::conflict("the page is being edited; try again");
        for _ in 0..ATTEMPTS {
            let view = self.view(credential, Door::Confluence).await?;
            view.require(Action::Comment, Object::Page(new.page))?;
            let page = view.page(new.page)?;
            let text = self.page_body(page).await?;
            let mark = Mark::of(page.row(), &text, &selection, &self.entropy)?;
            let comment = new.clone();
            let made = self.commit(credential, move |plan| {
                plan_create(plan, &comment, Some(&mark))
            });
            match made.await {
                Err(conflict @ SiteError::Conflict(_)) => last = conflict,
                made => return made,
            }
        }
        Err(last)
    }

    /// Writes a new version of a comment; answers its number.
    ///
    /// # Errors
    /// Absent, forbidden; conflict if `version` isn't the current one and 1.
    pub async fn edit_comment(
        &self,
        credential: &Credential,
        id: CommentId,
        edit: EditComment,
    ) -> Result<u32, SiteError> {
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

/// How often an inline comment is tried again when somebody else writes the page
/// meanwhile.
const ATTEMPTS: usize = 3;

/// A page's text with a passage marked.
#[derive(Debug)]
struct Mark {
    /// The body that was read.
    of: BodyId,
    /// The same with the mark.
    text: String,
    reference: String,
    selection: String,
    index: u32,
    count: u32,
}

impl Mark {
    fn of(
        page: &PageRow,
        text: &Text,
        selection: &Selection,
        entropy: &Entropy,
    ) -> Result<Self, SiteError> {
        if text.representation() != Representation::Storage {
            return Err(SiteError::invalid(
                "inline comments can't be made yet on a page that is kept in atlas_doc_format",
            ));
        }
        let reference = reference(entropy);
        let index = usize::try_from(selection.index).unwrap_or(usize::MAX);
        let marked = inline_comment::mark(&text.document()?, &selection.text, index, &reference);
        let marked = marked.ok_or_else(|| {
            SiteError::invalid(
                "the text selection isn't in the page, or not so often; read the page again",
            )
        })?;
        let count = u32::try_from(marked.count).unwrap_or(u32::MAX);
        if selection.count.is_some_and(|told| told != count) {
            return Err(SiteError::invalid(format!(
                "the text selection is {count} times in the page; read the page again"
            )));
        }
        Ok(Self {
            of: page.body,
            text: marked.text,
            reference,
            selection: selection.text.trim().to_owned(),
            index: selection.index,
            count,
        })
    }
}

/// A reference as Confluence writes one: a random UUID.
fn reference(entropy: &Entropy) -> String {
    let bytes = entropy.bytes::<16>();
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ]
    .join("-")
}

fn plan_create(
    plan: &Plan<'_>,
    new: &NewComment,
    mark: Option<&Mark>,
) -> Result<Change<CommentId>, SiteError> {
    plan.view.require(Action::Comment, Object::Page(new.page))?;
    let mut place = CommentPlace::Footer;
    if let Some(parent) = new.parent {
        let parent = plan
            .view
            .comment(parent)
            .ok()
            .filter(|parent| parent.page == new.page);
        let Some(parent) = parent else {
            return Err(SiteError::invalid(
                "the comment to be answered isn't on this page, or isn't shared with you",
            ));
        };
        place = parent.place;
    }
    check_body(&new.body)?;
    let author = plan.view.subject().account();
    let text = |of: fn(&Mark) -> &str| mark.map(of).unwrap_or_default().into();
    let row = CommentRow {
        id: plan.new_id(CommentId::from_random),
        page: new.page,
        parent: new.parent,
        place: if mark.is_some() {
            CommentPlace::Inline
        } else {
            place
        },
        state: ContentState::Live,
        resolution: Resolution::Open,
        resolved_by: None,
        resolved_at: None,
        marker_ref: text(|mark| &mark.reference),
        selection: text(|mark| &mark.selection),
        match_index: mark.map_or(0, |mark| mark.index),
        match_count: mark.map_or(0, |mark| mark.count),
        author,
        created_at: plan.now,
        body: plan.new_id(BodyId::from_random),
        version: 1,
        updated_at: plan.now,
        updated_by: author,
    };
    let mut change = Change {
        answer: row.id,
        beside: written(&row, Some(&new.body)),
        events: vec![about(plan, "comment.created", &row)?],
        rows: vec![row.into()],
    };
    if let Some(mark) = mark {
        plan_mark(plan, new.page, mark, &mut change)?;
    }
    Ok(change)
}

/// Plans the mark in the page's text: the same version says the same, marked.
fn plan_mark<T>(
    plan: &Plan<'_>,
    page: PageId,
    mark: &Mark,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let was = plan.view.page(page)?.row();
    if was.body != mark.of {
        return Err(SiteError::conflict("the page is being edited; try again"));
    }
    let row = PageRow {
        body: plan.new_id(BodyId::from_random),
        ..was.clone()
    };
    change.beside.extend([
        Beside::Body {
            id: row.body,
            representation: Representation::Storage.word().into(),
            text: mark.text.clone(),
        },
        Beside::ReplaceBody {
            page,
            number: row.version,
            body: row.body,
        },
        Beside::RetireBodies(vec![was.body]),
    ]);
    change.rows.push(row.into());
    Ok(())
}

/// Plans what becomes of the inline comments of a page whose text is written: one
/// whose passage is gone dangles, and one whose passage is there again is open.
pub(crate) fn dangle<T>(
    plan: &Plan<'_>,
    page: PageId,
    body: &NewBody,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let marked = plan.catalogue.comments_of(page);
    let marked: Vec<&CommentRow> = marked.filter(|row| !row.marker_ref.is_empty()).collect();
    if marked.is_empty() {
        return Ok(());
    }
    let there = inline_comment::references(&document(body)?);
    for row in marked {
        let is_there = there.iter().any(|reference| **reference == *row.marker_ref);
        let resolution = match (row.resolution, is_there) {
            (Resolution::Open | Resolution::Reopened, false) => Resolution::Dangling,
            (Resolution::Dangling, true) => Resolution::Open,
            (as_it_is, _) => as_it_is,
        };
        if resolution != row.resolution {
            let row = CommentRow {
                resolution,
                ..row.clone()
            };
            change.rows.push(row.into());
        }
    }
    Ok(())
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
    if let Some(body) = &edit.body {
        check_body(body)?;
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
