//! The index of the words of each thing, in a certain state of it. Each node has one, in a folder
//! of its own.
//!
//! The index contains no text, only words and their positions. Its content is valid for one
//! position of the journal, a revision and its mark, which is written together with it: so it
//! follows the journal from there, and is rebuilt if the journal isn't a continuation. Each thing
//! has a *stamp* of the state that was indexed; a hit counts only if the catalogue's row has the
//! same one.

mod decided;
mod entry;
mod folder;
mod postings;
mod schema;
mod write;

pub use decided::States;
pub use entry::{Change, Entry, stamp_of_attachment, stamp_of_comment, stamp_of_page};
pub use folder::Folder;
use postings::Searched;
pub use postings::{Leaf, Match, Questions};

use crate::cql::Thing;
use decided::{KeptDecisions, Shown};
use narthex_access::{LabellingId, SpaceId, View};
use schema::Fields;
use std::path::Path;
use std::sync::Arc;

/// A position of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The revision.
    pub revision: u64,
    /// The revision's mark, which tells two histories apart.
    pub mark: u64,
}

/// The reasons why the index can't be used. Rebuilding it may help with any of them.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index, or it isn't complete.
    #[error("the search index must be made anew: {0}")]
    Damaged(String),
    /// The disk or the folder's permissions prevent it.
    #[error("the search index can't be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// The search engine reports an error.
    #[error("the search index can't be read or written: {0}")]
    Engine(#[from] tantivy::TantivyError),
}

/// An open index, for searching and writing.
pub struct Index {
    folder: Folder,
    engine: tantivy::Index,
    reader: tantivy::IndexReader,
    fields: Fields,
    writer: Option<tantivy::IndexWriter>,
    /// The bytes of text that were added to an index in the making since the last commit.
    added: usize,
    published: Option<Snapshot>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("place", &self.place())
            .finish_non_exhaustive()
    }
}

/// The index as it was at a position of the journal. It is cheap to clone, and never changes.
#[derive(Clone)]
pub struct Snapshot {
    searcher: tantivy::Searcher,
    fields: Fields,
    place: Place,
    decisions: Arc<KeptDecisions>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Returns the position of the journal for which it is valid.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }
}

impl Index {
    /// Opens the index in a folder, or creates an empty one if there is none, if it is damaged, or
    /// if another version of the program made it. A new one has no position in the journal until it
    /// was [built](Index::begin_anew).
    ///
    /// # Errors
    /// Fails if the folder can't be written.
    pub fn open(folder: Folder) -> Result<Self, IndexError> {
        match Self::existing(folder.path()) {
            Ok((engine, place)) => Self::with(folder, engine, Some(place)),
            Err(why) => {
                if folder.path().join("meta.json").exists() {
                    tracing::info!(%why, "the search index is made anew");
                } else {
                    tracing::info!("there is no search index yet; it is being made");
                }
                folder.clear()?;
                let engine = schema::create(folder.path())?;
                Self::with(folder, engine, None)
            }
        }
    }

    fn existing(path: &Path) -> Result<(tantivy::Index, Place), IndexError> {
        let engine = schema::open(path)?;
        let place = write::place_of(&engine)?;
        // This reads every byte once, without holding it: a damaged index is found here and not
        // during a search.
        let damaged = engine.validate_checksum()?;
        match damaged.iter().next() {
            None => Ok((schema::open(path)?, place)),
            Some(file) => Err(IndexError::Damaged(format!(
                "{} is damaged",
                file.display()
            ))),
        }
    }

    fn with(
        folder: Folder,
        engine: tantivy::Index,
        place: Option<Place>,
    ) -> Result<Self, IndexError> {
        let reader = engine
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()?;
        let mut index = Self {
            fields: Fields::of(&engine)?,
            folder,
            engine,
            reader,
            writer: None,
            added: 0,
            published: None,
        };
        if let Some(place) = place {
            index.publish(place)?;
        }
        Ok(index)
    }

    /// Returns the position of the journal for which it is valid, or `None` until it is complete.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.published.as_ref().map(Snapshot::place)
    }

    /// Returns a snapshot for searching, or `None` until the index is complete.
    #[must_use]
    pub fn snapshot(&self) -> Option<Snapshot> {
        self.published.clone()
    }

    /// Returns the folder that it is in.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    fn publish(&mut self, place: Place) -> Result<(), IndexError> {
        self.reader.reload()?;
        self.published = Some(Snapshot {
            searcher: self.reader.searcher(),
            fields: self.fields.clone(),
            place,
            decisions: Arc::new(KeptDecisions::new()),
        });
        Ok(())
    }
}

impl Snapshot {
    /// Returns the things that have a label by the id of its row, as far as the index knows.
    ///
    /// # Errors
    /// Fails if the index can't be read.
    pub fn labelled(&self, row: LabellingId) -> Result<Vec<Thing>, IndexError> {
        let mut things = Vec::new();
        let term = tantivy::Term::from_field_u64(self.fields.labellings, row.get());
        for segment in self.searcher.segment_readers() {
            postings::things(segment, &term, &mut things)?;
        }
        Ok(things)
    }

    /// Returns the space of a thing, as far as the index knows.
    ///
    /// # Errors
    /// Fails if the index can't be read.
    pub fn space_of(&self, thing: Thing) -> Result<Option<SpaceId>, IndexError> {
        let term = tantivy::Term::from_field_u64(self.fields.thing, entry::number(thing));
        for segment in self.searcher.segment_readers() {
            if let Some(space) = postings::space(segment, &term)? {
                return Ok(SpaceId::new(space));
            }
        }
        Ok(None)
    }

    /// Returns the things that match one of the questions, may be hits, and are visible to the
    /// view's reader. `may` tells whether a thing for which these answers are yes (one bit each)
    /// could be a hit. `sees` tells whether the view shows a thing in the state with this stamp, and
    /// whether `states` lets it be found: it is called once for each thing while the snapshot and
    /// the view are the same.
    ///
    /// # Errors
    /// Fails if the index can't be read.
    pub fn matches(
        &self,
        (view, states): (&View, States),
        asked: &Questions<'_>,
        may: impl Fn(u64) -> bool,
        mut sees: impl FnMut(Thing, u64) -> bool,
    ) -> Result<Vec<Match>, IndexError> {
        let decided = self.decisions.of(view, states, &self.searcher)?;
        let mut matches = Vec::new();
        for (segment, decided) in self
            .searcher
            .segment_readers()
            .iter()
            .zip(decided.segments())
        {
            let shown = Shown::new(decided, segment)?;
            let shows = |document| shown.thing(document, &mut sees);
            let searched = Searched {
                segment,
                fields: &self.fields,
                decided,
            };
            matches.extend(postings::matches(&searched, asked, &may, shows)?);
        }
        Ok(matches)
    }
}
