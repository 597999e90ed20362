//! `POST /wiki/rest/api/content`: creates a page, blog post or comment.
//!
//! Request: `{"type", "title", "space": {"key"|"id"}, "ancestors": [{"id"}], "status":
//! "current"|"draft", "body": {"storage": {"value"}}}`; a comment has `"container": {"id"}` instead
//! of title and space. Labels and properties may be sent along as `metadata`; a blog post is dated
//! `history.createdDate`, if that is sent. With the `id` of a draft and the status `current` that
//! draft is published. `?status=` means the same as the member.

use super::any::Any;
use super::get::DEFAULTS_OF_WRITES;
use super::same;
use super::status::{Asked, Wanted};
use super::write_body;
use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::{Document, Object};
use crate::request::query::Parameters;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::content::Content;
use crate::rest::v1::represent::{Expand, comment};
use crate::rest::{sent_metadata, sent_moment};
use crate::route::Answer;
use narthex_access::{CommentId, PageId, PageKind, PageState};
use narthex_site::comment::NewComment;
use narthex_site::page::{EditPage, NewPage, Save, WhichSpace};
use narthex_site::place::Parent;
use std::str::FromStr;

enum New {
    Page(NewPage),
    /// A draft to be published.
    Publish(PageId, EditPage),
    Comment(NewComment),
}

pub(super) async fn handle(mut call: Call) -> Answer {
    // The document lives until the response is made, and with it the room it takes, so that the
    // texts of large pages don't pile up.
    let document = call.long_json().await?;
    let new = read(&call.query(), &document)?;
    check_place(&call, &new, &document.object()?)?;
    let metadata = sent_metadata::read(&document.object()?)?;
    let expand = Expand::or(&call.query(), &DEFAULTS_OF_WRITES);
    let base = call.base();
    match new {
        New::Page(mut new) => {
            let site = &call.app.site;
            new.body = site.with_page_links(new.body, &call.origin())?;
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
        New::Publish(id, mut edit) => {
            call.require_account()?;
            let draft = call.view.page(id)?;
            same::check(&call, Any::Page(draft), &document.object()?)?;
            if draft.row().state != PageState::Draft {
                return Err(Failure::bad_request(
                    "the member \"id\" must be the id of a draft; update published content with PUT",
                ));
            }
            let site = &call.app.site;
            if let Some(body) = edit.body {
                edit.body = Some(site.with_page_links(body, &call.origin())?);
            }
            site.edit_page_with(&call.credential, id, edit, metadata)
                .await?;
            let view = call.view_now().await?;
            let lens = Lens::new(&call, &view, &base);
            let content = Content::of(lens, view.page(id)?, &expand).await?;
            respond::ok(&content.alone(lens))
        }
        New::Comment(mut new) => {
            let site = &call.app.site;
            new.body = site.with_page_links(new.body, &call.origin())?;
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

/// Checks the members that repeat where new content stands, so that none of them is ignored: the
/// space of a page by its other name, the container of a page, the space and location of a comment.
fn check_place(call: &Call, new: &New, body: &Object<'_>) -> Result<(), Failure> {
    match new {
        New::Page(new) => check_space(call, &new.space, body),
        New::Publish(..) => Ok(()),
        New::Comment(new) => {
            if let Ok(page) = call.view.page(new.page) {
                same::check_space(call, Any::Page(page), body)?;
            }
            let Some(extensions) = body.optional("extensions")? else {
                return Ok(());
            };
            let extensions = extensions.object()?;
            let location = extensions.optional("location")?;
            let location = location.map(|location| location.string()).transpose()?;
            if location.is_some_and(|location| location != "footer")
                || extensions.optional("inlineProperties")?.is_some()
            {
                return Err(Failure::bad_request(
                    "a comment at a passage is made by POST /wiki/api/v2/inline-comments; leave the \
                     member \"extensions\" out to comment below the page",
                ));
            }
            Ok(())
        }
    }
}

/// Checks that the space's other name, and the container of a page, are the same space.
fn check_space(call: &Call, space: &WhichSpace, body: &Object<'_>) -> Result<(), Failure> {
    let named = match space {
        WhichSpace::Id(id) => call.view.space(*id),
        WhichSpace::Key(key) => call.view.space_by_key(key),
    };
    // Creating the page refuses a space that isn't there.
    let Ok(named) = named else {
        return Ok(());
    };
    for name in ["space", "container"] {
        let Some(object) = body.optional(name)? else {
            continue;
        };
        let object = object.object()?;
        let key = object
            .optional("key")?
            .map(|key| key.string())
            .transpose()?;
        let id = object.optional("id")?.map(|id| id.id_text()).transpose()?;
        let is_same = key.is_none_or(|key| key.eq_ignore_ascii_case(&named.row().key))
            && id.is_none_or(|id| id == named.id().to_string());
        if !is_same {
            return Err(Failure::bad_request(match name {
                "space" => {
                    "the members \"space.id\" and \"space.key\" name different spaces; send one of them"
                }
                _ => {
                    "the member \"container\" of a page or blog post is its space; the page that a \
                     page is to stand below is the last of its \"ancestors\""
                }
            }));
        }
    }
    Ok(())
}

fn read(query: &Parameters<'_>, document: &Document) -> Result<New, Failure> {
    let body = document.object()?;
    let kind = body.required("type")?.string()?;
    let status = Asked::of(query, &body)?;
    if status.wanted == Some(Wanted::Trashed)
        || kind == "comment" && status.wanted == Some(Wanted::Draft)
    {
        return Err(Failure::bad_request(
            "new content must have the status \"current\", or, as a page or blog post, \"draft\"",
        ));
    }
    if kind == "comment" {
        if body.optional("id")?.is_some() {
            return Err(Failure::bad_request(
                "the member \"id\" is for publishing a draft, and comments have no drafts; leave it out",
            ));
        }
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
    if let Some(draft) = body.optional("id")? {
        let draft = draft.id_text()?;
        let draft = draft
            .parse()
            .map_err(|_| Failure::bad_request("the member \"id\" must be an id"))?;
        return publish(draft, kind, status, &body);
    }
    if status.of_draft {
        return Err(Failure::bad_request(
            "status=draft in the query is for publishing a draft, so send its \"id\"; for new content send one status",
        ));
    }
    let draft = status.wanted == Some(Wanted::Draft);
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
        created_at: match kind {
            PageKind::BlogPost => sent_moment::created_date(&body)?,
            PageKind::Page | PageKind::Folder => None,
        },
    }))
}

/// Reads a draft to be published: what isn't sent stays as it is in the draft.
fn publish(
    draft: PageId,
    kind: PageKind,
    status: Asked,
    body: &Object<'_>,
) -> Result<New, Failure> {
    if status.wanted != Some(Wanted::Current) {
        return Err(Failure::bad_request(
            "the member \"id\" is for publishing a draft; send the status \"current\" with it, \
             or leave it out to create new content",
        ));
    }
    let title = body.optional("title")?;
    let edit = EditPage {
        title: title.map(|title| title.string()).transpose()?,
        body: write_body::read(body)?,
        version: 1,
        save: Save::Published,
        parent: last_ancestor(body)?,
        created_at: match kind {
            PageKind::BlogPost => sent_moment::created_date(body)?,
            PageKind::Page | PageKind::Folder => None,
        },
        ..EditPage::default()
    };
    Ok(New::Publish(draft, edit))
}

/// Returns the nearest of the ancestors that are sent, which is the last.
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
        .map_err(|_| Failure::bad_request(format!("the member \"{path}\" must be an id")))
}
