//! `/wiki/drafts`: the reader's own drafts, to continue or to discard.

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame::{chrome, moment, page_with};
use crate::web::notice::{self, Done, told};
use crate::web::pages::chrome::Notice;
use crate::web::pages::drafts::{DraftLine, Drafts, MAX_DRAFT_LINES};
use crate::web::pages::moment::Count;
use crate::web::paths;
use http::{Method, StatusCode};
use narthex_access::view::SeenPage;
use narthex_access::{Action, Millis, Object, PageId, PageState, SpaceId, View};
use narthex_site::address;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(Method::GET, paths::DRAFTS, Flavour::Html, show),
        Route::new(Method::POST, paths::DRAFTS, Flavour::Html, change),
    ]
}

async fn show(call: Call) -> Answer {
    draw(&call, StatusCode::OK, None)
}

/// Discards a draft, by the fields `do` and `page`.
async fn change(mut call: Call) -> Answer {
    call.require_account()?;
    let form = call.form().await?;
    let fields = form.fields();
    if fields.get("do") != Some("discard") {
        return Err(Failure::bad_request(
            "there is no such form on this page; load the page again",
        ));
    }
    let id = fields.get("page").and_then(|id| id.parse().ok());
    let id: PageId = id.ok_or(Failure::Absent)?;
    let is_draft = call.view.page(id)?.row().state == PageState::Draft;
    if !is_draft && call.view.page_draft(id).is_err() {
        let why = notice::refused("There is no draft of this page any more.");
        return draw(&call, StatusCode::BAD_REQUEST, Some(why));
    }
    match call.app.site.discard_draft(&call.credential, id).await {
        Ok(()) => notice::go_on(paths::DRAFTS, Done::DraftDiscarded),
        Err(error) => {
            let why = notice::refused(told(error)?);
            draw(&call, StatusCode::BAD_REQUEST, Some(why))
        }
    }
}

/// A draft of the reader's own.
struct Own<'v> {
    page: SeenPage<'v>,
    title: &'v str,
    over_published: bool,
    kept_at: Millis,
}

/// Returns all drafts of the reader, the last saved first.
fn own(view: &View) -> Vec<Own<'_>> {
    let unpublished = view.unpublished_pages().map(|page| Own {
        page,
        title: &page.row().title,
        over_published: false,
        kept_at: page.row().updated_at,
    });
    let over_published = view.page_drafts().map(|draft| Own {
        page: draft.page(),
        title: &draft.row().title,
        over_published: true,
        kept_at: draft.row().updated_at,
    });
    let mut all: Vec<Own<'_>> = unpublished.chain(over_published).collect();
    all.sort_by_key(|own| (std::cmp::Reverse(own.kept_at), own.page.id()));
    all
}

/// Returns how many drafts the reader has in a space.
pub(super) fn count_in(view: &View, space: SpaceId) -> Count {
    let unpublished = view.unpublished_pages();
    let over_published = view.page_drafts().map(|draft| draft.page());
    let pages = unpublished.chain(over_published);
    Count(pages.filter(|page| page.row().space == space).count() as u64)
}

/// Returns the newest drafts of the reader, and how many there are in all.
pub(super) fn newest(view: &View, most: usize) -> (Vec<DraftLine<'_>>, Count) {
    let own = own(view);
    let all = Count(own.len() as u64);
    let newest = own.into_iter().take(most);
    (newest.filter_map(|own| line(view, &own)).collect(), all)
}

fn line<'v>(view: &'v View, own: &Own<'v>) -> Option<DraftLine<'v>> {
    let row = own.page.row();
    let space = view.space(row.space).ok()?;
    Some(DraftLine {
        id: row.id.get(),
        address: address::page(&space.row().key, row),
        title: own.title.into(),
        space: (*space.row().name).into(),
        over_published: own.over_published,
        may_continue: view.may(Action::Edit, Object::Page(row.id)),
        kept: moment(own.kept_at),
    })
}

fn draw(call: &Call, status: StatusCode, notice: Option<Notice<'_>>) -> Answer {
    call.require_account()?;
    let (lines, all) = newest(&call.view, MAX_DRAFT_LINES);
    page_with(
        status,
        &Drafts {
            chrome: chrome(call, "Drafts", notice),
            lines,
            all,
        },
    )
}
