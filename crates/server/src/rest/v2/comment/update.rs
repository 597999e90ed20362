//! `PUT /wiki/api/v2/footer-comments/{id}`: a new version of a comment.
//!
//! Request: `{"version": {"number"}, "body"}`; the number is the current one and 1.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::page::write_body;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::comment::Comment;
use crate::route::Answer;
use narthex_access::CommentId;
use narthex_site::comment::EditComment;

pub(super) async fn handle(mut call: Call) -> Answer {
    call.require_account()?;
    let edit = read(&call.json().await?)?;
    let format = BodyFormat::as_sent(edit.body.as_ref());
    let id: CommentId = call.id("id")?;
    call.app
        .site
        .edit_comment(&call.credential, id, edit)
        .await?;
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    respond::ok(&Comment::of(lens, view.comment(id)?, format).await?)
}

fn read(document: &Document) -> Result<EditComment, Failure> {
    let body = document.object()?;
    let number = body
        .required("version")?
        .object()?
        .required("number")?
        .number()?;
    Ok(EditComment {
        body: write_body::read(&body)?,
        version: u32::try_from(number).unwrap_or(u32::MAX),
        resolved: None,
    })
}
