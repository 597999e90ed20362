//! `PUT /wiki/rest/api/content/{id}`: a new version of a page, blog post or
//! comment; publishes a draft, restores from the trash.
//!
//! Request: `{"version": {"number", "message", "minorEdit"}, "title", "body",
//! "status", "ancestors": [{"id"}], "metadata": {"labels", "properties"}}`; the number is
//! the current one and 1. The labels that are sent take the place of those that are there.

use super::any::Any;
use super::create::last_ancestor;
use super::get::DEFAULTS_OF_WRITES;
use super::write_body;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::sent_metadata;
use crate::rest::v1::represent::Expand;
use crate::route::Answer;
use narthex_access::{AttachmentId, ContentState, PageId, PageState};
use narthex_site::comment::EditComment;
use narthex_site::metadata::Metadata;
use narthex_site::page::EditPage;

struct Update {
    edit: EditPage,
    metadata: Metadata,
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
    call.query().word("conflictPolicy", &["abort"])?;
    let Update {
        mut edit,
        metadata,
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
            site.edit_page_with(&call.credential, id, edit, metadata)
                .await?;
        }
        Means::Restore(_) | Means::RestoreAttachment(_) if !metadata.is_nothing() => {
            return Err(Failure::bad_request(
                "the member \"metadata\" can't be sent with a restore; restore first, then send it",
            ));
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
            site.edit_comment_with(&call.credential, id, edit, metadata)
                .await?;
        }
    }
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let expand = Expand::or(&call.query(), &DEFAULTS_OF_WRITES);
    let any = Any::find(&view, call.param("id"))?;
    respond::ok(&any.represent(lens, &expand).await?.alone(lens))
}

fn read(document: &Document) -> Result<Update, Failure> {
    let body = document.object()?;
    let version = body.required("version")?.object()?;
    let number = version.required("number")?.version_number()?;
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
        metadata: sent_metadata::read(&body)?,
        edit: EditPage {
            title: text(body.optional("title")?)?,
            body: write_body::read(&body)?,
            version: number,
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
