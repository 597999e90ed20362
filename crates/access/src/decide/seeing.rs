//! The part of the decision about seeing: `view` and `portal_view` (laws 2.2 and 2.26). A space
//! needs an open channel; a page also needs its restrictions to pass and a state that allows it.

use super::channel::{Channel, Channels, channels, known};
use super::{Allowed, Denied, doing};
use crate::account::Tier;
use crate::catalogue::{Catalogue, Page, Space};
use crate::credential::Door;
use crate::id::{PageId, SpaceId};
use crate::page::{PageKind, PageState};
use crate::restriction::RestrictionRow;
use crate::service_project::{Portal, ServiceProjectRow};
use crate::space::SpaceState;
use crate::subject::Subject;
use alloc::sync::Arc;

/// A space or page that the subject sees, with the channels through which it does.
pub(super) struct Sight<'c> {
    pub(super) space: &'c Space,
    pub(super) page: Option<&'c Page>,
    pub(super) channels: Channels<'c>,
    pub(super) channel: Channel,
}

impl Sight<'_> {
    pub(super) fn allowed(&self) -> Allowed {
        Allowed {
            channel: Some(self.channel),
            by: None,
        }
    }

    /// Allows seeing former versions, which only `own` does.
    pub(super) fn past(&self) -> Result<Allowed, Denied> {
        match self.channel {
            Channel::Own => Ok(self.allowed()),
            Channel::Unlicensed | Channel::Anonymous => Err(Denied::NotOwn),
        }
    }
}

/// Requires that some channel into a space is open, so that the subject sees the space.
pub(super) fn space<'c>(
    catalogue: &'c Catalogue,
    subject: &Subject,
    id: SpaceId,
) -> Result<Sight<'c>, Denied> {
    let (space, channels) = known(catalogue, subject, id, Door::Confluence)?;
    let channel = channels.open().ok_or(Denied::NoChannel(id))?;
    Ok(Sight {
        space,
        page: None,
        channels,
        channel,
    })
}

/// Whether some channel into a space is open at an entry point. Without one, none of its pages is
/// visible.
pub(crate) fn has_channel(
    catalogue: &Catalogue,
    subject: &Subject,
    id: SpaceId,
    door: Door,
) -> bool {
    known(catalogue, subject, id, door).is_ok_and(|(_, channels)| channels.open().is_some())
}

/// Decides `view(s, p)`.
pub(super) fn page<'c>(
    catalogue: &'c Catalogue,
    subject: &Subject,
    id: PageId,
) -> Result<Sight<'c>, Denied> {
    page_at(catalogue, subject, id, Door::Confluence)
}

/// Decides `portal_view(s, p)`.
pub(super) fn page_in_portal<'c>(
    catalogue: &'c Catalogue,
    subject: &Subject,
    id: PageId,
) -> Result<Sight<'c>, Denied> {
    let sight = page_at(catalogue, subject, id, Door::Portal)?;
    // An archived page, and any page of an archived space, is absent from the portal (law 2.22).
    let page = sight.page.map(|page| (page.kind, page.state));
    if page != Some((PageKind::Page, PageState::Live)) || sight.space.state != SpaceState::Live {
        return Err(Denied::NotAnArticle);
    }
    let space = sight.space.row.id;
    if catalogue
        .projects_linking(space)
        .any(|project| uses_portal(catalogue, subject, project))
    {
        Ok(sight)
    } else {
        Err(Denied::NoPortal)
    }
}

/// Whether the subject may use a service project's portal. An administrator of the project counts
/// as one of its agents.
fn uses_portal(catalogue: &Catalogue, subject: &Subject, project: &ServiceProjectRow) -> bool {
    match (project.portal, subject.account) {
        (Portal::LoginFree, _) => true,
        (_, None) => subject.tier != Tier::Anonymous && project.portal == Portal::Open,
        (Portal::Open, Some(_)) => true,
        (Portal::Restricted, Some(account)) => {
            subject.has_role(catalogue, project.id, |_| true)
                || catalogue.in_organization_of(project.id, account)
        }
    }
}

fn page_at<'c>(
    catalogue: &'c Catalogue,
    subject: &Subject,
    id: PageId,
    door: Door,
) -> Result<Sight<'c>, Denied> {
    let page = catalogue.page(id).ok_or(Denied::NotThere)?;
    let (space, channels) = known(catalogue, subject, page.space, door)?;
    let channel = channels.open().ok_or(Denied::NoChannel(page.space))?;
    restrictions(catalogue, subject, page)?;
    let sight = Sight {
        space,
        page: Some(page),
        channels,
        channel,
    };
    match page.state {
        PageState::Live | PageState::Archived => Ok(sight),
        PageState::Draft if subject.account == Some(page.author) => Ok(sight),
        PageState::Trashed if doing::administers(catalogue, subject, space).is_ok() => Ok(sight),
        state @ (PageState::Draft | PageState::Trashed) => Err(Denied::State(state)),
    }
}

/// Requires `for every restricted node n in [p .. root]: s in readers(n)`.
fn restrictions(catalogue: &Catalogue, subject: &Subject, page: &Page) -> Result<(), Denied> {
    for lists in catalogue.restricted_from(page) {
        all_list(subject, lists.view()).map_err(|list| Denied::Restricted {
            page: list.page,
            list: list.id,
        })?;
    }
    Ok(())
}

/// Requires that every one of these lists has the subject on it. Fails with the first one that
/// hasn't.
pub(super) fn all_list<'r>(
    subject: &Subject,
    lists: &'r [Arc<RestrictionRow>],
) -> Result<(), &'r RestrictionRow> {
    match lists.iter().find(|list| !subject.is_listed(&list.listed)) {
        None => Ok(()),
        Some(list) => Err(list),
    }
}

/// Returns the channels of a subject into a space, whatever the space's state. This serves
/// explanations and the effect that is shown beside a switch.
#[must_use]
pub fn channels_of<'c>(
    catalogue: &Catalogue,
    subject: &Subject,
    space: &'c Space,
    door: Door,
) -> Channels<'c> {
    channels(catalogue, subject, space, door)
}
