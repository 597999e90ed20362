//! What one rendering needs of other pages' bodies, and of the search.
//!
//! Filling a template is done in one go, without waiting; bodies come from the
//! store, and what queries find from the index. So a rendering is filled in rounds: what a round finds missing is fetched
//! before the next, until nothing is. Each is fetched once, and only against the
//! witness of the view that decides.

use super::Looks;
use super::query::Question;
use crate::error::SiteError;
use crate::search::Snapshot;
use crate::search::cql::Thing;
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
const MAX_BYTES: usize = 16 * 1024 * 1024;
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

/// What a round found missing.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    parts: BTreeSet<Key>,
    questions: Vec<Question>,
}

impl Wanted {
    /// Whether nothing was.
    pub(super) fn is_nothing(&self) -> bool {
        self.parts.is_empty() && self.questions.is_empty()
    }

    /// A part of a page was.
    pub(super) fn part(&mut self, key: Key) {
        self.parts.insert(key);
    }

    /// What a query finds was.
    pub(super) fn ask(&mut self, question: Question) {
        if !self.questions.contains(&question) {
            self.questions.push(question);
        }
    }
}

/// What was fetched so far.
#[derive(Debug)]
pub(super) struct Loaded {
    found: BTreeMap<Key, Found>,
    answers: Vec<(Question, Arc<[Thing]>)>,
    /// The index that all queries of this rendering are asked of, once one was; none in
    /// it where there is none.
    index: Option<Option<Snapshot>>,
    bodies_left: usize,
    bytes_left: usize,
}

impl Default for Loaded {
    fn default() -> Self {
        Self {
            found: BTreeMap::new(),
            answers: Vec::new(),
            index: None,
            bodies_left: MOST_BODIES,
            bytes_left: MAX_BYTES,
        }
    }
}

impl Loaded {
    /// A part; none until it was fetched.
    pub(super) fn get(&self, key: &Key) -> Option<&Found> {
        self.found.get(key)
    }

    /// What a question finds; none until it was asked.
    pub(super) fn answer(&self, question: &Question) -> Option<Arc<[Thing]>> {
        let known = self.answers.iter().find(|(asked, _)| asked == question);
        known.map(|(_, found)| Arc::clone(found))
    }

    /// How many questions were asked.
    pub(super) fn answered(&self) -> usize {
        self.answers.len()
    }

    /// The index to search: waited for once, however many queries there are.
    pub(super) async fn index(&mut self, site: &Site, view: &View) -> Option<Snapshot> {
        if self.index.is_none() {
            self.index = Some(site.index_at(view).await);
        }
        self.index.clone().flatten()
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
        wanted: Wanted,
        loaded: &mut Loaded,
    ) -> Result<(), SiteError> {
        for question in wanted.questions {
            let found = self.answer(view, &question, loaded).await?;
            loaded.answers.push((question, found));
        }
        for (id, part) in wanted.parts {
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
