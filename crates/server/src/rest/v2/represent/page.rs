//! A v2 page or blog post.

use super::author;
use super::body::{Body, BodyFormat};
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base, moment};
use narthex_access::PageKind;
use narthex_access::view::SeenPage;
use narthex_site::{address, place};
use serde::Serialize;

/// A v2 page or blog post.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<'v> {
    id: String,
    status: &'static str,
    title: &'v str,
    space_id: String,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    of_page: Option<OfPage>,
    author_id: Option<String>,
    created_at: String,
    version: Version,
    body: Body,
    #[serde(rename = "_links")]
    links: Links<'v>,
}

/// What a page of the tree has and a blog post hasn't.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OfPage {
    parent_id: Option<String>,
    parent_type: Option<&'static str>,
    position: Option<usize>,
    owner_id: Option<String>,
    last_owner_id: Option<String>,
}

#[derive(Debug, Serialize)]
struct Links<'v> {
    webui: String,
    editui: String,
    tinyui: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<&'v str>,
}

impl<'v> Page<'v> {
    /// A page or blog post.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage.
    pub async fn of(
        lens: Lens<'v>,
        page: SeenPage<'v>,
        format: BodyFormat,
    ) -> Result<Self, Failure> {
        let row = page.row();
        let space = lens.view.space(row.space)?;
        let of_page = (row.kind == PageKind::Page).then(|| {
            let parent = page.parent();
            OfPage {
                parent_id: parent.map(|parent| parent.id().to_string()),
                parent_type: parent.map(|_| "page"),
                position: place::visible_position(lens.view, &page),
                owner_id: author(lens, Some(row.owner)),
                last_owner_id: None,
            }
        });
        Ok(Self {
            id: row.id.to_string(),
            status: row.state.word(),
            title: &row.title,
            space_id: row.space.to_string(),
            of_page,
            author_id: author(lens, Some(row.author)),
            created_at: moment(row.created_at),
            version: Version::of_page(lens, page).await?,
            body: Body::of_page(lens, page, format).await?,
            links: Links {
                webui: below_base(&address::page(&space.row().key, row)).to_owned(),
                editui: format!("/pages/edit?pageId={}", row.id),
                tinyui: format!("/x/{}", row.id),
                base: None,
            },
        })
    }

    /// The object as the answer to a request for it alone.
    #[must_use]
    pub fn alone(mut self, lens: Lens<'v>) -> Self {
        self.links.base = Some(lens.base);
        self
    }
}
