//! Pages and blog posts: creating, editing, publishing and moving them.
//!
//! Titles are checked in `title`, positions in the tree in `place`, and bodies in `body`. Drafts
//! over published pages are in `page_draft`; the trash and the archive have modules of their own.

pub use crate::body::{MAX_BODY_BYTES, NewBody, Representation, check_body};
use crate::content_status;
use crate::error::SiteError;
use crate::folder;
use crate::inline_comment;
use crate::page_draft;
use crate::place::{self, Beside, Parent};
use crate::plan::Plan;
use crate::posting;
use crate::site::Site;
use crate::task;
pub use crate::title::MAX_TITLE_LENGTH;
use crate::title::{Titled, check_title};
use narthex_access::people::PersonShown;
use narthex_access::{
    AccountId, Action, BodyId, Catalogue, Credential, Millis, Object, PageId, PageKind, PageRow,
    PageState, Row, RowChange, SpaceId, Tier,
};
use narthex_store::change::{Beside as BesideRow, Change, Event, VersionRow, Versioned};

/// How a request names the space of a new page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhichSpace {
    /// By its id (v2).
    Id(SpaceId),
    /// By its key, in upper or lower case (v1).
    Key(String),
}

/// A page, blog post or folder to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPage {
    /// The space that the page is created in.
    pub space: WhichSpace,
    /// The position in the tree.
    pub parent: Parent,
    /// Whether it is a page, blog post or folder.
    pub kind: PageKind,
    /// Whether it is a draft, which only its author sees.
    pub draft: bool,
    /// The title; may be empty for a draft.
    pub title: String,
    /// The text; a folder's is empty.
    pub body: NewBody,
    /// The date of a blog post; `None` for the moment when it is created.
    pub created_at: Option<Millis>,
}

/// The result of saving a text: a version or a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Save {
    /// The page keeps its state: a draft stays a draft, and a published page gets a version. A
    /// draft that the author has over a published page stays.
    #[default]
    InPlace,
    /// The published text. A draft is published; a draft that the author has over a published page
    /// is removed if a text is written.
    Published,
    /// A draft. If the page is published, it is the author's draft over it, while readers still see
    /// the published text (law 2.20).
    Draft {
        /// The published version on which the draft is based, if the author knows it.
        begun_on: Option<u32>,
    },
}

/// A new version of a page or blog post; a field that is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditPage {
    /// The new title.
    pub title: Option<String>,
    /// The new text.
    pub body: Option<NewBody>,
    /// The number of the new version: the current one plus 1; for a draft 1.
    pub version: u32,
    /// The author's message on this version; may be empty.
    pub message: String,
    /// Whether it is a minor edit, of which watchers aren't notified.
    pub minor: bool,
    /// Whether it becomes a version or a draft.
    pub save: Save,
    /// The new parent, if the page is moved too.
    pub parent: Option<PageId>,
    /// The new owner.
    pub owner: Option<AccountId>,
    /// The new date of a blog post.
    pub created_at: Option<Millis>,
}

impl Site {
    /// Creates a page or blog post and returns its id.
    ///
    /// # Errors
    /// Absent for a space that the caller doesn't see; forbidden without the right to create there;
    /// invalid for a title that is taken or a body that is too long.
    pub async fn create_page(
        &self,
        credential: &Credential,
        mut new: NewPage,
    ) -> Result<PageId, SiteError> {
        new.body = self.checked(new.body)?;
        self.commit(credential, move |plan| plan_create(plan, &new))
            .await
    }

    /// Writes a new version of a page or blog post, or publishes a draft. Returns the number of the
    /// version.
    ///
    /// # Errors
    /// Conflict if `version` isn't the next number; absent, forbidden and invalid as for creating.
    pub async fn edit_page(
        &self,
        credential: &Credential,
        id: PageId,
        mut edit: EditPage,
    ) -> Result<u32, SiteError> {
        if let Some(body) = edit.body {
            edit.body = Some(self.checked(body)?);
        }
        self.commit(credential, move |plan| plan_edit(plan, id, &edit))
            .await
    }

    /// Moves a page with all pages below it, including hidden ones (law 2b.2).
    ///
    /// # Errors
    /// Absent for pages that the caller doesn't see; forbidden without the rights at the source and
    /// the target; invalid for a position below the page itself.
    pub async fn move_page(
        &self,
        credential: &Credential,
        id: PageId,
        beside: Beside,
        target: PageId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let mut change = Change::nothing(());
            plan_move(plan, id, beside, target, &mut change)?;
            Ok(change)
        })
        .await
    }
}

pub(crate) fn plan_create(plan: &Plan<'_>, new: &NewPage) -> Result<Change<PageId>, SiteError> {
    let space = match &new.space {
        WhichSpace::Id(id) => plan.view.space(*id)?,
        WhichSpace::Key(key) => plan.view.space_by_key(key)?,
    };
    let space = space.id();
    let parent = place::parent_of_new(plan, space, new.kind, new.parent)?;
    let author = plan.author()?;
    let created_at = posting::moment(plan, new.kind, new.created_at, plan.now)?;
    let titled = Titled {
        space,
        kind: new.kind,
        created_at,
    };
    check_title(plan, titled, &new.title, new.draft, None)?;
    let row = PageRow {
        id: plan.new_id(PageId::from_random),
        space,
        parent,
        kind: new.kind,
        state: if new.draft {
            PageState::Draft
        } else {
            PageState::Live
        },
        was_archived: false,
        title: new.title.trim().into(),
        position: place::position_by_title(plan, space, parent, new.title.trim()),
        author,
        owner: author,
        created_at,
        body: plan.new_id(BodyId::from_random),
        version: 1,
        updated_at: plan.now,
        updated_by: author,
    };
    let mut change = Change {
        answer: row.id,
        events: vec![event("page.created", plan.catalogue, &row)],
        beside: written(&row, &new.body, String::new(), false),
        rows: Vec::new(),
    };
    task::derive(plan, &row, &new.body, &mut change)?;
    change.rows.push(row.into());
    Ok(change)
}

pub(crate) fn plan_edit(
    plan: &Plan<'_>,
    id: PageId,
    edit: &EditPage,
) -> Result<Change<u32>, SiteError> {
    plan.view.require(Action::Edit, Object::Page(id))?;
    let was = plan.view.page(id)?.row();
    folder::refuse(was, "versions")?;
    if let Save::Draft { begun_on } = edit.save
        && was.state != PageState::Draft
    {
        return page_draft::plan_keep(plan, was, begun_on, edit);
    }
    let author = plan.author()?;
    // A draft has one version until it is published.
    let next = if was.state == PageState::Draft {
        1
    } else {
        was.version.saturating_add(1)
    };
    if edit.version != next {
        return Err(must_be(next, was));
    }
    let title = edit.title.as_deref().unwrap_or(&was.title);
    let stays_draft = was.state == PageState::Draft && edit.save != Save::Published;
    let created_at = posting::moment(plan, was.kind, edit.created_at, was.created_at)?;
    let titled = Titled {
        created_at,
        ..Titled::of(was)
    };
    check_title(plan, titled, title, stays_draft, Some(id))?;
    let mut change = Change::nothing(next);
    let mut row = PageRow {
        title: title.trim().into(),
        state: if stays_draft {
            PageState::Draft
        } else {
            PageState::Live
        },
        created_at,
        version: next,
        updated_at: plan.now,
        updated_by: author,
        ..was.clone()
    };
    if row.title != was.title || row.state != was.state {
        row.position = place::position_when_renamed(plan, was, &row.title);
    }
    if let Some(owner) = edit.owner.filter(|owner| *owner != was.owner) {
        check_owner(plan, was, owner)?;
        row.owner = owner;
    }
    if let Some(parent) = edit.parent.filter(|parent| Some(*parent) != was.parent) {
        plan_move(plan, id, Beside::Append, parent, &mut change)?;
        let moved = change.rows.iter().find_map(|change| match change {
            RowChange::Put(Row::Page(moved)) if moved.id == id => Some((moved.space, moved.parent)),
            _ => None,
        });
        if let Some((space, parent)) = moved {
            // The request names a new parent but no position among the parent's children, so these
            // keep their order keys.
            change.rows.retain(|change| match change {
                RowChange::Put(Row::Page(other)) if other.id != id => {
                    !is_only_put_elsewhere(plan, other)
                }
                _ => true,
            });
            let position = place::position_by_title(plan, space, parent, &row.title);
            row = PageRow {
                space,
                parent,
                position,
                ..row
            };
        }
    }
    match &edit.body {
        Some(body) => {
            row.body = plan.new_id(BodyId::from_random);
            change.beside = written(&row, body, edit.message.clone(), edit.minor);
            task::derive(plan, &row, body, &mut change)?;
            inline_comment::follow(plan, &row, body, &mut change)?;
        }
        None => change.beside = vec![version(&row, edit.message.clone(), edit.minor)],
    }
    let kind = if was.state == row.state {
        "page.edited"
    } else {
        "page.published"
    };
    if edit.save == Save::Published {
        content_status::publish(plan, id, &mut change)?;
        if edit.body.is_some() {
            page_draft::forget(plan, id, author, &mut change);
        }
    }
    change.events.push(Event {
        before: Some(format!("version {}", was.version)),
        after: Some(format!("version {next}")),
        ..event(kind, plan.catalogue, &row)
    });
    change.rows.push(row.into());
    Ok(change)
}

/// The error for a number that isn't that of the next version of a page.
pub fn version_must_be(was: &PageRow) -> SiteError {
    must_be(was.version.saturating_add(1), was)
}

fn must_be(next: u32, was: &PageRow) -> SiteError {
    SiteError::conflict(format!(
        "version must be {next}: the current version is {}; read the page again and send {next}",
        was.version
    ))
}

/// Requires that the caller is the page's owner or administers its space, and that the new owner is
/// licensed.
fn check_owner(plan: &Plan<'_>, page: &PageRow, owner: AccountId) -> Result<(), SiteError> {
    if plan.author()? != page.owner {
        plan.view
            .require(Action::Administer, Object::Space(page.space))?;
    }
    let shown = plan.view.profile(owner).ok();
    let account = shown.and_then(PersonShown::account);
    match account.and_then(|account| account.tier()) {
        Some(Tier::Licensed) => Ok(()),
        _ => Err(SiteError::invalid(
            "the new owner must be the account of somebody with a licence for Confluence",
        )),
    }
}

fn plan_move<T>(
    plan: &Plan<'_>,
    id: PageId,
    beside: Beside,
    target: PageId,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    plan.view.require(Action::Edit, Object::Page(id))?;
    plan.view.require(Action::Delete, Object::Page(id))?;
    let moved = plan.view.page(id)?.row();
    let target = plan.view.page(target)?.row();
    if !moved.kind.is_in_tree() || !target.kind.is_in_tree() {
        return Err(SiteError::invalid(
            "blog posts are not in the page tree; choose a page or folder",
        ));
    }
    let parent = if beside == Beside::Append {
        Some(target.id)
    } else {
        target.parent
    };
    if place::is_within(plan, target.id, id) {
        return Err(SiteError::invalid(
            "a page can't be moved below itself; choose another parent",
        ));
    }
    match parent {
        Some(parent) => plan
            .view
            .require(Action::CreatePage, Object::Page(parent))?,
        None => plan
            .view
            .require(Action::CreatePage, Object::Space(target.space))?,
    };
    let places = ((moved.space, moved.parent), (target.space, parent));
    if readers_may_be_added(plan.catalogue, places.0, places.1) {
        plan.view.require(Action::Restrict, Object::Page(id))?;
    }
    let sibling = (beside != Beside::Append).then_some((target, beside));
    let (position, spread) = place::beside(plan, id, (target.space, parent), sibling);
    if moved.space == target.space && moved.parent == parent && beside == Beside::Append {
        return Ok(());
    }
    change.rows.extend(spread.into_iter().map(Into::into));
    let row = PageRow {
        space: target.space,
        parent,
        position,
        ..moved.clone()
    };
    if moved.space != target.space {
        let titled = Titled {
            space: target.space,
            ..Titled::of(moved)
        };
        check_title(plan, titled, &moved.title, false, Some(id))?;
        if plan
            .catalogue
            .space(moved.space)
            .is_some_and(|s| s.row().homepage == Some(id))
        {
            return Err(SiteError::invalid(
                "the home page can't be moved out of its space; choose another home page first",
            ));
        }
        change
            .rows
            .extend(below(plan.catalogue, id).into_iter().map(|page| {
                PageRow {
                    space: target.space,
                    ..page
                }
                .into()
            }));
    }
    let where_to = |parent: Option<PageId>| parent.map_or("root".to_string(), |id| id.to_string());
    change.events.push(Event {
        before: Some(where_to(moved.parent)),
        after: Some(where_to(parent)),
        ..event("page.moved", plan.catalogue, &row)
    });
    change.rows.push(row.into());
    Ok(())
}

/// Whether a move from below one page to below another could add a reader, because the space
/// changes or a view restriction from above no longer applies. Then the caller needs the right to
/// restrict (law 2a.8).
pub(crate) fn readers_may_be_added(
    catalogue: &Catalogue,
    from: (SpaceId, Option<PageId>),
    to: (SpaceId, Option<PageId>),
) -> bool {
    let restricted_above = |from: Option<PageId>| {
        from.into_iter()
            .flat_map(|from| catalogue.ancestors_and_self(from))
            .map(|node| node.row().id)
            .filter(|node| {
                catalogue
                    .lists(*node)
                    .is_some_and(|lists| !lists.view().is_empty())
            })
            .collect::<Vec<_>>()
    };
    let after = restricted_above(to.1);
    from.0 != to.0
        || restricted_above(from.1)
            .iter()
            .any(|node| !after.contains(node))
}

/// Returns all pages below a page, in every state and including hidden ones.
pub(crate) fn below(catalogue: &Catalogue, id: PageId) -> Vec<PageRow> {
    let mut found = Vec::new();
    let mut stack = vec![id];
    while let Some(id) = stack.pop() {
        let Some(page) = catalogue.page(id) else {
            continue;
        };
        for child in catalogue.children_of(page.row().space, Some(id)) {
            found.extend(catalogue.page(child).map(|page| page.row().clone()));
            stack.push(child);
        }
    }
    found
}

/// Makes the rows of a new version and of its text.
pub(crate) fn written(
    row: &PageRow,
    body: &NewBody,
    message: String,
    minor: bool,
) -> Vec<BesideRow> {
    let text = BesideRow::Body {
        id: row.body,
        representation: body.representation.word().into(),
        text: body.text.clone(),
    };
    vec![text, version(row, message, minor)]
}

/// Makes the row of a page's version, whose text is that of the page's row.
pub(crate) fn version(row: &PageRow, message: String, minor: bool) -> BesideRow {
    BesideRow::Version(VersionRow {
        of: Versioned::Page(row.id),
        number: row.version,
        title: row.title.to_string(),
        body: row.body,
        by: Some(row.updated_by),
        at: row.updated_at,
        message,
        minor,
    })
}

/// Makes a journal entry about a page. It names the page's space and id, never its title.
pub(crate) fn event(kind: &'static str, catalogue: &Catalogue, row: &PageRow) -> Event {
    Event {
        kind,
        space: Some(row.space),
        page: Some(row.id),
        object: catalogue
            .space(row.space)
            .map_or_else(String::new, |s| s.row().key.to_string()),
        before: None,
        after: None,
    }
}

/// Whether a changed row differs from the present page only in its order key.
fn is_only_put_elsewhere(plan: &Plan<'_>, changed: &PageRow) -> bool {
    plan.catalogue.page(changed.id).is_some_and(|was| {
        let put_back = PageRow {
            position: was.row().position,
            ..changed.clone()
        };
        put_back == *was.row()
    })
}
