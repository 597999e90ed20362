//! What has been decided of a snapshot for one reader: which of its documents name something that the reader sees, in the state
//! that they were made of.
//!
//! The view decides each document when it is first asked for, and never again: the next query of the same reader at the same
//! revision only counts and orders. Decisions belong to their snapshot, and to one view of one revision; so nothing that they say
//! outlives a change, of rights or of anything else (law 7.5).
//!
//! What is in a space that the reader doesn't see is hidden from the beginning, and a query steps over what is known to be
//! hidden. Which words nothing has that may be seen is kept too: asked again, a word of hidden things costs what a word costs
//! that nothing has (law 6.2).

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

/// How many bytes of decisions a snapshot keeps.
const ROOM: u64 = 24 << 20;
/// What they take beside their bits, about, in bytes.
const BESIDE: u64 = 1 << 9;

/// How many words are remembered of a segment that no visible document of it has. When there are more, all are
/// forgotten: each costs one longer search to learn again.
const MAX_UNSEEN: usize = 64;
/// The longest word, or run of words, that is remembered, in bytes.
const MAX_UNSEEN_BYTES: usize = 64;

/// What decisions are for: all that a decision depends on, and what is asked beside the query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct For {
    revision: (u64, u64),
    subject: Subject,
    door: Door,
    states: States,
}

/// In which states things are found, beside live ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct States {
    /// Archived pages.
    pub archived_pages: bool,
    /// What is in archived spaces.
    pub archived_spaces: bool,
    /// Nothing else.
    pub only_archived_spaces: bool,
}

/// The decisions that a snapshot keeps.
#[derive(Debug)]
pub(super) struct KeptDecisions(Cache<For, Arc<Decisions>, Weight>);

impl KeptDecisions {
    pub(super) fn new() -> Self {
        Self(Cache::with_weighter(1_000, ROOM, Weight))
    }

    /// Those of a view.
    ///
    /// # Errors
    /// When the index can't be read.
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

/// What they take, in bytes.
#[derive(Debug, Clone, Copy)]
struct Weight;

impl Weighter<For, Arc<Decisions>> for Weight {
    fn weight(&self, _: &For, decided: &Arc<Decisions>) -> u64 {
        let bytes = |segment: &OfSegment| 16 * segment.words.len() + MAX_UNSEEN * MAX_UNSEEN_BYTES;
        let bytes = decided.0.iter().map(bytes).sum::<usize>();
        BESIDE + u64::try_from(bytes).unwrap_or(u64::MAX >> 1)
    }
}

/// What one reader sees of a snapshot.
#[derive(Debug)]
pub(super) struct Decisions(Vec<OfSegment>);

impl Decisions {
    /// The segments' parts, in their order.
    pub(super) fn segments(&self) -> impl Iterator<Item = &OfSegment> {
        self.0.iter()
    }
}

/// What one reader sees of a segment.
#[derive(Debug)]
pub(super) struct OfSegment {
    /// For 64 documents each, which have been decided, and which of them are seen.
    words: Box<[(AtomicU64, AtomicU64)]>,
    /// What nothing has that may be seen.
    unseen: Mutex<FxHashSet<Asked>>,
}

/// A word, or several one after the other, as a field of the index is asked for them.
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

    /// No word has the byte that stands between them.
    pub(super) fn phrase(field: Field, words: &[String]) -> Self {
        Self {
            field,
            bytes: words.join("\0").into_bytes().into(),
        }
    }
}

impl OfSegment {
    /// What is known before anything is asked: documents of other spaces than these are hidden.
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

    /// Whether it is known that nothing has this which may be seen.
    pub(super) fn is_unseen(&self, asked: &Asked) -> bool {
        let unseen = self.unseen.lock().unwrap_or_else(PoisonError::into_inner);
        unseen.contains(asked)
    }

    /// Keeps that nothing has this which may be seen: not in this segment, and not as long as these decisions hold.
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

    /// The first document from this one on that isn't known to be hidden.
    pub(super) fn next_not_hidden(&self, document: DocId) -> Option<DocId> {
        let mut place = document / u64::BITS;
        // Bits of documents before this one don't count.
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

    /// Whether a document's thing is seen; `decide` says it once.
    fn shows(&self, document: DocId, decide: impl FnOnce() -> bool) -> bool {
        let word = usize::try_from(document / u64::BITS).ok();
        let Some((decided, seen)) = word.and_then(|word| self.words.get(word)) else {
            return false;
        };
        let bit = 1 << (document % u64::BITS);
        // Whoever reads that it is decided reads what was.
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

/// The documents of a segment, as somebody's decisions show them.
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

    /// What a document names, if it is seen: `sees` says whether a thing is, in the state that has this stamp.
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
            // Most documents are hidden in one half of the cases.
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
