//! Texts as people read them: a body's template, filled through the viewer's eyes.
//!
//! A template is the same for everybody and kept per body. Its holes are filled
//! anew for each request from the request's view: every link, mention, list and
//! included page is decided there, to any depth.

mod filling;
mod list;
mod loaded;
mod place;
mod selection;

pub use narthex_content::view::{Hosts, Policy};
pub use place::Place;

use crate::error::SiteError;
use crate::read::Text;
use crate::site::Site;
use filling::Filling;
use loaded::Loaded;
use narthex_access::view::SeenPage;
use narthex_access::{BodyId, CommentId, View};
use narthex_content::storage::Document;
use narthex_content::template::{Html, Template};
use narthex_content::view::ViewKind;
use quick_cache::Weighter;
use std::sync::Arc;

/// How a text is shown: for which purpose, and where its links begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Looks {
    pub(crate) kind: ViewKind,
    /// What stands before the paths of the site: nothing on its own pages, where a
    /// path is enough.
    pub(crate) origin: String,
}

impl Looks {
    /// On a page of the site.
    pub(crate) fn on_the_site() -> Self {
        Self {
            kind: ViewKind::View,
            origin: String::new(),
        }
    }

    /// How what is included is shown: never as a whole HTML document.
    fn within(&self) -> ViewKind {
        match self.kind {
            ViewKind::StyledView => ViewKind::ExportView,
            kind => kind,
        }
    }
}

/// Templates that were made lately, for each kind of view.
pub(crate) type Templates =
    quick_cache::sync::Cache<(BodyId, ViewKind), Arc<Template>, TemplateBytes>;

/// How many bytes of templates a node keeps.
const TEMPLATE_BYTES: u64 = 64 * 1024 * 1024;

/// Weighs templates by their bytes.
#[derive(Clone)]
pub(crate) struct TemplateBytes;

impl Weighter<(BodyId, ViewKind), Arc<Template>> for TemplateBytes {
    fn weight(&self, _: &(BodyId, ViewKind), template: &Arc<Template>) -> u64 {
        u64::try_from(template.weight())
            .unwrap_or(u64::MAX)
            .saturating_add(128)
    }
}

/// An empty cache of templates.
pub(crate) fn templates() -> Templates {
    // Rendered pages have some 8 KB.
    let items = usize::try_from(TEMPLATE_BYTES / 8192).unwrap_or(usize::MAX);
    quick_cache::sync::Cache::with_weighter(items, TEMPLATE_BYTES, TemplateBytes)
}

impl Site {
    /// The HTML of a page for whoever looks at it.
    ///
    /// # Errors
    /// Absent if its body has been purged since; storage.
    pub async fn page_html(&self, view: &View, page: SeenPage<'_>) -> Result<Html, SiteError> {
        let text = self.page_body(page).await?;
        let looks = Looks::on_the_site();
        let body = Some(page.row().body);
        self.html(view, view, Place::on(page), &text, body, &looks)
            .await
    }

    /// The HTML of a comment for whoever looks at it.
    ///
    /// # Errors
    /// Absent where the viewer doesn't see it or it has been purged; storage.
    pub async fn comment_html(&self, view: &View, id: CommentId) -> Result<Html, SiteError> {
        let text = self.comment_body(view, id).await?;
        let row = view.comment(id)?;
        let place = Place::on(view.page(row.page)?);
        let looks = Looks::on_the_site();
        self.html(view, view, place, &text, Some(row.body), &looks)
            .await
    }

    /// A text as `view` reads it, filled through the eyes of `filled_by`. `body` names
    /// the text, so that its template is kept; none for what is made once.
    ///
    /// # Errors
    /// Invalid for a text that can't be read; storage.
    pub(crate) async fn html(
        &self,
        view: &View,
        filled_by: &View,
        place: Place,
        text: &Text,
        body: Option<BodyId>,
        looks: &Looks,
    ) -> Result<Html, SiteError> {
        let template = match body {
            // What an editor opens is made of the text itself, for this viewer alone.
            Some(body) if looks.kind != ViewKind::Editor => {
                self.template(body, looks.kind, || text.document())?
            }
            _ => {
                let document = text.document()?;
                return self
                    .document_html(view, filled_by, place, document, looks)
                    .await;
            }
        };
        self.fill(filled_by, place, &template, looks).await
    }

    /// A document, as [`Site::html`].
    ///
    /// # Errors
    /// Storage.
    pub(crate) async fn document_html(
        &self,
        view: &View,
        filled_by: &View,
        place: Place,
        document: Document,
        looks: &Looks,
    ) -> Result<Html, SiteError> {
        let document = match looks.kind {
            ViewKind::Editor => crate::hidden_people::in_document(view, document),
            _ => document,
        };
        let template = self.renderer.render(&document, looks.kind);
        self.fill(filled_by, place, &template, looks).await
    }

    /// Fills a template in rounds, see [`loaded`].
    async fn fill(
        &self,
        view: &View,
        place: Place,
        template: &Template,
        looks: &Looks,
    ) -> Result<Html, SiteError> {
        let mut loaded = Loaded::default();
        loop {
            let (html, wanted) = Filling::round(view, place, template, looks, &loaded);
            // Each round reaches one level deeper, and there is a deepest.
            if wanted.is_empty() {
                return Ok(html);
            }
            self.load(view, looks, wanted, &mut loaded).await?;
        }
    }
}
