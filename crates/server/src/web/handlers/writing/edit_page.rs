//! `/wiki/pages/edit?pageId=`: the editor for a new version of a page or blog post, or for the
//! writer's draft of it.

use super::editor::{Around, Typed, draw};
use super::{page_asked, path_of};
use crate::call::Call;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use crate::route::Answer;
use crate::web::notice::{self, Done, told};
use crate::web::pages::chrome::{Notice, NoticeKind};
use crate::web::paths;
use http::StatusCode;
use narthex_access::view::{SeenDraft, SeenPage};
use narthex_access::{Action, Object, PageId, PageKind, PageRow, PageState};
use narthex_site::SiteError;
use narthex_site::page::{EditPage, Save};
use narthex_site::place::Beside;
use narthex_site::render::Place;
use narthex_site::representation::{Format, Reader};

/// `GET` shows the form with the current text.
pub(super) async fn show(call: Call) -> Answer {
    let page = page(&call)?;
    let row = page.row();
    // Whatever format the text was sent in, it is edited and then stored in the storage format.
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    if let Ok(draft) = call.view.page_draft(row.id) {
        return continued(&call, draft, lens.reader()).await;
    }
    let body = lens.rendered(|| lens.site.page_as(lens.reader(), page, Format::Storage));
    let body = body.await?.unwrap_or_default();
    let typed = Typed {
        title: row.title.to_string(),
        body,
        parent: row.parent,
        version: Some(row.version),
        ..Typed::default()
    };
    form(&call, StatusCode::OK, None, typed)
}

/// Shows the form with the writer's draft of a published page.
async fn continued(call: &Call, draft: SeenDraft<'_>, reader: Reader<'_>) -> Answer {
    let (site, row, page) = (&call.app.site, draft.row(), draft.page());
    let text = site.page_draft_body(draft).await?;
    let body = site
        .text_as(reader, Place::on(page), &text, Format::Storage)
        .await?;
    let typed = Typed {
        title: row.title.to_string(),
        body,
        parent: page.row().parent,
        version: Some(row.base),
        message: row.message.to_string(),
        ..Typed::default()
    };
    let notice = Notice {
        kind: NoticeKind::Done,
        text: "This is your draft, which only you can see. Readers see the published text until \
               you publish the draft."
            .into(),
    };
    form(call, StatusCode::OK, Some(notice), typed)
}

/// `POST` writes the version; it saves, publishes or discards a draft, and moves the page.
pub(super) async fn edit(mut call: Call) -> Answer {
    let id = page(&call)?.id();
    let body = call.long_form().await?;
    let fields = body.fields();
    let was = page(&call)?.row().clone();
    if fields.get("do") == Some("discard") {
        return discard(&call, &was).await;
    }
    let draft = Typed::is_draft(&fields)?;
    let mut typed = Typed::read(&fields, &call.view)?;
    // Without the version that was edited, somebody else's text would be overwritten unseen.
    let edited: u32 = fields
        .sent("version")?
        .parse()
        .map_err(|_| Failure::bad_request("the field \"version\" of the form must be a number"))?;
    typed.version = Some(edited);
    if typed.is_wrong() {
        return form(&call, StatusCode::BAD_REQUEST, None, typed);
    }
    let kept_beside = draft && was.state != PageState::Draft;
    let in_tree = was.kind == PageKind::Page;
    let edit = EditPage {
        title: Some(typed.title.clone()),
        body: Some(typed.new_body()),
        // A draft has one version until it is published.
        version: match was.state {
            _ if draft => 1,
            PageState::Draft => 1,
            _ => edited.saturating_add(1),
        },
        message: typed.message.clone(),
        minor: false,
        save: if draft {
            Save::Draft {
                begun_on: Some(edited),
            }
        } else {
            Save::Published
        },
        // The draft of a published page doesn't move the page until it is published.
        parent: typed.parent.filter(|_| in_tree && !kept_beside),
        owner: None,
        created_at: None,
    };
    let site = &call.app.site;
    match site.edit_page(&call.credential, id, edit).await {
        Ok(_) => call.forget_typed(),
        Err(SiteError::Conflict(_)) => return overtaken(&call, id, typed).await,
        Err(error) => {
            typed.title_error = Some(told(error)?);
            return form(&call, StatusCode::BAD_REQUEST, None, typed);
        }
    }
    let to_root = !kept_beside && in_tree && typed.parent.is_none() && was.parent.is_some();
    if to_root && let Err(error) = to_the_root(&call, id).await {
        typed.parent_error = Some(told(error)?);
        typed.version = Some(edited.saturating_add(1));
        return form(&call, StatusCode::BAD_REQUEST, None, typed);
    }
    let done = if draft {
        Done::DraftKept
    } else {
        Done::Published
    };
    let view = call.view_now().await?;
    let row = view.page(id)?.row();
    let space = view.space(row.space)?;
    notice::go_on(narthex_site::address::page(&space.row().key, row), done)
}

/// Discards the draft, and leads to the published page or, if there is none, to the space.
async fn discard(call: &Call, was: &PageRow) -> Answer {
    let site = &call.app.site;
    site.discard_draft(&call.credential, was.id).await?;
    let view = call.view_now().await?;
    let key = &view.space(was.space)?.row().key;
    let path = match view.page(was.id) {
        Ok(page) => narthex_site::address::page(key, page.row()),
        Err(_) => paths::space(key).to_string(),
    };
    notice::go_on(path, Done::DraftDiscarded)
}

/// Shows what was typed again after somebody else wrote a version meanwhile, so that it can be sent
/// again knowingly.
async fn overtaken(call: &Call, id: PageId, mut typed: Typed) -> Answer {
    let view = call.view_now().await?;
    typed.version = Some(view.page(id)?.row().version);
    let notice = notice::refused(
        "Somebody else changed this page while you were writing, so your changes aren’t saved yet. \
         Open the page in another window to see what has changed. If you publish now, your text replaces theirs.",
    );
    form(call, StatusCode::CONFLICT, Some(notice), typed)
}

/// Moves a page to the root of its space, behind the pages there.
async fn to_the_root(call: &Call, id: PageId) -> Result<(), SiteError> {
    let space = call.view.page(id)?.row().space;
    let last = call.view.children(space, None).last().map(|page| page.id());
    let Some(last) = last else {
        return Err(SiteError::invalid(
            "you can’t see any page at the root of the space, so choose a parent page",
        ));
    };
    let site = &call.app.site;
    site.move_page(&call.credential, id, Beside::Below, last)
        .await
}

/// Returns the page, for people who may edit it; a folder has no text to be edited.
fn page(call: &Call) -> Result<SeenPage<'_>, Failure> {
    let page = page_asked(call)?;
    if !page.row().kind.has_text() {
        return Err(Failure::Absent);
    }
    call.require_account()?;
    call.view.require(Action::Edit, Object::Page(page.id()))?;
    Ok(page)
}

fn form(call: &Call, status: StatusCode, notice: Option<Notice<'_>>, typed: Typed) -> Answer {
    let page = page(call)?;
    let row = page.row();
    let around = Around {
        space: call.view.space(row.space)?.row(),
        page: Some(row.id),
        in_tree: row.kind == PageKind::Page,
        has_draft: row.state == PageState::Draft || call.view.page_draft(row.id).is_ok(),
        cancel: path_of(call, page)?,
    };
    draw(call, status, notice, around, typed)
}
