//! A comment as a v1 content object.

use super::body::Bodies;
use super::content::{Container, Content, LeftOut, Links, operations};
use super::expand::Expand;
use super::space::Space;
use super::user::User;
use super::version::{Told, Version};
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base};
use narthex_access::view::SeenPage;
use narthex_access::{CommentRow, Object};
use narthex_site::address;
use serde_json::{Map, json};

/// A comment on a page that the viewer sees.
///
/// # Errors
/// Absent if it has been purged since; storage.
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
        format!("/rest/api/space/{}", address::segment(key))
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
    let version = left_out.has("version", String::new).then(|| {
        if page.shows_past() || row.version == 1 {
            let (number, by, at) = (row.version, row.updated_by, row.updated_at);
            Version::told(
                lens,
                &id,
                Told {
                    number,
                    by,
                    at,
                    message: String::new(),
                    minor: false,
                },
            )
        } else {
            Version::bare(User::HIDDEN, row.version, row.updated_at)
        }
    });
    let operations = left_out
        .has("operations", String::new)
        .then(|| operations(lens, Object::Comment(row.id), "comment"));
    for part in [
        "history",
        "ancestors",
        "children",
        "descendants",
        "restrictions",
        "metadata",
    ] {
        left_out.never(part);
    }
    let resolution = row.resolution.word();
    let webui = address::page(key, page.row());
    Ok(Content {
        kind: "comment",
        status: row.state.word(),
        title: format!("Re: {}", page.row().title),
        space: whole_space,
        history: None,
        version,
        ancestors: None,
        operations,
        children: None,
        container,
        body,
        restrictions: None,
        metadata: None,
        macro_rendered_output: Map::new(),
        extensions: json!({
            "location": row.place.word(),
            "resolution": { "status": resolution },
        }),
        expandable: left_out.expandable,
        links: Links {
            webui: format!("{}?focusedCommentId={id}", below_base(&webui)),
            this: format!("{}/rest/api/content/{id}", lens.base),
            ..Links::default()
        },
        id,
    })
}
