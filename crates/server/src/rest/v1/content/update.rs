//! `PUT /wiki/rest/api/content/{id}`: a new version of a page, blog post or
//! comment; publishes a draft, restores from the trash.
//!
//! Request: `{"version": {"number", "message", "minorEdit"}, "title", "body",
//! "status", "ancestors": [{"id"}]}`; the number is the current one and 1.

use super::any::Any;
use super::create::last_ancestor;
use super::get::ALWAYS;
use super::write_body;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::route::Answer;
use narthex_access::{AttachmentId, ContentState, PageId, PageState};
use narthex_site::comment::EditComment;
use narthex_site::page::EditPage;

struct Update {
    edit: EditPage,
    status: Option<String>,
    resolved: Option<bool>,
}

/// What a request means for the thing that it is about.
enum Means {
    Edit(PageId),
    Restore(PageId),
    Comment(narthex_access::CommentId),
    RestoreAttachment(AttachmentId),
}

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let Update {
        mut edit,
        status,
        resolved,
    } = read(&call.json().await?)?;
    let means = match Any::find(&call.view, call.param("id"))? {
        Any::Page(page) if page.row().state == PageState::Trashed => match status.as_deref() {
            Some("current") => Means::Restore(page.id()),
            _ => Means::Edit(page.id()),
        },
        Any::Page(page) => {
            edit.publish =
                page.row().state == PageState::Draft && status.as_deref() != Some("draft");
            Means::Edit(page.id())
        }
        Any::Comment(row) => Means::Comment(row.id),
        Any::Attachment(row)
            if row.state == ContentState::Trashed && status.as_deref() == Some("current") =>
        {
            Means::RestoreAttachment(row.id)
        }
        Any::Attachment(_) => {
            return Err(Failure::bad_request(
                "an attachment is changed by PUT .../child/attachment/{id}, its bytes by POST .../data",
            ));
        }
    };
    let site = &call.app.site;
    match means {
        Means::Edit(id) => {
            site.edit_page(&call.credential, id, edit).await?;
        }
        Means::Restore(id) => site.restore_page(&call.credential, id).await?,
        Means::RestoreAttachment(id) => site.restore_attachment(&call.credential, id).await?,
        Means::Comment(id) => {
            let edit = EditComment {
                body: edit.body,
                version: edit.version,
                message: edit.message,
                resolved,
            };
            site.edit_comment(&call.credential, id, edit).await?;
        }
    }
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::of(&call.query())
        .and(&ALWAYS)
        .and(&["body.storage", "ancestors"]);
    let any = Any::find(&view, call.param("id"))?;
    respond::ok(&any.represent(lens, &expand).await?.alone(lens))
}

fn read(document: &Document) -> Result<Update, Failure> {
    let body = document.object()?;
    let version = body.required("version")?.object()?;
    let number = version.required("number")?.number()?;
    let text =
        |node: Option<crate::request::json::Node<'_>>| node.map(|node| node.string()).transpose();
    let resolved = match body.optional("extensions")? {
        Some(extensions) => match extensions.object()?.optional("resolution")? {
            Some(resolution) => {
                let status = text(resolution.object()?.optional("status")?)?;
                status.map(|status| status == "resolved")
            }
            None => None,
        },
        None => None,
    };
    let minor = version
        .optional("minorEdit")?
        .map(|minor| minor.boolean())
        .transpose()?;
    Ok(Update {
        edit: EditPage {
            title: text(body.optional("title")?)?,
            body: write_body::read(&body)?,
            // A number that is too large is no version that there can be.
            version: u32::try_from(number).unwrap_or(u32::MAX),
            message: text(version.optional("message")?)?.unwrap_or_default(),
            minor: minor.unwrap_or_default(),
            publish: false,
            parent: last_ancestor(&body)?,
            owner: None,
        },
        status: text(body.optional("status")?)?,
        resolved,
    })
}
