//! What one rendering needs of other pages' bodies.
//!
//! Filling a template is done in one go, without waiting; bodies come from the
//! store. So a rendering is filled in rounds: what a round finds missing is fetched
//! before the next, until nothing is. Each is fetched once, and only against the
//! witness of the view that decides.

use super::Looks;
use crate::error::SiteError;
use crate::site::Site;
use narthex_access::view::SeenPage;
use narthex_access::{PageId, View};
use narthex_content::template::Template;
use narthex_content::text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many bodies one rendering reads.
const MOST_BODIES: usize = 300;
/// How many bytes these have together.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// How long the beginning of a page is in a list, in characters.
const SUMMARY: usize = 140;

/// What of a page is shown on another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// An excerpt that its author marked, by name.
    Excerpt(Option<String>),
    /// Its page properties, by the id of the set.
    Details(Option<String>),
    /// Its beginning, as one line.
    Summary,
}

/// A part of a page; which of them, and of which page, the key says.
#[derive(Debug, Clone)]
pub(super) enum Found {
    Template(Arc<Template>),
    Details(Arc<[(String, Template)]>),
    Summary(Arc<str>),
    /// It isn't there, or is beyond what one rendering reads.
    Nothing,
}

/// A part of a page by its name.
pub(super) type Key = (PageId, Part);

/// The parts that were fetched so far.
#[derive(Debug)]
pub(super) struct Loaded {
    found: BTreeMap<Key, Found>,
    bodies_left: usize,
    bytes_left: usize,
}

impl Default for Loaded {
    fn default() -> Self {
        Self {
            found: BTreeMap::new(),
            bodies_left: MOST_BODIES,
            bytes_left: MOST_BYTES,
        }
    }
}

impl Loaded {
    /// A part; none until it was fetched.
    pub(super) fn get(&self, key: &Key) -> Option<&Found> {
        self.found.get(key)
    }

    /// Whether so many bytes may still be read.
    fn takes(&mut self, bytes: usize) -> bool {
        let left = self.bytes_left.checked_sub(bytes);
        self.bytes_left = left.unwrap_or_default();
        left.is_some()
    }
}

impl Site {
    /// Fetches what a round found missing.
    ///
    /// # Errors
    /// Storage.
    pub(super) async fn load(
        &self,
        view: &View,
        looks: &Looks,
        wanted: BTreeSet<Key>,
        loaded: &mut Loaded,
    ) -> Result<(), SiteError> {
        for (id, part) in wanted {
            let found = match view.page(id) {
                Ok(page) => match self.part(page, looks, &part, loaded).await {
                    // Purged since the view was opened: as if it had never been.
                    Err(SiteError::Absent(_)) => Found::Nothing,
                    found => found?,
                },
                Err(_) => Found::Nothing,
            };
            loaded.found.insert((id, part), found);
        }
        Ok(())
    }

    async fn part(
        &self,
        page: SeenPage<'_>,
        looks: &Looks,
        part: &Part,
        loaded: &mut Loaded,
    ) -> Result<Found, SiteError> {
        let Some(left) = loaded.bodies_left.checked_sub(1) else {
            return Ok(Found::Nothing);
        };
        loaded.bodies_left = left;
        let kind = looks.within();
        if *part == Part::Whole {
            let template = self.page_template(page, kind).await?;
            return Ok(match loaded.takes(template.weight()) {
                true => Found::Template(template),
                false => Found::Nothing,
            });
        }
        let text = self.page_body(page).await?;
        if !loaded.takes(text.text().len()) {
            return Ok(Found::Nothing);
        }
        let document = text.document()?;
        let renderer = &self.renderer;
        Ok(match part {
            Part::Whole => Found::Nothing,
            Part::Excerpt(name) => renderer
                .excerpt(&document, name.as_deref(), kind)
                .map_or(Found::Nothing, |excerpt| Found::Template(Arc::new(excerpt))),
            Part::Details(id) => {
                Found::Details(renderer.details(&document, id.as_deref(), kind).into())
            }
            Part::Summary => Found::Summary(text::excerpt(&document, SUMMARY).into()),
        })
    }
}
