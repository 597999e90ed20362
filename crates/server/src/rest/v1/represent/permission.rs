//! A v1 space permission: one grant of a space. The switches of laws 4.2 and 4.3 appear here as the
//! rows of their classes with the operation read on space.

use super::group::Group;
use super::space::Operation;
use super::user::User;
use crate::rest::lens::Lens;
use narthex_access::{AccessClass, GrantRow, Principal};
use serde::Serialize;

/// A space permission: a subject or class, and the operation that it may do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SpacePermission<'v> {
    id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    subjects: Option<Subjects<'v>>,
    operation: Operation,
    anonymous_access: bool,
    unlicensed_access: bool,
}

#[derive(Debug, Serialize)]
struct Subjects<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<One<User<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<One<Group<'v>>>,
    #[serde(rename = "_expandable")]
    expandable: Expandable,
}

#[derive(Debug, Serialize)]
struct One<T> {
    results: [T; 1],
    size: usize,
    start: usize,
    limit: usize,
}

#[derive(Debug, Serialize)]
struct Expandable {
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'static str>,
}

impl<'v> SpacePermission<'v> {
    /// Builds the object of a grant. The classes other than those of the two switches have no word
    /// in v1: their rows have neither subject nor flag.
    pub fn of(lens: Lens<'v>, grant: &'v GrantRow) -> Self {
        let class = |class| grant.principal == Principal::Class(class);
        Self {
            id: grant.id.get(),
            subjects: subjects(lens, grant.principal),
            operation: Operation::new(grant.operation.verb(), grant.operation.target()),
            anonymous_access: class(AccessClass::AnonymousUsers),
            unlicensed_access: class(AccessClass::AuthenticatedUsers),
        }
    }
}

fn subjects<'v>(lens: Lens<'v>, principal: Principal) -> Option<Subjects<'v>> {
    match principal {
        Principal::Account(id) => Some(Subjects {
            user: Some(one(User::author(lens, Some(id)))),
            group: None,
            expandable: Expandable {
                user: None,
                group: Some(""),
            },
        }),
        Principal::Group(id) => Some(Subjects {
            user: None,
            group: lens
                .view
                .listed_group(id)
                .map(|row| one(Group::of(lens, row))),
            expandable: Expandable {
                user: Some(""),
                group: None,
            },
        }),
        Principal::Class(_) => None,
    }
}

fn one<T>(it: T) -> One<T> {
    One {
        results: [it],
        size: 1,
        start: 0,
        limit: 1,
    }
}
