//! Writing the index.

use super::entry::number;
use super::{Change, Entry, Index, IndexError, Place};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexWriter, Term};

/// What the place of a whole index is written after: the version of what is in it.
/// Another one is made anew.
const VERSION: &str = "narthex-index-2";

/// Bytes of words that are collected before they are written out.
const MEMORY: usize = 20 << 20;

/// Bytes of text after which what is being made is written out, so that memory stays
/// bounded whatever the size of the site.
const CHUNK: usize = 8 << 20;

/// The place that an index was written at; damaged for one that isn't whole.
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
    /// Makes changes. They are found, and last, when they are [finished](Index::finish).
    ///
    /// # Errors
    /// When it can't be written.
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

    /// With the changes that were made, all at once, the index is true of a place.
    ///
    /// # Errors
    /// When it can't be written: then it is as it was.
    pub fn finish(&mut self, at: Place) -> Result<(), IndexError> {
        self.commit(Some(at))?;
        self.publish(at)
    }

    /// Begins to make it anew: what was there before is searched until this is
    /// [finished](Index::finish); if it never is, the index is made anew the next time.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn begin_anew(&mut self) -> Result<(), IndexError> {
        // Whatever was begun and not finished is given up.
        self.writer = None;
        self.added = 0;
        self.writer()?.delete_all_documents()?;
        Ok(())
    }

    /// Adds things to an index that is made anew.
    ///
    /// # Errors
    /// When they can't be written.
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
            // Every search looks into each segment: few are quicker.
            policy.set_min_num_segments(4);
            writer.set_merge_policy(Box::new(policy));
            self.writer = Some(writer);
        }
        let gone = || IndexError::Damaged("it can't be written".into());
        self.writer.as_mut().ok_or_else(gone)
    }

    /// Writes what was changed. Without a place the index isn't whole.
    fn commit(&mut self, place: Option<Place>) -> Result<(), IndexError> {
        let mut commit = self.writer()?.prepare_commit()?;
        if let Some(Place { revision, mark }) = place {
            commit.set_payload(&format!("{VERSION} {revision} {mark}"));
        }
        commit.commit()?;
        Ok(())
    }

    /// Gives back what writing needs, until there is something to write again. Changes
    /// that weren't finished are given up.
    pub fn rest(&mut self) {
        self.writer = None;
    }
}
