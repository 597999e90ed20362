//! v1's restrictions of a page, as far as the viewer may see them (law 3.5).

use super::content::Content;
use super::expand::Expand;
use super::group::Group;
use super::user::User;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::lens::Lens;
use crate::rest::paging::Window;
use narthex_access::view::SeenPage;
use narthex_access::{Principal, RestrictionKind};
use serde::Serialize;
use serde_json::{Map, Value};

/// How many accounts and how many groups are returned if the request has no `limit`.
const LIMIT: usize = 100;
/// The parts that are expanded if the request names none.
const DEFAULTS: [&str; 2] = ["restrictions.user", "restrictions.group"];

/// The parts of restrictions that a request asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    expand: Expand,
    /// The part of the accounts, and of the groups; `None` for all.
    window: Option<Window>,
}

impl Asked {
    /// Reads `expand`, `start` and `limit` of a request about the restrictions of a page. Without
    /// `start` and `limit` the lists are returned whole.
    ///
    /// # Errors
    /// Bad request if `start` or `limit` isn't a number.
    pub fn of(query: &Parameters<'_>) -> Result<Self, Failure> {
        let window = Window::of(query, LIMIT)?;
        let in_pages = query.get("start").is_some() || query.get("limit").is_some();
        Ok(Self {
            expand: Expand::or(query, &DEFAULTS),
            window: in_pages.then_some(window),
        })
    }

    /// Asks for the whole lists of the operations that are expanded.
    fn whole() -> Self {
        Self {
            expand: Expand::default().and(&DEFAULTS),
            window: None,
        }
    }

    /// Returns the window that applies to the accounts and to the groups; the default one if none
    /// was requested.
    pub fn window(&self) -> Window {
        self.window.unwrap_or(Window {
            start: 0,
            limit: LIMIT,
        })
    }

    /// Whether a part is expanded, of both operations or of this one.
    fn has(&self, kind: RestrictionKind, part: &str) -> bool {
        self.expand.has(part) || self.expand.within(kind.word()).has(part)
    }
}

/// The restriction of one operation.
#[derive(Debug, Serialize)]
pub struct Restriction<'v> {
    operation: &'static str,
    restrictions: Listed<'v>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Box<Content<'v>>>,
    #[serde(rename = "_expandable")]
    expandable: Map<String, Value>,
    #[serde(rename = "_links")]
    links: Links,
}

/// The restrictions of both operations of a page.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<List<User<'v>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<List<Group<'v>>>,
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

/// Returns the principals listed for an operation on a page, as far as the viewer may see them.
///
/// A viewer who may not see the list of a restricted page gets only itself: it sees the page, so it
/// is listed (law 3.5). Lists that former parents left count only if the page has none of its own.
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
    /// Builds the restriction of one operation, with the parts that are requested.
    ///
    /// # Errors
    /// Absent if the page has been purged since; storage errors.
    pub async fn of(
        lens: Lens<'v>,
        page: SeenPage<'v>,
        kind: RestrictionKind,
        asked: &Asked,
    ) -> Result<Self, Failure> {
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
        let address = format!("/rest/api/content/{}", page.id());
        let mut left_out = Map::new();
        let mut part = |name: &str| {
            let has = asked.has(kind, &format!("restrictions.{name}"));
            if !has {
                left_out.insert(name.to_owned(), Value::String(String::new()));
            }
            has
        };
        let (with_users, with_groups) = (part("user"), part("group"));
        let mut expandable = Map::new();
        let content = if asked.has(kind, "content") {
            let expand = asked.expand.within("content");
            let content = Box::pin(Content::of(lens, page, &expand)).await?;
            Some(Box::new(content))
        } else {
            expandable.insert("content".to_owned(), Value::String(address.clone()));
            None
        };
        Ok(Self {
            operation: kind.word(),
            restrictions: Listed {
                user: with_users.then(|| list(users, asked.window)),
                group: with_groups.then(|| list(groups, asked.window)),
                expandable: left_out,
            },
            content,
            links: Links {
                this: format!(
                    "{}{address}/restriction/byOperation/{}",
                    lens.base,
                    kind.word()
                ),
            },
            expandable,
        })
    }
}

impl<'v> Restrictions<'v> {
    /// Builds the operations that are expanded within a content object, in full.
    ///
    /// # Errors
    /// As [`Restriction::of`].
    pub async fn of(lens: Lens<'v>, page: SeenPage<'v>, expand: &Expand) -> Result<Self, Failure> {
        let whole = Asked::whole();
        let mut both = Self::bare(lens, page);
        if expand.has(RestrictionKind::View.word()) {
            let read = Restriction::of(lens, page, RestrictionKind::View, &whole).await?;
            both.expandable.remove(RestrictionKind::View.word());
            both.read = Some(read);
        }
        if expand.has(RestrictionKind::Edit.word()) {
            let update = Restriction::of(lens, page, RestrictionKind::Edit, &whole).await?;
            both.expandable.remove(RestrictionKind::Edit.word());
            both.update = Some(update);
        }
        Ok(both)
    }

    /// Builds both operations with the parts that are requested, for `byOperation`.
    ///
    /// # Errors
    /// As [`Restriction::of`].
    pub async fn both(lens: Lens<'v>, page: SeenPage<'v>, asked: &Asked) -> Result<Self, Failure> {
        let read = Restriction::of(lens, page, RestrictionKind::View, asked).await?;
        let update = Restriction::of(lens, page, RestrictionKind::Edit, asked).await?;
        Ok(Self {
            read: Some(read),
            update: Some(update),
            expandable: Map::new(),
            ..Self::bare(lens, page)
        })
    }

    /// Builds the object with neither operation, each noted with the address that has it.
    fn bare(lens: Lens<'v>, page: SeenPage<'v>) -> Self {
        let path = format!("/rest/api/content/{}/restriction/byOperation", page.id());
        let address = |kind: RestrictionKind| {
            let word = kind.word();
            (word.to_owned(), Value::String(format!("{path}/{word}")))
        };
        Self {
            read: None,
            update: None,
            expandable: [RestrictionKind::View, RestrictionKind::Edit]
                .into_iter()
                .map(address)
                .collect(),
            links: Links {
                this: format!("{}{path}", lens.base),
            },
        }
    }
}

/// Returns the requested part of a list, or all of it if no window is given.
fn list<T>(mut results: Vec<T>, window: Option<Window>) -> List<T> {
    let window = window.unwrap_or(Window {
        start: 0,
        limit: LIMIT.max(results.len()),
    });
    results.drain(..window.start.min(results.len()));
    results.truncate(window.limit);
    List {
        start: window.start,
        limit: window.limit,
        size: results.len(),
        results,
    }
}
