//! `GET /wiki/rest/api/content/{id}/descendant` and `.../descendant/{type}?depth=`: everything
//! below some content, all the way down, as far as the caller sees it.

use super::any::Any;
use super::children::{no_pages, none_of_type};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{Page, Window};
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::children::{Children, Reach};
use crate::route::Answer;
use narthex_access::PageKind;

/// The maximum number of levels that a request may ask for.
const DEEPEST: usize = 100;

pub(super) async fn handle_by_type(call: Call) -> Answer {
    let expand = Expand::of(&call.query());
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let below = Any::find(&call.view, call.param("id"))?.below(Reach::Whole);
    respond::ok(&Children::of(lens, below, &expand).await?)
}

pub(super) async fn handle_one_type(call: Call) -> Answer {
    let query = call.query();
    let expand = Expand::of(&query);
    let window = Window::up_to(&query, 25, expand.max_entries())?;
    let reach = reach(&query)?;
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let below = Any::find(&call.view, call.param("id"))?.below(reach);
    let page = match call.param("type") {
        word @ ("page" | "folder") => match PageKind::from_word(word) {
            Some(kind) if below.may_have_pages() => {
                Page::cut(below.nodes(lens, kind).map(Any::Page), window)
            }
            _ => return Err(no_pages()),
        },
        "comment" => {
            let rows = below.comments(lens).into_iter();
            Page::cut(rows.map(Any::Comment), window)
        }
        "attachment" => {
            let rows = below.attachments(lens).into_iter();
            Page::cut(rows.map(Any::Attachment), window)
        }
        other => return none_of_type(&call, other, window),
    };
    let make = |any| Any::represent(any, lens, &expand);
    page.answer_v1(&call, lens, make).await
}

fn reach(query: &Parameters<'_>) -> Result<Reach, Failure> {
    match query.get("depth") {
        None | Some("all") => Ok(Reach::Whole),
        Some("root") => Ok(Reach::Direct),
        Some(levels) => match levels.parse() {
            Ok(levels @ 1..=DEEPEST) => Ok(Reach::Levels(levels)),
            _ => Err(Failure::bad_request(
                "the query parameter \"depth\" must be all, root or a number from 1 to 100",
            )),
        },
    }
}
