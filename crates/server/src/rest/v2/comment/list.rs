//! `GET /wiki/api/v2/pages/{id}/footer-comments`, `/blogposts/{id}/footer-comments`:
//! the comments that start a thread; `/footer-comments/{id}/children`: the answers
//! to one. Oldest first.

use crate::call::Call;
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::comment::Comment;
use crate::route::Answer;
use narthex_access::{CommentId, CommentPlace, CommentRow};

pub(super) async fn handle_of_page(call: Call) -> Answer {
    let page = call.view.page(call.id("id")?)?;
    let rows = call.view.comments(page.id());
    answer(&call, &rows, None).await
}

pub(super) async fn handle_answers(call: Call) -> Answer {
    let row = call.view.comment(call.id("id")?)?;
    let rows = call.view.comments(row.page);
    answer(&call, &rows, Some(row.id)).await
}

async fn answer(call: &Call, rows: &[&CommentRow], parent: Option<CommentId>) -> Answer {
    let query = call.query();
    let (after, format) = (After::<usize>::of(&query, 25)?, BodyFormat::of(&query)?);
    let wanted: Vec<_> = rows
        .iter()
        .filter(|row| row.parent == parent && row.place == CommentPlace::Footer)
        .collect();
    let start = after.last.unwrap_or(0);
    let base = call.base();
    let lens = Lens::new(call, &call.view, &base);
    let mut results = Vec::new();
    for row in wanted.iter().skip(start).take(after.limit) {
        results.push(Comment::of(lens, row, format).await?);
    }
    let end = start.saturating_add(results.len());
    let next = (!results.is_empty() && end < wanted.len()).then(|| end.to_string());
    answer_v2(call, results, next)
}
