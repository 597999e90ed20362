//! People search: finds the people that a view shows, by name (law 3.6).

use crate::cql::{Expression, Kind, PersonRef, Query, Role, Test, TextIn};
use narthex_access::catalogue::Account;
use narthex_access::{AccountId, AccountRow, View};

/// Returns the people who match the query and whom the view shows, in the order of their names;
/// nobody if the reader may not see profiles.
#[must_use]
pub fn find<'v>(view: &'v View, query: &Query) -> Vec<&'v Account> {
    let own = view.subject().account();
    let mut found: Vec<(String, &Account)> = view
        .people()
        .filter(|account| is(&query.condition, account.row(), own))
        .map(|account| (account.row().name.to_lowercase(), account))
        .collect();
    found.sort_by(|(a, one), (b, other)| (a, one.row().id).cmp(&(b, other.row().id)));
    found.into_iter().map(|(_, account)| account).collect()
}

fn is(expression: &Expression, row: &AccountRow, own: Option<AccountId>) -> bool {
    match expression {
        Expression::And(parts) => parts.iter().all(|part| is(part, row, own)),
        Expression::Or(parts) => parts.iter().any(|part| is(part, row, own)),
        Expression::Not(part) => !is(part, row, own),
        Expression::Test(Test::Text(TextIn::FullName, query)) => query.fits(&row.name),
        Expression::Test(Test::Person(Role::User, who)) => who.iter().any(|person| match person {
            PersonRef::Account(id) => *id == Some(row.id),
            PersonRef::Current => own == Some(row.id),
        }),
        Expression::Test(Test::Type(kinds)) => kinds.contains(&Kind::User),
        Expression::Test(_) => false,
    }
}
