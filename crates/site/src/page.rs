//! Pages and blog posts: creating, editing, publishing, moving.

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

/// Which space a page goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhichSpace {
    /// By id (v2).
    Id(SpaceId),
    /// By key, in any case (v1).
    Key(String),
}

/// A page or blog post to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPage {
    /// The space.
    pub space: WhichSpace,
    /// Where in the tree.
    pub parent: Parent,
    /// Page, blog post or folder.
    pub kind: PageKind,
    /// A draft stays its author's own.
    pub draft: bool,
    /// The title; may be empty for a draft.
    pub title: String,
    /// The text.
    pub body: NewBody,
    /// The moment that a blog post is of. Without one it is of the moment when it is made.
    pub created_at: Option<Millis>,
}

/// What a written text becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Save {
    /// What the page is: a draft stays one, and what is published gets a version.
    /// A draft that its author keeps over it stays.
    #[default]
    InPlace,
    /// The published text. A draft is published; the draft that the author keeps over
    /// a published page is done with, if a text is written.
    Published,
    /// A draft: of what is published the one that its author keeps beside it, while
    /// readers go on seeing the published text (law 2.20).
    Draft {
        /// The published version that it was begun on, if the author knows it.
        begun_on: Option<u32>,
    },
}

/// A new version of a page or blog post; what is none stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditPage {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub body: Option<NewBody>,
    /// The number of the new version: the current one and 1; of a draft 1.
    pub version: u32,
    /// What its author says of it.
    pub message: String,
    /// Whether watchers are left in peace.
    pub minor: bool,
    /// What becomes of it: a version, or a draft.
    pub save: Save,
    /// Where it goes, if it is moved too.
    pub parent: Option<PageId>,
    /// Whose it is from now on.
    pub owner: Option<AccountId>,
    /// The moment that a blog post is of from now on.
    pub created_at: Option<Millis>,
}

impl Site {
    /// Creates a page or blog post; answers its id.
    ///
    /// # Errors
    /// Absent for a space that the caller doesn't see, forbidden without the
    /// right to create there, invalid for a title that is taken or a body that
    /// is too long.
    pub async fn create_page(
        &self,
        credential: &Credential,
        mut new: NewPage,
    ) -> Result<PageId, SiteError> {
        new.body = self.checked(new.body)?;
        self.commit(credential, move |plan| plan_create(plan, &new))
            .await
    }

    /// Writes a new version of a page or blog post, or publishes a draft;
    /// answers the number of the version.
    ///
    /// # Errors
    /// Conflict if `version` isn't the current one and 1; absent, forbidden,
    /// invalid as for creating.
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

    /// Moves a page with all below it, hidden pages too (law 2b.2).
    ///
    /// # Errors
    /// Absent for pages that the caller doesn't see; forbidden without the
    /// rights at the source and the target; invalid for a place below itself.
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
            // It was sent below another page, and not to a place among those there: they keep
            // their order keys.
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

/// The refusal of a number that isn't that of the next version of a page.
pub fn version_must_be(was: &PageRow) -> SiteError {
    must_be(was.version.saturating_add(1), was)
}

fn must_be(next: u32, was: &PageRow) -> SiteError {
    SiteError::conflict(format!(
        "version must be {next}: the current version is {}; read the page again and send {next}",
        was.version
    ))
}

/// A page is handed over by its owner, or by who administers its space, to somebody
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
            "blog posts are not in the page tree; name a page or folder",
        ));
    }
    let parent = if beside == Beside::Append {
        Some(target.id)
    } else {
        target.parent
    };
    if place::is_within(plan, target.id, id) {
        return Err(SiteError::invalid(
            "a page can't be moved below itself; name another place",
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
                "the home page of a space can't leave it; choose another home page first",
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

/// Whether a move from below one page to below another could add a reader: the space
/// changes, or a view restriction from above is left behind. Then the mover needs the
/// right to restrict (law 2a.8).
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

/// All pages below a page, in every state, hidden ones too.
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

/// The rows of a newly written version.
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

/// The row of a version of a page, whose text is the row's.
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

/// An entry about a page: names its space and id, never its title.
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

/// Whether a changed row differs from the page as it is in its order key alone.
fn is_only_put_elsewhere(plan: &Plan<'_>, changed: &PageRow) -> bool {
    plan.catalogue.page(changed.id).is_some_and(|was| {
        let put_back = PageRow {
            position: was.row().position,
            ..changed.clone()
        };
        put_back == *was.row()
    })
}
