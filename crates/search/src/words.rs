//! Splits a text into words, and returns the forms by which its words are found.
//!
//! A word is a run of letters and digits, without case and accents. Scripts that put no spaces
//! between words are split into characters, and several of them in a row are searched for as a
//! phrase. A word is indexed together with its stem in the language of the text, so that *printers*
//! finds *printer*.

mod fold;
mod language;

pub use language::{Language, Languages, is_function_word};

use std::collections::HashMap;

/// The maximum length of a word that counts, in characters.
const LONGEST: usize = 64;

/// A word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// The position of its beginning, in bytes.
    pub start: usize,
    /// The position of its end, in bytes.
    pub end: usize,
    /// The word as it is written.
    pub written: &'t str,
}

impl Word<'_> {
    /// Returns the word without case and accents.
    #[must_use]
    pub fn folded(&self) -> String {
        fold::fold(self.written)
    }

    /// Returns the word without case and accents, if it begins with a letter for which `looked_for`
    /// is true.
    pub(crate) fn folded_if(&self, looked_for: impl Fn(char) -> bool) -> Option<String> {
        // An ASCII letter is also the first of the folded word, so most words needn't be folded.
        let first = self.written.bytes().next()?;
        if first.is_ascii() && self.written.is_ascii() {
            let first = char::from(first.to_ascii_lowercase());
            return looked_for(first).then(|| self.folded());
        }
        let folded = self.folded();
        let begins = folded.chars().next().is_some_and(looked_for);
        begins.then_some(folded)
    }
}

/// Returns the words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let (skipped, first) = rest.char_indices().find(|(_, c)| fold::begins_word(*c))?;
        let start = from + skipped;
        let end = if fold::stands_alone(first) {
            start + first.len_utf8()
        } else {
            let inside = |c: char| fold::continues_word(c) && !fold::stands_alone(c);
            let word = text.get(start..)?;
            word.find(|c| !inside(c))
                .map_or(text.len(), |length| start + length)
        };
        from = end;
        let written = text.get(start..end)?;
        let written = match written.char_indices().nth(LONGEST) {
            Some((cut, _)) => written.get(..cut)?,
            None => written,
        };
        Some(Word {
            start,
            end,
            written,
        })
    })
}

/// Returns whether a character is a mark on the letter before it.
pub(crate) fn is_mark(c: char) -> bool {
    fold::continues_word(c) && !fold::begins_word(c)
}

/// Returns whether a folded word is written in Korean syllables.
pub(crate) fn is_korean(folded: &str) -> bool {
    folded.chars().all(|c| matches!(c, '가'..='힣'))
}

/// The forms by which the words of one text are found.
#[derive(Debug)]
pub struct Forms {
    language: Language,
    stems: HashMap<String, Option<String>>,
}

impl Forms {
    /// Prepares the forms of a text's words, in the language of the text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            language: Language::of(text),
            stems: HashMap::new(),
        }
    }

    /// Returns the language of the text.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Returns the stem of a folded word, if it differs from the word.
    pub fn stem(&mut self, folded: &str) -> Option<&str> {
        if !self.stems.contains_key(folded) {
            let stem = self.language.stem(folded).into_owned();
            let stem = Some(stem).filter(|stem| stem != folded);
            self.stems.insert(folded.to_owned(), stem);
        }
        self.stems.get(folded)?.as_deref()
    }
}

/// A stem of a word, with the languages in which the word has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stem {
    /// The stem, folded.
    pub text: String,
    /// The languages in which it is the stem of the word. In a text of any other, it is another
    /// word.
    pub languages: Languages,
}

/// Returns the stems of a folded word in all languages, each once, without the word itself: the
/// language of a query isn't known.
#[must_use]
pub fn stems(folded: &str) -> Vec<Stem> {
    let mut stems: Vec<Stem> = Vec::new();
    for language in Language::ALL {
        let text = language.stem(folded).into_owned();
        if text == folded || text.is_empty() {
            continue;
        }
        let mut languages = Languages::default();
        languages.add(language);
        match stems.iter_mut().find(|stem| stem.text == text) {
            Some(stem) => stem.languages.add(language),
            None => stems.push(Stem { text, languages }),
        }
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded()).collect()
    }

    #[test]
    fn words_have_neither_case_nor_accents() {
        assert_eq!(
            folded("Crème BRÛLÉE, Straße; Ærø!"),
            ["creme", "brulee", "strasse", "aero"]
        );
        assert_eq!(folded("e\u{301}tude"), ["etude"]);
        assert_eq!(folded("summer-2026.csv"), ["summer", "2026", "csv"]);
        assert_eq!(folded("ΣΊΣΥΦΟΣ"), folded("σίσυφος"));
        assert_eq!(folded("İstanbul"), ["istanbul"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_characters() {
        assert_eq!(folded("東京 tower"), ["東", "京", "tower"]);
        assert_eq!(folded("a東b"), ["a", "東", "b"]);
    }

    #[test]
    fn a_word_and_its_inflections_meet_in_a_stem() {
        let mut english = Forms::of("The printers are on the second floor and they are slow");
        assert_eq!(english.stem("printers"), Some("printer"));
        assert_eq!(english.stem("printer"), None);
        let mut german = Forms::of("Die Häuser sind nicht in der Stadt und das ist gut");
        assert_eq!(german.stem("hauser"), Some("haus"));
        let has = |word: &str, text: &str, language| {
            let stems = stems(word);
            let stem = stems.iter().find(|stem| stem.text == text);
            stem.is_some_and(|stem| stem.languages.has(language))
        };
        assert!(has("printers", "printer", Language::English));
        assert!(has("hauser", "haus", Language::German));
        assert!(!has("hauser", "haus", Language::English));
    }

    proptest! {
        #[test]
        fn any_text_is_cut_in_order_without_a_panic(text in "\\PC{0,200}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(word.start >= last && word.end > word.start);
                prop_assert!(text.is_char_boundary(word.end));
                last = word.end;
                let folded = word.folded();
                prop_assert!(stems(&folded).iter().all(|stem| stem.text != folded));
            }
        }
    }
}
