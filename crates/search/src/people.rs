//! The people that a view shows, by name: people search (law 3).

use crate::cql::{Expression, Kind, PersonRef, Query, Role, Test, TextIn};
use narthex_access::{AccountId, AccountRow, View};

/// The people that a query asks for and the view shows, in the order of their names;
/// nobody to who isn't shown profiles.
#[must_use]
pub fn find<'v>(view: &'v View, query: &Query) -> Vec<&'v AccountRow> {
    let own = view.subject().account();
    let people = view.people().map(|account| account.row());
    let mut found: Vec<(String, &AccountRow)> = people
        .filter(|row| is(&query.condition, row, own))
        .map(|row| (row.name.to_lowercase(), row))
        .collect();
    found.sort_by(|(a, one), (b, other)| (a, one.id).cmp(&(b, other.id)));
    found.into_iter().map(|(_, row)| row).collect()
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
