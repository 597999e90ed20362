//! Look-ups of what is attached to content, such as labels, likes and drafts, without a decision.
//! They serve plans of writes.

use super::Catalogue;
use crate::action::Object;
use crate::content_status::{ContentStatusRow, CustomStatusRow};
use crate::grant::{Principal, Rights};
use crate::id::{AccountId, PageId, SpaceId, SpaceRoleId, TemplateId};
use crate::label::{LabelKey, LabelRow};
use crate::like::{LikeKey, LikeRow};
use crate::page_draft::{PageDraftKey, PageDraftRow};
use crate::property::PropertyRow;
use crate::space_role::SYSTEM_ROLES;
use crate::task::TaskRow;
use crate::template::TemplateRow;
use crate::view::SpaceRole;
use crate::watch::{WatchKey, WatchRow, Watched};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

impl Catalogue {
    /// Returns the labels on something, of all owners, in the order of their rows' ids.
    pub fn labels_on(&self, on: Object) -> impl Iterator<Item = &LabelRow> {
        self.labels.of(LabelKey::On(on))
    }

    /// Returns the likes of something, in the order of their ids.
    pub fn likes_of(&self, on: Object) -> impl Iterator<Item = &LikeRow> {
        self.likes.of(LikeKey::On(on))
    }

    /// Returns the likes that an account gave, in the order of their ids.
    pub fn likes_by(&self, account: AccountId) -> impl Iterator<Item = &LikeRow> {
        self.likes.of(LikeKey::By(account))
    }

    /// Returns the watches of something, including those of accounts that can't see it.
    pub fn watches_of(&self, on: Watched) -> impl Iterator<Item = &WatchRow> {
        self.watches.of(WatchKey::On(on))
    }

    /// Returns the watches of an account, including those of things that it can't see.
    pub fn watches_by(&self, account: AccountId) -> impl Iterator<Item = &WatchRow> {
        self.watches.of(WatchKey::By(account))
    }

    /// Returns the content statuses of a page: its own and its drafts'.
    pub fn content_statuses_of(&self, page: PageId) -> impl Iterator<Item = &ContentStatusRow> {
        self.content_statuses.of(page)
    }

    /// Returns the statuses that an account made for itself, in the order of their ids.
    pub fn custom_statuses_of(&self, account: AccountId) -> impl Iterator<Item = &CustomStatusRow> {
        self.custom_statuses.of(account)
    }

    /// Returns the drafts over a published page, of all authors, in the order of their ids.
    pub fn page_drafts_of(&self, page: PageId) -> impl Iterator<Item = &PageDraftRow> {
        self.page_drafts.of(PageDraftKey::Of(page))
    }

    /// Returns the drafts that an account has over published pages, in the order of their ids.
    pub fn page_drafts_by(&self, account: AccountId) -> impl Iterator<Item = &PageDraftRow> {
        self.page_drafts.of(PageDraftKey::By(account))
    }

    /// Returns the tasks in a page, in the order of their ids.
    pub fn tasks_of(&self, page: PageId) -> impl Iterator<Item = &TaskRow> {
        self.tasks.of(page)
    }

    /// Returns a template by id.
    #[must_use]
    pub fn template(&self, id: TemplateId) -> Option<&TemplateRow> {
        self.templates.get(id)
    }

    /// Returns the templates of a space, or with `None` the global ones.
    pub fn templates_of(&self, space: Option<SpaceId>) -> impl Iterator<Item = &TemplateRow> {
        self.templates.of(space)
    }

    /// Returns all roles: first those of every site, the smallest first, then this site's own, by
    /// name.
    pub fn space_roles(&self) -> impl Iterator<Item = SpaceRole<'_>> {
        let own = self.space_roles.all_from(SpaceRoleId::from_random(0));
        let mut own: Vec<_> = own.collect();
        own.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        let system = SYSTEM_ROLES.iter().map(SpaceRole::System);
        system.chain(own.into_iter().map(SpaceRole::Custom))
    }

    /// Returns the roles that principals have in a space, in the order of the principals. A
    /// principal has a role if all its grants there were given as parts of that role, and are
    /// exactly what it gives.
    #[must_use]
    pub fn assigned_roles(&self, space: SpaceId) -> Vec<(Principal, SpaceRole<'_>)> {
        let mut given: BTreeMap<Principal, (Rights, Option<SpaceRoleId>)> = BTreeMap::new();
        for grant in self.grants_in(space) {
            let first = (Rights::NONE, grant.role);
            let (rights, role) = given.entry(grant.principal).or_insert(first);
            *rights = rights.and(Rights::of(grant.operation));
            *role = role.filter(|role| grant.role == Some(*role));
        }
        let roles: Vec<SpaceRole<'_>> = self.space_roles().collect();
        let assigned = given.into_iter().filter_map(|(who, (rights, role))| {
            let role = roles.iter().find(|it| Some(it.id()) == role)?;
            (role.rights() == rights).then_some((who, *role))
        });
        assigned.collect()
    }

    /// Returns the properties of something, in the order of their ids.
    pub fn properties_on(&self, on: Object) -> impl Iterator<Item = &PropertyRow> {
        self.properties.of(on)
    }
}
