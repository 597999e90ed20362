//! `GET /wiki/rest/api/content/{id}`: a page, blog post, comment or attachment.
//!
//! `status` says in which states it is wanted; without it what is live or archived.

use super::any::Any;
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::route::Answer;

/// What is expanded without being asked for.
pub(super) const ALWAYS: [&str; 3] = ["space", "history", "version"];

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let any = Any::find(&call.view, call.param("id"))?;
    let wanted: Vec<&str> = query.list("status").collect();
    let fits = match wanted.as_slice() {
        [] => matches!(any.status(), "current" | "archived"),
        wanted => wanted
            .iter()
            .any(|word| *word == "any" || *word == any.status()),
    };
    if !fits {
        return Err(Failure::Absent);
    }
    let expand = Expand::of(&query).and(&ALWAYS);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    respond::ok(&any.represent(lens, &expand).await?.alone(lens))
}
