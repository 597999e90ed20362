//! Copying a page. A copy takes only what the copier sees (law 2b.3): the current text, the live
//! attachments, and the lists that the copier is shown. Former versions, comments and the pages
//! below aren't copied. `copy_tree` copies a page with all below it.

mod source;

pub(crate) use source::Source;

use crate::error::SiteError;
use crate::label::{self, NewLabel};
use crate::page::{EditPage, NewBody, check_body, event, plan_edit, written};
use crate::place::{self, Parent, parent_of_new};
use crate::plan::Plan;
use crate::site::Site;
use crate::task;
use crate::title::{Titled, check_title};
use narthex_access::view::SeenPage;
use narthex_access::{
    AccountId, Action, AttachmentId, AttachmentRow, BodyId, Credential, Door, LabelPrefix,
    LabelRow, Object, PageId, PageKind, PageRow, PageState, Principal, RestrictionId,
    RestrictionKind, RestrictionRow, SpaceId,
};
use narthex_store::change::{Beside, Change};

/// How often the copy is tried while the page changes meanwhile.
const TRIES: usize = 4;

/// The parts of a page that are copied along with its title and text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// Its attachments, each in its newest version.
    pub attachments: bool,
    /// Its labels, except those that are somebody's own.
    pub labels: bool,
    /// Its own restrictions, which are copied to a new page only.
    pub restrictions: bool,
    /// Its properties, each with its current value.
    pub properties: bool,
}

/// Where a copy goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To the root of the space with this key.
    Root(String),
    /// Below this page, where its title belongs among the children, or last.
    Below(PageId),
    /// Into this page, as a new version of it.
    Into(PageId),
}

/// How a page is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyPage {
    /// The destination of the copy.
    pub to: Destination,
    /// The parts that are copied along.
    pub parts: Parts,
    /// The title of the copy; `None` for the title of the page that is copied, or of the page that
    /// it is copied into.
    pub title: Option<String>,
    /// The text of the copy; `None` for the text of the page that is copied.
    pub body: Option<NewBody>,
}

impl Site {
    /// Copies a page and returns the id of the copy.
    ///
    /// # Errors
    /// Absent for a page, parent or space that the caller doesn't see; forbidden without the rights
    /// at the destination; invalid for anything but a published page, and for a title that is
    /// taken.
    pub async fn copy_page(
        &self,
        credential: &Credential,
        id: PageId,
        copy: CopyPage,
    ) -> Result<PageId, SiteError> {
        if let Some(body) = &copy.body {
            check_body(body)?;
        }
        for _ in 0..TRIES {
            let view = self.view(credential, Door::Confluence).await?;
            let page = copyable(view.page(id)?)?;
            let source = self.copy_source(&view, page, copy.parts).await?;
            let copy = copy.clone();
            let copied = self.commit(credential, move |plan| {
                let page = copyable(plan.view.page(id)?)?;
                if !source.is_of(plan.view, page)? {
                    return Ok(Change::nothing(None));
                }
                Ok(plan_copy(plan, page, &source, &copy)?.map(Some))
            });
            if let Some(id) = copied.await? {
                return Ok(id);
            }
        }
        Err(SiteError::conflict(
            "the page changes all the time; try again",
        ))
    }
}

/// Requires a published page, since nothing else can be copied.
///
/// # Errors
/// Invalid for anything else.
pub(crate) fn copyable(page: SeenPage<'_>) -> Result<SeenPage<'_>, SiteError> {
    let published = matches!(page.row().state, PageState::Live | PageState::Archived);
    if published && page.row().kind == PageKind::Page {
        Ok(page)
    } else {
        Err(SiteError::invalid("only a published page can be copied"))
    }
}

fn plan_copy(
    plan: &Plan<'_>,
    page: SeenPage<'_>,
    source: &Source,
    copy: &CopyPage,
) -> Result<Change<PageId>, SiteError> {
    let title = copy.title.as_deref().unwrap_or(&page.row().title);
    let (space, parent) = match &copy.to {
        Destination::Root(key) => (plan.view.space_by_key(key)?.id(), Parent::Root),
        Destination::Below(parent) => {
            let parent = plan.view.page(*parent)?;
            (parent.row().space, Parent::Page(parent.id()))
        }
        Destination::Into(into) => return plan_copy_into(plan, page, *into, source, copy),
    };
    let parent = parent_of_new(plan, space, PageKind::Page, parent)?;
    check_title(plan, Titled::new_page(plan, space), title, false, None)?;
    let place = Place {
        space,
        parent,
        position: place::position_by_title(plan, space, parent, title.trim()),
    };
    let new = New {
        title,
        text: copy.body.as_ref().unwrap_or(&source.text),
        place,
    };
    copied(plan, page, &new, source, copy.parts)
}

/// Plans a copy that becomes a new version of another page.
fn plan_copy_into(
    plan: &Plan<'_>,
    page: SeenPage<'_>,
    into: PageId,
    source: &Source,
    copy: &CopyPage,
) -> Result<Change<PageId>, SiteError> {
    let target = copyable(plan.view.page(into)?)?;
    let edit = EditPage {
        title: copy.title.clone(),
        body: Some(copy.body.as_ref().unwrap_or(&source.text).clone()),
        version: target.row().version.saturating_add(1),
        ..EditPage::default()
    };
    if copy.parts.attachments {
        plan.view.require(Action::Attach, Object::Page(into))?;
    }
    if copy.parts.restrictions {
        return Err(SiteError::invalid(
            "restrictions are copied to a new page only; set those of this page by themselves",
        ));
    }
    let mut change = plan_edit(plan, into, &edit)?.map(|_| into);
    if copy.parts.attachments {
        attachments(plan, page, into, &mut change)?;
    }
    let author = plan.author()?;
    if copy.parts.labels {
        let there = plan.view.labels(Object::Page(into))?;
        labels(plan, page, (into, author), &there, &mut change)?;
    }
    source.plan_properties(plan, into, author, &mut change)?;
    Ok(change)
}

/// The position of a copy in the tree, where the caller may create a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) space: SpaceId,
    pub(crate) parent: Option<PageId>,
    pub(crate) position: i64,
}

/// The title, the text and the position of a copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct New<'n> {
    pub(crate) title: &'n str,
    pub(crate) text: &'n NewBody,
    pub(crate) place: Place,
}

/// Plans a copy of a page or folder at a position where the caller may create one.
///
/// # Errors
/// Forbidden if the caller may not create there one of the parts that are copied along.
pub(crate) fn copied(
    plan: &Plan<'_>,
    page: SeenPage<'_>,
    new: &New<'_>,
    source: &Source,
    parts: Parts,
) -> Result<Change<PageId>, SiteError> {
    let New { title, text, place } = *new;
    let author = plan.author()?;
    let row = PageRow {
        id: plan.new_id(PageId::from_random),
        space: place.space,
        parent: place.parent,
        kind: page.row().kind,
        state: PageState::Live,
        was_archived: false,
        title: title.trim().into(),
        position: place.position,
        author,
        owner: author,
        created_at: plan.now,
        body: plan.new_id(BodyId::from_random),
        version: 1,
        updated_at: plan.now,
        updated_by: author,
    };
    let mut change = Change {
        answer: row.id,
        // The entry doesn't name the original, which may be hidden from readers of the entry.
        events: vec![event("page.copied", plan.catalogue, &row)],
        beside: written(&row, text, String::new(), false),
        rows: Vec::new(),
    };
    task::derive(plan, &row, text, &mut change)?;
    change.rows.push(row.clone().into());
    if parts.labels {
        labels(plan, page, (row.id, author), &[], &mut change)?;
    }
    source.plan_properties(plan, row.id, author, &mut change)?;
    let space = Object::Space(place.space);
    if parts.attachments && !plan.view.attachments(page.id()).is_empty() {
        plan.view.require(Action::Attach, space)?;
        attachments(plan, page, row.id, &mut change)?;
    }
    if parts.restrictions {
        restrictions(plan, page, &row, &mut change)?;
    }
    Ok(change)
}

/// Copies the live attachments of a page to another. A file whose name the other page has becomes a
/// new version there. The bytes are shared; they are removed when nothing refers to them any more.
fn attachments(
    plan: &Plan<'_>,
    from: SeenPage<'_>,
    to: PageId,
    change: &mut Change<PageId>,
) -> Result<(), SiteError> {
    let author = plan.author()?;
    let there = plan.view.attachments(to);
    for row in plan.view.attachments(from.id()) {
        let same_name = there.iter().find(|other| other.file_name == row.file_name);
        let id = same_name.map_or_else(|| plan.new_id(AttachmentId::from_random), |other| other.id);
        let copy = AttachmentRow {
            id,
            page: to,
            author: same_name.map_or(author, |other| other.author),
            created_at: same_name.map_or(plan.now, |other| other.created_at),
            version: same_name.map_or(1, |other| other.version.saturating_add(1)),
            updated_at: plan.now,
            updated_by: author,
            ..row.clone()
        };
        change.beside.push(Beside::CopyAttachmentVersion {
            from: row.id,
            blob: row.blob,
            to: id,
            number: copy.version,
            by: author,
            at: plan.now,
        });
        change.rows.push(copy.into());
    }
    Ok(())
}

/// Copies the labels of a page that are common to all people to another page, beside the labels
/// that it has.
fn labels(
    plan: &Plan<'_>,
    from: SeenPage<'_>,
    (to, by): (PageId, AccountId),
    there: &[&LabelRow],
    change: &mut Change<PageId>,
) -> Result<(), SiteError> {
    let shown = plan.view.labels(Object::Page(from.id()))?;
    let common = shown
        .into_iter()
        .filter(|row| !matches!(row.prefix, LabelPrefix::My | LabelPrefix::System));
    let new: Vec<NewLabel> = common
        .map(|row| NewLabel {
            prefix: row.prefix,
            name: row.name.to_string(),
        })
        .collect();
    let rows = label::rows(plan, Object::Page(to), by, there, &new)?;
    change.rows.extend(rows.into_iter().map(Into::into));
    Ok(())
}

/// Copies a page's own restrictions to its copy. A copier who isn't on the list of editors is added
/// to it, so that nobody locks itself out (law 2a.9).
fn restrictions(
    plan: &Plan<'_>,
    from: SeenPage<'_>,
    copy: &PageRow,
    change: &mut Change<PageId>,
) -> Result<(), SiteError> {
    let Some(lists) = plan.view.restrictions(from.id()) else {
        if from.is_restricted() {
            // The caller is shown only its own entry in the lists, so they can't be copied.
            return Err(SiteError::Forbidden(narthex_access::Denied::NotOwn));
        }
        return Ok(());
    };
    let all: Vec<&RestrictionRow> = lists
        .view()
        .iter()
        .chain(lists.edit())
        .map(AsRef::as_ref)
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    plan.view
        .require(Action::Restrict, Object::Space(copy.space))?;
    for list in all {
        let row = RestrictionRow {
            id: plan.new_id(RestrictionId::from_random),
            page: copy.id,
            since: plan.now,
            by: copy.author,
            listed: with_caller(plan, list, copy.author),
            ..list.clone()
        };
        change.rows.push(row.into());
    }
    Ok(())
}

fn with_caller(
    plan: &Plan<'_>,
    list: &RestrictionRow,
    caller: AccountId,
) -> std::sync::Arc<[Principal]> {
    let groups = plan
        .view
        .own_account()
        .map_or(&[][..], |account| account.groups());
    let on_it = list.listed.iter().any(|listed| match listed {
        Principal::Account(id) => *id == caller,
        Principal::Group(id) => groups.contains(id),
        Principal::Class(_) => false,
    });
    if on_it || list.kind == RestrictionKind::View {
        return list.listed.clone();
    }
    crate::restriction::sorted(
        list.listed
            .iter()
            .copied()
            .chain([Principal::Account(caller)]),
    )
}
