//! A page, a blog post or a folder, as its readers see it.

use crate::call::{Ask, Call};
use crate::failure::Failure;
use crate::respond;
use crate::route::{Answer, Flavour, Route};
use crate::web::frame;
use crate::web::handlers::{page_access, space, tree};
use crate::web::pages::moment::Size;
use crate::web::pages::page::{
    Actions, AttachmentLine, CommentView, PageLink, PageState as Shown, PageView, Rendered,
};
use crate::web::pages::tree::Tree;
use http::Method;
use narthex_access::label::LabelPrefix;
use narthex_access::view::SeenPage;
use narthex_access::{AccountId, Action, Object, PageId, PageKind, PageState, View};
use narthex_site::address;
use narthex_site::render::Html;
use std::borrow::Cow;

/// The most entries of a folder that its page lists.
const LONGEST_FOLDER: usize = 500;

pub(super) fn routes() -> Vec<Route> {
    let get_at = |template| Route::new(Method::GET, template, Flavour::Html, get).kept();
    vec![
        get_at("/wiki/spaces/{key}/pages/{id}"),
        get_at("/wiki/spaces/{key}/pages/{id}/{title}"),
        Route::new(
            Method::GET,
            "/wiki/spaces/{key}/blog/{*place}",
            Flavour::Html,
            get_blog_post,
        )
        .kept(),
    ]
}

async fn get(call: Call) -> Answer {
    let id = call.id("id")?;
    show(call, id).await
}

/// Serves a blog post. Its address may hold its day or not: only the id counts.
async fn get_blog_post(call: Call) -> Answer {
    let id = blog_post_id(&call.ask)?;
    show(call, id).await
}

/// Returns the id in the address of a blog post.
pub(super) fn blog_post_id(ask: &Ask) -> Result<PageId, Failure> {
    let place: Vec<&str> = ask.param("place").split('/').collect();
    let dated = |part: &&str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let id = match place.as_slice() {
        [year, month, day, id, ..] if [year, month, day].into_iter().all(dated) => id,
        [id] | [id, _] => id,
        _ => return Err(Failure::Absent),
    };
    id.parse().map_err(|_| Failure::Absent)
}

async fn show(call: Call, id: PageId) -> Answer {
    let view = &call.view;
    let page = view.page(id)?;
    let row = page.row();
    let space = view.space(row.space)?;
    // A page that has moved is redirected to where it is now; the caller sees both already.
    if !space.row().key.eq_ignore_ascii_case(call.param("key")) {
        return respond::see_other(&address::page(&space.row().key, row));
    }
    let body = call.rendered(|| call.app.site.page_html(view, page));
    let body = body.await?.map(Html::into_string).unwrap_or_default();
    let is_post = row.kind == PageKind::BlogPost;
    let below = (row.kind == PageKind::Folder).then(|| {
        let all = view.children(row.space, Some(id));
        all.take(LONGEST_FOLDER).map(link).collect()
    });
    let (comments, more_comments) = comments(&call, page).await?;
    frame::page(&PageView {
        chrome: frame::chrome(&call, &*row.title, None),
        space: space::head(view, space),
        tree: if is_post {
            Tree::default()
        } else {
            tree::around(view, row.space, Some(id))
        },
        ancestors: above(view, page),
        id: id.get(),
        title: (*row.title).into(),
        state: match row.state {
            PageState::Live => Shown::Live,
            PageState::Draft => Shown::Draft,
            PageState::Archived => Shown::Archived,
            PageState::Trashed => Shown::Trashed,
        },
        has_own_draft: view.page_draft(id).is_ok(),
        restricted: view
            .restrictions(id)
            .is_some_and(|lists| !lists.view().is_empty()),
        in_folder: below,
        author: author(view, row.updated_by),
        updated: frame::moment(row.updated_at),
        body: Rendered(body.into()),
        labels: labels(view, id),
        attachments: attachments(view, id),
        comments,
        more_comments,
        actions: actions(view, page),
    })
}

/// Returns the pages above a page, without the space's home page, for which the space itself is
/// shown.
fn above<'v>(view: &'v View, page: SeenPage<'v>) -> Vec<PageLink<'v>> {
    let space = view.space(page.row().space);
    let home = space.ok().and_then(|space| Some(space.homepage()?.id()));
    let above = page.ancestors().into_iter();
    above
        .filter(|page| Some(page.id()) != home)
        .map(link)
        .collect()
}

fn link(page: SeenPage<'_>) -> PageLink<'_> {
    PageLink {
        id: page.id().get(),
        title: (*page.row().title).into(),
    }
}

fn author(view: &View, id: AccountId) -> Option<Cow<'_, str>> {
    Some((*view.author(id).account()?.row().name).into())
}

fn labels(view: &View, id: PageId) -> Vec<Cow<'_, str>> {
    let rows = view.labels(Object::Page(id)).unwrap_or_default();
    let shown = rows
        .into_iter()
        .filter(|row| row.prefix == LabelPrefix::Global);
    shown.map(|row| (*row.name).into()).collect()
}

fn attachments(view: &View, id: PageId) -> Vec<AttachmentLine<'_>> {
    let rows = view.attachments(id).into_iter();
    rows.map(|row| AttachmentLine {
        file_name: (*row.file_name).into(),
        media_type: (*row.media_type).into(),
        size: Size(row.size),
        updated: frame::moment(row.updated_at),
    })
    .collect()
}

/// Returns the comments on a page as far as the response has memory for them, and how many are
/// left.
async fn comments<'v>(
    call: &'v Call,
    page: SeenPage<'v>,
) -> Result<(Vec<CommentView<'v>>, usize), Failure> {
    let (site, view) = (&call.app.site, &call.view);
    let rows = view.comments(page.id());
    let mut shown = Vec::new();
    for row in &rows {
        let body = call.rendered(|| site.comment_html(view, row.id)).await?;
        let Some(body) = body else {
            break;
        };
        shown.push(CommentView {
            id: row.id.get(),
            author: row.author.and_then(|id| author(view, id)),
            written: frame::moment(row.created_at),
            reply: row.parent.is_some(),
            body: Rendered(body.into_string().into()),
        });
    }
    let left = rows.len().saturating_sub(shown.len());
    Ok((shown, left))
}

/// Returns the actions that this reader is offered. The questions are skipped for anonymous
/// readers: without an account nobody does more than read and comment.
fn actions(view: &View, page: SeenPage<'_>) -> Actions {
    let may = |action| view.may(action, Object::Page(page.id()));
    // A draft has no reader yet who could comment.
    let may_comment = page.row().state != PageState::Draft && may(Action::Comment);
    if view.subject().account().is_none() {
        return Actions {
            comment: may_comment,
            ..Actions::default()
        };
    }
    let kind = page.row().kind;
    Actions {
        edit: kind.has_text() && may(Action::Edit),
        create_below: kind.is_in_tree() && may(Action::CreatePage),
        // The restrictions that a page above left on a folder can be lifted.
        restrict: (kind.has_text() || page.is_restricted()) && may(Action::Restrict),
        access: page_access::may_ask(view, page.id()),
        delete: may(Action::Delete),
        comment: may_comment,
    }
}
