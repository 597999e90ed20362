//! Service projects, their people, and their links to spaces.
//!
//! A project that links a space uses the space as its knowledge base.

use crate::id::{
    AccountId, OrganizationId, OrganizationMemberId, ProjectId, ProjectOrganizationId,
    ProjectRoleId, SpaceId, SpaceLinkId,
};
use crate::word::words;
use alloc::sync::Arc;

words! {
    /// The people who may use a service project's portal (law 2.27).
    pub enum Portal {
        /// Every active account and customer.
        Open = "open",
        /// Its customers, the members of its organizations, and its agents.
        Restricted = "restricted",
        /// Everybody, without logging in.
        LoginFree = "login-free",
    }
}

words! {
    /// The role of an account in a service project.
    pub enum ProjectRole {
        /// An administrator of the project.
        Administrator = "administrator",
        /// An agent, who works on requests.
        Agent = "agent",
        /// A customer, who raises requests.
        Customer = "customer",
    }
}

/// A row of `service_project`: a service desk with a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceProjectRow {
    /// The id of the service project.
    pub id: ProjectId,
    /// Its key, unique without case.
    pub key: Arc<str>,
    /// The display name of the service project.
    pub name: Arc<str>,
    /// The people who may use its portal.
    pub portal: Portal,
}

/// A row of `project_role`: the role of one account in one service project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRoleRow {
    /// The id of this assignment of a role.
    pub id: ProjectRoleId,
    /// The service project that the role is in.
    pub project: ProjectId,
    /// The account that has the role.
    pub account: AccountId,
    /// The role that the account has.
    pub role: ProjectRole,
}

/// A row of `organization`: the customers of one firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationRow {
    /// The id of the organization.
    pub id: OrganizationId,
    /// The display name of the organization.
    pub name: Arc<str>,
}

/// A row of `organization_member`: one account in one organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationMemberRow {
    /// The id of the membership.
    pub id: OrganizationMemberId,
    /// The organization that the account is in.
    pub organization: OrganizationId,
    /// The account that is a member.
    pub account: AccountId,
}

/// A row of `project_organization`: an organization whose members are customers of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectOrganizationRow {
    /// The id of this row.
    pub id: ProjectOrganizationId,
    /// The service project that the organization belongs to.
    pub project: ProjectId,
    /// The organization whose members are customers.
    pub organization: OrganizationId,
}

/// A row of `space_link`: a space that is the knowledge base of a service project. The link opens
/// nothing by itself (law 4.9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceLinkRow {
    /// The id of the link.
    pub id: SpaceLinkId,
    /// The service project that uses the space.
    pub project: ProjectId,
    /// The space that is its knowledge base.
    pub space: SpaceId,
}
