//! A v2 comment: a footer comment below a page, or an inline comment at a passage of it.

use super::author;
use super::body::{Body, BodyFormat};
use super::hung::Hung;
use super::include::Include;
use super::included::Included;
use super::operation::Operation;
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base, moment};
use crate::rest::status::status_on;
use narthex_access::view::SeenPage;
use narthex_access::{CommentId, CommentPlace, CommentRow, Object, PageKind};
use narthex_site::address as site_address;
use narthex_site::version::Versioned;
use narthex_store::past::VersionRead;
use serde::Serialize;

/// A comment as it is now or as it was in a former version.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
    body: Body,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    inline: Option<Inline>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<Included<Operation>>,
    #[serde(flatten)]
    hung: Hung<'v>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<Included<Version>>,
    #[serde(rename = "_links")]
    links: Links<'v>,
}

/// The members that only an inline comment has.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Inline {
    resolution_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution_last_modifier_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution_last_modified_at: Option<String>,
}

impl Inline {
    /// Builds the members of an inline comment. Who resolved a thread, and when, belongs to the
    /// past (law 2.24).
    fn of(lens: Lens<'_>, row: &CommentRow, shows_past: bool) -> Self {
        Self {
            resolution_status: resolution(row),
            resolution_last_modifier_id: author(lens, row.resolved_by.filter(|_| shows_past)),
            resolution_last_modified_at: row.resolved_at.filter(|_| shows_past).map(moment),
        }
    }
}

#[derive(Debug, Serialize)]
struct Links<'v> {
    webui: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<&'v str>,
}

/// The words for the resolution of a thread.
pub const RESOLUTIONS: &[&str] = &["open", "reopened", "resolved", "dangling"];

/// Returns the word for the resolution of a comment's thread.
pub fn resolution(row: &CommentRow) -> &'static str {
    row.resolution.word()
}

/// Returns the address of a comment below `/wiki/api/v2`.
pub fn address(row: &CommentRow) -> String {
    let all = match row.place {
        CommentPlace::Footer => "footer-comments",
        CommentPlace::Inline => "inline-comments",
    };
    format!("{all}/{}", row.id)
}

/// Returns the title of the comments on a page.
pub fn title(page: SeenPage<'_>) -> String {
    format!("Re: {}", page.row().title)
}

impl<'v> Comment<'v> {
    /// Builds the object of a comment that the viewer sees.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage errors.
    pub async fn of(lens: Lens<'v>, row: &CommentRow, format: BodyFormat) -> Result<Self, Failure> {
        let page = lens.view.page(row.page)?;
        let space = lens.view.space(page.row().space)?;
        let on = |kind: PageKind| (page.row().kind == kind).then(|| row.page.to_string());
        let parent = row
            .parent
            .filter(|parent| lens.view.comment(*parent).is_ok());
        let webui = site_address::page(&space.row().key, page.row());
        let inline = row.place == CommentPlace::Inline;
        Ok(Self {
            id: row.id.to_string(),
            status: status_on(page, row.state),
            title: title(page),
            page_id: on(PageKind::Page),
            blog_post_id: on(PageKind::BlogPost),
            parent_comment_id: parent.map(|parent| parent.to_string()),
            version: Some(Version::of_comment(lens, row, page.shows_past()).await?),
            body: Body::of_comment(lens, row.id, format).await?,
            inline: inline.then(|| Inline::of(lens, row, page.shows_past())),
            operations: None,
            hung: Hung::default().about(lens.view, row),
            versions: None,
            links: Links {
                webui: format!("{}?focusedCommentId={}", below_base(&webui), row.id),
                base: None,
            },
        })
    }

    /// Changes the object to that of a former version.
    ///
    /// # Errors
    /// As [`Body::of_version`].
    pub async fn former(
        mut self,
        lens: Lens<'v>,
        id: CommentId,
        read: &VersionRead,
        format: BodyFormat,
    ) -> Result<Self, Failure> {
        self.status = "historical";
        self.version = Some(Version::read(lens, read));
        let of = Versioned::Comment(id);
        self.body = Body::of_version(lens, of, read.number, format).await?;
        Ok(self)
    }

    /// Adds the lists that the request includes.
    ///
    /// # Errors
    /// Absent if the comment has been purged since; storage errors.
    pub async fn including(
        mut self,
        lens: Lens<'v>,
        row: &CommentRow,
        include: Include,
    ) -> Result<Self, Failure> {
        let address = address(row);
        if !include.version {
            self.version = None;
        }
        let object = Object::Comment(row.id);
        self.operations = include
            .operations
            .then(|| Operation::included(lens, object, &address));
        if include.versions {
            let past = lens.view.page(row.page)?.shows_past();
            let of = Versioned::Comment(row.id);
            self.versions = Some(Version::included(lens, of, past, &address).await?);
        }
        // Comments have no labels.
        let hung = Include {
            labels: false,
            ..include
        };
        self.hung = Hung::of(lens, object, &address, hung)
            .await?
            .about(lens.view, row);
        Ok(self)
    }

    /// Completes the object for a response that consists of it alone.
    #[must_use]
    pub fn alone(mut self, lens: Lens<'v>) -> Self {
        self.links.base = Some(lens.base);
        self
    }
}
