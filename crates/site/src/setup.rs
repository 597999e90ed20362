//! Setting a site up: its first administrator, its groups, its global permissions.
//!
//! Set-up is open until the first administrator is made and closes for good in
//! that transaction: the fact is a row of the catalogue, and no operation takes
//! it back (A61). Who may ask before that, by the one-time set-up secret or at the
//! command line, the program decides.

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
    /// Its name, as Cloud calls it.
    pub name: &'static str,
    /// What its members get in Confluence.
    pub confluence: ConfluenceAccess,
    /// Whether its members are agents of the service desk.
    pub service_desk: bool,
    /// The global permissions that it is given.
    pub global: &'static [GlobalPermission],
}

/// The groups of a new site, under the names that they have in Cloud, without
/// its suffix of the site's name. They are groups like all others: they may be
/// renamed, changed and deleted.
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

/// The group that the first administrator is in, beside site administration.
const ADMINISTRATORS: &str = "confluence-admins";

/// The first administrator.
#[derive(Debug, Clone)]
pub struct FirstAdministrator {
    /// Its e-mail address.
    pub email: String,
    /// Its name.
    pub name: String,
    /// Its password; without one it gets a one-time link. There is no default.
    pub password: Option<HashedPassword>,
}

impl Site {
    /// Whether set-up is closed.
    ///
    /// # Errors
    /// Storage.
    pub async fn is_set_up(&self) -> Result<bool, SiteError> {
        self.rehearse(&Credential::Nobody, |plan| {
            Ok(plan.catalogue.switches().set_up)
        })
        .await
    }

    /// Sets the site up: switches as law 4.10 has them, the standard groups with
    /// their global permissions, and the first administrator: licensed, in
    /// `confluence-admins`, with site administration. Closes set-up for good.
    ///
    /// # Errors
    /// Conflict when the site is set up; invalid for a bad e-mail address or name.
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
