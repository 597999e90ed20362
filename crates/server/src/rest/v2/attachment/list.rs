//! `GET /wiki/api/v2/attachments`: the attachments that the caller sees; `/pages/{id}/attachments`,
//! `/blogposts/{id}/attachments`: those of a page, ordered by file name.
//!
//! `status`, `mediaType`, `filename`, `sort`, `cursor`, `limit`.

use crate::call::Call;
use crate::rest::keyset::{Place, Sort, cut, cut_ordered};
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::status::status_on;
use crate::rest::v2::page;
use crate::rest::v2::represent::attachment::Attachment;
use crate::rest::v2::represent::status::Statuses;
use crate::route::Answer;
use narthex_access::{AttachmentId, AttachmentRow, PageId, PageKind};

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Name,
    Created,
    Modified,
}

const WORDS: &[(&str, By)] = &[
    ("created-date", By::Created),
    ("modified-date", By::Modified),
];

pub(super) async fn handle(call: Call) -> Answer {
    answer(&call, None)
}

pub(super) async fn of_page(call: Call, kind: PageKind) -> Answer {
    let page = page::find(&call, &call.view, kind)?.id();
    answer(&call, Some(page))
}

fn answer(call: &Call, page: Option<PageId>) -> Answer {
    let query = call.query();
    let otherwise = page.map_or(By::Id, |_| By::Name);
    let sort = Sort::of(&query, WORDS, Sort::ascending(otherwise))?;
    let after = After::<Place<'static>>::of(&query, 50)?;
    let statuses = Statuses::of(&query)?;
    let (name, media_type) = (query.get("filename"), query.get("mediaType"));
    let wanted = |row: &&AttachmentRow| {
        name.is_none_or(|name| *row.file_name == *name)
            && media_type.is_none_or(|wanted| *row.media_type == *wanted)
            && call
                .view
                .page(row.page)
                .is_ok_and(|page| statuses.has(status_on(page, row.state)))
    };
    let placed = |row| (place(sort.field, row), row);
    let (rows, next) = match (page, sort.field) {
        (Some(page), _) => {
            let rows = call.view.attachments_on(page).filter(wanted);
            cut(rows.map(placed), &after, sort.descending)
        }
        (None, By::Id) => {
            let last = after.last.as_ref();
            let last = last.and_then(|last| AttachmentId::new(last.id()));
            let first = last.unwrap_or(AttachmentId::from_random(0));
            let rows = call.view.attachments_from(first).filter(wanted);
            cut_ordered(rows.map(placed), &after)
        }
        (None, _) => {
            let all = call.view.attachments_from(AttachmentId::from_random(0));
            cut(all.filter(wanted).map(placed), &after, sort.descending)
        }
    };
    let base = call.base();
    let lens = Lens::new(call, &call.view, &base);
    let results: Result<Vec<_>, _> = rows
        .into_iter()
        .map(|row| Attachment::of(lens, row))
        .collect();
    answer_v2(call, results?, next)
}

fn place(by: By, row: &AttachmentRow) -> Place<'_> {
    let id = row.id.get();
    match by {
        By::Id => Place::by_id(id),
        By::Name => Place::by_text(&row.file_name, id),
        By::Created => Place::by_number(row.created_at, id),
        By::Modified => Place::by_number(row.updated_at, id),
    }
}
