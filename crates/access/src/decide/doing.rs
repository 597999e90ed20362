//! The part of the decision about doing: each action needs `view`, and a right that counts (law
//! 2a.1).

use super::channel::{self, Channel, channels};
use super::seeing::{self, Sight, all_list};
use super::{Allowed, Denied};
use crate::account::Tier;
use crate::action::Action;
use crate::catalogue::{Catalogue, Space};
use crate::credential::{Door, Scope};
use crate::grant::Operation;
use crate::id::{PageId, SpaceId};
use crate::page::{PageKind, PageState};
use crate::space::SpaceState;
use crate::subject::Subject;

pub(super) fn in_space(
    catalogue: &Catalogue,
    subject: &Subject,
    action: Action,
    id: SpaceId,
) -> Result<Allowed, Denied> {
    if matches!(action, Action::Administer | Action::ViewPermissions) && subject.site_admin {
        // A trashed space isn't administered: it has to be restored or purged first.
        let known = catalogue
            .space(id)
            .is_some_and(|s| matches!(s.row.state, SpaceState::Live | SpaceState::Archived));
        return known
            .then_some(Allowed {
                channel: None,
                by: None,
            })
            .ok_or(Denied::NotThere);
    }
    let seen = seeing::space(catalogue, subject, id)?;
    match action {
        Action::View => Ok(seen.allowed()),
        Action::ViewPast => seen.past(),
        // The permissions and roles are never shown to a guest, even one with `own` (law 3.4).
        Action::ViewPermissions if subject.tier == Tier::Guest => Err(Denied::NotOwn),
        Action::ViewPermissions => seen.past(),
        Action::CreatePage => create(catalogue, subject, &seen, Operation::CreatePage),
        Action::CreateBlogPost => create(catalogue, subject, &seen, Operation::CreateBlogPost),
        Action::Attach => create(catalogue, subject, &seen, Operation::CreateAttachment),
        Action::Restrict => create(catalogue, subject, &seen, Operation::Restrict),
        Action::Administer => right(catalogue, subject, &seen, Operation::Administer),
        Action::Trash => administer_content(catalogue, subject, &seen),
        Action::Export if subject.tier == Tier::Licensed => {
            right(catalogue, subject, &seen, Operation::Export)
        }
        Action::Export => Err(Denied::Missing(Operation::Export)),
        Action::LikeOrWatch => like_or_watch(&seen),
        _ => Err(Denied::NoSuchAction),
    }
}

pub(super) fn to_page(
    catalogue: &Catalogue,
    subject: &Subject,
    action: Action,
    id: PageId,
) -> Result<Allowed, Denied> {
    if action == Action::ViewInPortal {
        let seen = seeing::page_in_portal(catalogue, subject, id)?;
        return Ok(seen.allowed());
    }
    let seen = seeing::page(catalogue, subject, id)?;
    let Some(page) = seen.page else {
        return Err(Denied::NotThere);
    };
    let (create_it, delete_it) = match page.kind {
        PageKind::Page | PageKind::Folder => (Operation::CreatePage, Operation::DeletePage),
        PageKind::BlogPost => (Operation::CreateBlogPost, Operation::DeleteBlogPost),
    };
    match action {
        Action::View => Ok(seen.allowed()),
        Action::ViewPast => seen.past(),
        Action::CreatePage if page.kind == PageKind::BlogPost || page.state != PageState::Live => {
            Err(Denied::ReadOnly)
        }
        Action::CreatePage => create(catalogue, subject, &seen, Operation::CreatePage),
        Action::Edit => {
            writable(&seen)?;
            let allowed = right(catalogue, subject, &seen, create_it)?;
            edit_lists(catalogue, subject, &seen)?;
            Ok(allowed)
        }
        Action::Attach | Action::Comment | Action::LikeOrWatch if !page.kind.has_text() => {
            Err(Denied::OfFolder)
        }
        Action::Attach => attach(catalogue, subject, &seen),
        Action::Comment => comment(catalogue, subject, &seen),
        Action::Delete => delete(
            catalogue,
            subject,
            &seen,
            delete_it,
            subject.account == Some(page.author),
        ),
        Action::Archive => {
            let own = subject.account == Some(page.author);
            delete(catalogue, subject, &seen, Operation::ArchivePage, own)
        }
        Action::Restrict => {
            writable(&seen)?;
            let allowed = right(catalogue, subject, &seen, Operation::Restrict)?;
            edit_lists(catalogue, subject, &seen)?;
            Ok(allowed)
        }
        Action::Trash => administer_content(catalogue, subject, &seen),
        Action::LikeOrWatch => like_or_watch(&seen),
        Action::Export if subject.tier == Tier::Customer => Err(Denied::Missing(Operation::Export)),
        Action::Export => Ok(seen.allowed()),
        Action::ViewInPortal
        | Action::CreateBlogPost
        | Action::EditComment
        | Action::ViewPermissions
        | Action::Administer => Err(Denied::NoSuchAction),
    }
}

/// Requires that the subject administers the space, by a grant or as a site administrator.
pub(super) fn administers(
    catalogue: &Catalogue,
    subject: &Subject,
    space: &Space,
) -> Result<(), Denied> {
    let by_grant = || {
        let channels = channels(catalogue, subject, space, Door::Confluence);
        channel::right(catalogue, subject, space, &channels, Operation::Administer)
    };
    if subject.site_admin || by_grant().is_some() {
        Ok(())
    } else {
        Err(Denied::Missing(Operation::Administer))
    }
}

pub(super) fn administer_content(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
) -> Result<Allowed, Denied> {
    administers(catalogue, subject, seen.space)?;
    Ok(seen.allowed())
}

pub(super) fn attach(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
) -> Result<Allowed, Denied> {
    writable(seen)?;
    let allowed = right(catalogue, subject, seen, Operation::CreateAttachment)?;
    edit_lists(catalogue, subject, seen)?;
    Ok(allowed)
}

pub(super) fn comment(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
) -> Result<Allowed, Denied> {
    writable(seen)?;
    right(catalogue, subject, seen, Operation::CreateComment)
}

pub(super) fn edit_comment(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
    own: bool,
) -> Result<Allowed, Denied> {
    writable(seen)?;
    if own {
        return Ok(seen.allowed());
    }
    administers(catalogue, subject, seen.space).map_err(|_| Denied::NotTheAuthor)?;
    Ok(seen.allowed())
}

pub(super) fn delete_comment(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
    own: bool,
) -> Result<Allowed, Denied> {
    writable(seen)?;
    // A page's edit list is about the page, not about comments by others.
    any_or_own(catalogue, subject, seen, Operation::DeleteComment, own)
}

/// Decides about deleting or archiving something that is subject to the page's edit list. Trashed
/// content is purged or restored ([`Action::Trash`]), not deleted once more.
pub(super) fn delete(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
    any: Operation,
    own: bool,
) -> Result<Allowed, Denied> {
    let trashed = seen
        .page
        .is_some_and(|page| page.state == PageState::Trashed);
    if trashed || seen.space.state == SpaceState::Archived {
        return Err(Denied::ReadOnly);
    }
    let allowed = any_or_own(catalogue, subject, seen, any, own)?;
    edit_lists(catalogue, subject, seen)?;
    Ok(allowed)
}

pub(super) fn delete_attachment(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
    own: bool,
) -> Result<Allowed, Denied> {
    writable(seen)?;
    delete(catalogue, subject, seen, Operation::DeleteAttachment, own)
}

pub(super) fn like_or_watch(seen: &Sight<'_>) -> Result<Allowed, Denied> {
    match seen.channel {
        Channel::Own => Ok(seen.allowed()),
        Channel::Unlicensed | Channel::Anonymous => Err(Denied::NotOwn),
    }
}

fn create(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
    operation: Operation,
) -> Result<Allowed, Denied> {
    if seen.space.state == SpaceState::Archived {
        return Err(Denied::ReadOnly);
    }
    right(catalogue, subject, seen, operation)
}

/// Requires a right that counts: one of `own`, or one of anonymous where `anon` is open.
fn right(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
    operation: Operation,
) -> Result<Allowed, Denied> {
    let by = channel::right(catalogue, subject, seen.space, &seen.channels, operation);
    Ok(Allowed {
        channel: Some(seen.channel),
        by: Some(by.ok_or(Denied::Missing(operation))?),
    })
}

fn any_or_own(
    catalogue: &Catalogue,
    subject: &Subject,
    seen: &Sight<'_>,
    any: Operation,
    own: bool,
) -> Result<Allowed, Denied> {
    match right(catalogue, subject, seen, any) {
        Err(_) if own => {
            right(catalogue, subject, seen, Operation::DeleteOwn).map_err(|_| Denied::Missing(any))
        }
        decided => decided,
    }
}

/// Requires a page and a space that are neither archived nor trashed, so that they may be changed.
fn writable(seen: &Sight<'_>) -> Result<(), Denied> {
    let live = seen
        .page
        .is_none_or(|page| matches!(page.state, PageState::Live | PageState::Draft));
    if live && seen.space.state == SpaceState::Live {
        Ok(())
    } else {
        Err(Denied::ReadOnly)
    }
}

/// Requires that the page's own edit lists contain the subject. They aren't inherited.
fn edit_lists(catalogue: &Catalogue, subject: &Subject, seen: &Sight<'_>) -> Result<(), Denied> {
    let Some(page) = seen.page.filter(|page| page.restricted) else {
        return Ok(());
    };
    let Some(lists) = catalogue.lists(page.row.id) else {
        return Ok(());
    };
    all_list(subject, lists.edit()).map_err(|list| Denied::NotOnEditList {
        page: page.row.id,
        list: list.id,
    })
}

/// Returns the scope that an API token needs for an action.
pub(super) fn scope_of(action: Action) -> Scope {
    match action {
        Action::View
        | Action::ViewInPortal
        | Action::ViewPast
        | Action::ViewPermissions
        | Action::Export => Scope::Read,
        Action::Administer => Scope::Administer,
        _ => Scope::Write,
    }
}
