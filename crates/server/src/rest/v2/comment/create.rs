//! `POST /wiki/api/v2/footer-comments`: comments on a page or answers a comment,
//! also as nobody where that is open.
//!
//! Request: `{"pageId"|"blogPostId"|"parentCommentId", "body"}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::page::write_body;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::comment::Comment;
use crate::route::Answer;
use http::StatusCode;
use narthex_access::{CommentId, PageId};
use narthex_site::comment::NewComment;
use narthex_site::page::NewBody;

struct New {
    page: Option<PageId>,
    parent: Option<CommentId>,
    body: NewBody,
}

pub(super) async fn handle(mut call: Call) -> Answer {
    let New { page, parent, body } = read(&call.json().await?)?;
    let page = match (page, parent) {
        (Some(page), _) => page,
        (None, Some(parent)) => call.view.comment(parent)?.page,
        (None, None) => {
            return Err(Failure::bad_request(
                "one of the members \"pageId\", \"blogPostId\" and \"parentCommentId\" is needed",
            ));
        }
    };
    let format = BodyFormat::as_sent(Some(&body));
    let new = NewComment { page, parent, body };
    let id = call.app.site.create_comment(&call.credential, new).await?;
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let comment = Comment::of(lens, view.comment(id)?, format).await?;
    respond::json(StatusCode::CREATED, &comment.alone(lens))
}

fn read(document: &Document) -> Result<New, Failure> {
    let body = document.object()?;
    let id = |name: &'static str| {
        body.optional(name)
            .and_then(|node| node.map(|node| node.id_text()).transpose())
            .map_err(Failure::from)
    };
    let wrong = |_| Failure::bad_request("a page or comment is named by what is no id");
    let page = match id("pageId")? {
        Some(page) => Some(page),
        None => id("blogPostId")?,
    };
    Ok(New {
        page: page.map(|page| page.parse()).transpose().map_err(wrong)?,
        parent: id("parentCommentId")?
            .map(|parent| parent.parse())
            .transpose()
            .map_err(wrong)?,
        body: write_body::read_or_empty(&body)?,
    })
}
