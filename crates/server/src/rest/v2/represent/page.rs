//! A v2 page or blog post, as it is now, as it was in a former version, or as the viewer's draft.

use super::author;
use super::body::{Body, BodyFormat};
use super::hung::Hung;
use super::include::Include;
use super::included::Included;
use super::operation::Operation;
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::{Lens, below_base, moment};
use narthex_access::view::{SeenDraft, SeenPage};
use narthex_access::{Action, Object, PageKind, PageState};
use narthex_site::page_draft;
use narthex_site::version::Versioned;
use narthex_site::{address, place};
use narthex_store::past::VersionRead;
use serde::Serialize;

/// A page or blog post with the lists that the request includes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<'v> {
    id: String,
    status: &'static str,
    title: String,
    space_id: String,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    of_page: Option<OfPage>,
    author_id: Option<String>,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
    body: Body,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<Included<Operation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<Included<Version>>,
    #[serde(flatten)]
    hung: Hung<'v>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_favorited_by_current_user: Option<bool>,
    #[serde(rename = "_links")]
    links: Links<'v>,
}

/// The members that a page of the tree has and a blog post doesn't.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    editui: Option<String>,
    tinyui: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<&'v str>,
}

/// Returns the address of a page, blog post or folder below `/wiki/api/v2`.
pub(super) fn address_of(page: SeenPage<'_>) -> String {
    let all = match page.row().kind {
        PageKind::Page => "pages",
        PageKind::BlogPost => "blogposts",
        PageKind::Folder => "folders",
    };
    format!("{all}/{}", page.id())
}

impl<'v> Page<'v> {
    /// Builds the object of a page or blog post.
    ///
    /// # Errors
    /// Absent if it has been purged since; storage errors.
    pub async fn of(
        lens: Lens<'v>,
        page: SeenPage<'v>,
        format: BodyFormat,
    ) -> Result<Self, Failure> {
        Self::including(lens, page, format, Include::NOTHING).await
    }

    /// Builds the object of a page or blog post, with the lists that the request includes.
    ///
    /// # Errors
    /// As [`Page::of`].
    pub async fn including(
        lens: Lens<'v>,
        page: SeenPage<'v>,
        format: BodyFormat,
        include: Include,
    ) -> Result<Self, Failure> {
        let version = if include.version {
            Some(Version::of_page(lens, page).await?)
        } else {
            None
        };
        let body = Body::of_page(lens, page, format).await?;
        let mut made = Self::bare(lens, page, version, body)?;
        made.include(lens, page, include).await?;
        Ok(made)
    }

    /// Builds the object of a page or blog post as it was in a former version.
    ///
    /// # Errors
    /// As [`Page::of`].
    pub async fn former(
        lens: Lens<'v>,
        page: SeenPage<'v>,
        read: &VersionRead,
        format: BodyFormat,
        include: Include,
    ) -> Result<Self, Failure> {
        let version = include.version.then(|| Version::read(lens, read));
        let of = Versioned::Page(page.id());
        let body = Body::of_version(lens, of, read.number, format).await?;
        let mut made = Self::bare(lens, page, version, body)?;
        made.status = "historical";
        made.title.clone_from(&read.title);
        made.include(lens, page, include).await?;
        Ok(made)
    }

    /// Builds the object of a page or blog post as it is in the viewer's draft.
    ///
    /// # Errors
    /// Absent if the draft has been discarded since; storage errors.
    pub async fn draft(
        lens: Lens<'v>,
        draft: SeenDraft<'v>,
        (format, include): (BodyFormat, Include),
    ) -> Result<Self, Failure> {
        let page = draft.page();
        let text = match format {
            BodyFormat::None => None,
            BodyFormat::As(_) => Some(lens.site.page_draft_body(draft).await?),
        };
        let version = page_draft::as_version(draft);
        let version = include.version.then(|| Version::read(lens, &version));
        let body = Body::of_text(lens, page, text.as_ref(), format).await?;
        let mut made = Self::bare(lens, page, version, body)?;
        made.status = PageState::Draft.word();
        made.title = draft.row().title.to_string();
        made.include(lens, page, include).await?;
        Ok(made)
    }

    fn bare(
        lens: Lens<'v>,
        page: SeenPage<'v>,
        version: Option<Version>,
        body: Body,
    ) -> Result<Self, Failure> {
        let row = page.row();
        let space = lens.view.space(row.space)?;
        let of_page = (row.kind == PageKind::Page).then(|| {
            let parent = page.parent();
            OfPage {
                parent_id: parent.map(|parent| parent.id().to_string()),
                parent_type: parent.map(|parent| parent.row().kind.word()),
                position: place::visible_position(lens.view, &page),
                owner_id: author(lens, Some(row.owner)),
                last_owner_id: None,
            }
        });
        Ok(Self {
            id: row.id.to_string(),
            status: row.state.word(),
            title: row.title.to_string(),
            space_id: row.space.to_string(),
            of_page,
            author_id: author(lens, Some(row.author)),
            created_at: moment(row.created_at),
            version,
            body,
            operations: None,
            versions: None,
            hung: Hung::default(),
            is_favorited_by_current_user: None,
            links: Links {
                webui: below_base(&address::page(&space.row().key, row)).to_owned(),
                editui: lens
                    .view
                    .may(Action::Edit, Object::Page(row.id))
                    .then(|| format!("/pages/edit?pageId={}", row.id)),
                tinyui: below_base(&address::short_link(row.id)).to_owned(),
                base: None,
            },
        })
    }

    async fn include(
        &mut self,
        lens: Lens<'v>,
        page: SeenPage<'v>,
        include: Include,
    ) -> Result<(), Failure> {
        let address = address_of(page);
        let object = Object::Page(page.id());
        self.operations = include
            .operations
            .then(|| Operation::included(lens, object, &address));
        if include.versions {
            let of = Versioned::Page(page.id());
            let past = page.shows_past();
            self.versions = Some(Version::included(lens, of, past, &address).await?);
        }
        self.hung = Hung::of(lens, object, &address, include).await?;
        self.is_favorited_by_current_user =
            include.favorited.then(|| lens.view.is_favourite(object));
        Ok(())
    }

    /// Completes the object for a response that consists of it alone.
    #[must_use]
    pub fn alone(mut self, lens: Lens<'v>) -> Self {
        self.links.base = Some(lens.base);
        self
    }
}
