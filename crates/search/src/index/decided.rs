//! Caches the decisions about a snapshot for one reader: which of its documents are visible to the
//! reader, in the state that was indexed.
//!
//! The view decides each document once, when it is first needed: the next query of the same reader
//! at the same revision only counts and orders. Decisions belong to their snapshot, and to one view
//! of one revision, so they never outlive a change, of rights or of anything else (law 7.5).
//!
//! Documents in a space that the reader doesn't see are hidden from the beginning, and a query
//! skips documents that are known to be hidden. Words that no visible document has are remembered
//! too: when such a word is searched for again, it costs the same as a word that no document has at
//! all (law 6.2).

use super::IndexError;
use super::entry::thing;
use crate::cql::Thing;
use narthex_access::{Door, Subject, View};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use rustc_hash::FxHashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::columnar::Column;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, SegmentReader};

/// The maximum memory for the decisions of a snapshot, in bytes.
const ROOM: u64 = 24 << 20;
/// The memory that they take beside their bits, approximately, in bytes.
const BESIDE: u64 = 1 << 9;

/// The maximum number of words that are remembered of a segment because no visible document has
/// them. Beyond it all are forgotten: each costs one longer search to learn again.
const MAX_UNSEEN: usize = 64;
/// The maximum length of a word, or run of words, that is remembered, in bytes.
const MAX_UNSEEN_BYTES: usize = 64;

/// The key of decisions: everything that a decision depends on, and the options beside the query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct For {
    revision: (u64, u64),
    subject: Subject,
    door: Door,
    states: States,
}

/// The states in which things are found, besides live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct States {
    /// Whether archived pages are found.
    pub archived_pages: bool,
    /// Whether content of archived spaces is found.
    pub archived_spaces: bool,
    /// Whether nothing else is found.
    pub only_archived_spaces: bool,
}

/// The cached decisions of a snapshot.
#[derive(Debug)]
pub(super) struct KeptDecisions(Cache<For, Arc<Decisions>, Weight>);

impl KeptDecisions {
    pub(super) fn new() -> Self {
        Self(Cache::with_weighter(1_000, ROOM, Weight))
    }

    /// Returns the decisions for a view.
    ///
    /// # Errors
    /// Fails if the index can't be read.
    pub(super) fn of(
        &self,
        view: &View,
        states: States,
        searcher: &Searcher,
    ) -> Result<Arc<Decisions>, IndexError> {
        let of = For {
            revision: (view.revision(), view.mark()),
            subject: view.subject().clone(),
            door: view.door(),
            states,
        };
        if let Some(decided) = self.0.get(&of) {
            return Ok(decided);
        }
        let spaces: FxHashSet<u64> = view.spaces().map(|space| space.id().get()).collect();
        let segments = searcher.segment_readers().iter();
        let segments = segments.map(|segment| OfSegment::new(segment, &spaces));
        let decided = Arc::new(Decisions(segments.collect::<Result<_, _>>()?));
        self.0.insert(of, Arc::clone(&decided));
        Ok(decided)
    }
}

/// Weighs decisions by their memory, in bytes.
#[derive(Debug, Clone, Copy)]
struct Weight;

impl Weighter<For, Arc<Decisions>> for Weight {
    fn weight(&self, _: &For, decided: &Arc<Decisions>) -> u64 {
        let bytes = |segment: &OfSegment| 16 * segment.words.len() + MAX_UNSEEN * MAX_UNSEEN_BYTES;
        let bytes = decided.0.iter().map(bytes).sum::<usize>();
        BESIDE + u64::try_from(bytes).unwrap_or(u64::MAX >> 1)
    }
}

/// The decisions of one reader about a snapshot.
#[derive(Debug)]
pub(super) struct Decisions(Vec<OfSegment>);

impl Decisions {
    /// Returns the decisions for each segment, in the order of the segments.
    pub(super) fn segments(&self) -> impl Iterator<Item = &OfSegment> {
        self.0.iter()
    }
}

/// The decisions of one reader about a segment.
#[derive(Debug)]
pub(super) struct OfSegment {
    /// For each 64 documents, which of them have been decided, and which of those are visible.
    words: Box<[(AtomicU64, AtomicU64)]>,
    /// The words that no visible document has.
    unseen: Mutex<FxHashSet<Asked>>,
}

/// A word, or several in sequence, as it is searched for in a field of the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    field: Field,
    bytes: Box<[u8]>,
}

impl Asked {
    pub(super) fn word(field: Field, word: &[u8]) -> Self {
        Self {
            field,
            bytes: word.into(),
        }
    }

    /// Joins words by a byte that no word contains.
    pub(super) fn phrase(field: Field, words: &[String]) -> Self {
        Self {
            field,
            bytes: words.join("\0").into_bytes().into(),
        }
    }
}

impl OfSegment {
    /// Hides the documents of all other spaces than these; the rest is undecided.
    fn new(segment: &SegmentReader, spaces: &FxHashSet<u64>) -> Result<Self, IndexError> {
        let space = segment.fast_fields().u64("space")?;
        let documents = segment.max_doc();
        let words = (0..documents.div_ceil(u64::BITS)).map(|word| {
            let first = word * u64::BITS;
            let hidden = |bit: &u32| {
                let of = space.first(first + bit);
                of.is_none_or(|of| !spaces.contains(&of))
            };
            let hidden = (0..u64::BITS.min(documents - first)).filter(hidden);
            let decided = hidden.fold(0_u64, |decided, bit| decided | 1 << bit);
            (AtomicU64::new(decided), AtomicU64::new(0))
        });
        Ok(Self {
            words: words.collect(),
            unseen: Mutex::default(),
        })
    }

    /// Returns whether it is known that no visible document has this.
    pub(super) fn is_unseen(&self, asked: &Asked) -> bool {
        let unseen = self.unseen.lock().unwrap_or_else(PoisonError::into_inner);
        unseen.contains(asked)
    }

    /// Remembers that no visible document of this segment has this, for as long as these decisions
    /// are valid.
    pub(super) fn note_unseen(&self, asked: Asked) {
        if asked.bytes.len() > MAX_UNSEEN_BYTES {
            return;
        }
        let mut unseen = self.unseen.lock().unwrap_or_else(PoisonError::into_inner);
        if unseen.len() >= MAX_UNSEEN {
            unseen.clear();
        }
        unseen.insert(asked);
    }

    /// Returns the first document from this one on that isn't known to be hidden.
    pub(super) fn next_not_hidden(&self, document: DocId) -> Option<DocId> {
        let mut place = document / u64::BITS;
        // Ignore the bits of documents before this one.
        let mut counted = u64::MAX << (document % u64::BITS);
        loop {
            let (decided, seen) = self.words.get(usize::try_from(place).ok()?)?;
            let open = !decided.load(Ordering::Acquire) | seen.load(Ordering::Relaxed);
            let open = open & counted;
            if open != 0 {
                return Some(place * u64::BITS + open.trailing_zeros());
            }
            (place, counted) = (place + 1, u64::MAX);
        }
    }

    /// Returns whether a document's thing is visible; `decide` is called only if that isn't decided
    /// yet.
    fn shows(&self, document: DocId, decide: impl FnOnce() -> bool) -> bool {
        let word = usize::try_from(document / u64::BITS).ok();
        let Some((decided, seen)) = word.and_then(|word| self.words.get(word)) else {
            return false;
        };
        let bit = 1 << (document % u64::BITS);
        // A thread that reads the first bit as set also reads the decision.
        if decided.load(Ordering::Acquire) & bit != 0 {
            return seen.load(Ordering::Relaxed) & bit != 0;
        }
        let shown = decide();
        if shown {
            seen.fetch_or(bit, Ordering::Relaxed);
        }
        decided.fetch_or(bit, Ordering::Release);
        shown
    }
}

/// The documents of a segment, with the decisions of one reader.
pub(super) struct Shown<'s> {
    decided: &'s OfSegment,
    segment: &'s SegmentReader,
    things: Column<u64>,
    stamps: Column<u64>,
}

impl<'s> Shown<'s> {
    pub(super) fn new(
        decided: &'s OfSegment,
        segment: &'s SegmentReader,
    ) -> Result<Self, IndexError> {
        Ok(Self {
            decided,
            segment,
            things: segment.fast_fields().u64("thing")?,
            stamps: segment.fast_fields().u64("stamp")?,
        })
    }

    /// Returns the thing of a document, if it is visible; `sees` tells whether a thing is, in the
    /// state with this stamp.
    pub(super) fn thing(
        &self,
        document: DocId,
        sees: &mut impl FnMut(Thing, u64) -> bool,
    ) -> Option<Thing> {
        let named = || self.things.first(document).and_then(thing);
        let shown = self.decided.shows(document, || {
            let stamp = self.stamps.first(document);
            let alive = !self.segment.is_deleted(document);
            alive
                && named()
                    .zip(stamp)
                    .is_some_and(|(thing, stamp)| sees(thing, stamp))
        });
        shown.then(named).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_known_to_be_hidden_is_stepped_over(
            words in prop::collection::vec((any::<u64>(), any::<u64>()), 0..4),
            sparse in any::<bool>(),
            from in 0_u32..300,
        ) {
            // In half of the cases, most documents are hidden.
            let decided = |word: u64| if sparse { word | word.rotate_left(7) | word << 1 } else { word };
            let of: Vec<(u64, u64)> = words.iter().map(|(word, seen)| (decided(*word), word & seen)).collect();
            let words = of.iter().map(|(decided, seen)| {
                (AtomicU64::new(*decided), AtomicU64::new(*seen))
            }).collect();
            let segment = OfSegment { words, unseen: Mutex::default() };
            let hidden = |document: u32| {
                let (decided, seen) = of[document as usize / 64];
                decided >> (document % 64) & 1 == 1 && seen >> (document % 64) & 1 == 0
            };
            let documents = u32::try_from(of.len()).unwrap() * u64::BITS;
            let expected = (from..documents).find(|document| !hidden(*document));
            prop_assert_eq!(segment.next_not_hidden(from), expected);
        }
    }
    #[test]
    fn what_is_kept_as_unseen_has_an_end_and_is_of_one_field() {
        let segment = OfSegment {
            words: Box::default(),
            unseen: Mutex::default(),
        };
        let [title, text] = [0, 1].map(Field::from_field_id);
        let word = |n: usize| Asked::word(title, n.to_string().as_bytes());
        for n in 0..3 * MAX_UNSEEN {
            segment.note_unseen(word(n));
            assert!(segment.is_unseen(&word(n)));
            assert!(segment.unseen.lock().unwrap().len() <= MAX_UNSEEN);
        }
        assert!(!segment.is_unseen(&Asked::word(text, b"700")));
        let long = Asked::word(title, &[b'x'; MAX_UNSEEN_BYTES + 1]);
        segment.note_unseen(long.clone());
        assert!(!segment.is_unseen(&long));
        let phrase = |words: [&str; 2]| Asked::phrase(title, &words.map(String::from));
        segment.note_unseen(phrase(["a b", "c"]));
        assert!(!segment.is_unseen(&phrase(["a", "b c"])));
    }
}
