//! `GET /wiki/rest/api/content/{id}`: a page, blog post, comment or attachment.
//!
//! `status` says in which states it is wanted; without it what is live or archived.
//! `version` asks for it as it was then; to who sees its past (law 2).

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
    let version = query.parsed::<u32>("version", "the number of a version")?;
    let any = Any::find(&call.view, call.param("id"))?;
    let expand = Expand::of(&query).and(&ALWAYS);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let mut wanted: Vec<&str> = query.list("status").collect();
    // Who asks for a version asks for what was, in whatever is there now.
    if version.is_some() {
        wanted.retain(|word| *word != "historical");
    }
    let fits = match wanted.as_slice() {
        [] => matches!(any.status(), "current" | "archived"),
        wanted => wanted
            .iter()
            .any(|word| *word == "any" || *word == any.status()),
    };
    if !fits {
        return Err(Failure::Absent);
    }
    if let Some(number) = version.filter(|number| *number > 0) {
        let of_then = any.represent_version(lens, number, &expand).await?;
        return respond::ok(&of_then.alone(lens));
    }
    respond::ok(&any.represent(lens, &expand).await?.alone(lens))
}
