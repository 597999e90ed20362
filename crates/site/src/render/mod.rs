//! Rendering of bodies as people read them: a body's template, filled through the viewer's view.
//!
//! A template is the same for all readers and cached per body. Its holes are filled anew for each
//! request from the request's view: every link, mention, list and included page is decided there,
//! to any depth.

mod filling;
mod list;
mod loaded;
mod place;
mod query;
mod selection;

pub use narthex_content::template::Html;
pub use narthex_content::view::{Hosts, Policy};
pub use place::Place;

use crate::error::SiteError;
use crate::site::Site;
use filling::Filling;
use loaded::Loaded;
use narthex_access::view::SeenPage;
use narthex_access::{BodyId, CommentId, View};
use narthex_content::storage::Document;
use narthex_content::template::Template;
use narthex_content::view::ViewKind;
use quick_cache::Weighter;
use std::sync::Arc;

/// How a text is shown: for which purpose, and with which beginning of its links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Looks {
    pub(crate) kind: ViewKind,
    /// The text before the paths of the site: empty on its own pages, where a path is enough.
    pub(crate) origin: String,
}

impl Looks {
    /// The looks of a page of the site.
    pub(crate) fn on_the_site() -> Self {
        Self {
            kind: ViewKind::View,
            origin: String::new(),
        }
    }

    /// Whether its templates are cached: all but those for an editor are.
    pub(crate) fn is_kept(&self) -> bool {
        self.kind != ViewKind::Editor
    }

    /// The kind of view for included content, which is never a whole HTML document.
    fn within(&self) -> ViewKind {
        match self.kind {
            ViewKind::StyledView => ViewKind::ExportView,
            kind => kind,
        }
    }
}

/// The cache of templates, for each body and kind of view.
pub(crate) type Templates =
    quick_cache::sync::Cache<(BodyId, ViewKind), Arc<Template>, TemplateBytes>;

/// The size of a node's template cache, in bytes.
const TEMPLATE_BYTES: u64 = 64 * 1024 * 1024;
/// The largest template that is cached, in bytes.
const MAX_KEPT_TEMPLATE: usize = 512 * 1024;

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

/// Makes an empty cache of templates.
pub(crate) fn templates() -> Templates {
    // A rendered page has some 8 KB.
    let items = usize::try_from(TEMPLATE_BYTES / 8192).unwrap_or(usize::MAX);
    quick_cache::sync::Cache::with_weighter(items, TEMPLATE_BYTES, TemplateBytes)
}

impl Site {
    /// Returns the HTML of a page for the viewer.
    ///
    /// # Errors
    /// Absent if its body has been purged since; storage.
    pub async fn page_html(&self, view: &View, page: SeenPage<'_>) -> Result<Html, SiteError> {
        let looks = Looks::on_the_site();
        let template = self.page_template(page, looks.kind).await?;
        self.fill(view, Place::on(page), &template, &looks).await
    }

    /// Returns the HTML of a comment for the viewer.
    ///
    /// # Errors
    /// Absent if the viewer can't see the comment or it has been purged; storage.
    pub async fn comment_html(&self, view: &View, id: CommentId) -> Result<Html, SiteError> {
        let looks = Looks::on_the_site();
        let template = self.comment_template(view, id, looks.kind).await?;
        let place = Place::on(view.page(view.comment(id)?.page)?);
        self.fill(view, place, &template, &looks).await
    }

    /// Returns the template of a page's current body, which is made once for each kind of view.
    ///
    /// # Errors
    /// Absent if its body has been purged since; storage.
    pub(crate) async fn page_template(
        &self,
        page: SeenPage<'_>,
        kind: ViewKind,
    ) -> Result<Arc<Template>, SiteError> {
        let key = (page.row().body, kind);
        match self.templates.get(&key) {
            Some(template) => Ok(template),
            None => Ok(self.keep(key, &self.page_body(page).await?.document()?)),
        }
    }

    /// Returns the template of a comment, as [`Site::page_template`] does for a page.
    ///
    /// # Errors
    /// Absent if the viewer can't see the comment or it has been purged; storage.
    pub(crate) async fn comment_template(
        &self,
        view: &View,
        id: CommentId,
        kind: ViewKind,
    ) -> Result<Arc<Template>, SiteError> {
        let key = (view.comment(id)?.body, kind);
        match self.templates.get(&key) {
            Some(template) => Ok(template),
            None => Ok(self.keep(key, &self.comment_body(view, id).await?.document()?)),
        }
    }

    fn keep(&self, key: (BodyId, ViewKind), document: &Document) -> Arc<Template> {
        let template = Arc::new(self.renderer.render(document, key.1));
        // A few long templates would drive out all those that people read.
        if template.weight() <= MAX_KEPT_TEMPLATE {
            self.templates.insert(key, template.clone());
        }
        template
    }

    /// Fills a template in rounds, see [`loaded`].
    ///
    /// # Errors
    /// Storage.
    pub(crate) async fn fill(
        &self,
        view: &View,
        place: Place,
        template: &Template,
        looks: &Looks,
    ) -> Result<Html, SiteError> {
        let mut loaded = Loaded::default();
        loop {
            let (html, wanted) = Filling::round(view, place, template, looks, &loaded);
            // Each round reaches one level deeper, and the depth is limited.
            if wanted.is_nothing() {
                return Ok(html);
            }
            self.load(view, looks, wanted, &mut loaded).await?;
        }
    }
}
