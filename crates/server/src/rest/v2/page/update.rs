//! `PUT /wiki/api/v2/pages/{id}`, `/blogposts/{id}`: writes a new version, or the caller's draft;
//! publishes a draft, restores from the trash.
//!
//! Request: `{"id", "status", "title", "spaceId", "parentId", "ownerId", "body", "version":
//! {"number", "message"}}`, of a blog post also `createdAt`, the moment it is dated; the number is
//! one more than the current one, or 1 for a draft. With the status `draft`, published content
//! stays as readers see it, and the text is stored beside it as the caller's draft; `current`
//! publishes.

use super::{find, write_body};
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Object};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::include::Include;
use crate::rest::v2::represent::page::Page;
use crate::rest::{sent_metadata, sent_moment};
use crate::route::Answer;
use narthex_access::{PageId, PageKind, PageRow, PageState, SpaceId};
use narthex_site::page::{EditPage, Save};

pub(super) async fn handle(mut call: Call, kind: PageKind) -> Answer {
    call.require_account()?;
    let document = call.long_json().await?;
    let Update { mut edit, space } = read(&document, kind, call.param("id"))?;
    let metadata = sent_metadata::read(&document.object()?)?;
    drop(document);
    let format = BodyFormat::as_sent(edit.body.as_ref());
    let page = find(&call, &call.view, kind)?;
    let (id, state) = (page.id(), page.row().state);
    if space.is_some_and(|space| space != page.row().space) {
        return Err(Failure::bad_request(
            "the member \"spaceId\" is not the id of its space, and an update doesn't move it to another space",
        ));
    }
    let (site, publishes) = (&call.app.site, edit.save == Save::Published);
    let says_nothing = edit.body.is_none() && edit.title.is_none();
    let publishes_kept = publishes && says_nothing && call.view.page_draft(id).is_ok();
    let restores = state == PageState::Trashed && publishes;
    let beside = matches!(edit.save, Save::Draft { .. }) && state != PageState::Draft;
    if (restores || publishes_kept || beside) && !metadata.is_nothing() {
        return Err(Failure::bad_request(
            "the member \"metadata\" can't be sent when restoring, or with a draft of published content; \
             send it when you publish a text",
        ));
    }
    if restores {
        check_restored(&edit, page.row())?;
        let number = Some(edit.version);
        site.restore_page(&call.credential, id, number).await?;
    } else if publishes_kept {
        site.publish_page_draft(&call.credential, id, edit).await?;
    } else {
        if let Some(body) = edit.body {
            edit.body = Some(site.with_page_links(body, &call.origin())?);
        }
        site.edit_page_with(&call.credential, id, edit, metadata)
            .await?;
        if beside {
            return kept(&call, id, format).await;
        }
    }
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let page = Page::of(lens, view.page(id)?, format).await?;
    respond::ok(&page.alone(lens))
}

/// Checks that a request that restores a page changes nothing else of it: restoring takes neither
/// a title nor a place, and a page that was meant to stand below another would be left in the open.
fn check_restored(edit: &EditPage, row: &PageRow) -> Result<(), Failure> {
    let changed = [
        (
            "title",
            edit.title
                .as_deref()
                .is_some_and(|title| title != &*row.title),
        ),
        (
            "parentId",
            edit.parent.is_some_and(|parent| Some(parent) != row.parent),
        ),
        (
            "ownerId",
            edit.owner.is_some_and(|owner| owner != row.owner),
        ),
    ];
    match changed.iter().find(|(_, is_changed)| *is_changed) {
        Some((name, _)) => Err(Failure::bad_request(format!(
            "the member \"{name}\" can't be changed while the page is restored: nothing was done; \
             restore it first, and change it then"
        ))),
        None => Ok(()),
    }
}

/// Responds with the caller's draft of a published page.
pub(super) async fn kept(call: &Call, id: PageId, format: BodyFormat) -> Answer {
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(call, &view, &base);
    let draft = Page::draft(lens, view.page_draft(id)?, (format, Include::NOTHING)).await?;
    respond::ok(&draft.alone(lens))
}

struct Update {
    edit: EditPage,
    space: Option<SpaceId>,
}

fn read(document: &Document, kind: PageKind, id: &str) -> Result<Update, Failure> {
    let body = document.object()?;
    if body
        .optional("id")?
        .map(|sent| sent.id_text())
        .transpose()?
        .is_some_and(|sent| sent != id)
    {
        return Err(Failure::bad_request(
            "the member \"id\" is not the id in the path",
        ));
    }
    let version = body.required("version")?.object()?;
    let number = version.required("number")?.version_number()?;
    let message = version
        .optional("message")?
        .map(|message| message.string())
        .transpose()?;
    let parent = match body.optional("parentId")? {
        Some(parent) => Some(
            parent
                .id_text()?
                .parse()
                .map_err(|_| Failure::bad_request("the member \"parentId\" must be an id"))?,
        ),
        None => None,
    };
    let owner = match body.optional("ownerId")? {
        Some(owner) => Some(owner.id_text()?.parse().map_err(|_| {
            Failure::bad_request("the member \"ownerId\" must be the id of an account")
        })?),
        None => None,
    };
    let space = match body.optional("spaceId")? {
        Some(space) => Some(
            space
                .id_text()?
                .parse()
                .map_err(|_| Failure::bad_request("the member \"spaceId\" must be an id"))?,
        ),
        None => None,
    };
    let save = save(&body)?;
    let edit = EditPage {
        title: body
            .optional("title")?
            .map(|title| title.string())
            .transpose()?,
        body: write_body::read(&body)?,
        version: number,
        message: message.unwrap_or_default(),
        minor: false,
        save,
        parent,
        owner,
        created_at: match kind {
            PageKind::BlogPost => sent_moment::created_at(&body)?,
            PageKind::Page | PageKind::Folder => None,
        },
    };
    Ok(Update { edit, space })
}

/// Decides by the status of a request how its text is saved. The published document requires a
/// status; a request without one never publishes a draft.
fn save(body: &Object<'_>) -> Result<Save, Failure> {
    let status = body.optional("status")?;
    let status = status.map(|status| status.string()).transpose()?;
    match status.as_deref() {
        None => Ok(Save::InPlace),
        Some("current") => Ok(Save::Published),
        Some("draft") => Ok(Save::Draft { begun_on: None }),
        Some(_) => Err(Failure::bad_request(
            "the member \"status\" must be \"current\" or \"draft\"; a page is trashed by DELETE",
        )),
    }
}
