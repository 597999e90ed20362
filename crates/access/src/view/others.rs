//! The part of a view about the access of others (law 8), and about restricted pages that an
//! administrator doesn't see (law 2.19).

use super::View;
use crate::Millis;
use crate::action::{Action, Object};
use crate::catalogue::Page;
use crate::credential::Door;
use crate::decide::{Decision, Denied, decide};
use crate::explain::{Explanation, explain};
use crate::id::{AccountId, GroupId, PageId, RestrictionId, SpaceId};
use crate::page::PageState;
use crate::seen::{Absent, Refusal};
use crate::subject::Subject;
use alloc::vec::Vec;

/// A restricted page that an administrator doesn't see, with the facts that are shown of it, which
/// don't include a title (law 2.19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestrictedPage {
    /// The id of the page.
    pub page: PageId,
    /// The restriction that hides it from the administrator.
    pub list: RestrictionId,
    /// When the page was restricted.
    pub since: Millis,
    /// The account that restricted it.
    pub by: AccountId,
}

impl View {
    /// Returns the restricted pages of a space that its administrator doesn't see because it isn't
    /// listed, in the order of their ids. These pages, and no others, may be taken over.
    ///
    /// # Errors
    /// Returns a [`Refusal`] to subjects who don't administer the space.
    pub fn restricted_pages(&self, space: SpaceId) -> Result<Vec<RestrictedPage>, Refusal> {
        self.require(Action::Administer, Object::Space(space))?;
        let pages = self.catalogue.pages_in(space, PageId::from_random(0));
        Ok(pages.filter_map(|page| self.withheld(page)).collect())
    }

    /// Returns a page if it is one of [`View::restricted_pages`] of its space.
    ///
    /// # Errors
    /// Returns [`Absent`] if it isn't, for whatever reason.
    pub fn restricted_page(&self, page: PageId) -> Result<RestrictedPage, Absent> {
        let page = self.catalogue.page(page).ok_or(Absent::HERE)?;
        self.require(Action::Administer, Object::Space(page.row.space))
            .map_err(|_| Absent::HERE)?;
        self.withheld(page).ok_or(Absent::HERE)
    }

    /// Returns the facts that are shown of a page to an administrator from whom only its own lists
    /// hide it. A draft or a trashed page isn't readable for them anyway, and for a page that is
    /// closed from above, the page above is reported.
    fn withheld(&self, page: &Page) -> Option<RestrictedPage> {
        let readable = matches!(page.row.state, PageState::Live | PageState::Archived);
        let lists = self.catalogue.lists(page.row.id).filter(|_| readable)?;
        let mut closed = lists
            .view()
            .iter()
            .filter(|list| !self.subject.is_listed(&list.listed));
        closed.next().map(|list| RestrictedPage {
            page: page.row.id,
            list: list.id,
            since: list.since,
            by: list.by,
        })
    }

    /// Explains why somebody sees a page or doesn't (laws 8.2 and 8.3). Anyone who sees the page
    /// may ask about themselves. About others, administrators of the space or the site may ask, for
    /// pages that they see.
    ///
    /// # Errors
    /// Absent if the caller can't see the page, or for an unknown account. Forbidden, with
    /// [`Denied::Restricted`], if the page is one of the caller's [`View::restricted_pages`]:
    /// "restricted; you are not listed". Forbidden if the caller asks about others without
    /// administering the space.
    pub fn explain(&self, about: Option<AccountId>, page: PageId) -> Result<Explanation, Refusal> {
        self.require_asking(about == self.subject.account, page)?;
        let subject = match about {
            None => Subject::anonymous(),
            Some(id) => self
                .catalogue
                .subject_of(id, Door::Confluence)
                .ok_or(Absent::HERE)?,
        };
        Ok(explain(&self.catalogue, &subject, page).ok_or(Absent::HERE)?)
    }

    /// Requires that the subject may ask about somebody's access to a page.
    fn require_asking(&self, about_oneself: bool, page: PageId) -> Result<(), Refusal> {
        if self.subject.operator {
            return Ok(());
        }
        let seen = self
            .page(page)
            .map_err(|absent| match self.restricted_page(page) {
                Ok(RestrictedPage { page, list, .. }) => {
                    Refusal::Forbidden(Denied::Restricted { page, list })
                }
                Err(_) => Refusal::Absent(absent),
            })?;
        if !about_oneself {
            self.require(Action::Administer, Object::Space(seen.row().space))?;
        }
        Ok(())
    }

    /// Decides whether a group lets its members do something to a page, for somebody licensed who
    /// is in this group and no other. Callers who may ask [`View::explain`] about others may ask
    /// this.
    ///
    /// # Errors
    /// As [`View::explain`]; absent for an unknown group.
    pub fn check_group(
        &self,
        group: GroupId,
        action: Action,
        page: PageId,
    ) -> Result<Decision, Refusal> {
        self.require_asking(false, page)?;
        let subject = Subject::of_group(self.group(group)?);
        Ok(decide(
            &self.catalogue,
            &subject,
            action,
            Object::Page(page),
        ))
    }

    /// Decides whether somebody may do something to a page. Callers who may ask [`View::explain`]
    /// may ask this.
    ///
    /// # Errors
    /// As [`View::explain`].
    pub fn check(
        &self,
        about: Option<AccountId>,
        action: Action,
        page: PageId,
    ) -> Result<Decision, Refusal> {
        self.explain(about, page)?;
        let subject = match about {
            None => Subject::anonymous(),
            Some(id) => self
                .catalogue
                .subject_of(id, Door::Confluence)
                .ok_or(Absent::HERE)?,
        };
        Ok(decide(
            &self.catalogue,
            &subject,
            action,
            Object::Page(page),
        ))
    }
}
