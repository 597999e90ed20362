//! `/wiki/spaces/KEY/trash`: the pages of a space that are in the trash.

use crate::call::Call;
use crate::failure::Failure;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame::{chrome, moment, page_with};
use crate::web::notice::{self, Done, told};
use crate::web::pages::chrome::Notice;
use crate::web::pages::moment::Count;
use crate::web::pages::trash::{MAX_TRASH_LINES, Trash, TrashLine};
use crate::web::paths;
use http::{Method, StatusCode};
use narthex_access::view::SeenSpace;
use narthex_access::{Action, Object, PageId, PageKind, PageState};
use narthex_site::address;

pub(super) fn routes() -> Vec<Route> {
    const TRASH: &str = "/wiki/spaces/{key}/trash";
    vec![
        Route::new(Method::GET, TRASH, Flavour::Html, show),
        Route::new(Method::POST, TRASH, Flavour::Html, change),
    ]
}

async fn show(call: Call) -> Answer {
    draw(&call, StatusCode::OK, None)
}

/// Restores a page, or deletes it for good, by the fields `do` and `page`.
async fn change(mut call: Call) -> Answer {
    let key = space(&call)?.row().key.to_string();
    let form = call.form().await?;
    let fields = form.fields();
    let id = fields.get("page").and_then(|id| id.parse().ok());
    let id: PageId = id.ok_or(Failure::Absent)?;
    if call.view.page(id)?.row().state != PageState::Trashed {
        return refuse(&call, "This page is not in the trash any more.".into());
    }
    let site = &call.app.site;
    match fields.get("do") {
        Some("restore") => match site.restore_page(&call.credential, id, None).await {
            Ok(()) => {
                let view = call.view_now().await?;
                let restored = view.page(id)?;
                notice::go_on(address::page(&key, restored.row()), Done::Restored)
            }
            Err(error) => refuse(&call, told(error)?),
        },
        Some("purge") => match site.purge_page(&call.credential, id).await {
            Ok(()) => notice::go_on(paths::trash(&key), Done::Purged),
            Err(error) => refuse(&call, told(error)?),
        },
        _ => Err(Failure::bad_request("there is no such form on this page")),
    }
}

/// The space, for people who administer it.
fn space(call: &Call) -> Result<SeenSpace<'_>, Failure> {
    let space = call.view.space_by_key(call.param("key"))?;
    call.require_account()?;
    call.view
        .require(Action::Trash, Object::Space(space.id()))?;
    Ok(space)
}

fn refuse(call: &Call, why: String) -> Answer {
    draw(call, StatusCode::BAD_REQUEST, Some(notice::refused(why)))
}

fn draw(call: &Call, status: StatusCode, notice: Option<Notice<'_>>) -> Answer {
    let space = space(call)?;
    let view = &call.view;
    let pages = view.pages_in(space.id(), PageId::from_random(0));
    let mut trashed: Vec<_> = pages
        .filter(|page| page.row().state == PageState::Trashed)
        .collect();
    trashed.sort_by_cached_key(|page| (page.row().title.to_lowercase(), page.id()));
    let all = Count(trashed.len() as u64);
    let lines = trashed.into_iter().take(MAX_TRASH_LINES).map(|page| {
        let row = page.row();
        TrashLine {
            id: row.id.get(),
            address: address::page(&space.row().key, row),
            title: (*row.title).into(),
            kind: match row.kind {
                PageKind::Page => "Page",
                PageKind::BlogPost => "Blog post",
                PageKind::Folder => "Folder",
            },
            updated: moment(row.updated_at),
        }
    });
    page_with(
        status,
        &Trash {
            chrome: chrome(call, format!("Trash of {}", space.row().name), notice),
            space: super::space::head(view, space),
            lines: lines.collect(),
            all,
        },
    )
}
