//! Setting up a site: its first administrator, its groups and its global permissions.
//!
//! Set-up is open until the first administrator exists, and that transaction closes it for good:
//! the fact is a row of the catalogue, and no operation removes it (A61). Before that, the program
//! decides who may set the site up, by the one-time set-up secret or at the command line.

use crate::account::{self, Access, Added, NewAccount};
use crate::entry::entry;
use crate::error::SiteError;
use crate::password::HashedPassword;
use crate::plan::Plan;
use crate::secret::Secret;
use crate::site::Site;
use narthex_access::{
    AccountRow, ConfluenceAccess, Credential, GlobalGrantId, GlobalGrantRow, GlobalPermission,
    GroupId, GroupRow, Principal, Row, RowChange, SwitchesRow,
};
use narthex_store::change::Change;
use std::sync::Arc;

/// A group that every new site has.
#[derive(Debug, Clone, Copy)]
pub struct StandardGroup {
    /// The name that the group has in Cloud.
    pub name: &'static str,
    /// The access to Confluence that its members get.
    pub confluence: ConfluenceAccess,
    /// Whether its members are agents of the service desk.
    pub service_desk: bool,
    /// The global permissions of the group.
    pub global: &'static [GlobalPermission],
}

/// The groups of a new site, under the names that they have in Cloud, without the suffix of the
/// site's name. They are ordinary groups, which may be renamed, changed and deleted.
pub const GROUPS: [StandardGroup; 4] = [
    StandardGroup {
        name: "confluence-users",
        confluence: ConfluenceAccess::User,
        service_desk: false,
        global: &[
            GlobalPermission::Use,
            GlobalPermission::CreateSpace,
            GlobalPermission::PersonalSpace,
        ],
    },
    StandardGroup {
        name: "confluence-admins",
        confluence: ConfluenceAccess::Admin,
        service_desk: false,
        global: GlobalPermission::ALL,
    },
    StandardGroup {
        name: "confluence-guests",
        confluence: ConfluenceAccess::Guest,
        service_desk: false,
        global: &[],
    },
    StandardGroup {
        name: "jira-servicemanagement-users",
        confluence: ConfluenceAccess::None,
        service_desk: true,
        global: &[],
    },
];

/// The group of the first administrator, who also gets site administration.
const ADMINISTRATORS: &str = "confluence-admins";

/// The first administrator of a new site.
#[derive(Debug, Clone)]
pub struct FirstAdministrator {
    /// The e-mail address of the account.
    pub email: String,
    /// The name that people are shown.
    pub name: String,
    /// The password. If it is `None`, the account gets a one-time link; there is no default.
    pub password: Option<HashedPassword>,
}

impl Site {
    /// Whether the site is set up, so that set-up is closed.
    ///
    /// # Errors
    /// Storage.
    pub async fn is_set_up(&self) -> Result<bool, SiteError> {
        self.rehearse(&Credential::Nobody, |plan| {
            Ok(plan.catalogue.switches().set_up)
        })
        .await
    }

    /// Sets the site up: the switches of law 4.10, the standard groups with their global
    /// permissions, and the first administrator, who is licensed, is in `confluence-admins` and has
    /// site administration. This closes set-up for good.
    ///
    /// # Errors
    /// Conflict if the site is set up already; invalid for a bad e-mail address or name.
    pub async fn set_up(
        &self,
        credential: &Credential,
        first: FirstAdministrator,
    ) -> Result<Added, SiteError> {
        let link = first
            .password
            .is_none()
            .then(|| Secret::random(&self.entropy));
        self.commit(credential, move |plan| {
            plan_set_up(plan, &first, link.as_ref())
        })
        .await
    }
}

pub(crate) fn plan_set_up(
    plan: &Plan<'_>,
    first: &FirstAdministrator,
    link: Option<&Secret>,
) -> Result<Change<Added>, SiteError> {
    if plan.catalogue.switches().set_up {
        return Err(SiteError::conflict(
            "this site is set up; log in, or ask a site administrator for an account",
        ));
    }
    let mut rows: Vec<RowChange> = vec![
        SwitchesRow {
            set_up: true,
            ..SwitchesRow::default()
        }
        .into(),
    ];
    for group in &GROUPS {
        let id = plan.new_id(GroupId::from_random);
        rows.push(
            GroupRow {
                id,
                name: Arc::from(group.name),
                confluence: group.confluence,
                service_desk: group.service_desk,
            }
            .into(),
        );
        rows.extend(group.global.iter().map(|permission| {
            RowChange::from(GlobalGrantRow {
                id: plan.new_id(GlobalGrantId::from_random),
                principal: Principal::Group(id),
                permission: *permission,
            })
        }));
    }
    let with_groups = crate::switch::after(plan.catalogue, &rows);
    let new = NewAccount {
        email: first.email.clone(),
        name: first.name.clone(),
        access: Access::Confluence,
        groups: vec![ADMINISTRATORS.into()],
        password: first.password.clone(),
    };
    let added = account::plan_add(
        &Plan {
            catalogue: &with_groups,
            ..*plan
        },
        &new,
        link,
    )?;
    let Change {
        rows: account_rows,
        beside,
        events,
        answer,
    } = added;
    rows.extend(account_rows.into_iter().map(|row| {
        match row {
            RowChange::Put(Row::Account(row)) => AccountRow {
                site_admin: true,
                ..row
            }
            .into(),
            other => other,
        }
    }));
    let mut change = Change {
        rows,
        beside,
        events,
        answer,
    };
    change.events.insert(0, entry("site.set_up", ""));
    change
        .events
        .push(entry("account.site_admin.given", first.email.trim()));
    Ok(change)
}
