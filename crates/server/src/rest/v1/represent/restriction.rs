//! v1's restrictions of a page, as far as the viewer is shown them (law 3).

use super::expand::Expand;
use super::group::Group;
use super::user::User;
use crate::rest::lens::Lens;
use narthex_access::view::SeenPage;
use narthex_access::{Principal, RestrictionKind};
use serde::Serialize;
use serde_json::{Map, Value};

/// One operation's restriction.
#[derive(Debug, Serialize)]
pub struct Restriction<'v> {
    operation: &'static str,
    restrictions: Listed<'v>,
    #[serde(rename = "_expandable")]
    expandable: Map<String, Value>,
    #[serde(rename = "_links")]
    links: Links,
}

/// Both operations of a page.
#[derive(Debug, Serialize)]
pub struct Restrictions<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<Restriction<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    update: Option<Restriction<'v>>,
    #[serde(rename = "_expandable")]
    expandable: Map<String, Value>,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Listed<'v> {
    user: List<User<'v>>,
    group: List<Group<'v>>,
    #[serde(rename = "_expandable")]
    expandable: Map<String, Value>,
}

#[derive(Debug, Serialize)]
struct List<T> {
    results: Vec<T>,
    start: usize,
    limit: usize,
    size: usize,
}

#[derive(Debug, Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
}

/// Who is listed for an operation on a page, as far as the viewer is shown it.
///
/// Who isn't shown the list is shown itself alone where the page is restricted:
/// it sees the page, so it is listed (law 3). Lists that former parents left
/// stand behind the page's own.
pub fn listed(lens: Lens<'_>, page: SeenPage<'_>, kind: RestrictionKind) -> Vec<Principal> {
    let subject = lens.view.subject();
    match lens.view.restrictions(page.id()) {
        Some(lists) => {
            let lists = match kind {
                RestrictionKind::View => lists.view(),
                RestrictionKind::Edit => lists.edit(),
            };
            let own = lists
                .iter()
                .find(|list| list.left_by.is_none())
                .or(lists.first());
            own.map(|list| list.listed.to_vec()).unwrap_or_default()
        }
        None if kind == RestrictionKind::View && page.is_restricted() => subject
            .account()
            .map(Principal::Account)
            .into_iter()
            .collect(),
        None => Vec::new(),
    }
}

impl<'v> Restriction<'v> {
    /// The restriction of one operation.
    pub fn of(lens: Lens<'v>, page: SeenPage<'v>, kind: RestrictionKind) -> Self {
        let (mut users, mut groups) = (Vec::new(), Vec::new());
        for principal in listed(lens, page, kind) {
            match principal {
                Principal::Account(id) => users.push(User::author(lens, Some(id))),
                Principal::Group(id) => {
                    groups.extend(lens.view.listed_group(id).map(|row| Group::of(lens, row)));
                }
                Principal::Class(_) => {}
            }
        }
        let content = format!("/rest/api/content/{}", page.id());
        Self {
            operation: kind.word(),
            restrictions: Listed {
                user: list(users),
                group: list(groups),
                expandable: Map::new(),
            },
            links: Links {
                this: format!(
                    "{}{content}/restriction/byOperation/{}",
                    lens.base,
                    kind.word()
                ),
            },
            expandable: [("content".to_owned(), Value::String(content))]
                .into_iter()
                .collect(),
        }
    }
}

impl<'v> Restrictions<'v> {
    /// Both operations, those that are expanded in full.
    pub fn of(lens: Lens<'v>, page: SeenPage<'v>, expand: &Expand) -> Self {
        let mut expandable = Map::new();
        let path = format!("/rest/api/content/{}/restriction/byOperation", page.id());
        let mut one = |kind: RestrictionKind| {
            if expand.has(kind.word()) {
                return Some(Restriction::of(lens, page, kind));
            }
            let address = format!("{path}/{}", kind.word());
            expandable.insert(kind.word().to_owned(), Value::String(address));
            None
        };
        let (read, update) = (one(RestrictionKind::View), one(RestrictionKind::Edit));
        let links = Links {
            this: format!("{}{path}", lens.base),
        };
        Self {
            read,
            update,
            expandable,
            links,
        }
    }

    /// Both operations in full: what `byOperation` always answers.
    pub fn whole(lens: Lens<'v>, page: SeenPage<'v>) -> Self {
        Self::of(lens, page, &Expand::default().and(&["read", "update"]))
    }
}

fn list<T>(results: Vec<T>) -> List<T> {
    List {
        start: 0,
        limit: 100.max(results.len()),
        size: results.len(),
        results,
    }
}
