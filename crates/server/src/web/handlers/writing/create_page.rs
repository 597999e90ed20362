//! `/wiki/pages/create?spaceKey=&parentId=`: the editor for a new page.

use super::editor::{Around, Typed, draw};
use crate::call::Call;
use crate::failure::Failure;
use crate::route::Answer;
use crate::web::notice::{self, Done, told};
use crate::web::paths;
use http::StatusCode;
use narthex_access::view::SeenSpace;
use narthex_access::{Action, Object, PageId, PageKind};
use narthex_site::address;
use narthex_site::page::{NewPage, WhichSpace};
use narthex_site::place::Parent;

/// `GET` shows the empty form, below the page that is named, or else below the home page.
pub(super) async fn show(call: Call) -> Answer {
    let space = space(&call)?;
    let query = call.query();
    let named: Option<PageId> = query.get("parentId").and_then(|id| id.parse().ok());
    let named = named.and_then(|id| call.view.page(id).ok());
    let here = named.filter(|page| page.row().space == space.id());
    let typed = Typed {
        parent: here.or_else(|| space.homepage()).map(|page| page.id()),
        ..Typed::default()
    };
    form(&call, StatusCode::OK, typed)
}

/// `POST` creates the page, published or as a draft.
pub(super) async fn create(mut call: Call) -> Answer {
    let key = space(&call)?.row().key.to_string();
    let body = call.long_form().await?;
    let fields = body.fields();
    let draft = Typed::is_draft(&fields)?;
    let mut typed = Typed::read(&fields, &call.view)?;
    if typed.is_wrong() {
        return form(&call, StatusCode::BAD_REQUEST, typed);
    }
    let new = NewPage {
        space: WhichSpace::Key(key.clone()),
        parent: typed.parent.map_or(Parent::Root, Parent::Page),
        kind: PageKind::Page,
        draft,
        title: typed.title.clone(),
        body: typed.new_body(),
        created_at: None,
    };
    match call.app.site.create_page(&call.credential, new).await {
        Ok(id) => {
            call.forget_typed();
            let view = call.view_now().await?;
            let path = match view.page(id) {
                Ok(page) => address::page(&key, page.row()),
                Err(_) => paths::space(&key).to_string(),
            };
            let done = if draft {
                Done::DraftKept
            } else {
                Done::Published
            };
            notice::go_on(path, done)
        }
        Err(error) => {
            typed.title_error = Some(told(error)?);
            form(&call, StatusCode::BAD_REQUEST, typed)
        }
    }
}

/// Returns the space that the query names, for people who may create a page there.
fn space(call: &Call) -> Result<SeenSpace<'_>, Failure> {
    let query = call.query();
    let space = call
        .view
        .space_by_key(query.get("spaceKey").unwrap_or_default())?;
    call.require_account()?;
    let view = &call.view;
    view.require(Action::CreatePage, Object::Space(space.id()))?;
    Ok(space)
}

fn form(call: &Call, status: StatusCode, typed: Typed) -> Answer {
    let row = space(call)?.row();
    let around = Around {
        space: row,
        page: None,
        in_tree: true,
        has_draft: false,
        cancel: paths::space(&row.key).to_string(),
    };
    draw(call, status, None, around, typed)
}
