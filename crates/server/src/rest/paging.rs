//! Lists in pages: v1 by `start` and `limit`, v2 by `cursor` and `limit`.
//!
//! A handler reads a [`Window`] (v1) or an [`After`] (v2) from the query, cuts the list by it, and
//! responds with the page and the links to its neighbours. The cursors of v2's lists are in
//! [`super::keyset`].

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::written::Entries;
use crate::route::Answer;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use http::header::LINK;
use serde::Serialize;
use std::str::FromStr;

/// The maximum number of entries on one page of a v1 list, whatever the request asks for (A65).
pub const MAX_V1_PAGE: usize = 1_000;
/// The maximum number of entries on one page of a v2 list, and of a v1 list whose entries may each
/// hold a body or many other objects (A65).
pub const MAX_PAGE: usize = 250;

/// The part of a v1 list that a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many entries to skip.
    pub start: usize,
    /// The maximum number of entries to return; may be 0.
    pub limit: usize,
}

impl Window {
    /// Reads `start` and `limit` from a query.
    ///
    /// # Errors
    /// Bad request if either isn't a whole number from 0.
    pub fn of(query: &Parameters<'_>, default: usize) -> Result<Self, Failure> {
        Self::up_to(query, default, MAX_V1_PAGE)
    }

    /// Reads `start` and `limit` from a query to a list that has a maximum of its own.
    ///
    /// # Errors
    /// As [`Window::of`].
    pub fn up_to(query: &Parameters<'_>, default: usize, max: usize) -> Result<Self, Failure> {
        Ok(Self {
            start: query.number("start")?.unwrap_or(0),
            limit: query.number("limit")?.unwrap_or(default).min(max),
        })
    }
}

impl Window {
    /// Returns the address of the window after this one: relative, without `/wiki`.
    pub fn after(self, call: &Call) -> String {
        let path = call.uri.path();
        let path = path.strip_prefix("/wiki").unwrap_or(path);
        let rest = other_parameters(call, &["start", "limit"]);
        let start = self.start.saturating_add(self.limit);
        format!("{path}?{rest}limit={}&start={start}", self.limit)
    }
}

/// One page of a list, with the window that it was cut by.
#[derive(Debug)]
pub struct Page<T> {
    /// The entries of the page.
    pub entries: Vec<T>,
    window: Window,
    more: bool,
}

impl<T> Page<T> {
    /// Cuts the page that a window shows out of a list.
    pub fn cut(list: impl Iterator<Item = T>, window: Window) -> Self {
        let mut list = list.skip(window.start);
        let entries: Vec<T> = list.by_ref().take(window.limit).collect();
        Self {
            entries,
            window,
            more: list.next().is_some(),
        }
    }

    /// A page that was cut elsewhere; `more` says whether entries follow it.
    pub fn of(entries: Vec<T>, window: Window, more: bool) -> Self {
        Self {
            entries,
            window,
            more,
        }
    }

    /// Whether more entries follow it.
    pub fn is_followed(&self) -> bool {
        self.more
    }

    /// The only page of a list that is complete.
    pub fn whole(entries: Vec<T>) -> Self {
        let window = Window {
            start: 0,
            limit: entries.len(),
        };
        Self {
            entries,
            window,
            more: false,
        }
    }
}

impl<T> Page<T> {
    /// Splits the page into its entries and an empty page, to be filled with what they are rendered
    /// as.
    pub fn take<R>(self) -> (Vec<T>, Page<R>) {
        let Self {
            entries,
            window,
            more,
        } = self;
        (
            entries,
            Page {
                entries: Vec::new(),
                window,
                more,
            },
        )
    }
}

impl<T> Page<T> {
    /// Renders the entries of a page that stands within an object. The page ends before an entry
    /// whose bodies don't fit into the object, unless that is the first.
    ///
    /// # Errors
    /// The errors of `make`.
    pub(crate) async fn filled<R, F>(
        self,
        lens: Lens<'_>,
        mut make: impl FnMut(T) -> F,
    ) -> Result<Page<R>, Failure>
    where
        F: Future<Output = Result<R, Failure>>,
    {
        let (entries, mut page) = self.take();
        for entry in entries {
            let refused = lens.room.refused();
            let made = make(entry).await?;
            if lens.room.refused() > refused && !page.entries.is_empty() {
                page.more = true;
                break;
            }
            page.entries.push(made);
        }
        Ok(page)
    }

    /// Responds with the page as a v1 list, each entry written as soon as it is made. The page ends
    /// before an entry whose bodies don't fit into the response, unless that is the first.
    ///
    /// # Errors
    /// The errors of `make`.
    pub(crate) async fn answer_v1<R: Serialize, F>(
        self,
        call: &Call,
        lens: Lens<'_>,
        mut make: impl FnMut(T) -> F,
    ) -> Answer
    where
        F: Future<Output = Result<R, Failure>>,
    {
        let (entries, mut page) = self.take::<()>();
        let mut written = Entries::new(lens);
        for entry in entries {
            if !written.push(&make(entry).await?)? {
                page.more = true;
                break;
            }
        }
        let path = call.uri.path();
        let path = path.strip_prefix("/wiki").unwrap_or(path);
        let rest = RestV1::of(call, path, page.window, written.len(), page.more);
        written.answer(&rest)
    }
}

/// A v1 list: the entries of a page, its position and its links.
#[derive(Debug, Serialize)]
pub struct ListV1<T> {
    results: Vec<T>,
    #[serde(flatten)]
    rest: RestV1,
}

/// The members of a v1 list besides its entries.
#[derive(Debug, Serialize)]
struct RestV1 {
    start: usize,
    limit: usize,
    size: usize,
    #[serde(rename = "totalSize", skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
    #[serde(rename = "_links")]
    links: ListLinksV1,
}

#[derive(Debug, Serialize)]
struct ListLinksV1 {
    base: String,
    context: &'static str,
    #[serde(rename = "self")]
    this: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<String>,
}

impl<T> ListV1<T> {
    /// A page as the response to a call. `next` is relative, without `/wiki`.
    pub fn of(call: &Call, page: Page<T>) -> Self {
        let path = call.uri.path();
        let mut list = Self::at(call, path.strip_prefix("/wiki").unwrap_or(path), page);
        let this = std::mem::take(&mut list.rest.links.this);
        list.rest.links.this = with_query(call, this);
        list
    }

    /// A page within the response to a call: the first page of a list that has an address of its
    /// own, below `/wiki`.
    pub fn at(call: &Call, path: &str, page: Page<T>) -> Self {
        let Page {
            entries,
            window,
            more,
        } = page;
        Self {
            rest: RestV1::of(call, path, window, entries.len(), more),
            results: entries,
        }
    }

    /// Adds the length of the whole list, for a list whose response has it.
    #[must_use]
    pub fn of_all(mut self, total: Option<usize>) -> Self {
        self.rest.total = total;
        self
    }
}

impl RestV1 {
    /// Describes a page with `size` entries, at an address below `/wiki`.
    fn of(call: &Call, path: &str, window: Window, size: usize, more: bool) -> Self {
        let Window { start, limit } = window;
        // A page that ended early is continued after its last entry.
        let answered = if more { size } else { limit };
        let link = |start: usize| {
            let rest = other_parameters(call, &["start", "limit"]);
            format!("{path}?{rest}limit={limit}&start={start}")
        };
        let base = call.base();
        let links = ListLinksV1 {
            this: format!("{base}{path}"),
            base,
            context: "/wiki",
            next: (more && limit > 0).then(|| link(start.saturating_add(answered))),
            prev: (start > 0 && limit > 0).then(|| link(start.saturating_sub(limit))),
        };
        Self {
            size,
            start,
            limit,
            total: None,
            links,
        }
    }
}

/// The part of a v2 list that a request asks for: the entries after another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After<K> {
    /// The last entry that was returned; `None` for the first page.
    pub last: Option<K>,
    /// The maximum number of entries to return.
    pub limit: usize,
}

impl<K: FromStr> After<K> {
    /// Reads `cursor` and `limit` from a query. One page never has more than [`MAX_PAGE`] entries.
    ///
    /// # Errors
    /// Bad request if the cursor isn't one that this server returned, or if the limit isn't a whole
    /// number from 1.
    pub fn of(query: &Parameters<'_>, default: usize) -> Result<Self, Failure> {
        let last = place(query)?;
        let limit = query.number("limit")?.unwrap_or(default).min(MAX_PAGE);
        if limit == 0 {
            return Err(Failure::bad_request(format!(
                "the query parameter \"limit\" must be a whole number from 1 to {MAX_PAGE}"
            )));
        }
        Ok(Self { last, limit })
    }
}

/// Reads the position that the parameter `cursor` names. `None` if there is no such parameter.
///
/// # Errors
/// Bad request if the cursor isn't one that this server returned.
pub fn place<K: FromStr>(query: &Parameters<'_>) -> Result<Option<K>, Failure> {
    let no_cursor = || {
        Failure::bad_request(
            "the query parameter \"cursor\" isn't one that this server returned; begin again without it",
        )
    };
    let read = |cursor| {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| no_cursor())?;
        let text = String::from_utf8(bytes).map_err(|_| no_cursor())?;
        text.parse().map_err(|_| no_cursor())
    };
    query.get("cursor").map(read).transpose()
}

/// A v2 list: the entries of a page and its links.
#[derive(Debug, Serialize)]
struct ListV2<T> {
    results: Vec<T>,
    #[serde(rename = "_links")]
    links: ListLinksV2,
}

/// The members of a v2 list besides its entries.
#[derive(Debug, Serialize)]
struct RestV2 {
    #[serde(rename = "_links")]
    links: ListLinksV2,
}

#[derive(Debug, Serialize)]
struct ListLinksV2 {
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    base: String,
}

/// Responds with a v2 list. `next` is the position after the last entry, if more follow: the link
/// is relative with `/wiki`, and also stands in a `Link` header.
///
/// # Errors
/// As [`respond::json`].
pub fn answer_v2<T: Serialize>(call: &Call, results: Vec<T>, next: Option<String>) -> Answer {
    let (links, header) = links_v2(call, next);
    let mut response = respond::ok(&ListV2 { results, links })?;
    if let Ok(value) = HeaderValue::from_str(&header) {
        response.headers_mut().insert(LINK, value);
    }
    Ok(response)
}

/// Responds with a v2 list whose entries have been written; otherwise like [`answer_v2`].
///
/// # Errors
/// As [`respond::json`].
pub(crate) fn answer_written_v2(call: &Call, entries: Entries<'_>, next: Option<String>) -> Answer {
    let (links, header) = links_v2(call, next);
    let mut response = entries.answer(&RestV2 { links })?;
    if let Ok(value) = HeaderValue::from_str(&header) {
        response.headers_mut().insert(LINK, value);
    }
    Ok(response)
}

/// Returns the links of a v2 list, and its `Link` header.
fn links_v2(call: &Call, next: Option<String>) -> (ListLinksV2, String) {
    let base = call.base();
    let next = next.map(|place| {
        let cursor = cursor(&place);
        let rest = other_parameters(call, &["cursor"]);
        format!("{}?{rest}cursor={cursor}", call.uri.path())
    });
    let header = match &next {
        Some(next) => format!("<{next}>; rel=\"next\", <{base}>; rel=\"base\""),
        None => format!("<{base}>; rel=\"base\""),
    };
    (ListLinksV2 { next, base }, header)
}

/// Encodes a position as a cursor.
pub fn cursor(place: &str) -> String {
    URL_SAFE_NO_PAD.encode(place)
}

/// Returns the address of the next page of a v1 list that continues after a position: relative,
/// without `/wiki`. `start` is the offset, for clients that page by number.
pub fn after_v1(call: &Call, place: String, start: usize, limit: usize) -> String {
    let path = call.uri.path();
    let path = path.strip_prefix("/wiki").unwrap_or(path);
    let rest = other_parameters(call, &["cursor", "next", "prev", "start", "limit"]);
    let cursor = URL_SAFE_NO_PAD.encode(place);
    format!("{path}?{rest}next=true&cursor={cursor}&limit={limit}&start={start}")
}

/// Appends the query of a call to an address, so that following it gives the same response.
pub fn with_query(call: &Call, mut address: String) -> String {
    if let Some(query) = call.uri.query().filter(|query| !query.is_empty()) {
        address.push('?');
        address.push_str(query);
    }
    address
}

/// Returns the query of a call without some parameters, ready for others to be appended.
fn other_parameters(call: &Call, without: &[&str]) -> String {
    let mut rest = String::new();
    let query = call.uri.query().unwrap_or_default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let name = pair.split('=').next().unwrap_or_default();
        if !without.contains(&name) {
            rest.push_str(pair);
            rest.push('&');
        }
    }
    rest
}
