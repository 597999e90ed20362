//! `PUT /wiki/api/v2/footer-comments/{id}`, `/inline-comments/{id}`: writes a new version of a
//! comment, or resolves or reopens its thread.
//!
//! Request: `{"version": {"number", "message"}, "body", "resolved"}`; the number is one more than
//! the current one. `resolved` is for inline comments only.

use super::find;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Object};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::page::write_body;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::comment::Comment;
use crate::route::Answer;
use narthex_access::{CommentPlace, CommentRow};
use narthex_site::comment::EditComment;

pub(super) async fn handle(mut call: Call, place: CommentPlace) -> Answer {
    call.require_account()?;
    let document = call.long_json().await?;
    let mut edit = read(&document, place)?;
    let format = BodyFormat::as_sent(edit.body.as_ref());
    let row = find(&call, place)?;
    check_place(row, &document.object()?)?;
    let id = row.id;
    drop(document);
    let site = &call.app.site;
    if let Some(body) = edit.body {
        edit.body = Some(site.with_page_links(body, &call.origin())?);
    }
    site.edit_comment(&call.credential, id, edit).await?;
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let comment = Comment::of(lens, view.comment(id)?, format).await?;
    respond::ok(&comment.alone(lens))
}

/// Checks the members that repeat where a comment stands, which an edit doesn't change.
fn check_place(row: &CommentRow, body: &Object<'_>) -> Result<(), Failure> {
    let page = row.page.to_string();
    let parent = row.parent.map(|parent| parent.to_string());
    for (name, is) in [
        ("pageId", Some(&page)),
        ("blogPostId", Some(&page)),
        ("parentCommentId", parent.as_ref()),
    ] {
        let sent = body.optional(name)?.map(|id| id.id_text()).transpose()?;
        if sent.is_some_and(|sent| Some(&sent) != is) {
            return Err(Failure::bad_request(format!(
                "the member \"{name}\" names something else than the comment stands on: a comment \
                 isn't moved"
            )));
        }
    }
    Ok(())
}

fn read(document: &Document, place: CommentPlace) -> Result<EditComment, Failure> {
    let body = document.object()?;
    let version = body.required("version")?.object()?;
    let number = version.required("number")?.version_number()?;
    let message = version.optional("message")?;
    let resolved = match place {
        CommentPlace::Footer => None,
        CommentPlace::Inline => body.optional("resolved")?,
    };
    Ok(EditComment {
        body: write_body::read(&body)?,
        version: number,
        message: message
            .map(|message| message.string())
            .transpose()?
            .unwrap_or_default(),
        resolved: resolved.map(|resolved| resolved.boolean()).transpose()?,
    })
}
