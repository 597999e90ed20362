//! Writes the index.

use super::entry::number;
use super::{Change, Entry, Index, IndexError, Place};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexWriter, Term};

/// The version of the index's content, which precedes the position in a complete index. An index of
/// another version is rebuilt.
const VERSION: &str = "narthex-index-2";

/// The memory for words that are collected before they are written out, in bytes.
const MEMORY: usize = 20 << 20;

/// The amount of text after which an index in the making is written out, in bytes, so that memory
/// stays bounded whatever the size of the site.
const CHUNK: usize = 8 << 20;

/// Returns the position for which an index was written. Fails with `Damaged` if it isn't complete.
pub(super) fn place_of(engine: &tantivy::Index) -> Result<Place, IndexError> {
    let payload = engine.load_metas()?.payload.unwrap_or_default();
    let mut words = payload.split(' ');
    let place = (|| {
        let version = words.next()?;
        let place = Place {
            revision: words.next()?.parse().ok()?,
            mark: words.next()?.parse().ok()?,
        };
        (version == VERSION).then_some(place)
    })();
    place.ok_or_else(|| IndexError::Damaged("it isn't whole, or of another version".into()))
}

impl Index {
    /// Makes changes. They are visible to searches, and durable, once they are
    /// [finished](Index::finish).
    ///
    /// # Errors
    /// Fails if the index can't be written.
    pub fn change(&mut self, changes: Vec<Change>) -> Result<(), IndexError> {
        let fields = self.fields.clone();
        let writer = self.writer()?;
        for change in changes {
            let thing = match &change {
                Change::Put(entry) => entry.thing,
                Change::Remove(thing) => *thing,
            };
            writer.delete_term(Term::from_field_u64(fields.thing, number(thing)));
            if let Change::Put(entry) = change {
                writer.add_document(entry.document(&fields))?;
            }
        }
        Ok(())
    }

    /// Commits all changes at once; with them, the index is valid for this position.
    ///
    /// # Errors
    /// Fails if the index can't be written: then it stays as it was.
    pub fn finish(&mut self, at: Place) -> Result<(), IndexError> {
        self.commit(Some(at))?;
        self.publish(at)
    }

    /// Begins to rebuild the index: the former content is searched until this is
    /// [finished](Index::finish); if it never is, the index is rebuilt the next time.
    ///
    /// # Errors
    /// Fails if the index can't be written.
    pub fn begin_anew(&mut self) -> Result<(), IndexError> {
        // Anything that was begun and not finished is discarded.
        self.writer = None;
        self.added = 0;
        self.writer()?.delete_all_documents()?;
        Ok(())
    }

    /// Adds things to an index that is being rebuilt.
    ///
    /// # Errors
    /// Fails if they can't be written.
    pub fn add(&mut self, entries: Vec<Entry>) -> Result<(), IndexError> {
        for entry in entries {
            self.added += entry.text.len() + entry.title.len();
            let document = entry.document(&self.fields);
            self.writer()?.add_document(document)?;
        }
        if self.added >= CHUNK {
            self.added = 0;
            self.commit(None)?;
        }
        Ok(())
    }

    fn writer(&mut self) -> Result<&mut IndexWriter, IndexError> {
        if self.writer.is_none() {
            let options = IndexWriterOptions::builder()
                .num_worker_threads(1)
                .num_merge_threads(1)
                .memory_budget_per_thread(MEMORY)
                .build();
            let writer = self.engine.writer_with_options(options)?;
            let mut policy = LogMergePolicy::default();
            // Every search reads each segment, so fewer are faster.
            policy.set_min_num_segments(4);
            writer.set_merge_policy(Box::new(policy));
            self.writer = Some(writer);
        }
        let gone = || IndexError::Damaged("it can't be written".into());
        self.writer.as_mut().ok_or_else(gone)
    }

    /// Commits the changes. Without a position the index isn't complete.
    fn commit(&mut self, place: Option<Place>) -> Result<(), IndexError> {
        let mut commit = self.writer()?.prepare_commit()?;
        if let Some(Place { revision, mark }) = place {
            commit.set_payload(&format!("{VERSION} {revision} {mark}"));
        }
        commit.commit()?;
        Ok(())
    }

    /// Releases the resources for writing until there is something to write again. Changes that
    /// weren't finished are discarded.
    pub fn rest(&mut self) {
        self.writer = None;
    }
}
