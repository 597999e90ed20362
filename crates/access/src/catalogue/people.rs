//! Look-ups of people without a decision: accounts, groups, roles, tokens and sessions. As in
//! [`lookup`](super::lookup), whatever is returned to a caller goes through a view instead.

use super::{Account, Catalogue};
use crate::account::{GroupRow, MembershipRow};
use crate::credential::{OneTimeLinkRow, SecretHash, SessionRow, TokenRow};
use crate::grant::GlobalGrantRow;
use crate::id::{
    AccountId, GroupId, MembershipId, OrganizationId, OrganizationMemberId, ProjectId,
    ProjectOrganizationId, ProjectRoleId, SessionId, TokenId,
};
use crate::service_project::{OrganizationRow, ProjectRole};

impl Catalogue {
    /// Returns an account by id.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    /// Returns an account by e-mail address, compared without case.
    #[must_use]
    pub fn account_by_email(&self, email: &str) -> Option<&Account> {
        let id = self.emails.get(email.to_lowercase().as_str())?;
        self.accounts.get(id)
    }

    /// Returns all accounts in the order of their ids.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter().map(|(_, account)| account)
    }

    /// Returns a group by id.
    #[must_use]
    pub fn group(&self, id: GroupId) -> Option<&GroupRow> {
        self.groups.get(&id).map(AsRef::as_ref)
    }

    /// Returns a group by name, compared without case.
    #[must_use]
    pub fn group_by_name(&self, name: &str) -> Option<&GroupRow> {
        self.group(*self.group_names.get(name.to_lowercase().as_str())?)
    }

    /// Returns all groups in the order of their ids.
    pub fn groups(&self) -> impl Iterator<Item = &GroupRow> {
        self.groups.iter().map(|(_, row)| row.as_ref())
    }

    /// Returns the accounts in a group, in the order of their ids.
    pub fn members_of(&self, group: GroupId) -> impl Iterator<Item = AccountId> {
        self.members
            .from(&(group, AccountId::from_random(0)))
            .take_while(move |((of, _), _)| *of == group)
            .map(|((_, account), _)| *account)
    }

    /// Returns the membership of an account in a group, or `None` if it isn't a member.
    #[must_use]
    pub fn membership(&self, group: GroupId, account: AccountId) -> Option<MembershipId> {
        self.members.get(&(group, account)).copied()
    }

    /// Returns the memberships of an account, in the order of the groups' ids.
    pub fn memberships_of(&self, account: AccountId) -> impl Iterator<Item = &MembershipRow> {
        self.groups_of
            .from(&(account, GroupId::from_random(0)))
            .take_while(move |((of, _), _)| *of == account)
            .filter_map(|(_, id)| self.memberships.get(id))
    }

    /// Returns all global grants in the order of their ids.
    pub fn global_grants(&self) -> impl Iterator<Item = &GlobalGrantRow> {
        self.global_grants.iter().map(|(_, row)| row)
    }

    /// Returns the roles of an account in a service project.
    pub fn project_roles_of(
        &self,
        project: ProjectId,
        account: AccountId,
    ) -> impl Iterator<Item = ProjectRole> {
        self.roles_of
            .from(&(project, account, ProjectRoleId::from_random(0)))
            .take_while(move |((of, who, _), ())| *of == project && *who == account)
            .filter_map(|((.., id), ())| self.project_roles.get(id).map(|row| row.role))
    }

    /// Returns an organization by id.
    #[must_use]
    pub fn organization(&self, id: OrganizationId) -> Option<&OrganizationRow> {
        self.organizations.get(&id).map(AsRef::as_ref)
    }

    /// Whether an account is in one of a service project's organizations.
    #[must_use]
    pub fn in_organization_of(&self, project: ProjectId, account: AccountId) -> bool {
        let first = (
            account,
            OrganizationId::from_random(0),
            OrganizationMemberId::from_random(0),
        );
        self.organizations_of
            .from(&first)
            .take_while(|((of, ..), ())| *of == account)
            .any(|((_, organization, _), ())| {
                let first = (
                    project,
                    *organization,
                    ProjectOrganizationId::from_random(0),
                );
                self.organizations_in
                    .from(&first)
                    .next()
                    .is_some_and(|((of, it, _), ())| *of == project && it == organization)
            })
    }

    /// Returns a token by the hash of its secret.
    #[must_use]
    pub fn token_by_hash(&self, hash: &SecretHash) -> Option<&TokenRow> {
        self.token(*self.token_hashes.get(hash)?)
    }

    /// Returns a token by id.
    #[must_use]
    pub fn token(&self, id: TokenId) -> Option<&TokenRow> {
        self.tokens.get(&id).map(AsRef::as_ref)
    }

    /// Returns the tokens of an account, including those that ended.
    pub fn tokens_of(&self, account: AccountId) -> impl Iterator<Item = &TokenRow> {
        self.tokens_of
            .from(&(account, TokenId::from_random(0)))
            .take_while(move |((of, _), ())| *of == account)
            .filter_map(|((_, id), ())| self.token(*id))
    }

    /// Returns a session by the hash of its secret.
    #[must_use]
    pub fn session_by_hash(&self, hash: &SecretHash) -> Option<&SessionRow> {
        self.session(*self.session_hashes.get(hash)?)
    }

    /// Returns a session by id.
    #[must_use]
    pub fn session(&self, id: SessionId) -> Option<&SessionRow> {
        self.sessions.get(&id).map(AsRef::as_ref)
    }

    /// Returns the sessions of an account, including those that ended.
    pub fn sessions_of(&self, account: AccountId) -> impl Iterator<Item = &SessionRow> {
        self.sessions_of
            .from(&(account, SessionId::from_random(0)))
            .take_while(move |((of, _), ())| *of == account)
            .filter_map(|((_, id), ())| self.session(*id))
    }

    /// Returns a one-time link by the hash of its secret.
    #[must_use]
    pub fn one_time_link_by_hash(&self, hash: &SecretHash) -> Option<&OneTimeLinkRow> {
        self.one_time_links
            .get(self.link_hashes.get(hash)?)
            .map(AsRef::as_ref)
    }

    /// Returns all one-time links of an account, including those that ended.
    pub fn one_time_links_of(&self, account: AccountId) -> impl Iterator<Item = &OneTimeLinkRow> {
        self.one_time_links
            .iter()
            .map(|(_, row)| row.as_ref())
            .filter(move |row| row.account == account)
    }
}
