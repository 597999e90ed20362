//! Applies changed rows to a catalogue.
//!
//! Following applies the rows that a revision touched, and planning those that it is about to
//! write. Loading builds all maps at once in [`Loader`](super::Loader), and arrives at the same
//! catalogue as applying every row would (property *follow = load*, in the store's tests). Rows may
//! come in any order: a row that refers to a missing one takes effect when that one comes.

use super::{Account, Catalogue, Space};
use crate::account::{ConfluenceAccess, MembershipRow};
use crate::grant::{AccessClass, GrantRow, Principal, Rights};
use crate::id::{AccountId, GroupId, ProjectId, SpaceId};
use crate::ordered::Ordered;
use crate::row::{Row, RowChange, Table};
use crate::switches::SwitchesRow;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::borrow::Borrow;

/// Inserts a row into its map and updates an index of the map.
macro_rules! put {
    ($map:expr, $row:expr, |$old:ident| $unindex:expr, |$new:ident| $index:expr) => {{
        let row = $row;
        let id = row.id;
        if let Some($old) = $map.insert(id, row.clone()) {
            $unindex;
        }
        let $new = row;
        $index;
    }};
}

/// Removes a key from an index if it still leads to this row. The key may have been given to
/// another row in the same revision, and rows come in any order.
fn unindex<K, V, Q>(index: &mut Ordered<K, V>, key: &Q, row: V)
where
    K: Ord + Clone + Borrow<Q>,
    V: Clone + PartialEq,
    Q: Ord + ?Sized,
{
    if index.get(key) == Some(&row) {
        index.remove(key);
    }
}

/// Removes a row from its map and its indexes.
macro_rules! take {
    ($map:expr, $id:expr, |$old:ident| $unindex:expr) => {
        if let Some($old) = $id.and_then(|id| $map.remove(&id)) {
            $unindex;
        }
    };
}

impl Catalogue {
    /// Makes the change in this catalogue. The caller sets the revision.
    pub fn apply(&mut self, change: RowChange) {
        match change {
            RowChange::Put(row) => self.put(row),
            RowChange::Remove(table, id) => self.take(table, id),
        }
    }

    pub(super) fn put(&mut self, row: Row) {
        match row {
            Row::Switches(row) => self.switches = row,
            Row::Group(row) => {
                let id = row.id;
                put!(
                    self.groups,
                    Arc::new(row),
                    |old| { unindex(&mut self.group_names, &folded(&old.name), id) },
                    |new| { self.group_names.insert(folded(&new.name), id) }
                );
                self.refresh_members(id);
            }
            Row::Account(row) => {
                let id = row.id;
                let row = Arc::new(row);
                let (groups, access) = self.groups_and_access(id);
                let account = Account {
                    row: row.clone(),
                    groups,
                    access,
                };
                if let Some(old) = self.accounts.insert(id, account) {
                    unindex(&mut self.emails, &folded(&old.row.email), id);
                }
                self.emails.insert(folded(&row.email), id);
            }
            Row::Membership(row) => {
                if let Some(old) = self.memberships.insert(row.id, row.clone()) {
                    self.unindex_membership(&old);
                    self.refresh_account(old.account);
                }
                self.members.insert((row.group, row.account), row.id);
                self.groups_of.insert((row.account, row.group), row.id);
                self.refresh_account(row.account);
            }
            Row::GlobalGrant(row) => {
                self.global_grants.insert(row.id, row);
            }
            Row::Space(row) => {
                let id = row.id;
                let row = Arc::new(row);
                let space = Space {
                    state: row.state,
                    row: row.clone(),
                    granted: Arc::default(),
                    unlicensed_view: false,
                    anonymous: Rights::NONE,
                    projects: Arc::default(),
                };
                if let Some(old) = self.spaces.insert(id, space) {
                    unindex(&mut self.space_keys, &folded(&old.row.key), id);
                }
                self.space_keys.insert(folded(&row.key), id);
                self.refresh_space(id);
            }
            Row::Grant(row) => {
                if let Some(old) = self.grants.insert(row.id, row.clone()) {
                    self.grants_of.remove(&(old.space, old.id));
                    self.refresh_space(old.space);
                }
                self.grants_of.insert((row.space, row.id), ());
                self.refresh_space(row.space);
            }
            Row::Page(row) => self.put_page(row),
            Row::Restriction(row) => self.put_restriction(row),
            Row::Attachment(row) => put!(
                self.attachments,
                Arc::new(row),
                |old| { self.attachments_of.remove(&(old.page, old.id)) },
                |new| { self.attachments_of.insert((new.page, new.id), ()) }
            ),
            Row::Comment(row) => put!(
                self.comments,
                Arc::new(row),
                |old| { self.comments_of.remove(&(old.page, old.id)) },
                |new| { self.comments_of.insert((new.page, new.id), ()) }
            ),
            Row::ServiceProject(row) => {
                self.projects.insert(row.id, Arc::new(row));
            }
            Row::ProjectRole(row) => put!(
                self.project_roles,
                row,
                |old| { self.roles_of.remove(&(old.project, old.account, old.id)) },
                |new| { self.roles_of.insert((new.project, new.account, new.id), ()) }
            ),
            Row::Organization(row) => {
                self.organizations.insert(row.id, Arc::new(row));
            }
            Row::OrganizationMember(row) => put!(
                self.organization_members,
                row,
                |old| {
                    self.organizations_of
                        .remove(&(old.account, old.organization, old.id))
                },
                |new| {
                    self.organizations_of
                        .insert((new.account, new.organization, new.id), ())
                }
            ),
            Row::ProjectOrganization(row) => put!(
                self.project_organizations,
                row,
                |old| {
                    self.organizations_in
                        .remove(&(old.project, old.organization, old.id))
                },
                |new| {
                    self.organizations_in
                        .insert((new.project, new.organization, new.id), ())
                }
            ),
            Row::SpaceLink(row) => put!(
                self.space_links,
                row,
                |old| {
                    self.links_of.remove(&(old.space, old.project, old.id));
                    self.refresh_space(old.space);
                },
                |new| {
                    self.links_of.insert((new.space, new.project, new.id), ());
                    self.refresh_space(new.space);
                }
            ),
            Row::Token(row) => put!(
                self.tokens,
                Arc::new(row),
                |old| {
                    unindex(&mut self.token_hashes, &old.hash, old.id);
                    self.tokens_of.remove(&(old.account, old.id));
                },
                |new| {
                    self.token_hashes.insert(new.hash, new.id);
                    self.tokens_of.insert((new.account, new.id), ());
                }
            ),
            Row::Session(row) => put!(
                self.sessions,
                Arc::new(row),
                |old| {
                    unindex(&mut self.session_hashes, &old.hash, old.id);
                    self.sessions_of.remove(&(old.account, old.id));
                },
                |new| {
                    self.session_hashes.insert(new.hash, new.id);
                    self.sessions_of.insert((new.account, new.id), ());
                }
            ),
            Row::OneTimeLink(row) => put!(
                self.one_time_links,
                Arc::new(row),
                |old| { unindex(&mut self.link_hashes, &old.hash, old.id) },
                |new| { self.link_hashes.insert(new.hash, new.id) }
            ),
            Row::Label(row) => self.labels.put(row),
            Row::Property(row) => self.properties.put(row),
            Row::Like(row) => self.likes.put(row),
            Row::Watch(row) => self.watches.put(row),
            Row::ContentStatus(row) => self.content_statuses.put(row),
            Row::CustomStatus(row) => self.custom_statuses.put(row),
            Row::Task(row) => self.tasks.put(row),
            Row::Template(row) => self.templates.put(row),
            Row::SpaceRole(row) => self.space_roles.put(row),
            Row::PageDraft(row) => self.page_drafts.put(row),
        }
    }

    fn take(&mut self, table: Table, id: u64) {
        use crate::id::{
            AttachmentId, CommentId, GlobalGrantId, GrantId, MembershipId, OneTimeLinkId,
            OrganizationId, OrganizationMemberId, PageId, ProjectOrganizationId, ProjectRoleId,
            RestrictionId, SessionId, SpaceLinkId, TokenId,
        };
        match table {
            Table::Switches => self.switches = SwitchesRow::default(),
            Table::Group => {
                take!(self.groups, GroupId::new(id), |old| {
                    unindex(&mut self.group_names, &folded(&old.name), old.id);
                    self.refresh_members(old.id);
                });
            }
            Table::Account => {
                take!(self.accounts, AccountId::new(id), |old| {
                    unindex(&mut self.emails, &folded(&old.row.email), old.row.id);
                });
            }
            Table::Membership => take!(self.memberships, MembershipId::new(id), |old| {
                self.unindex_membership(&old);
                self.refresh_account(old.account);
            }),
            Table::GlobalGrant => {
                take!(self.global_grants, GlobalGrantId::new(id), |_old| {});
            }
            Table::Space => {
                take!(self.spaces, SpaceId::new(id), |old| {
                    unindex(&mut self.space_keys, &folded(&old.row.key), old.row.id);
                });
            }
            Table::Grant => take!(self.grants, GrantId::new(id), |old| {
                self.grants_of.remove(&(old.space, old.id));
                self.refresh_space(old.space);
            }),
            Table::Page => {
                if let Some(id) = PageId::new(id) {
                    self.take_page(id);
                }
            }
            Table::Restriction => {
                if let Some(id) = RestrictionId::new(id) {
                    self.take_restriction(id);
                }
            }
            Table::Attachment => take!(self.attachments, AttachmentId::new(id), |old| self
                .attachments_of
                .remove(&(old.page, old.id))),
            Table::Comment => take!(self.comments, CommentId::new(id), |old| self
                .comments_of
                .remove(&(old.page, old.id))),
            Table::ServiceProject => take!(self.projects, ProjectId::new(id), |_old| {}),
            Table::ProjectRole => take!(self.project_roles, ProjectRoleId::new(id), |old| self
                .roles_of
                .remove(&(old.project, old.account, old.id))),
            Table::Organization => {
                take!(self.organizations, OrganizationId::new(id), |_old| {});
            }
            Table::OrganizationMember => {
                take!(
                    self.organization_members,
                    OrganizationMemberId::new(id),
                    |old| self
                        .organizations_of
                        .remove(&(old.account, old.organization, old.id))
                );
            }
            Table::ProjectOrganization => {
                take!(
                    self.project_organizations,
                    ProjectOrganizationId::new(id),
                    |old| self
                        .organizations_in
                        .remove(&(old.project, old.organization, old.id))
                );
            }
            Table::SpaceLink => take!(self.space_links, SpaceLinkId::new(id), |old| {
                self.links_of.remove(&(old.space, old.project, old.id));
                self.refresh_space(old.space);
            }),
            Table::Token => take!(self.tokens, TokenId::new(id), |old| {
                unindex(&mut self.token_hashes, &old.hash, old.id);
                self.tokens_of.remove(&(old.account, old.id));
            }),
            Table::Session => take!(self.sessions, SessionId::new(id), |old| {
                unindex(&mut self.session_hashes, &old.hash, old.id);
                self.sessions_of.remove(&(old.account, old.id));
            }),
            Table::OneTimeLink => take!(self.one_time_links, OneTimeLinkId::new(id), |old| {
                unindex(&mut self.link_hashes, &old.hash, old.id);
            }),
            Table::Label => self.labels.take(id),
            Table::Property => self.properties.take(id),
            Table::Like => self.likes.take(id),
            Table::Watch => self.watches.take(id),
            Table::ContentStatus => self.content_statuses.take(id),
            Table::CustomStatus => self.custom_statuses.take(id),
            Table::Task => self.tasks.take(id),
            Table::Template => self.templates.take(id),
            Table::SpaceRole => self.space_roles.take(id),
            Table::PageDraft => self.page_drafts.take(id),
        }
    }

    fn unindex_membership(&mut self, old: &MembershipRow) {
        unindex(&mut self.members, &(old.group, old.account), old.id);
        unindex(&mut self.groups_of, &(old.account, old.group), old.id);
    }

    fn groups_and_access(&self, account: AccountId) -> (Arc<[GroupId]>, ConfluenceAccess) {
        let groups: Vec<GroupId> = self
            .groups_of
            .from(&(account, FIRST_GROUP))
            .map_while(|((owner, group), _)| (*owner == account).then_some(*group))
            .filter(|group| self.groups.contains(group))
            .collect();
        let access = groups
            .iter()
            .filter_map(|group| self.groups.get(group))
            .map(|group| group.confluence)
            .max()
            .unwrap_or(ConfluenceAccess::None);
        (groups.into(), access)
    }

    pub(super) fn refresh_account(&mut self, id: AccountId) {
        if let Some(account) = self.accounts.get(&id) {
            let (groups, access) = self.groups_and_access(id);
            let account = Account {
                row: account.row.clone(),
                groups,
                access,
            };
            self.accounts.insert(id, account);
        }
    }

    fn refresh_members(&mut self, group: GroupId) {
        let members: Vec<AccountId> = self.members_of(group).collect();
        for member in members {
            self.refresh_account(member);
        }
    }

    pub(super) fn refresh_space(&mut self, id: SpaceId) {
        let Some(space) = self.spaces.get(&id) else {
            return;
        };
        let mut granted: Ordered<Principal, Rights> = Ordered::default();
        let (mut unlicensed_view, mut anonymous) = (false, Rights::NONE);
        for GrantRow {
            principal,
            operation,
            ..
        } in self.grants_in(id)
        {
            let right = Rights::of(*operation);
            match principal {
                Principal::Class(AccessClass::AuthenticatedUsers) => {
                    unlicensed_view |= right.has(crate::grant::Operation::Read);
                }
                Principal::Class(AccessClass::AnonymousUsers) => anonymous = anonymous.and(right),
                _ => {
                    let before = granted.get(principal).copied().unwrap_or(Rights::NONE);
                    granted.insert(*principal, before.and(right));
                }
            }
        }
        let mut granted: Vec<(Principal, Rights)> = granted
            .iter()
            .map(|(principal, rights)| (*principal, *rights))
            .collect();
        granted.sort_by_key(|(principal, _)| match principal {
            Principal::Class(AccessClass::JsmProjectAdmins) => 3,
            Principal::Class(_) => 0,
            Principal::Account(_) => 1,
            Principal::Group(_) => 2,
        });
        let granted = granted.into();
        let mut projects: Vec<ProjectId> = self.links_in(id).map(|link| link.project).collect();
        projects.dedup();
        let projects = projects.into();
        let space = Space {
            state: space.state,
            row: space.row.clone(),
            granted,
            unlicensed_view,
            anonymous,
            projects,
        };
        self.spaces.insert(id, space);
    }
}

/// The lowest group id, at which a range of one account's groups begins.
const FIRST_GROUP: GroupId = GroupId::from_random(0);

/// Returns a name in the form in which names are compared: without case.
pub(crate) fn folded(name: &str) -> Arc<str> {
    name.to_lowercase().into()
}
