//! Looking at very many pages, one after the other: a search that a tenth of a large site
//! fits decides ten thousand times for each page of hits.

use super::{SeenPage, View};
use crate::decide::has_channel;
use crate::id::{PageId, SpaceId};
use alloc::collections::BTreeMap;

/// A view that remembers which spaces have no open channel: no page of theirs need be
/// decided one by one. What it shows is exactly what the view shows.
#[derive(Debug)]
pub struct Looking<'view> {
    view: &'view View,
    open: BTreeMap<SpaceId, bool>,
}

impl View {
    /// Begins to look at many pages.
    #[must_use]
    pub fn looking(&self) -> Looking<'_> {
        Looking {
            view: self,
            open: BTreeMap::new(),
        }
    }
}

impl<'view> Looking<'view> {
    /// A page or blog post by id, if it is there for the subject: as [`View::page`].
    #[must_use]
    pub fn page(&mut self, id: PageId) -> Option<SeenPage<'view>> {
        let view = self.view;
        let space = view.catalogue.page(id)?.row().space;
        let open = self
            .open
            .entry(space)
            .or_insert_with(|| has_channel(&view.catalogue, &view.subject, space, view.door));
        open.then(|| view.page(id).ok()).flatten()
    }
}
