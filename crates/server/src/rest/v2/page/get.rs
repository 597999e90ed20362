//! `GET /wiki/api/v2/pages/{id}`, `/blogposts/{id}`: one page or blog post.
//!
//! `status` says in which states it is wanted (live and archived if it isn't
//! sent), `get-draft=true` adds drafts; `body-format` the representation.

use super::find;
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::page::Page;
use crate::route::Answer;
use narthex_access::{PageKind, PageState};

pub(super) async fn handle(call: Call, kind: PageKind) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let draft = query.flag("get-draft")?;
    let page = find(&call, &call.view, kind)?;
    let state = page.row().state;
    let mut wanted = query.list("status").peekable();
    let fits = match wanted.peek() {
        None => {
            matches!(state, PageState::Live | PageState::Archived)
                || draft && state == PageState::Draft
        }
        Some(_) => wanted.any(|word| word == state.word()),
    };
    if !fits {
        return Err(Failure::Absent);
    }
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&Page::of(lens, page, format).await?.alone(lens))
}
