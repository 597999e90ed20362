//! `GET /wiki/api/v2/pages/{id}/ancestors`, `/folders/{id}/ancestors`: the pages and folders above
//! one, the highest first. At most the `limit` nearest ones are returned; those above are the first
//! one's ancestors.

use super::find;
use crate::call::Call;
use crate::rest::paging::{After, answer_v2};
use crate::route::Answer;
use narthex_access::{PageId, PageKind};
use serde::Serialize;

#[derive(Serialize)]
struct Ancestor {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

pub(in crate::rest::v2) async fn handle(call: Call, kind: PageKind) -> Answer {
    let after = After::<PageId>::of(&call.query(), 25)?;
    let above = find(&call, &call.view, kind)?.ancestors();
    let further = above.len().saturating_sub(after.limit);
    let nearest = above.into_iter().skip(further);
    let results = nearest.map(|page| Ancestor {
        id: page.id().to_string(),
        kind: page.row().kind.word(),
    });
    answer_v2(&call, results.collect(), None)
}
