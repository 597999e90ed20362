//! `POST /wiki/rest/api/content`: makes a page, blog post or comment.
//!
//! Request: `{"type", "title", "space": {"key"|"id"}, "ancestors": [{"id"}],
//! "status": "current"|"draft", "body": {"storage": {"value"}}}`; a comment has
//! `"container": {"id"}` instead of title and space. Labels and properties may be sent
//! along as `metadata`.

use super::get::DEFAULTS_OF_WRITES;
use super::write_body;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Object};
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::sent_metadata;
use crate::rest::v1::represent::content::Content;
use crate::rest::v1::represent::{Expand, comment};
use crate::route::Answer;
use narthex_access::{CommentId, PageKind};
use narthex_site::comment::NewComment;
use narthex_site::page::{NewPage, WhichSpace};
use narthex_site::place::Parent;
use std::str::FromStr;

enum New {
    Page(NewPage),
    Comment(NewComment),
}

pub(super) async fn handle(mut call: Call) -> Answer {
    // Kept to the end: with it its room, so that the texts of large pages don't pile up.
    let document = call.json().await?;
    let new = read(&document)?;
    let metadata = sent_metadata::read(&document.object()?)?;
    call.query().words("status", &super::get::STATUSES)?;
    let expand = Expand::or(&call.query(), &DEFAULTS_OF_WRITES);
    let base = call.base();
    match new {
        New::Page(new) => {
            let site = &call.app.site;
            let id = site
                .create_page_with(&call.credential, new, metadata, false)
                .await?;
            let view = call.view_now().await?;
            let lens = Lens::new(&call, &view, &base);
            respond::ok(
                &Content::of(lens, view.page(id)?, &expand)
                    .await?
                    .alone(lens),
            )
        }
        New::Comment(new) => {
            let site = &call.app.site;
            let id = site
                .create_comment_with(&call.credential, new, metadata)
                .await?;
            let view = call.view_now().await?;
            let lens = Lens::new(&call, &view, &base);
            let row = view.comment(id)?;
            let content = comment::content(lens, view.page(row.page)?, row, &expand).await?;
            respond::ok(&content.alone(lens))
        }
    }
}

fn read(document: &Document) -> Result<New, Failure> {
    let body = document.object()?;
    let kind = body.required("type")?.string()?;
    if kind == "comment" {
        return Ok(New::Comment(NewComment {
            page: id(&body.required("container")?.object()?, "container.id")?,
            parent: last_ancestor::<CommentId>(&body)?,
            body: write_body::read_or_empty(&body)?,
        }));
    }
    let kind = PageKind::from_word(&kind).filter(|kind| kind.has_text());
    let kind = kind.ok_or_else(|| {
        Failure::bad_request("the member \"type\" must be \"page\", \"blogpost\" or \"comment\"")
    })?;
    let draft = match body
        .optional("status")?
        .map(|status| status.string())
        .transpose()?
    {
        None => false,
        Some(status) if status == "current" => false,
        Some(status) if status == "draft" => true,
        Some(_) => {
            return Err(Failure::bad_request(
                "the member \"status\" must be \"current\" or \"draft\"",
            ));
        }
    };
    let title = body
        .optional("title")?
        .map(|title| title.string())
        .transpose()?;
    let title = match title {
        Some(title) => title,
        None if draft => String::new(),
        None => {
            return Err(body
                .required("title")
                .map_or_else(Failure::from, |_| Failure::Fault));
        }
    };
    let space = body.required("space")?.object()?;
    let space = match space.optional("id")? {
        Some(_) => WhichSpace::Id(id(&space, "space.id")?),
        None => WhichSpace::Key(space.required("key")?.string()?),
    };
    Ok(New::Page(NewPage {
        space,
        parent: last_ancestor(&body)?.map_or(Parent::Home, Parent::Page),
        kind,
        draft,
        title,
        body: write_body::read_or_empty(&body)?,
    }))
}

/// The nearest of the ancestors that are sent: the last.
pub(super) fn last_ancestor<I: FromStr>(body: &Object<'_>) -> Result<Option<I>, Failure> {
    let Some(ancestors) = body.optional("ancestors")? else {
        return Ok(None);
    };
    match ancestors.array()?.last() {
        Some(last) => Ok(Some(id(&last.object()?, "ancestors.id")?)),
        None => Ok(None),
    }
}

fn id<I: FromStr>(object: &Object<'_>, path: &str) -> Result<I, Failure> {
    let text = object.required("id")?.id_text()?;
    text.parse()
        .map_err(|_| Failure::bad_request(format!("the member \"{path}\" is no id")))
}
