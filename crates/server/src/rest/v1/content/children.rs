//! `GET /wiki/rest/api/content/{id}/child` and `.../child/{page|folder|comment|attachment}`: the
//! direct children of some content, as far as the caller sees them. `parentVersion` may be sent,
//! but nothing depends on it: children belong to the newest version.

use super::any::Any;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::children::{Children, NOT_HERE, Reach};
use crate::rest::v1::represent::content::Content;
use crate::route::Answer;
use narthex_access::{CommentPlace, CommentRow, PageKind, Resolution};

pub(super) async fn handle_by_type(call: Call) -> Answer {
    let query = call.query();
    query.number("parentVersion")?;
    let expand = Expand::of(&query);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let below = Any::find(&call.view, call.param("id"))?.below(Reach::Direct);
    respond::ok(&Children::of(lens, below, &expand).await?)
}

pub(super) async fn handle_pages(call: Call) -> Answer {
    nodes_of_kind(&call, PageKind::Page).await
}

async fn nodes_of_kind(call: &Call, kind: PageKind) -> Answer {
    let query = call.query();
    query.number("parentVersion")?;
    let expand = Expand::of(&query);
    let window = Window::up_to(&query, 25, expand.max_entries())?;
    let base = call.base();
    let lens = Lens::new(call, &call.view, &base);
    let below = Any::find(&call.view, call.param("id"))?.below(Reach::Direct);
    if !below.may_have_pages() {
        return Err(no_pages());
    }
    let page = Page::cut(below.nodes(lens, kind), window);
    let make = |node| Any::Page(node).represent(lens, &expand);
    page.answer_v1(call, lens, make).await
}

pub(super) async fn handle_comments(call: Call) -> Answer {
    let query = call.query();
    let expand = Expand::of(&query);
    let window = Window::up_to(&query, 25, expand.max_entries())?;
    let places = Places::of(&query)?;
    let reach = match query.word("depth", &["all", "root"])? {
        Some("all") => Reach::Whole,
        _ => Reach::Direct,
    };
    query.number("parentVersion")?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let below = Any::find(&call.view, call.param("id"))?.below(reach);
    let rows = below.comments(lens).into_iter();
    let page = Page::cut(rows.filter(|row| places.take(row)), window);
    let make = |row| Any::Comment(row).represent(lens, &expand);
    page.answer_v1(&call, lens, make).await
}

pub(super) async fn handle_attachments(call: Call) -> Answer {
    let query = call.query();
    let expand = Expand::or(&query, &["metadata.labels"]);
    let window = Window::up_to(&query, 25, expand.max_entries())?;
    let (name, media_type) = (query.get("filename"), query.get("mediaType"));
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let below = Any::find(&call.view, call.param("id"))?.below(Reach::Direct);
    let takes = |row: &narthex_access::AttachmentRow| {
        name.is_none_or(|name| *row.file_name == *name)
            && media_type.is_none_or(|media_type| *row.media_type == *media_type)
    };
    let rows = below.attachments(lens).into_iter();
    let page = Page::cut(rows.filter(|row| takes(row)), window);
    let make = |row| Any::Attachment(row).represent(lens, &expand);
    page.answer_v1(&call, lens, make).await
}

pub(super) async fn handle_others(call: Call) -> Answer {
    if call.param("type") == PageKind::Folder.word() {
        return nodes_of_kind(&call, PageKind::Folder).await;
    }
    let query = call.query();
    query.number("parentVersion")?;
    let window = Window::of(&query, 25)?;
    Any::find(&call.view, call.param("id"))?;
    none_of_type(&call, call.param("type"), window)
}

/// Responds to a request for a type that doesn't exist here: with an empty list if Confluence knows
/// the type, or else with a bad request.
pub(super) fn none_of_type(call: &Call, kind: &str, window: Window) -> Answer {
    if NOT_HERE.contains(&kind) {
        let page = Page::<Content<'_>>::of(Vec::new(), window, false);
        return respond::ok(&ListV1::of(call, page));
    }
    Err(Failure::bad_request(
        "the type in the path must be page, folder, comment or attachment",
    ))
}

/// The failure of a request for pages or folders below a blog post, comment or attachment.
pub(super) fn no_pages() -> Failure {
    Failure::bad_request(
        "only a page or folder has pages and folders below it; ask for comments or attachments",
    )
}

/// The locations of the comments that a request asks for.
struct Places(Vec<Place>);

#[derive(PartialEq, Eq)]
enum Place {
    Footer,
    Inline,
    Resolved,
}

impl Places {
    fn of(query: &Parameters<'_>) -> Result<Self, Failure> {
        let place = |word| match word {
            "footer" => Ok(Place::Footer),
            "inline" => Ok(Place::Inline),
            "resolved" => Ok(Place::Resolved),
            _ => Err(Failure::bad_request(
                "the query parameter \"location\" must be footer, inline or resolved",
            )),
        };
        query
            .list("location")
            .map(place)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether a comment is at one of the locations; every comment is if none is named.
    fn take(&self, row: &CommentRow) -> bool {
        let place = match row.place {
            CommentPlace::Footer => Place::Footer,
            CommentPlace::Inline if row.resolution == Resolution::Resolved => Place::Resolved,
            CommentPlace::Inline => Place::Inline,
        };
        self.0.is_empty() || self.0.contains(&place)
    }
}
