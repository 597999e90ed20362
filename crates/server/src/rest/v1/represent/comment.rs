//! A comment as a v1 content object.

use super::body::Bodies;
use super::children::{Below, Hung};
use super::content::{Container, Content, LeftOut, Links, operations};
use super::expand::Expand;
use super::history::History;
use super::space::Space;
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base};
use crate::rest::status::status_on;
use narthex_access::view::SeenPage;
use narthex_access::{CommentPlace, CommentRow, Object, View};
use narthex_site::address;
use narthex_store::past::VersionRead;
use serde_json::{Map, Value, json};

/// How many ancestors of a comment are returned within it.
const MOST_ANCESTORS: usize = 100;

/// Builds the content object of a comment on a page that the viewer sees.
///
/// # Errors
/// Absent if it has been purged since; storage errors.
pub async fn content<'v>(
    lens: Lens<'v>,
    page: SeenPage<'v>,
    row: &'v CommentRow,
    expand: &Expand,
) -> Result<Content<'v>, Failure> {
    let id = row.id.to_string();
    let space = lens.view.space(page.row().space)?;
    let key = &space.row().key;
    let mut left_out = LeftOut::new(expand);
    let whole_space = match left_out.has("space", || {
        format!("/rest/api/space/{}", address::encoded(key))
    }) {
        true => Some(Box::pin(Space::of(lens, space, &expand.within("space"))).await?),
        false => None,
    };
    let container = match left_out.has("container", || format!("/rest/api/content/{}", row.page)) {
        true => {
            let expand = expand.within("container");
            let page = Box::pin(Content::of(lens, page, &expand)).await?;
            Some(Container::Page(Box::new(page)))
        }
        false => None,
    };
    let body = match left_out.has("body", String::new) {
        true => Some(Bodies::of_comment(lens, row.id, &expand.within("body")).await?),
        false => None,
    };
    let version = match left_out.has("version", String::new) {
        true => Some(Version::of_comment(lens, page, row).await?),
        false => None,
    };
    let operations = left_out
        .has("operations", String::new)
        .then(|| operations(lens, Object::Comment(row.id)));
    let history = left_out
        .has("history", || format!("/rest/api/content/{id}/history"))
        .then(|| History::of_comment(lens, row));
    let Hung {
        children,
        descendants,
        child_types,
    } = Hung::of(
        lens,
        |reach| Below::of_comment(row, reach),
        &id,
        &mut left_out,
    )
    .await?;
    let ancestors = match left_out.has("ancestors", String::new) {
        true => Some(ancestors(lens, row, &expand.within("ancestors")).await?),
        false => None,
    };
    left_out.never("restrictions");
    left_out.never("metadata");
    let webui = address::page(key, page.row());
    Ok(Content {
        kind: "comment",
        status: status_on(page, row.state),
        title: format!("Re: {}", page.row().title),
        space: whole_space,
        history,
        version,
        ancestors,
        operations,
        children,
        descendants,
        child_types,
        container,
        body,
        restrictions: None,
        metadata: None,
        macro_rendered_output: Map::new(),
        extensions: extensions(lens.view, row, &expand.within("extensions")),
        expandable: left_out.expandable,
        links: Links {
            webui: format!("{}?focusedCommentId={id}", below_base(&webui)),
            this: format!("{}/rest/api/content/{id}", lens.base),
            ..Links::default()
        },
        id,
    })
}

/// Returns a comment's location and the status of its thread and, if they are expanded, the words
/// that an inline comment is about.
fn extensions(view: &View, row: &CommentRow, expand: &Expand) -> Value {
    let mut extensions = json!({
        "location": row.place.word(),
        "resolution": { "status": row.resolution.word() },
    });
    if row.place == CommentPlace::Inline
        && let Some(members) = extensions.as_object_mut()
    {
        if expand.has("inlineProperties") {
            let properties = json!({
                "originalSelection": view.passage(row).unwrap_or_default(),
                "markerRef": row.marker_ref.as_ref(),
            });
            members.insert("inlineProperties".to_owned(), properties);
        } else {
            members.insert("_expandable".to_owned(), json!({ "inlineProperties": "" }));
        }
    }
    extensions
}

/// Returns the comments above this one, the topmost first.
async fn ancestors<'v>(
    lens: Lens<'v>,
    row: &CommentRow,
    expand: &Expand,
) -> Result<Vec<Content<'v>>, Failure> {
    let mut above = Vec::new();
    let mut next = row.parent;
    while let Some(parent) = next.and_then(|id| lens.view.comment(id).ok()) {
        let on = lens.view.page(parent.page)?;
        above.push(Box::pin(content(lens, on, parent, expand)).await?);
        next = parent.parent.filter(|_| above.len() < MOST_ANCESTORS);
    }
    above.reverse();
    Ok(above)
}

/// Builds the content object of a comment as it was in a version: its text is of then, all else is
/// as it is now.
///
/// # Errors
/// Absent if there is no such version; forbidden for people who see the comment but not its past;
/// storage errors.
pub async fn of_version<'v>(
    lens: Lens<'v>,
    page: SeenPage<'v>,
    row: &'v CommentRow,
    version: &VersionRead,
    expand: &Expand,
) -> Result<Content<'v>, Failure> {
    let of_now = expand.without(&["version", "body"]);
    let now = Box::pin(content(lens, page, row, &of_now)).await?;
    let mut then = now.of_then(lens, version, expand);
    if expand.has("body") {
        then.expandable.remove("body");
        let expand = expand.within("body");
        let bodies = Bodies::of_comment_version(lens, row.id, version.number, &expand);
        then.body = Some(bodies.await?);
    }
    Ok(then)
}
