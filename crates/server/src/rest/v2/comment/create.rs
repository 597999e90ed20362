//! `POST /wiki/api/v2/footer-comments`, `/inline-comments`: comments on a page, or replies to a
//! comment; also for people who aren't logged in, where commenting is open to them.
//!
//! Request: `{"pageId"|"blogPostId"|"parentCommentId", "body"}`; an inline comment that starts a
//! thread names the words that it is about: `"inlineCommentProperties": {"textSelection",
//! "textSelectionMatchCount", "textSelectionMatchIndex"}`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Object};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v2::page::write_body;
use crate::rest::v2::represent::body::BodyFormat;
use crate::rest::v2::represent::comment::{Comment, address};
use crate::route::Answer;
use http::StatusCode;
use narthex_access::{CommentId, CommentPlace, PageId};
use narthex_site::comment::NewComment;
use narthex_site::inline_comment::Passage;
use narthex_site::page::NewBody;

struct New {
    page: Option<PageId>,
    parent: Option<CommentId>,
    body: NewBody,
    passage: Option<Passage>,
}

pub(super) async fn handle(mut call: Call, place: CommentPlace) -> Answer {
    let New {
        page,
        parent,
        body,
        passage,
    } = read(&call.long_json().await?, place)?;
    let page = match (page, parent) {
        (_, Some(parent)) => {
            let parent = call.view.comment(parent)?;
            if parent.place != place || page.is_some_and(|page| page != parent.page) {
                return Err(Failure::Absent);
            }
            parent.page
        }
        (Some(page), None) => page,
        (None, None) => {
            return Err(Failure::bad_request(
                "send one of the members \"pageId\", \"blogPostId\" and \"parentCommentId\"",
            ));
        }
    };
    let format = BodyFormat::as_sent(Some(&body));
    let site = &call.app.site;
    let body = site.with_page_links(body, &call.origin())?;
    let new = NewComment { page, parent, body };
    let id = match passage {
        Some(passage) => {
            site.create_inline_comment(&call.credential, new, passage)
                .await?
        }
        None => site.create_comment(&call.credential, new).await?,
    };
    let view = call.view_now().await?;
    let base = call.base();
    let lens = Lens::new(&call, &view, &base);
    let row = view.comment(id)?;
    let comment = Comment::of(lens, row, format).await?;
    let made = respond::json(StatusCode::CREATED, &comment.alone(lens))?;
    respond::made_at(made, &format!("/wiki/api/v2/{}", address(row)))
}

fn read(document: &Document, place: CommentPlace) -> Result<New, Failure> {
    let body = document.object()?;
    let id = |name: &'static str| {
        body.optional(name)
            .and_then(|node| node.map(|node| node.id_text()).transpose())
            .map_err(Failure::from)
    };
    let wrong = |_| {
        Failure::bad_request(
            "the members \"pageId\", \"blogPostId\" and \"parentCommentId\" must be ids",
        )
    };
    for elsewhere in ["attachmentId", "customContentId"] {
        if body.optional(elsewhere)?.is_some() {
            return Err(Failure::bad_request(format!(
                "the member \"{elsewhere}\" can't be sent, because only pages and blog posts have comments; \
                 send \"pageId\" or \"blogPostId\""
            )));
        }
    }
    let page = match (id("pageId")?, id("blogPostId")?) {
        (Some(_), Some(_)) => {
            return Err(Failure::bad_request(
                "the members \"pageId\" and \"blogPostId\" both name the content of the comment; \
                 send one of them",
            ));
        }
        (page, post) => page.or(post),
    };
    let parent = id("parentCommentId")?;
    let passage = match (place, &parent) {
        (CommentPlace::Inline, None) => Some(passage(&body)?),
        (CommentPlace::Inline, Some(_)) | (CommentPlace::Footer, _) => None,
    };
    Ok(New {
        page: page.map(|page| page.parse()).transpose().map_err(wrong)?,
        parent: parent
            .map(|parent| parent.parse())
            .transpose()
            .map_err(wrong)?,
        body: write_body::read_or_empty(&body)?,
        passage,
    })
}

fn passage(body: &Object<'_>) -> Result<Passage, Failure> {
    let of = body.required("inlineCommentProperties")?.object()?;
    let number = |name: &str, otherwise: u32| match of.optional(name)? {
        Some(number) => number
            .number()
            .map(|number| u32::try_from(number).unwrap_or(u32::MAX)),
        None => Ok(otherwise),
    };
    Ok(Passage {
        selection: of.required("textSelection")?.string()?,
        count: number("textSelectionMatchCount", 1)?,
        index: number("textSelectionMatchIndex", 0)?,
    })
}
