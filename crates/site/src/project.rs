//! Service projects: their people, and the spaces linked to them.

use crate::account::{self, site_admin};
use crate::entry::entry;
use crate::error::SiteError;
use crate::missing::absent;
use crate::name::name;
use crate::plan::Plan;
use crate::site::Site;
use crate::switch::administered;
use narthex_access::{
    AccountId, AccountKind, Credential, OrganizationId, OrganizationMemberId,
    OrganizationMemberRow, OrganizationRow, Portal, ProjectId, ProjectOrganizationId,
    ProjectOrganizationRow, ProjectRole, ProjectRoleId, ProjectRoleRow, ServiceProjectRow,
    SpaceLinkId, SpaceLinkRow,
};
use narthex_store::change::Change;
use std::sync::Arc;

/// A service project to create.
#[derive(Debug, Clone)]
pub struct NewProject {
    /// The key: a letter, then letters and digits. It differs from all others by more than case.
    pub key: String,
    /// The name that people are shown.
    pub name: String,
    /// The people who may use its portal.
    pub portal: Portal,
}

impl Site {
    /// Creates a service project.
    ///
    /// # Errors
    /// Forbidden to all but site administration; conflict if the key is taken; invalid for a bad
    /// key or name.
    pub async fn create_project(
        &self,
        credential: &Credential,
        new: NewProject,
    ) -> Result<ProjectId, SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            let key = free_key(plan, &new.key)?;
            let name = name("name of the project", &new.name)?;
            let id = plan.new_id(ProjectId::from_random);
            let mut change = Change::nothing(id);
            let mut created = entry("project.created", &*key);
            created.after = Some(format!("{name}; portal {}", new.portal));
            change.events.push(created);
            change.rows.push(
                ServiceProjectRow {
                    id,
                    key,
                    name,
                    portal: new.portal,
                }
                .into(),
            );
            Ok(change)
        })
        .await
    }

    /// Gives an account a role in a service project.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown project or account; invalid
    /// to give a customer another role than that of a customer.
    pub async fn add_project_role(
        &self,
        credential: &Credential,
        project: ProjectId,
        account: AccountId,
        role: ProjectRole,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            let of = plan.catalogue.project(project).ok_or_else(absent)?;
            let who = account::row(plan, account)?;
            if who.kind == AccountKind::Customer && role != ProjectRole::Customer {
                return Err(SiteError::invalid(
                    "a portal-only account can only be a customer of a project; give it another \
                     access first",
                ));
            }
            let mut change = Change::nothing(());
            if plan
                .catalogue
                .project_roles_of(project, account)
                .all(|has| has != role)
            {
                let id = plan.new_id(ProjectRoleId::from_random);
                change.rows.push(
                    ProjectRoleRow {
                        id,
                        project,
                        account,
                        role,
                    }
                    .into(),
                );
                let mut added = entry("project.role.added", &*of.key);
                added.after = Some(format!("{}: {role}", who.email));
                change.events.push(added);
            }
            Ok(change)
        })
        .await
    }

    /// Creates an organization of customers.
    ///
    /// # Errors
    /// Forbidden to all but site administration; invalid for a bad name.
    pub async fn create_organization(
        &self,
        credential: &Credential,
        called: String,
    ) -> Result<OrganizationId, SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            let name = name("name of the organization", &called)?;
            let id = plan.new_id(OrganizationId::from_random);
            let mut change = Change::nothing(id);
            change.events.push(entry("organization.created", &*name));
            change.rows.push(OrganizationRow { id, name }.into());
            Ok(change)
        })
        .await
    }

    /// Adds an account to an organization.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown organization or account.
    pub async fn add_to_organization(
        &self,
        credential: &Credential,
        organization: OrganizationId,
        account: AccountId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            let of = plan
                .catalogue
                .organization(organization)
                .ok_or_else(absent)?;
            let who = account::row(plan, account)?;
            let id = plan.new_id(OrganizationMemberId::from_random);
            let mut change = Change::nothing(());
            change.rows.push(
                OrganizationMemberRow {
                    id,
                    organization,
                    account,
                }
                .into(),
            );
            let mut added = entry("organization.member.added", &*of.name);
            added.after = Some(who.email.to_string());
            change.events.push(added);
            Ok(change)
        })
        .await
    }

    /// Makes the members of an organization customers of a service project.
    ///
    /// # Errors
    /// Forbidden to all but site administration; absent for an unknown project or organization.
    pub async fn add_organization_to_project(
        &self,
        credential: &Credential,
        project: ProjectId,
        organization: OrganizationId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            site_admin::require(plan)?;
            let of = plan.catalogue.project(project).ok_or_else(absent)?;
            let who = plan
                .catalogue
                .organization(organization)
                .ok_or_else(absent)?;
            let id = plan.new_id(ProjectOrganizationId::from_random);
            let mut change = Change::nothing(());
            change.rows.push(
                ProjectOrganizationRow {
                    id,
                    project,
                    organization,
                }
                .into(),
            );
            let mut added = entry("project.organization.added", &*of.key);
            added.after = Some(who.name.to_string());
            change.events.push(added);
            Ok(change)
        })
        .await
    }

    /// Links a space to a service project as its knowledge base. This opens nothing: the switches
    /// of the space alone decide who may view it (law 4.9).
    ///
    /// # Errors
    /// Absent for a project that the caller doesn't administer and for a space that the caller
    /// doesn't see; forbidden without administration of the space.
    pub async fn link_space(
        &self,
        credential: &Credential,
        project: ProjectId,
        space_key: String,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| plan_link(plan, project, &space_key))
            .await
    }
}

fn plan_link(
    plan: &Plan<'_>,
    project: ProjectId,
    space_key: &str,
) -> Result<Change<()>, SiteError> {
    let of = plan.catalogue.project(project).ok_or_else(absent)?;
    let subject = plan.view.subject();
    let administers = |account| {
        let mut roles = plan.catalogue.project_roles_of(project, account);
        roles.any(|role| role == ProjectRole::Administrator)
    };
    if !subject.is_site_admin() && !subject.account().is_some_and(administers) {
        return Err(absent());
    }
    let space = administered(plan, space_key)?;
    let mut change = Change::nothing(());
    if plan
        .catalogue
        .links_in(space)
        .all(|link| link.project != project)
    {
        let id = plan.new_id(SpaceLinkId::from_random);
        change.rows.push(SpaceLinkRow { id, project, space }.into());
        let mut linked = entry("project.space.linked", &*of.key);
        linked.space = Some(space);
        let key = plan
            .catalogue
            .space(space)
            .map(|space| space.row().key.to_string());
        linked.after = key;
        change.events.push(linked);
    }
    Ok(change)
}

/// Checks a key for a project and returns it, if no other project has it.
fn free_key(plan: &Plan<'_>, asked: &str) -> Result<Arc<str>, SiteError> {
    let key = asked.trim();
    let fits = key.len() <= 20
        && key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric());
    if !fits {
        return Err(SiteError::invalid(
            "the project's key is a letter and then at most 19 letters and digits, like SUPPORT",
        ));
    }
    if plan
        .catalogue
        .projects()
        .any(|project| project.key.eq_ignore_ascii_case(key))
    {
        return Err(SiteError::conflict(format!(
            "there is already a project with the key {key}; choose another key"
        )));
    }
    Ok(key.into())
}
