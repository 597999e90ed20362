//! Service projects, their people, and their links to spaces.

use crate::id::{
    AccountId, OrganizationId, OrganizationMemberId, ProjectId, ProjectOrganizationId,
    ProjectRoleId, SpaceId, SpaceLinkId,
};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// Who may use a service project's portal (law 2.27).
    pub enum Portal {
        /// Every active account and customer.
        Open = "open",
        /// Its customers, members of its organizations, its agents.
        Restricted = "restricted",
        /// Everybody, without logging in.
        LoginFree = "login-free",
    }
}

words! {
    /// The role of an account in a service project.
    pub enum ProjectRole {
        /// Administers the project.
        Administrator = "administrator",
        /// Works on requests.
        Agent = "agent",
        /// Raises requests.
        Customer = "customer",
    }
}

/// A row of `service_project`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceProjectRow {
    /// Its id.
    pub id: ProjectId,
    /// Its key, unique without case.
    pub key: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Who may use its portal.
    pub portal: Portal,
}

/// A row of `project_role`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRoleRow {
    /// Its id.
    pub id: ProjectRoleId,
    /// The service project.
    pub project: ProjectId,
    /// The account.
    pub account: AccountId,
    /// Its role.
    pub role: ProjectRole,
}

/// A row of `organization`: customers of one firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationRow {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: Arc<str>,
}

/// A row of `organization_member`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationMemberRow {
    /// Its id.
    pub id: OrganizationMemberId,
    /// The organization.
    pub organization: OrganizationId,
    /// The account.
    pub account: AccountId,
}

/// A row of `project_organization`: an organization's place in a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectOrganizationRow {
    /// Its id.
    pub id: ProjectOrganizationId,
    /// The service project.
    pub project: ProjectId,
    /// The organization.
    pub organization: OrganizationId,
}

/// A row of `space_link`: a space as knowledge base of a service project.
/// Linking opens nothing by itself (law 4.9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceLinkRow {
    /// Its id.
    pub id: SpaceLinkId,
    /// The service project.
    pub project: ProjectId,
    /// The space.
    pub space: SpaceId,
}
