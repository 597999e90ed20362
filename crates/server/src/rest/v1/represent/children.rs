//! The content below a v1 content object, by type: its direct children, or all its descendants.

use super::attachment;
use super::comment;
use super::content::{Content, LeftOut};
use super::expand::Expand;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::rest::paging::{Page, Window};
use narthex_access::view::SeenPage;
use narthex_access::{AttachmentRow, CommentId, CommentRow, PageKind};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How many children of each type are returned within a content object.
const MOST: usize = 25;

/// Types of content that Confluence has and that don't exist here.
pub const NOT_HERE: [&str; 3] = ["whiteboard", "database", "embed"];

/// The number of levels below some content that a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only the direct children.
    Direct,
    /// This many levels.
    Levels(usize),
    /// All levels.
    Whole,
}

impl Reach {
    fn levels(self) -> usize {
        match self {
            Self::Direct => 1,
            Self::Levels(levels) => levels,
            Self::Whole => usize::MAX,
        }
    }
}

/// Something that can have content below it.
#[derive(Debug, Clone, Copy)]
enum Of<'v> {
    Page(SeenPage<'v>),
    Comment(&'v CommentRow),
    Attachment(&'v AttachmentRow),
}

/// The content below something that the viewer sees, as far as the viewer sees that too.
#[derive(Debug, Clone, Copy)]
pub struct Below<'v> {
    of: Of<'v>,
    reach: Reach,
}

impl<'v> Below<'v> {
    /// The content below a page.
    pub fn of_page(page: SeenPage<'v>, reach: Reach) -> Self {
        let of = Of::Page(page);
        Self { of, reach }
    }

    /// The content below a comment: the replies to it.
    pub fn of_comment(comment: &'v CommentRow, reach: Reach) -> Self {
        let of = Of::Comment(comment);
        Self { of, reach }
    }

    /// The content below an attachment, which is always empty.
    pub fn of_attachment(attachment: &'v AttachmentRow, reach: Reach) -> Self {
        let of = Of::Attachment(attachment);
        Self { of, reach }
    }

    /// Whether pages and folders can be below it: a blog post isn't in the tree.
    pub fn may_have_pages(self) -> bool {
        matches!(self.of, Of::Page(page) if page.row().kind.is_in_tree())
    }

    /// Returns the pages, or the folders.
    pub fn nodes(self, lens: Lens<'v>, kind: PageKind) -> impl Iterator<Item = SeenPage<'v>> {
        let of = match self.of {
            Of::Page(page) => Some(page),
            Of::Comment(_) | Of::Attachment(_) => None,
        };
        of.into_iter()
            .flat_map(move |page| lens.view.descendants(page, self.reach.levels()))
            .filter(move |node| node.row().kind == kind)
    }

    /// Returns the comments, oldest first.
    pub fn comments(self, lens: Lens<'v>) -> Vec<&'v CommentRow> {
        let (page, under) = match self.of {
            Of::Page(page) => (page.id(), None),
            Of::Comment(comment) => (comment.page, Some(comment.id)),
            Of::Attachment(_) => return Vec::new(),
        };
        let mut all = lens.view.comments(page);
        let parents: Parents = all.iter().map(|row| (row.id, row.parent)).collect();
        let levels = self.reach.levels();
        all.retain(|row| depth(row, under, &parents).is_some_and(|depth| depth < levels));
        all
    }

    /// Returns the attachments.
    pub fn attachments(self, lens: Lens<'v>) -> Vec<&'v AttachmentRow> {
        match self.of {
            Of::Page(page) => lens.view.attachments(page.id()),
            Of::Comment(_) | Of::Attachment(_) => Vec::new(),
        }
    }

    fn id(self) -> String {
        match self.of {
            Of::Page(page) => page.id().to_string(),
            Of::Comment(comment) => comment.id.to_string(),
            Of::Attachment(row) => attachment::id_text(row),
        }
    }

    /// Returns the last segment of the addresses of its lists.
    fn word(self) -> &'static str {
        if self.reach == Reach::Direct {
            "child"
        } else {
            "descendant"
        }
    }
}

/// The comment that each comment of a page replies to.
type Parents = BTreeMap<CommentId, Option<CommentId>>;

/// Returns how many comments are between a comment and `under`; `None` if it isn't under that.
/// Without `under` it counts from the page. A reply to a comment that the viewer can't see stands
/// directly below the page.
fn depth(row: &CommentRow, under: Option<CommentId>, parents: &Parents) -> Option<usize> {
    let mut above = row.parent;
    for depth in 0..=parents.len() {
        if under.is_some() && above == under {
            return Some(depth);
        }
        match above.and_then(|id| parents.get(&id)) {
            Some(next) => above = *next,
            None => return under.is_none().then_some(depth),
        }
    }
    None
}

/// Returns one window of the pages or folders below something.
///
/// # Errors
/// Absent if one has been purged since; storage errors.
async fn nodes<'v>(
    lens: Lens<'v>,
    below: Below<'v>,
    kind: PageKind,
    window: Window,
    expand: &Expand,
) -> Result<Page<Content<'v>>, Failure> {
    let page = Page::cut(below.nodes(lens, kind), window);
    let make = |entry| Box::pin(Content::of(lens, entry, expand));
    page.filled(lens, make).await
}

/// Returns one window of the comments below something.
///
/// # Errors
/// As [`nodes`].
async fn comments<'v>(
    lens: Lens<'v>,
    below: Below<'v>,
    window: Window,
    expand: &Expand,
) -> Result<Page<Content<'v>>, Failure> {
    let page = Page::cut(below.comments(lens).into_iter(), window);
    let make = |row: &'v CommentRow| async move {
        let on = lens.view.page(row.page)?;
        comment::content(lens, on, row, expand).await
    };
    page.filled(lens, make).await
}

/// Returns one window of the attachments below something.
///
/// # Errors
/// As [`nodes`].
async fn attachments<'v>(
    lens: Lens<'v>,
    below: Below<'v>,
    window: Window,
    expand: &Expand,
) -> Result<Page<Content<'v>>, Failure> {
    let page = Page::cut(below.attachments(lens).into_iter(), window);
    let make = |row: &'v AttachmentRow| async move {
        let on = lens.view.page(row.page)?;
        attachment::content(lens, on, row, expand).await
    };
    page.filled(lens, make).await
}

/// The content below a content object, by type.
#[derive(Debug, Serialize)]
pub struct Children<'v> {
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<Few<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    folder: Option<Few<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachment: Option<Few<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<Few<'v>>,
    #[serde(rename = "_expandable")]
    expandable: Map<String, Value>,
    #[serde(rename = "_links")]
    links: FewLinks,
}

/// The first entries of a list within an object.
#[derive(Debug, Serialize)]
struct Few<'v> {
    results: Vec<Content<'v>>,
    start: usize,
    limit: usize,
    size: usize,
    #[serde(rename = "_links")]
    links: FewLinks,
}

#[derive(Debug, Serialize)]
struct FewLinks {
    #[serde(rename = "self")]
    this: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl<'v> Children<'v> {
    /// Builds the types that are expanded; the others are noted with the address that has them.
    ///
    /// # Errors
    /// As [`nodes`].
    pub async fn of(lens: Lens<'v>, below: Below<'v>, expand: &Expand) -> Result<Self, Failure> {
        let list = format!("/rest/api/content/{}/{}", below.id(), below.word());
        let window = Window {
            start: 0,
            limit: MOST,
        };
        let few = |page: Page<Content<'v>>, part: &str| Few::of(lens, page, &list, part);
        let mut expandable = Map::new();
        let mut open = |part: &str| {
            let open = expand.has(part);
            if !open {
                let address = Value::String(format!("{list}/{part}"));
                expandable.insert(part.to_owned(), address);
            }
            open
        };
        let page = match below.may_have_pages() && open("page") {
            true => {
                let within = expand.within("page");
                let all = nodes(lens, below, PageKind::Page, window, &within);
                Some(few(all.await?, "page"))
            }
            false => None,
        };
        let folder = match below.may_have_pages() && open("folder") {
            true => {
                let within = expand.within("folder");
                let all = nodes(lens, below, PageKind::Folder, window, &within);
                Some(few(all.await?, "folder"))
            }
            false => None,
        };
        let attachment = match open("attachment") {
            true => {
                let within = expand.within("attachment");
                let all = attachments(lens, below, window, &within);
                Some(few(all.await?, "attachment"))
            }
            false => None,
        };
        let comment = match open("comment") {
            true => {
                let within = expand.within("comment");
                let all = comments(lens, below, window, &within);
                Some(few(all.await?, "comment"))
            }
            false => None,
        };
        Ok(Self {
            page,
            folder,
            attachment,
            comment,
            expandable,
            links: FewLinks {
                this: format!("{}{list}", lens.base),
                next: None,
            },
        })
    }
}

/// The expanded children, descendants and child types of a content object.
#[derive(Debug)]
pub(super) struct Hung<'v> {
    pub(super) children: Option<Children<'v>>,
    pub(super) descendants: Option<Children<'v>>,
    pub(super) child_types: Option<ChildTypes>,
}

impl<'v> Hung<'v> {
    /// Builds the parts that are expanded; the others are noted.
    ///
    /// # Errors
    /// As [`nodes`].
    pub(super) async fn of(
        lens: Lens<'v>,
        below: impl Fn(Reach) -> Below<'v>,
        id: &str,
        left_out: &mut LeftOut<'_>,
    ) -> Result<Self, Failure> {
        let path = format!("/rest/api/content/{id}");
        let children = match left_out.has("children", || format!("{path}/child")) {
            true => {
                let expand = left_out.expand.within("children");
                let all = Children::of(lens, below(Reach::Direct), &expand);
                Some(Box::pin(all).await?)
            }
            false => None,
        };
        let descendants = match left_out.has("descendants", || format!("{path}/descendant")) {
            true => {
                let expand = left_out.expand.within("descendants");
                let all = Children::of(lens, below(Reach::Whole), &expand);
                Some(Box::pin(all).await?)
            }
            false => None,
        };
        let child_types = left_out.has("childTypes", String::new).then(|| {
            let expand = left_out.expand.within("childTypes");
            ChildTypes::of(lens, below(Reach::Direct), &expand)
        });
        Ok(Self {
            children,
            descendants,
            child_types,
        })
    }
}

impl<'v> Few<'v> {
    fn of(lens: Lens<'v>, page: Page<Content<'v>>, list: &str, part: &str) -> Self {
        let path = format!("{list}/{part}");
        let next = page.is_followed();
        Self {
            start: 0,
            limit: MOST,
            size: page.entries.len(),
            results: page.entries,
            links: FewLinks {
                this: format!("{}{path}", lens.base),
                next: next.then(|| format!("{path}?limit={MOST}&start={MOST}")),
            },
        }
    }
}

/// The types of which a content object has children.
#[derive(Debug, Serialize)]
pub struct ChildTypes {
    #[serde(skip_serializing_if = "Option::is_none")]
    attachment: Option<ChildType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<ChildType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<ChildType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    folder: Option<ChildType>,
    #[serde(rename = "_expandable")]
    expandable: Map<String, Value>,
}

#[derive(Debug, Serialize)]
struct ChildType {
    value: bool,
    #[serde(rename = "_links")]
    links: FewLinks,
}

impl ChildTypes {
    /// Builds the types that are expanded: all of them by `all`, or one by one.
    pub fn of(lens: Lens<'_>, below: Below<'_>, expand: &Expand) -> Self {
        let all = expand.has("all");
        let mut expandable = Map::new();
        let mut one = |part: &str, value: &dyn Fn() -> bool| {
            if !all && !expand.has(part) {
                expandable.insert(part.to_owned(), Value::String(String::new()));
                return None;
            }
            let this = format!("{}/rest/api/content/{}/child/{part}", lens.base, below.id());
            let links = FewLinks { this, next: None };
            Some(ChildType {
                value: value(),
                links,
            })
        };
        let attachment = one("attachment", &|| !below.attachments(lens).is_empty());
        let comment = one("comment", &|| !below.comments(lens).is_empty());
        let has = |kind| below.nodes(lens, kind).next().is_some();
        let page = one("page", &|| has(PageKind::Page));
        let folder = one("folder", &|| has(PageKind::Folder));
        Self {
            attachment,
            comment,
            page,
            folder,
            expandable,
        }
    }
}
