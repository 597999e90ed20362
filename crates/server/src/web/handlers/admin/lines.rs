//! The lines of accounts and groups in the tables of the administration.

use crate::web::pages::access::{ConfluenceAccess, ServiceDeskAccess};
use crate::web::pages::accounts::AccountLine;
use crate::web::pages::global::GroupAccess;
use crate::web::pages::moment::Count;
use narthex_access::catalogue::Account;
use narthex_access::{self as access, AccountKind, GroupRow, View};

/// Makes the line of an account.
pub(super) fn account<'v>(view: &'v View, account: &'v Account) -> AccountLine<'v> {
    let row = account.row();
    AccountLine {
        id: row.id.to_string().into(),
        name: (*row.name).into(),
        email: (*row.email).into(),
        confluence: confluence(account.access()),
        service_desk: service_desk(view, account),
        administers_site: row.site_admin,
        active: row.active,
    }
}

/// Makes the line of a group.
pub(super) fn group<'v>(view: &'v View, row: &'v GroupRow) -> GroupAccess<'v> {
    let members = view.members(row.id).map_or(0, Iterator::count);
    GroupAccess {
        id: row.id.to_string().into(),
        name: (*row.name).into(),
        access: confluence(row.confluence),
        administers: row.confluence == access::ConfluenceAccess::Admin,
        members: Count(members as u64),
    }
}

/// Converts an access to Confluence into the type that pages show.
pub(super) fn confluence(access: access::ConfluenceAccess) -> ConfluenceAccess {
    match access {
        access::ConfluenceAccess::None => ConfluenceAccess::None,
        access::ConfluenceAccess::Guest => ConfluenceAccess::Guest,
        access::ConfluenceAccess::User | access::ConfluenceAccess::Admin => ConfluenceAccess::User,
    }
}

/// Returns an account's access to the service desk as pages show it.
pub(super) fn service_desk(view: &View, account: &Account) -> ServiceDeskAccess {
    let of_agents = |group: &GroupRow| group.service_desk;
    let mut groups = account.groups().iter();
    if account.row().kind == AccountKind::Customer {
        ServiceDeskAccess::Customer
    } else if groups.any(|id| view.group(*id).is_ok_and(of_agents)) {
        ServiceDeskAccess::Agent
    } else {
        ServiceDeskAccess::None
    }
}
