//! `GET /wiki/api/v2/labels/{id}/pages`, `/blogposts`, `/attachments`: what has a
//! label, of what is live and the caller sees. A label that is nowhere for the
//! caller isn't there (A24).
//!
//! `space-id`, `body-format`, `sort`, `cursor`, `limit`.

use crate::call::Call;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2, answer_written_v2};
use crate::rest::v2::represent::attachment::Attachment;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::page::Page;
use crate::rest::written::Entries;
use crate::route::Answer;
use narthex_access::view::SeenPage;
use narthex_access::{AttachmentRow, LabelId, Object, PageKind, PageState, SpaceId};

pub(super) async fn handle(call: Call, kind: PageKind) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let spaces: Vec<SpaceId> = query.parsed_list("space-id", "ids of spaces")?;
    let view = &call.view;
    let label = call.id::<LabelId>("id")?;
    view.label(label)?;
    let mut pages: Vec<SeenPage<'_>> = view
        .labelled(label)
        .filter_map(|row| match row.on {
            Object::Page(id) => view.page(id).ok(),
            _ => None,
        })
        .filter(|page| page.row().kind == kind && page.row().state == PageState::Live)
        .filter(|page| spaces.is_empty() || spaces.contains(&page.row().space))
        .collect();
    match sort(&call)? {
        ("id", _) => {}
        ("title", _) => pages.sort_by(|a, b| a.row().title.cmp(&b.row().title)),
        ("created-date", _) => pages.sort_by_key(|page| page.row().created_at),
        ("modified-date", _) => pages.sort_by_key(|page| page.row().updated_at),
        _ => return Err(no_sort("id, title, created-date or modified-date")),
    }
    let (cut, next) = cut(&call, pages)?;
    let base = call.base();
    let lens = Lens::new(&call, view, &base);
    let mut results = Entries::new(lens);
    let mut next = next;
    for page in cut {
        if !results.push(&Page::of(lens, page, format).await?)? {
            let start = After::<usize>::of(&call.query(), 25)?.last.unwrap_or(0);
            next = Some(start.saturating_add(results.len()).to_string());
            break;
        }
    }
    answer_written_v2(&call, results, next)
}

pub(super) async fn handle_attachments(call: Call) -> Answer {
    let view = &call.view;
    let label = call.id::<LabelId>("id")?;
    view.label(label)?;
    let mut files: Vec<&AttachmentRow> = view
        .labelled(label)
        .filter_map(|row| match row.on {
            Object::Attachment(id) => view.attachment(id).ok(),
            _ => None,
        })
        .collect();
    match sort(&call)? {
        ("id", _) => {}
        ("created-date", _) => files.sort_by_key(|row| row.created_at),
        ("modified-date", _) => files.sort_by_key(|row| row.updated_at),
        _ => return Err(no_sort("id, created-date or modified-date")),
    }
    let (cut, next) = cut(&call, files)?;
    let base = call.base();
    let lens = Lens::new(&call, view, &base);
    let results = cut
        .into_iter()
        .map(|row| Attachment::of(lens, row))
        .collect::<Result<Vec<_>, _>>()?;
    answer_v2(&call, results, next)
}

/// The field that is asked for, and whether backwards.
fn sort(call: &Call) -> Result<(&'static str, bool), Failure> {
    const FIELDS: &[&str] = &["id", "title", "created-date", "modified-date"];
    let query = call.query();
    let sort = query.get("sort").unwrap_or("id");
    let (field, descending) = match sort.strip_prefix('-') {
        Some(field) => (field, true),
        None => (sort, false),
    };
    let known = FIELDS.iter().find(|known| **known == field);
    let known = known.ok_or_else(|| no_sort("id, title, created-date or modified-date"))?;
    Ok((*known, descending))
}

fn no_sort(known: &str) -> Failure {
    Failure::bad_request(format!(
        "the query parameter \"sort\" must be {known}, or one of them after \"-\""
    ))
}

/// The part of a list that is asked for: the cursor is a place among what the
/// caller sees.
fn cut<T>(call: &Call, mut all: Vec<T>) -> Result<(Vec<T>, Option<String>), Failure> {
    if sort(call)?.1 {
        all.reverse();
    }
    let after = After::<usize>::of(&call.query(), 25)?;
    let start = after.last.unwrap_or(0);
    let end = start.saturating_add(after.limit);
    let next = (after.limit > 0 && end < all.len()).then(|| end.to_string());
    Ok((
        all.into_iter().skip(start).take(after.limit).collect(),
        next,
    ))
}
