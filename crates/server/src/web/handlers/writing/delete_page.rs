//! `/wiki/pages/delete?pageId=`: moving a page to the trash.

use super::{page_asked, path_of};
use crate::call::Call;
use crate::failure::Failure;
use crate::route::Answer;
use crate::web::frame::{chrome, page_with};
use crate::web::notice::{self, Done, told};
use crate::web::pages::chrome::Notice;
use crate::web::pages::editor::DeletePage;
use crate::web::pages::moment::Count;
use crate::web::paths;
use http::StatusCode;
use narthex_access::view::SeenPage;
use narthex_access::{Action, Object};

/// `GET` shows the confirmation.
pub(super) async fn show(call: Call) -> Answer {
    ask(&call, StatusCode::OK, None)
}

/// `POST` moves the page to the trash, once that is confirmed.
pub(super) async fn delete(mut call: Call) -> Answer {
    let id = page(&call)?.id();
    let form = call.form().await?;
    if form.fields().get("confirmed") != Some("yes") {
        return ask(&call, StatusCode::BAD_REQUEST, None);
    }
    match call.app.site.trash_page(&call.credential, id).await {
        Ok(()) => {
            let page = page(&call)?;
            let path = match page.parent() {
                Some(parent) => path_of(&call, parent)?,
                None => {
                    let space = call.view.space(page.row().space)?;
                    paths::space(&space.row().key).to_string()
                }
            };
            notice::go_on(path, Done::Trashed)
        }
        Err(error) => {
            let notice = notice::refused(told(error)?);
            ask(&call, StatusCode::BAD_REQUEST, Some(notice))
        }
    }
}

/// Returns the page, for people who may delete it.
fn page(call: &Call) -> Result<SeenPage<'_>, Failure> {
    let page = page_asked(call)?;
    call.require_account()?;
    call.view.require(Action::Delete, Object::Page(page.id()))?;
    Ok(page)
}

fn ask(call: &Call, status: StatusCode, notice: Option<Notice<'_>>) -> Answer {
    let page = page(call)?;
    let row = page.row();
    let children = call.view.children(row.space, Some(row.id)).count();
    let title = match &*row.title {
        "" => "Untitled",
        title => title,
    };
    page_with(
        status,
        &DeletePage {
            chrome: chrome(call, "Move to trash", notice),
            title: title.into(),
            children: Count(children as u64),
            parent: page.parent().map(|parent| (*parent.row().title).into()),
            cancel: path_of(call, page)?.into(),
        },
    )
}
