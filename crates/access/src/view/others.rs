//! Looking at others' access (law 8), and at restricted pages that one doesn't see (law 2.19).

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

/// A restricted page that an administrator doesn't see, as far as it is shown:
/// without a title (law 2.19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestrictedPage {
    /// The page.
    pub page: PageId,
    /// The restriction that withholds it.
    pub list: RestrictionId,
    /// Since when it is restricted.
    pub since: Millis,
    /// Who restricted it.
    pub by: AccountId,
}

impl View {
    /// The restricted pages of a space that its administrator doesn't see because
    /// it isn't listed, in the order of their ids: id, since when and by whom.
    /// They, and no others, may be taken over.
    ///
    /// # Errors
    /// [`Refusal`] to who doesn't administer the space.
    pub fn restricted_pages(&self, space: SpaceId) -> Result<Vec<RestrictedPage>, Refusal> {
        self.require(Action::Administer, Object::Space(space))?;
        let pages = self.catalogue.pages_in(space, PageId::from_random(0));
        Ok(pages.filter_map(|page| self.withheld(page)).collect())
    }

    /// Whether a page is one of [`View::restricted_pages`] of its space.
    ///
    /// # Errors
    /// [`Absent`] if it isn't, for whatever reason.
    pub fn restricted_page(&self, page: PageId) -> Result<RestrictedPage, Absent> {
        let page = self.catalogue.page(page).ok_or(Absent::HERE)?;
        self.require(Action::Administer, Object::Space(page.row.space))
            .map_err(|_| Absent::HERE)?;
        self.withheld(page).ok_or(Absent::HERE)
    }

    /// What is told of a page to an administrator from whom only its own lists
    /// withhold it. A draft or a trashed page is none of theirs either way, and
    /// one that is closed from above is told of there.
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

    /// Why somebody sees a page or doesn't (laws 8.2 and 8.3). About oneself: whoever sees
    /// the page. About others: administrators of the space or the site, for
    /// pages that they see.
    ///
    /// # Errors
    /// Absent where the asker doesn't see the page; forbidden, with
    /// [`Denied::Restricted`], where it is one of its [`View::restricted_pages`]:
    /// "restricted; you are not listed"; forbidden where it asks about others
    /// without administering the space; absent for an unknown account.
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

    /// Goes on only for who may ask about somebody's access to a page.
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

    /// Whether a group lets its members do something to a page: somebody licensed
    /// who is in this group and no other. Asked by whom [`View::explain`] allows to
    /// ask about others.
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

    /// Whether somebody may do something to a page, asked by whom
    /// [`View::explain`] allows to ask.
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
