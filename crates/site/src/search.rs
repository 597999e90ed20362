//! Search: the hits of the site's index, as far as the caller sees them.
//!
//! The index follows the journal behind the catalogue. A search brings it to the revision of its
//! view and waits for that, a second at most, so it finds everything written before it. The index
//! is only a hint where to look: see [`narthex_search::find`].

mod entry;
mod index;

pub use narthex_search::{cql, excerpt, find, people, text};

use crate::error::SiteError;
use crate::read::Text;
use crate::site::Site;
use cql::Query;
use excerpt::Excerpt;
use find::{Asked, FindError, Found, Item};
use index::Search;
use narthex_access::{Credential, View};
use narthex_content::text::plain;
use narthex_store::DbError;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub(crate) use index::Search as SearchIndex;
pub(crate) use narthex_search::index::Snapshot;

/// Hits, and the view in which they were looked up. It is at least as new as the view that the
/// search was called with.
#[derive(Debug)]
pub struct Searched {
    /// The view in which the hits were looked up.
    pub view: View,
    /// The hits, in their order.
    pub found: Found,
}

/// How long a search waits for the index to reach the revision of its view.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// How often a search takes a newer view because the index has moved on meanwhile.
const VIEWS: usize = 4;

impl Site {
    /// Returns the site with a search index in a folder. The folder may be missing: it is opened or
    /// created when it is needed first. A search waits for `patience` until the index reaches the
    /// revision of its view ([`PATIENCE`], except in tests on a busy machine).
    #[must_use]
    pub fn with_search(self, home: PathBuf, patience: Duration) -> Self {
        let search = Search::new(self.store.clone(), home, patience);
        Self {
            search: Some(Arc::new(search)),
            ..self
        }
    }

    /// Returns the hits of a query for a credential, whose present view is `view`.
    ///
    /// # Errors
    /// Invalid for a cursor of another query; unauthorized for a credential that has become wrong;
    /// storage if there is no index yet that can be searched.
    pub async fn search(
        &self,
        credential: &Credential,
        view: &View,
        query: &Query,
        asked: &Asked,
    ) -> Result<Searched, SiteError> {
        let mut view = view.clone();
        if !find::needs_index(query) {
            let found = found(&view, None, query, asked).await?;
            return Ok(Searched { view, found });
        }
        let search = self.search.as_ref().ok_or_else(no_index)?;
        for attempt in 1.. {
            let snapshot = search
                .at((view.revision(), view.mark()))
                .await
                .ok_or_else(no_index)?;
            // The index knows only the new state of what has changed meanwhile.
            if snapshot.place().revision > view.revision() && attempt < VIEWS {
                view = self.view(credential, view.door()).await?;
                continue;
            }
            match found(&view, Some(snapshot), query, asked).await {
                Err(SiteError::Storage(error)) if attempt < VIEWS => {
                    tracing::warn!(%error, "the search index can't be read: it is opened anew");
                    search.distrust();
                }
                outcome => {
                    return Ok(Searched {
                        view,
                        found: outcome?,
                    });
                }
            }
        }
        Err(no_index())
    }

    /// Returns the index at the revision of a view, or as near to it as can be reached in time;
    /// `None` if there is no index.
    pub(crate) async fn index_at(&self, view: &View) -> Option<Snapshot> {
        let search = self.search.as_ref()?;
        search.at((view.revision(), view.mark())).await
    }

    /// Returns the hits of a query in a view that can't be exchanged for a newer one.
    ///
    /// # Errors
    /// Storage if the index can't be read; the next search that needs it opens it anew.
    pub(crate) async fn find_in(
        &self,
        view: &View,
        index: Option<Snapshot>,
        query: &Query,
        asked: &Asked,
    ) -> Result<Found, SiteError> {
        let outcome = found(view, index, query, asked).await;
        if let (Err(SiteError::Storage(_)), Some(search)) = (&outcome, &self.search) {
            search.distrust();
        }
        outcome
    }

    /// Returns the passages that show why the hits were found, in the order of the hits, from the
    /// texts that the caller reads. A hit without a text has `None`.
    ///
    /// # Errors
    /// Storage. A hit that was purged meanwhile has no passage.
    pub async fn excerpts_of_hits(
        &self,
        view: &View,
        items: &[Item<'_>],
        query: &Query,
    ) -> Result<Vec<Option<Excerpt>>, SiteError> {
        let mut excerpts = Vec::with_capacity(items.len());
        let mut items = items.iter();
        while items.len() > 0 {
            let (mut texts, mut bytes) = (Vec::new(), 0);
            while texts.len() < MAX_TEXTS_HELD && bytes < MAX_BYTES_HELD {
                let Some(item) = items.next() else {
                    break;
                };
                let text = self.text_of_hit(view, item).await?;
                bytes += text.as_ref().map_or(0, HitText::bytes);
                texts.push(text);
            }
            excerpts.append(&mut cut(texts, query).await);
        }
        Ok(excerpts)
    }

    async fn text_of_hit(
        &self,
        view: &View,
        item: &Item<'_>,
    ) -> Result<Option<HitText>, SiteError> {
        let text = match item {
            Item::Page(page) => self.page_body(*page).await,
            Item::Comment(row, _) => self.comment_body(view, row.id).await,
            Item::Attachment(..) => return Ok(None),
            Item::Space(space) => {
                return Ok(Some(HitText::Plain(space.row().description.to_string())));
            }
        };
        match text {
            Ok(text) => Ok(Some(HitText::Body(text))),
            Err(SiteError::Absent(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Brings the index to the newest revision, and rebuilds it if that was requested. A server
    /// calls this now and then, so that searches needn't do the work.
    pub async fn keep_index(&self) {
        if let Some(search) = &self.search {
            search.keep().await;
        }
    }

    /// Rebuilds the index in a folder, or requests that the servers that use it do so.
    ///
    /// # Errors
    /// Storage, if the folder can't be read or written.
    pub async fn rebuild_index(&self, home: &Path) -> Result<Rebuilt, SiteError> {
        let asked = narthex_search::index::Folder::ask_to_rebuild(home).map_err(unusable)?;
        if asked > 0 {
            return Ok(Rebuilt::Asked(asked));
        }
        let search = Search::new(self.store.clone(), home.to_path_buf(), PATIENCE);
        Ok(Rebuilt::Done(search.rebuild().await?))
    }
}

/// The largest number of texts held at once while passages are cut from them.
const MAX_TEXTS_HELD: usize = 8;
/// No more texts are read while those held have this size, in bytes.
const MAX_BYTES_HELD: usize = 1 << 20;

/// Cuts the passages from some texts, on a thread for blocking work.
async fn cut(texts: Vec<Option<HitText>>, query: &Query) -> Vec<Option<Excerpt>> {
    let (count, query) = (texts.len(), query.clone());
    let cut = move || {
        let asked = query.asked_of_text();
        let cut = texts.into_iter().map(|text| match text? {
            HitText::Body(text) => Some(Excerpt::of(&plain(&text.document().ok()?), &asked)),
            HitText::Plain(text) => Some(Excerpt::of(&text, &asked)),
        });
        cut.collect::<Vec<_>>()
    };
    let none = |_| vec![None; count];
    tokio::task::spawn_blocking(cut).await.unwrap_or_else(none)
}

/// The text that a passage is cut from.
enum HitText {
    Body(Text),
    Plain(String),
}

impl HitText {
    fn bytes(&self) -> usize {
        match self {
            Self::Body(text) => text.text().len(),
            Self::Plain(text) => text.len(),
        }
    }
}

/// The result of a request to rebuild the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuilt {
    /// The index was rebuilt, with this number of documents.
    Done(usize),
    /// This number of servers use the folder and will rebuild their indexes.
    Asked(usize),
}

/// Finds the hits of a query, on a thread for blocking work.
async fn found(
    view: &View,
    snapshot: Option<Snapshot>,
    query: &Query,
    asked: &Asked,
) -> Result<Found, SiteError> {
    let (view, query, asked) = (view.clone(), query.clone(), asked.clone());
    let find = move || find::find(&view, snapshot.as_ref(), &query, &asked);
    match tokio::task::spawn_blocking(find).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(FindError::Cursor(error))) => Err(SiteError::invalid(error.to_string())),
        Ok(Err(FindError::Index(error))) => Err(unusable(error)),
        // A file of the index was changed while it was read.
        Err(_) => Err(no_index()),
    }
}

fn unusable(error: narthex_search::index::IndexError) -> SiteError {
    SiteError::Storage(DbError::Unavailable(error.to_string()))
}

fn no_index() -> SiteError {
    SiteError::Storage(DbError::Unavailable(
        "there is no search index yet; it is being made".into(),
    ))
}
