//! The bodies of other pages and the results of queries that one rendering needs.
//!
//! A template is filled in one go, without waiting, while bodies come from the store and the
//! results of queries from the index. So a rendering is filled in rounds: everything that a round
//! finds missing is loaded before the next, until nothing is missing. Each thing is loaded once,
//! and only against a witness of the view that decides.

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

/// The largest number of bodies that one rendering reads.
const MOST_BODIES: usize = 300;
/// The largest size of these bodies together, in bytes.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// The length of a page's beginning in a list, in characters.
const SUMMARY: usize = 140;

/// The part of a page that another page shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The whole page.
    Whole,
    /// An excerpt that its author marked, by name; `None` for the first.
    Excerpt(Option<String>),
    /// Its page properties, by the id of the set; `None` for all sets.
    Details(Option<String>),
    /// Its beginning, as one line.
    Summary,
}

/// A part of a page that was loaded; its key says which part of which page it is.
#[derive(Debug, Clone)]
pub(super) enum Found {
    Template(Arc<Template>),
    Details(Arc<[(String, Template)]>),
    Summary(Arc<str>),
    /// The part doesn't exist, or exceeds the limits of one rendering.
    Nothing,
}

/// The key of a part of a page.
pub(super) type Key = (PageId, Part);

/// The parts of pages and the queries that a round found missing.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    parts: BTreeSet<Key>,
    questions: Vec<Question>,
}

impl Wanted {
    /// Whether nothing is missing.
    pub(super) fn is_nothing(&self) -> bool {
        self.parts.is_empty() && self.questions.is_empty()
    }

    /// Notes that a part of a page is missing.
    pub(super) fn part(&mut self, key: Key) {
        self.parts.insert(key);
    }

    /// Notes that the result of a query is missing.
    pub(super) fn ask(&mut self, question: Question) {
        if !self.questions.contains(&question) {
            self.questions.push(question);
        }
    }
}

/// Everything that was loaded so far.
#[derive(Debug)]
pub(super) struct Loaded {
    found: BTreeMap<Key, Found>,
    answers: Vec<(Question, Arc<[Thing]>)>,
    /// The index that all queries of this rendering search. The outer `None` means that no query
    /// was run yet, the inner one that there is no index.
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
    /// Returns a part; `None` if it isn't loaded yet.
    pub(super) fn get(&self, key: &Key) -> Option<&Found> {
        self.found.get(key)
    }

    /// Returns the result of a query; `None` if it wasn't run yet.
    pub(super) fn answer(&self, question: &Question) -> Option<Arc<[Thing]>> {
        let known = self.answers.iter().find(|(asked, _)| asked == question);
        known.map(|(_, found)| Arc::clone(found))
    }

    /// The number of queries that were run.
    pub(super) fn answered(&self) -> usize {
        self.answers.len()
    }

    /// Returns the index to search. It is waited for once, however many queries there are.
    pub(super) async fn index(&mut self, site: &Site, view: &View) -> Option<Snapshot> {
        if self.index.is_none() {
            self.index = Some(site.index_at(view).await);
        }
        self.index.clone().flatten()
    }

    /// Whether the limit of bytes has room for so many more.
    fn takes(&mut self, bytes: usize) -> bool {
        let left = self.bytes_left.checked_sub(bytes);
        self.bytes_left = left.unwrap_or_default();
        left.is_some()
    }
}

impl Site {
    /// Loads everything that a round found missing.
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
                    // It was purged since the view was opened, and is shown as if it had never
                    // existed.
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
