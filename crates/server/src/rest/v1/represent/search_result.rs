//! v1 search results, and the members of a list of them besides the results.

use super::content::Content;
use super::expand::Expand;
use super::space::Space;
use super::user::User;
use super::{attachment, comment};
use crate::call::Call;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base, moment};
use crate::rest::paging::{self, Window};
use narthex_access::view::SeenPage;
use narthex_access::{AccountRow, Millis, View};
use narthex_site::address;
use narthex_site::search::excerpt::Excerpt;
use narthex_site::search::find::{Hit, Item};
use serde::Serialize;

/// A search result: a content object, a space or a user, with a title and an excerpt.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    space: Option<Space<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<User<'v>>,
    title: String,
    excerpt: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    result_parent_container: Option<Container>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result_global_container: Option<Container>,
    breadcrumbs: [(); 0],
    entity_type: &'static str,
    icon_css_class: &'static str,
    last_modified: String,
    friendly_last_modified: String,
    score: f32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Container {
    title: String,
    display_url: String,
}

/// The way in which excerpts are written: with the query's words marked or not, as HTML or as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excerpts {
    /// With marks, as HTML.
    Highlight,
    /// With marks, as text.
    HighlightUnescaped,
    /// Without marks, as HTML.
    Indexed,
    /// Without marks, as text.
    IndexedUnescaped,
    /// No excerpts.
    None,
}

impl Excerpts {
    /// Returns the way that a word names.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "highlight" => Self::Highlight,
            "highlight_unescaped" => Self::HighlightUnescaped,
            "indexed" => Self::Indexed,
            "indexed_unescaped" => Self::IndexedUnescaped,
            "none" => Self::None,
            _ => return None,
        })
    }

    /// Writes an excerpt.
    pub fn write(self, excerpt: Excerpt) -> String {
        match self {
            Self::Highlight => excerpt.marked_html(),
            Self::HighlightUnescaped => excerpt.marked(),
            Self::Indexed => excerpt.plain_html(),
            Self::IndexedUnescaped => excerpt.plain(),
            Self::None => String::new(),
        }
    }
}

/// Builds an item as a content object; `None` for a space, and for content that has been purged
/// since it was found.
///
/// # Errors
/// Storage errors.
pub async fn content<'v>(
    lens: Lens<'v>,
    item: Item<'v>,
    expand: &Expand,
) -> Result<Option<Content<'v>>, Failure> {
    let content = match item {
        Item::Page(page) => Content::of(lens, page, expand).await,
        Item::Comment(row, page) => comment::content(lens, page, row, expand).await,
        Item::Attachment(row, page) => attachment::content(lens, page, row, expand).await,
        Item::Space(_) => return Ok(None),
    };
    match content {
        Ok(content) => Ok(Some(content)),
        // It has been purged since it was found.
        Err(Failure::Absent) => Ok(None),
        Err(error) => Err(error),
    }
}

impl<'v> SearchResult<'v> {
    /// Builds the result of a hit that the viewer sees.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage errors.
    pub async fn of(
        lens: Lens<'v>,
        item: Item<'v>,
        hit: Hit,
        excerpt: String,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let (space, title, url) = match item {
            Item::Space(space) => {
                let shown = Space::of(lens, space, &expand.within("space")).await?;
                let url = address::space(&space.row().key);
                (
                    Some(shown),
                    space.row().name.to_string(),
                    below_base(&url).to_owned(),
                )
            }
            _ => (None, String::new(), String::new()),
        };
        let content = match item {
            Item::Space(_) => None,
            _ => content(lens, item, &expand.within("content")).await?,
        };
        let parent = match item {
            Item::Comment(_, page) | Item::Attachment(_, page) => page_container(lens.view, page),
            Item::Page(_) | Item::Space(_) => None,
        };
        let global = item.page().and_then(|page| {
            let space = lens.view.space(page.row().space).ok()?;
            Some(Container {
                title: space.row().name.to_string(),
                display_url: below_base(&address::space(&space.row().key)).to_owned(),
            })
        });
        Ok(Self {
            title: content
                .as_ref()
                .map_or(title, |content| content.title().to_owned()),
            url: content
                .as_ref()
                .map_or(url, |content| content.webui().to_owned()),
            entity_type: if space.is_some() { "space" } else { "content" },
            icon_css_class: match item {
                Item::Space(_) => "aui-icon content-type-space",
                Item::Comment(..) => "aui-icon content-type-comment",
                Item::Attachment(..) => "aui-icon content-type-attachment",
                Item::Page(page) => match page.row().kind {
                    narthex_access::PageKind::Page => "aui-icon content-type-page",
                    narthex_access::PageKind::BlogPost => "aui-icon content-type-blogpost",
                    narthex_access::PageKind::Folder => "aui-icon content-type-folder",
                },
            },
            content,
            space,
            user: None,
            excerpt,
            result_parent_container: parent,
            result_global_container: global,
            breadcrumbs: [],
            last_modified: moment(item.modified()),
            friendly_last_modified: day(item.modified()),
            score: hit.score,
        })
    }

    /// Builds the result of a person whose profile the viewer may see.
    pub fn person(lens: Lens<'v>, row: &'v AccountRow) -> Self {
        Self {
            content: None,
            space: None,
            user: Some(User::author(lens, Some(row.id))),
            title: row.name.to_string(),
            excerpt: String::new(),
            url: below_base(&address::profile(row.id)).to_owned(),
            result_parent_container: None,
            result_global_container: None,
            breadcrumbs: [],
            entity_type: "user",
            icon_css_class: "aui-icon content-type-profile",
            // Others don't learn when somebody last changed their profile.
            last_modified: moment(0),
            friendly_last_modified: day(0),
            score: 0.0,
        }
    }
}

fn page_container(view: &View, page: SeenPage<'_>) -> Option<Container> {
    let space = view.space(page.row().space).ok()?;
    let url = address::page(&space.row().key, page.row());
    Some(Container {
        title: page.row().title.to_string(),
        display_url: below_base(&url).to_owned(),
    })
}

/// Writes a day for people to read.
fn day(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%b %d, %Y")
        .to_string()
}

/// The members of a list of search results besides the results.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Searched {
    start: usize,
    limit: usize,
    size: usize,
    total_size: usize,
    cql_query: String,
    /// Always 0: the real duration would reveal things that the caller doesn't see (law 7.4). It is
    /// measured for the operators only.
    search_duration: u32,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Debug, Serialize)]
struct Links {
    base: String,
    context: &'static str,
    #[serde(rename = "self")]
    this: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Links {
    fn of(call: &Call, next: Option<String>) -> Self {
        let base = call.base();
        let path = call.uri.path();
        let path = path.strip_prefix("/wiki").unwrap_or(path);
        Self {
            this: paging::with_query(call, format!("{base}{path}")),
            base,
            context: "/wiki",
            next,
        }
    }
}

impl Searched {
    /// Describes a list of `size` results, as the response to a call.
    pub fn of(
        call: &Call,
        size: usize,
        window: Window,
        total_size: usize,
        cql: &str,
        next: Option<String>,
    ) -> Self {
        Self {
            start: window.start,
            limit: window.limit,
            size,
            total_size,
            cql_query: cql.to_owned(),
            search_duration: 0,
            links: Links::of(call, next),
        }
    }
}
