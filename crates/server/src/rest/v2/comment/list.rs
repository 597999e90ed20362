//! `GET /wiki/api/v2/footer-comments`, `/inline-comments`: the comments that the caller sees,
//! ordered by id; `/pages/{id}/...`, `/blogposts/{id}/...`: those that start a thread there, oldest
//! first; `.../{id}/children`: the replies to one, oldest first.
//! `/attachments/{id}/footer-comments` is always empty: comments are made on pages and blog posts.
//!
//! `status`, `resolution-status` of inline comments, `sort`, `body-format`, `cursor`, `limit`.

use super::find;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::keyset::{Cut, Place, Sort, cut, cut_ordered};
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2, answer_written_v2};
use crate::rest::status::status_on;
use crate::rest::v2::attachment;
use crate::rest::v2::page;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::comment::{Comment, RESOLUTIONS, resolution};
use crate::rest::v2::represent::status::Statuses;
use crate::rest::written::Entries;
use crate::route::Answer;
use narthex_access::{CommentId, CommentPlace, CommentRow, PageId, PageKind};

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Created,
    Modified,
}

const WORDS: &[(&str, By)] = &[
    ("created-date", By::Created),
    ("modified-date", By::Modified),
];

/// The part of the site whose comments are listed.
#[derive(Clone, Copy)]
enum Scope {
    Site,
    /// The comments on a page that start a thread.
    Page(PageId),
    /// The replies to a comment on a page.
    Answers(PageId, CommentId),
}

pub(super) async fn handle(call: Call, place: CommentPlace) -> Answer {
    answer(&call, place, Scope::Site).await
}

pub(super) async fn of_page(call: Call, place: CommentPlace, kind: PageKind) -> Answer {
    let page = page::find(&call, &call.view, kind)?.id();
    answer(&call, place, Scope::Page(page)).await
}

pub(super) async fn of_comment(call: Call, place: CommentPlace) -> Answer {
    let row = find(&call, place)?;
    answer(&call, place, Scope::Answers(row.page, row.id)).await
}

pub(super) async fn of_attachment(call: Call) -> Answer {
    attachment::find(&call)?;
    let query = call.query();
    BodyFormat::of(&query)?;
    Sort::of(&query, WORDS, Sort::ascending(By::Created))?;
    After::<Place<'static>>::of(&query, 25)?;
    query.number("version")?;
    answer_v2(&call, Vec::<Comment<'_>>::new(), None)
}

async fn answer(call: &Call, place: CommentPlace, scope: Scope) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let (sort, (rows, mut next)) = rows(call, &query, place, scope)?;
    let base = call.base();
    let lens = Lens::new(call, &call.view, &base);
    let mut results = Entries::new(lens);
    let mut last = None;
    for row in rows {
        if !results.push(&Comment::of(lens, row, format).await?)? {
            next = last.map(|last| at(sort, last).to_string());
            break;
        }
        last = Some(row);
    }
    answer_written_v2(call, results, next)
}

fn rows<'v>(
    call: &'v Call,
    query: &Parameters<'_>,
    place: CommentPlace,
    scope: Scope,
) -> Result<(By, Cut<&'v CommentRow>), Failure> {
    let otherwise = match scope {
        Scope::Site => By::Id,
        Scope::Page(_) | Scope::Answers(..) => By::Created,
    };
    let sort = Sort::of(query, WORDS, Sort::ascending(otherwise))?;
    let after = After::<Place<'static>>::of(query, 25)?;
    let statuses = Statuses::of(query)?;
    let resolutions = resolutions(query, place)?;
    let wanted = |row: &&CommentRow| {
        let fits = match scope {
            Scope::Site => true,
            Scope::Page(_) => row.parent.is_none(),
            Scope::Answers(_, to) => row.parent == Some(to),
        };
        fits && row.place == place
            && (resolutions.is_empty() || resolutions.contains(&resolution(row)))
            && call
                .view
                .page(row.page)
                .is_ok_and(|page| statuses.has(status_on(page, row.state)))
    };
    let placed = |row| (at(sort.field, row), row);
    let cut = match (scope, sort.field) {
        (Scope::Page(page) | Scope::Answers(page, _), _) => {
            let rows = call.view.comments_on(page).filter(wanted);
            cut(rows.map(placed), &after, sort.descending)
        }
        (Scope::Site, By::Id) => {
            let last = after.last.as_ref();
            let last = last.and_then(|last| CommentId::new(last.id()));
            let first = last.unwrap_or(CommentId::from_random(0));
            let rows = call.view.comments_from(first).filter(wanted);
            cut_ordered(rows.map(placed), &after)
        }
        (Scope::Site, _) => {
            let rows = call.view.comments_from(CommentId::from_random(0));
            cut(rows.filter(wanted).map(placed), &after, sort.descending)
        }
    };
    Ok((sort.field, cut))
}

fn at(by: By, row: &CommentRow) -> Place<'static> {
    let id = row.id.get();
    match by {
        By::Id => Place::by_id(id),
        By::Created => Place::by_number(row.created_at, id),
        By::Modified => Place::by_number(row.updated_at, id),
    }
}

/// Reads `resolution-status` of a query about inline comments; empty, which means any, if it isn't
/// sent.
fn resolutions(query: &Parameters<'_>, place: CommentPlace) -> Result<Vec<&'static str>, Failure> {
    if place == CommentPlace::Footer {
        return Ok(Vec::new());
    }
    let known = |word: &str| RESOLUTIONS.iter().find(|known| **known == word).copied();
    let wanted: Option<Vec<_>> = query.list("resolution-status").map(known).collect();
    wanted.ok_or_else(|| {
        Failure::bad_request(format!(
            "the query parameter \"resolution-status\" must be one or several of {}",
            RESOLUTIONS.join(", ")
        ))
    })
}
