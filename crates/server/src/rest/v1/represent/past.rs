//! Another text of a page or blog post as a v1 content object: that of a former version, for people
//! who see its past (law 2.24), or that of the viewer's own draft.

use super::body::Bodies;
use super::content::Content;
use super::expand::Expand;
use super::history::History;
use super::version::Version;
use crate::failure::Failure;
use crate::rest::lens::Lens;
use narthex_access::PageState;
use narthex_access::view::{SeenDraft, SeenPage};
use narthex_site::page_draft;
use narthex_store::past::VersionRead;

impl<'v> Content<'v> {
    /// Builds the object of a page as it was in a version: its title, text, version and history are
    /// of then, all else is as it is now.
    ///
    /// # Errors
    /// Absent if the version has been deleted since; forbidden for people who see the page but not
    /// its past; storage errors.
    pub async fn of_version(
        lens: Lens<'v>,
        page: SeenPage<'v>,
        of_then: &VersionRead,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let number = of_then.number;
        let of_now = expand.without(&["version", "history", "body"]);
        let now = Self::of(lens, page, &of_now).await?;
        let mut content = now.of_then(lens, of_then, expand);
        content.title.clone_from(&of_then.title);
        let left_out = &mut content.expandable;
        if expand.has("history") {
            left_out.remove("history");
            let expand = expand.within("history");
            let versions = lens.site.history(lens.view, page.id()).await?;
            content.history = Some(History::of_version(lens, page, &versions, number, &expand));
        }
        if expand.has("body") {
            left_out.remove("body");
            let expand = expand.within("body");
            content.body = Some(Bodies::of_version(lens, page, number, &expand).await?);
        }
        Ok(content)
    }

    /// Builds the object of a page as it is in the viewer's draft: its title, text and version are
    /// the draft's, all else is as it is published.
    ///
    /// # Errors
    /// Absent if the draft has been discarded since; storage errors.
    pub async fn of_draft(
        lens: Lens<'v>,
        draft: SeenDraft<'v>,
        expand: &Expand,
    ) -> Result<Self, Failure> {
        let published = expand.without(&["version", "body"]);
        let published = Self::of(lens, draft.page(), &published).await?;
        let mut content = published.of_then(lens, &page_draft::as_version(draft), expand);
        content.status = PageState::Draft.word();
        content.title = draft.row().title.to_string();
        if expand.has("body") {
            content.expandable.remove("body");
            let expand = expand.within("body");
            content.body = Some(Bodies::of_draft(lens, draft, &expand).await?);
        }
        Ok(content)
    }

    /// Returns the object with the status that it has now.
    #[must_use]
    pub fn now(mut self, state: PageState) -> Self {
        self.status = state.word();
        self
    }

    /// Marks the object as that of a former version.
    pub(super) fn of_then(mut self, lens: Lens<'v>, then: &VersionRead, expand: &Expand) -> Self {
        self.status = "historical";
        if expand.has("version") {
            self.expandable.remove("version");
            self.version = Some(Version::read(lens, &self.id, then));
        }
        self
    }
}
