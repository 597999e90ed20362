//! `GET /wiki/api/v2/pages/{id}/attachments`, `/blogposts/{id}/attachments`: the
//! attachments of a page, by their file names.

use crate::call::Call;
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::attachment::Attachment;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let after = After::<usize>::of(&query, 50)?;
    let page = call.view.page(call.id("id")?)?;
    let mut rows = call.view.attachments(page.id());
    if let Some(name) = query.get("filename") {
        rows.retain(|row| *row.file_name == *name);
    }
    if let Some(media_type) = query.get("mediaType") {
        rows.retain(|row| *row.media_type == *media_type);
    }
    let start = after.last.unwrap_or(0);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let cut = rows.iter().skip(start).take(after.limit);
    let results = cut
        .map(|row| Attachment::of(lens, row))
        .collect::<Result<Vec<_>, _>>()?;
    let end = start.saturating_add(results.len());
    let next = (!results.is_empty() && end < rows.len()).then(|| end.to_string());
    answer_v2(&call, results, next)
}
