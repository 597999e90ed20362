//! `GET /wiki/rest/api/content/{id}`: a page, blog post, comment or attachment.
//!
//! `status` names the statuses that the content may have; without it content that is live or
//! archived is returned, with `draft` also the caller's own draft of something published. `version`
//! returns the content as it was then, to people who see its past (law 2.24). `trigger` records
//! nothing, and embedded content is rendered as it is now.

use super::any::Any;
use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::content::Content;
use crate::route::Answer;
use narthex_access::PageState;

/// The parts that an operation about content expands if the request names none.
pub(super) const DEFAULTS: [&str; 3] = ["space", "history", "version"];
/// The parts that the response to a write expands if the request names none.
pub(super) const DEFAULTS_OF_WRITES: [&str; 6] = [
    "body.storage",
    "history",
    "space",
    "container",
    "version",
    "ancestors",
];

/// The values that `status` accepts.
pub(in crate::rest::v1) const STATUSES: [&str; 7] = [
    "current",
    "archived",
    "trashed",
    "deleted",
    "historical",
    "draft",
    "any",
];

pub(super) async fn handle(call: Call) -> Answer {
    let query = call.query();
    let version = query.parsed::<u32>("version", "the number of a version")?;
    let mut wanted = query.words("status", &STATUSES)?;
    query.word("trigger", &["viewed"])?;
    query.word("embeddedContentRender", &["current"])?;
    let any = Any::find(&call.view, call.param("id"))?;
    let expand = Expand::or(&query, &DEFAULTS);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    // A request for a version asks for the past, so `historical` says nothing about the content as
    // it is now.
    if version.is_some() {
        wanted.retain(|word| *word != "historical");
    }
    let status = any.status(&call.view);
    let fits = match wanted.as_slice() {
        [] => {
            let on_draft = status == PageState::Draft.word() && !matches!(any, Any::Page(_));
            on_draft || matches!(status, "current" | "archived")
        }
        wanted => wanted.iter().any(|word| *word == "any" || *word == status),
    };
    if !fits {
        let wants_draft = version.is_none() && wanted.contains(&PageState::Draft.word());
        let Any::Page(page) = any else {
            return Err(Failure::Absent);
        };
        let draft = call.view.page_draft(page.id());
        let draft = draft.ok().filter(|_| wants_draft).ok_or(Failure::Absent)?;
        let draft = Content::of_draft(lens, draft, &expand).await?;
        return respond::ok(&draft.alone(lens));
    }
    if let Some(number) = version.filter(|number| *number > 0) {
        let of_then = any.represent_number(lens, number, &expand).await?;
        return respond::ok(&of_then.alone(lens));
    }
    respond::ok(&any.represent(lens, &expand).await?.alone(lens))
}
