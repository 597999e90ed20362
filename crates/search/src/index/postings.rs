//! Matches the things of a segment against questions, and scores them.
//!
//! The score depends on the query and on the thing's own words: how often it has a word among how
//! many, in its title or in its text. The number of things with the word doesn't count: it would
//! reveal things that the reader can't see (law 7.4).

use super::IndexError;
use super::decided::{Asked, OfSegment};
use super::entry::thing;
use super::schema::Fields;
use crate::cql::{TextIn, Thing};
use crate::text::{Item, TextQuery};
use narthex_access::AccountId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

/// A question to the index.
#[derive(Debug, Clone)]
pub enum Leaf<'q> {
    /// Which things have these words?
    Text(TextIn, &'q TextQuery),
    /// Which things use one of these macros?
    Macro(&'q [String]),
    /// Which things mention one of these accounts?
    Mention(Vec<AccountId>),
    /// Of which things did one of these accounts create a version?
    Contributor(Vec<AccountId>),
}

/// The questions of one query.
#[derive(Debug, Clone, Default)]
pub struct Questions<'q> {
    /// The questions, at most 64.
    pub leaves: Vec<Leaf<'q>>,
    /// The questions that count for the score, one bit each.
    pub counting: u64,
}

/// A thing that matches a question, and that the reader sees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The thing.
    pub thing: Thing,
    /// The questions that it matches, one bit each.
    pub leaves: u64,
    /// How well it matches those that count.
    pub score: f32,
}

/// A field's weight, and the usual length of its texts. The length is fixed, because the average of
/// the site would reveal other content.
struct Weighed {
    field: Field,
    weight: f32,
    usual: f32,
}

/// How soon repetitions of a word stop counting, and how much the length of the text counts, as in
/// the formula of BM25.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;
/// The weight of another form of a word, relative to the word itself.
const STEM: f32 = 0.7;
/// The weight of words in sequence, relative to their weight as single words.
const PHRASE: f32 = 2.0;
/// The weight of a word that matches a pattern.
const LIKE: f32 = 0.5;
/// The weight of a small word beside others.
const WELCOME: f32 = 0.1;

fn weighed(of: TextIn, fields: &Fields) -> Vec<Weighed> {
    let title = Weighed {
        field: fields.title,
        weight: 4.0,
        usual: 8.0,
    };
    let labels = Weighed {
        field: fields.labels,
        weight: 2.0,
        usual: 4.0,
    };
    let text = Weighed {
        field: fields.text,
        weight: 1.0,
        usual: 400.0,
    };
    match of {
        TextIn::Title => vec![title],
        TextIn::Anything => vec![title, labels, text],
        // Neither is in the index.
        TextIn::SpaceTitle | TextIn::FullName => Vec::new(),
    }
}

/// A segment as one reader searches it: documents that are known to be hidden are skipped.
pub(super) struct Searched<'s> {
    pub(super) segment: &'s SegmentReader,
    pub(super) fields: &'s Fields,
    pub(super) decided: &'s OfSegment,
}

/// Returns the things of a segment that may be hits and that `shows` returns.
pub(super) fn matches(
    searched: &Searched<'_>,
    asked: &Questions<'_>,
    may: &impl Fn(u64) -> bool,
    mut shows: impl FnMut(DocId) -> Option<Thing>,
) -> Result<Vec<Match>, IndexError> {
    let size = usize::try_from(searched.segment.max_doc()).unwrap_or(usize::MAX);
    let mut found = vec![(0_u64, 0.0_f32); size];
    for (leaf, bit) in asked.leaves.iter().zip(0_u32..u64::BITS) {
        let counts = asked.counting >> bit & 1 == 1;
        let scores = searched.scores(leaf, size)?;
        for ((bits, total), score) in found.iter_mut().zip(scores) {
            if score > 0.0 {
                *bits |= 1 << bit;
                if counts {
                    *total += score;
                }
            }
        }
    }
    let hits = (0..).zip(found).filter_map(|(doc, (leaves, score))| {
        let counts = leaves != 0 && may(leaves);
        Some(Match {
            thing: counts.then(|| shows(doc)).flatten()?,
            leaves,
            score,
        })
    });
    Ok(hits.collect())
}

/// Appends the things of a segment that have a term.
pub(super) fn things(
    segment: &SegmentReader,
    term: &Term,
    out: &mut Vec<Thing>,
) -> Result<(), IndexError> {
    let column = segment.fast_fields().u64("thing")?;
    let index = segment.inverted_index(term.field())?;
    if let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? {
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if !segment.is_deleted(doc) {
                out.extend(column.first(doc).and_then(thing));
            }
            doc = postings.advance();
        }
    }
    Ok(())
}

/// Returns the space of the document of a segment that has a term.
pub(super) fn space(segment: &SegmentReader, term: &Term) -> Result<Option<u64>, IndexError> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
        return Ok(None);
    };
    let mut doc = postings.doc();
    while doc != TERMINATED {
        if !segment.is_deleted(doc) {
            return Ok(segment.fast_fields().u64("space")?.first(doc));
        }
        doc = postings.advance();
    }
    Ok(None)
}

/// A score for documents that match, which is too small to affect the order.
const THERE: f32 = f32::MIN_POSITIVE;

impl Searched<'_> {
    /// Returns how well each document matches a question; 0 for those that don't.
    fn scores(&self, leaf: &Leaf<'_>, size: usize) -> Result<Vec<f32>, IndexError> {
        let mut scores = vec![0.0; size];
        match leaf {
            Leaf::Text(of, query) => self.text(&weighed(*of, self.fields), query, &mut scores)?,
            Leaf::Macro(names) => {
                for name in *names {
                    let term = Term::from_field_text(self.fields.macros, &name.to_lowercase());
                    self.mark(&term, &mut scores)?;
                }
            }
            Leaf::Mention(accounts) => {
                self.of_accounts(self.fields.mentions, accounts, &mut scores)?;
            }
            Leaf::Contributor(accounts) => {
                self.of_accounts(self.fields.contributors, accounts, &mut scores)?;
            }
        }
        Ok(scores)
    }

    fn of_accounts(
        &self,
        field: Field,
        accounts: &[AccountId],
        scores: &mut [f32],
    ) -> Result<(), IndexError> {
        for account in accounts {
            self.mark(&Term::from_field_u64(field, account.get()), scores)?;
        }
        Ok(())
    }

    fn mark(&self, term: &Term, scores: &mut [f32]) -> Result<(), IndexError> {
        let index = self.segment.inverted_index(term.field())?;
        let option = IndexRecordOption::Basic;
        self.each_with(&index, term, option, |doc, _| add(scores, doc, THERE))
    }

    /// Passes each document that has a term and isn't known to be hidden to `take`, with the number
    /// of occurrences.
    fn each_with(
        &self,
        index: &InvertedIndexReader,
        term: &Term,
        option: IndexRecordOption,
        take: impl FnMut(DocId, u32),
    ) -> Result<(), IndexError> {
        let asked = Asked::word(term.field(), term.serialized_value_bytes());
        if self.decided.is_unseen(&asked) {
            return Ok(());
        }
        let postings = index.read_postings(term, option)?;
        self.each(asked, postings, take);
        Ok(())
    }

    /// Passes each document of the postings that isn't known to be hidden to `take`, with the
    /// number of occurrences.
    fn each(
        &self,
        asked: Asked,
        postings: Option<SegmentPostings>,
        mut take: impl FnMut(DocId, u32),
    ) {
        let mut any = false;
        if let Some(mut postings) = postings {
            let mut doc = postings.doc();
            while let Some(next) = self.next_not_hidden(doc) {
                if next == doc {
                    any = true;
                    take(doc, postings.term_freq());
                    doc = postings.advance();
                } else {
                    doc = postings.seek(next);
                }
            }
        }
        if !any {
            self.decided.note_unseen(asked);
        }
    }

    /// Returns the first document from this one on that isn't known to be hidden, or `None` at the
    /// end.
    fn next_not_hidden(&self, doc: DocId) -> Option<DocId> {
        if doc == TERMINATED {
            return None;
        }
        self.decided.next_not_hidden(doc)
    }

    fn text(
        &self,
        fields: &[Weighed],
        query: &TextQuery,
        scores: &mut [f32],
    ) -> Result<(), IndexError> {
        let mut met = vec![0_u16; scores.len()];
        let mut one = vec![0.0_f32; scores.len()];
        for group in &query.required {
            one.fill(0.0);
            for item in group {
                self.score_item(fields, item, &mut one)?;
            }
            for ((met, total), score) in met.iter_mut().zip(scores.iter_mut()).zip(&one) {
                if *score > 0.0 {
                    *met += 1;
                    *total += score;
                }
            }
        }
        let needed = u16::try_from(query.required.len()).unwrap_or(u16::MAX);
        for (met, total) in met.iter().zip(scores.iter_mut()) {
            if *met < needed {
                *total = 0.0;
            }
        }
        one.fill(0.0);
        for item in &query.welcome {
            self.score_item(fields, item, &mut one)?;
        }
        for (total, score) in scores.iter_mut().zip(&one) {
            if *total > 0.0 {
                *total += WELCOME * score;
            }
        }
        one.fill(0.0);
        for item in &query.excluded {
            self.score_item(fields, item, &mut one)?;
        }
        for (total, score) in scores.iter_mut().zip(&one) {
            if *score > 0.0 {
                *total = 0.0;
            }
        }
        Ok(())
    }

    fn score_item(
        &self,
        fields: &[Weighed],
        item: &Item,
        scores: &mut [f32],
    ) -> Result<(), IndexError> {
        let language = self.segment.fast_fields().u64("language")?;
        for weighed in fields {
            let index = self.segment.inverted_index(weighed.field)?;
            let lengths = self.segment.get_fieldnorms_reader(weighed.field)?;
            let of =
                |doc: DocId, count: u32, factor: f32| weighed.score(&lengths, doc, count) * factor;
            match item {
                Item::Word { word, stems } => {
                    let mut found = |doc, count, factor| add(scores, doc, of(doc, count, factor));
                    let term = Term::from_field_text(weighed.field, word);
                    let option = IndexRecordOption::WithFreqs;
                    self.each_with(&index, &term, option, |doc, count| {
                        found(doc, count, 1.0);
                    })?;
                    for stem in stems {
                        let has = |number| stem.languages.has_number(number);
                        let term = Term::from_field_text(weighed.field, &stem.text);
                        self.each_with(&index, &term, option, |doc, count| {
                            if language.first(doc).is_some_and(has) {
                                found(doc, count, STEM);
                            }
                        })?;
                    }
                }
                Item::Phrase(words) => {
                    self.phrase(&index, weighed.field, words, |doc, count| {
                        add(scores, doc, of(doc, count, PHRASE));
                    })?
                }
                Item::Pattern(pattern) => {
                    let mut terms = index.terms().range().ge(pattern.start()).into_stream()?;
                    while let Some((key, info)) = terms.next() {
                        let Ok(word) = std::str::from_utf8(key) else {
                            continue;
                        };
                        if !word.starts_with(pattern.start()) {
                            break;
                        }
                        let asked = Asked::word(weighed.field, key);
                        if pattern.is(word) && !self.decided.is_unseen(&asked) {
                            let option = IndexRecordOption::WithFreqs;
                            let postings = index.read_postings_from_terminfo(info, option)?;
                            self.each(asked, Some(postings), |doc, count| {
                                add(scores, doc, of(doc, count, LIKE));
                            });
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Passes the documents that have these words in sequence to `take`, with the number of
    /// occurrences.
    fn phrase(
        &self,
        index: &InvertedIndexReader,
        field: Field,
        words: &[String],
        mut take: impl FnMut(DocId, u32),
    ) -> Result<(), IndexError> {
        let asked = Asked::phrase(field, words);
        if self.decided.is_unseen(&asked) {
            return Ok(());
        }
        let mut lists = Vec::with_capacity(words.len());
        for word in words {
            let term = Term::from_field_text(field, word);
            let option = IndexRecordOption::WithFreqsAndPositions;
            match index.read_postings(&term, option)? {
                Some(postings) => lists.push(postings),
                None => {
                    self.decided.note_unseen(asked);
                    return Ok(());
                }
            }
        }
        let Some((first, others)) = lists.split_first_mut() else {
            return Ok(());
        };
        let mut any = false;
        let (mut places, mut next) = (Vec::new(), Vec::new());
        let mut doc = first.doc();
        'documents: while let Some(open) = self.next_not_hidden(doc) {
            if open != doc {
                doc = first.seek(open);
                continue;
            }
            for other in others.iter_mut() {
                let there = if other.doc() < doc {
                    other.seek(doc)
                } else {
                    other.doc()
                };
                if there != doc {
                    doc = if there == TERMINATED {
                        TERMINATED
                    } else {
                        first.seek(there)
                    };
                    continue 'documents;
                }
            }
            first.positions(&mut places);
            for (other, distance) in others.iter_mut().zip(1_u32..) {
                other.positions(&mut next);
                places.retain(|place| next.binary_search(&(place + distance)).is_ok());
            }
            if !places.is_empty() {
                any = true;
                take(doc, u32::try_from(places.len()).unwrap_or(u32::MAX));
            }
            doc = first.advance();
        }
        if !any {
            self.decided.note_unseen(asked);
        }
        Ok(())
    }
}

fn add(scores: &mut [f32], doc: DocId, score: f32) {
    let place = usize::try_from(doc)
        .ok()
        .and_then(|doc| scores.get_mut(doc));
    if let Some(place) = place {
        *place += score;
    }
}

impl Weighed {
    /// Returns the score of a word that occurs this often in a document's field.
    fn score(&self, lengths: &FieldNormReader, doc: u32, count: u32) -> f32 {
        let length = approximately(lengths.fieldnorm(doc)) / self.usual;
        let count = approximately(count);
        self.weight * count / (count + SATURATION * (1.0 - LENGTH + LENGTH * length))
    }
}

/// Returns a count as a number for calculation; beyond some millions it needn't be exact.
#[expect(
    clippy::cast_precision_loss,
    reason = "what is weighed need not be exact"
)]
fn approximately(count: u32) -> f32 {
    count as f32
}
