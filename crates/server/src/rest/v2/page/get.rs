//! `GET /wiki/api/v2/pages/{id}`, `/blogposts/{id}`: one page or blog post.
//!
//! `status` names the statuses that it may have (live and archived if it isn't sent),
//! `get-draft=true` asks for the caller's draft if there is one; `version` names a former version,
//! for people who see the past; `body-format` the representation; `include-operations`,
//! `include-versions`, `include-version`, `include-labels`, `include-properties`, `include-likes`,
//! `include-favorited-by-current-user-status`.

use super::find;
use crate::call::{Call, OrAbsent as _};
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::include::Include;
use crate::rest::v2::represent::page::Page;
use crate::rest::v2::represent::status::KNOWN;
use crate::route::Answer;
use narthex_access::{PageKind, PageState};
use narthex_site::version::Versioned;

pub(super) async fn handle(call: Call, kind: PageKind) -> Answer {
    let query = call.query();
    let format = BodyFormat::of(&query)?;
    let include = Include::of(&query)?;
    let draft = query.flag("get-draft")?;
    let version: Option<u32> = query.parsed("version", "the number of a version")?;
    let wanted = query.words("status", KNOWN)?;
    let page = find(&call, &call.view, kind)?;
    let state = page.row().state;
    let former = version.filter(|number| *number != page.row().version);
    if draft && version.is_some() {
        return Err(Failure::bad_request(
            "a draft has no versions; send \"get-draft\" or \"version\", not both",
        ));
    }
    let wants_draft = draft || wanted.contains(&PageState::Draft.word());
    let fits = if wanted.is_empty() {
        matches!(state, PageState::Live | PageState::Archived) || draft && state == PageState::Draft
    } else {
        let is_wanted =
            |word: &&str| *word == state.word() || former.is_some() && *word == "historical";
        wanted.iter().any(is_wanted)
    };
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    if (draft || !fits)
        && wants_draft
        && let Ok(kept) = call.view.page_draft(page.id())
    {
        let kept = Page::draft(lens, kept, (format, include)).await?;
        return respond::ok(&kept.alone(lens));
    }
    if !fits {
        return Err(Failure::Absent);
    }
    let Some(number) = former else {
        let page = Page::including(lens, page, format, include).await?;
        return respond::ok(&page.alone(lens));
    };
    let of = Versioned::Page(page.id());
    let read = lens
        .site
        .version(lens.view, of, number)
        .await?
        .or_absent()?;
    let page = Page::former(lens, page, &read, format, include).await?;
    respond::ok(&page.alone(lens))
}
