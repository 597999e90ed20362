//! A v2 comment below a page.

use super::body::{Body, BodyFormat};
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base};
use narthex_access::{CommentRow, PageKind};
use narthex_site::address;
use serde::Serialize;

/// A v2 comment.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comment<'v> {
    id: String,
    status: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blog_post_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_comment_id: Option<String>,
    version: Version,
    body: Body,
    #[serde(rename = "_links")]
    links: Links<'v>,
}

#[derive(Debug, Serialize)]
struct Links<'v> {
    webui: String,
    base: &'v str,
}

impl<'v> Comment<'v> {
    /// A comment that the viewer sees.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage.
    pub async fn of(lens: Lens<'v>, row: &CommentRow, format: BodyFormat) -> Result<Self, Failure> {
        let page = lens.view.page(row.page)?;
        let space = lens.view.space(page.row().space)?;
        let on = |kind: PageKind| (page.row().kind == kind).then(|| row.page.to_string());
        let parent = row
            .parent
            .filter(|parent| lens.view.comment(*parent).is_ok());
        let webui = address::page(&space.row().key, page.row());
        let (number, by, at) = (row.version, row.updated_by, row.updated_at);
        Ok(Self {
            id: row.id.to_string(),
            status: row.state.word(),
            title: format!("Re: {}", page.row().title),
            page_id: on(PageKind::Page),
            blog_post_id: on(PageKind::BlogPost),
            parent_comment_id: parent.map(|parent| parent.to_string()),
            version: Version::of(lens, page.shows_past(), number, by, at),
            body: Body::of_comment(lens, row.id, format).await?,
            links: Links {
                webui: format!("{}?focusedCommentId={}", below_base(&webui), row.id),
                base: lens.base,
            },
        })
    }
}
