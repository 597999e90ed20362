//! `GET /wiki/api/v2/labels/{id}/pages`, `/blogposts`, `/attachments`: the live content with a
//! label that the caller sees. A label that is on nothing the caller sees is absent (A24).
//!
//! `space-id`, `body-format`, `sort`, `cursor`, `limit`.

use crate::call::Call;
use crate::rest::keyset::{Place, Sort, cut};
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2, answer_written_v2};
use crate::rest::v2::represent::attachment::Attachment;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::page::Page;
use crate::rest::written::Entries;
use crate::route::Answer;
use narthex_access::view::SeenPage;
use narthex_access::{AttachmentRow, LabelId, Object, PageKind, PageState, SpaceId};

/// How many entries are returned if the request has no `limit`.
const LIMIT: usize = 25;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Title,
    Created,
    Modified,
}

const OF_PAGES: &[(&str, By)] = &[
    ("id", By::Id),
    ("title", By::Title),
    ("created-date", By::Created),
    ("modified-date", By::Modified),
];

const OF_ATTACHMENTS: &[(&str, By)] = &[
    ("id", By::Id),
    ("created-date", By::Created),
    ("modified-date", By::Modified),
];

pub(super) async fn handle(call: Call, kind: PageKind) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let spaces: Vec<SpaceId> = query.parsed_list("space-id", "ids of spaces")?;
    let view = &call.view;
    let label = call.id::<LabelId>("id")?;
    view.label(label)?;
    let sort = Sort::of(&query, OF_PAGES, Sort::ascending(By::Id))?;
    let after = After::<Place<'static>>::of(&query, LIMIT)?;
    let pages = view
        .labelled(label)
        .filter_map(|row| match row.on {
            Object::Page(id) => view.page(id).ok(),
            _ => None,
        })
        .filter(|page| page.row().kind == kind && page.row().state == PageState::Live)
        .filter(|page| spaces.is_empty() || spaces.contains(&page.row().space));
    let placed = pages.map(|page| (place_of_page(sort.field, page), page));
    let (pages, mut next) = cut(placed, &after, sort.descending);
    let base = call.base();
    let lens = Lens::new(&call, view, &base);
    let mut results = Entries::new(lens);
    let mut last = None;
    for page in pages {
        if !results.push(&Page::of(lens, page, format).await?)? {
            next = last.map(|last| place_of_page(sort.field, last).to_string());
            break;
        }
        last = Some(page);
    }
    answer_written_v2(&call, results, next)
}

pub(super) async fn handle_attachments(call: Call) -> Answer {
    let query = call.query();
    let view = &call.view;
    let label = call.id::<LabelId>("id")?;
    view.label(label)?;
    let sort = Sort::of(&query, OF_ATTACHMENTS, Sort::ascending(By::Id))?;
    let after = After::<Place<'static>>::of(&query, LIMIT)?;
    let files = view.labelled(label).filter_map(|row| match row.on {
        Object::Attachment(id) => view.attachment(id).ok(),
        _ => None,
    });
    let placed = files.map(|row| (place_of_file(sort.field, row), row));
    let (files, next) = cut(placed, &after, sort.descending);
    let base = call.base();
    let lens = Lens::new(&call, view, &base);
    let results: Result<Vec<_>, _> = files
        .into_iter()
        .map(|row| Attachment::of(lens, row))
        .collect();
    answer_v2(&call, results?, next)
}

fn place_of_page(by: By, page: SeenPage<'_>) -> Place<'_> {
    let (row, id) = (page.row(), page.id().get());
    match by {
        By::Id => Place::by_id(id),
        By::Title => Place::by_text(&row.title, id),
        By::Created => Place::by_number(row.created_at, id),
        By::Modified => Place::by_number(row.updated_at, id),
    }
}

/// Returns the position of an attachment. Lists of attachments by label are never ordered by title.
fn place_of_file(by: By, row: &AttachmentRow) -> Place<'_> {
    let id = row.id.get();
    match by {
        By::Id | By::Title => Place::by_id(id),
        By::Created => Place::by_number(row.created_at, id),
        By::Modified => Place::by_number(row.updated_at, id),
    }
}
