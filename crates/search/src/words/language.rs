//! Languages: their stems, and the small words that every text in them has.
//!
//! The tables are fixed. The frequency of a word on the site would reveal pages that the reader
//! can't see (law 7.4).

use super::fold::fold;
use super::words;
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;

/// A language whose stems are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Danish.
    Danish,
    /// Dutch.
    Dutch,
    /// English.
    English,
    /// French.
    French,
    /// German.
    German,
    /// Italian.
    Italian,
    /// Norwegian.
    Norwegian,
    /// Portuguese.
    Portuguese,
    /// Russian.
    Russian,
    /// Spanish.
    Spanish,
    /// Swedish.
    Swedish,
}

/// A set of languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Languages(u16);

impl Languages {
    /// Returns whether a language is in the set.
    #[must_use]
    pub fn has(self, language: Language) -> bool {
        self.0 & language.bit() != 0
    }

    /// Returns whether the language with this [number](Language::number) is in the set.
    pub(crate) fn has_number(self, number: u64) -> bool {
        number < u64::from(u16::BITS) && u64::from(self.0) >> number & 1 == 1
    }

    pub(super) fn add(&mut self, language: Language) {
        self.0 |= language.bit();
    }
}

/// The number of words of a text from which its language is detected.
const LOOKED_AT: usize = 400;

/// The maximum length of a small word, in bytes.
const LONGEST: usize = 8;

impl Language {
    /// All languages. English comes first: it is the language of a text without any evidence.
    pub const ALL: [Self; 11] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Italian,
        Self::Portuguese,
        Self::Dutch,
        Self::Swedish,
        Self::Danish,
        Self::Norwegian,
        Self::Russian,
    ];

    /// Returns the number by which the index knows it.
    pub(crate) fn number(self) -> u64 {
        self as u64
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }

    /// Detects the language of a text: the one most of whose small words it has.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut counts = Self::ALL.map(|language| (0_usize, language));
        for word in words(text).take(LOOKED_AT) {
            let folded = word.folded();
            for (count, language) in &mut counts {
                *count += usize::from(language.has_function_word(&folded));
            }
        }
        // If counts are equal, the first language wins.
        let best = counts.into_iter().rev().max_by_key(|(count, _)| *count);
        best.map_or(Self::English, |(_, language)| language)
    }

    /// Returns the stem of a folded word.
    #[must_use]
    pub fn stem(self, folded: &str) -> Cow<'_, str> {
        let letters = folded.chars().all(char::is_alphabetic);
        if !letters || self.has_function_word(folded) {
            return Cow::Borrowed(folded);
        }
        // The result of stemming may have an accent of its own.
        Cow::Owned(fold(&Stemmer::new(self.algorithm()).stem(folded)))
    }

    fn algorithm(self) -> Algorithm {
        match self {
            Self::Danish => Algorithm::Danish,
            Self::Dutch => Algorithm::Dutch,
            Self::English => Algorithm::English,
            Self::French => Algorithm::French,
            Self::German => Algorithm::German,
            Self::Italian => Algorithm::Italian,
            Self::Norwegian => Algorithm::Norwegian,
            Self::Portuguese => Algorithm::Portuguese,
            Self::Russian => Algorithm::Russian,
            Self::Spanish => Algorithm::Spanish,
            Self::Swedish => Algorithm::Swedish,
        }
    }

    fn has_function_word(self, folded: &str) -> bool {
        folded.len() <= LONGEST && self.function_words().binary_search(&folded).is_ok()
    }

    /// Returns the small words of the language, folded and sorted.
    fn function_words(self) -> &'static [&'static str] {
        match self {
            Self::Danish => &[
                "af", "at", "da", "de", "den", "der", "det", "eller", "en", "er", "et", "for",
                "fra", "har", "hvor", "ikke", "med", "meget", "og", "om", "skal", "som", "til",
                "ved", "vi",
            ],
            Self::Dutch => &[
                "aan", "als", "bij", "dat", "de", "die", "dit", "door", "een", "en", "er", "geen",
                "het", "hoe", "is", "met", "naar", "niet", "of", "ook", "op", "te", "van", "voor",
                "wordt", "zijn",
            ],
            Self::English => &[
                "a", "about", "an", "and", "are", "as", "at", "be", "but", "by", "can", "do",
                "does", "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is",
                "it", "its", "my", "of", "on", "or", "our", "so", "that", "the", "their", "them",
                "then", "there", "they", "this", "to", "was", "we", "were", "what", "when",
                "where", "which", "who", "why", "will", "with", "you", "your",
            ],
            Self::French => &[
                "au", "aux", "avec", "ce", "ces", "comment", "dans", "de", "des", "du", "elle",
                "en", "est", "et", "il", "je", "la", "le", "les", "mais", "ne", "nous", "ou",
                "par", "pas", "pour", "que", "qui", "sont", "sur", "un", "une", "vous",
            ],
            Self::German => &[
                "als", "am", "an", "auch", "auf", "aus", "bei", "das", "dem", "den", "der", "des",
                "die", "ein", "eine", "einen", "einer", "es", "fur", "hat", "ich", "im", "in",
                "ist", "mit", "nach", "nicht", "oder", "sich", "sie", "sind", "und", "von", "was",
                "wenn", "werden", "wie", "wir", "wird", "zu", "zum", "zur",
            ],
            Self::Italian => &[
                "al", "alla", "anche", "che", "come", "con", "da", "dal", "dei", "del", "della",
                "delle", "di", "e", "gli", "i", "il", "in", "la", "le", "lo", "nel", "non", "o",
                "per", "si", "sono", "su", "un", "una",
            ],
            Self::Norwegian => &[
                "at", "av", "de", "den", "der", "det", "eller", "en", "er", "et", "for", "fra",
                "har", "hvor", "ikke", "jeg", "kan", "med", "mye", "og", "om", "skal", "som",
                "til", "ved", "vi",
            ],
            Self::Portuguese => &[
                "ao", "as", "com", "como", "da", "das", "de", "do", "dos", "e", "em", "essa",
                "esta", "isso", "mais", "mas", "na", "nao", "no", "nos", "o", "os", "ou", "para",
                "pela", "pelo", "por", "que", "se", "sua", "um", "uma",
            ],
            Self::Russian => &[
                "без", "был", "в", "вы", "для", "до", "его", "за", "и", "из", "или", "их", "к",
                "как", "мы", "на", "не", "но", "о", "об", "он", "от", "по", "при", "с", "так",
                "то", "у", "что", "это",
            ],
            Self::Spanish => &[
                "al", "como", "con", "cuando", "de", "del", "el", "en", "es", "esta", "este",
                "hay", "la", "las", "lo", "los", "mas", "no", "o", "para", "pero", "por", "que",
                "se", "si", "sin", "sobre", "son", "su", "un", "una", "y",
            ],
            Self::Swedish => &[
                "att", "av", "de", "den", "det", "eller", "en", "ett", "for", "fran", "har", "hur",
                "i", "inte", "jag", "kan", "med", "mycket", "och", "om", "pa", "ska", "som",
                "till", "vi", "vid",
            ],
        }
    }
}

/// Returns whether a folded word is a small word of some language: it says little about the subject
/// of a text, so a query doesn't require it.
#[must_use]
pub fn is_function_word(folded: &str) -> bool {
    Language::ALL
        .iter()
        .any(|language| language.has_function_word(folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_sorted_and_folded() {
        for language in Language::ALL {
            let table = language.function_words();
            assert!(table.is_sorted_by(|a, b| a < b), "{language:?}");
            for word in table {
                assert!(word.len() <= LONGEST, "{word}");
                assert_eq!(fold(word), *word, "{language:?}");
            }
        }
    }

    #[test]
    fn a_text_is_of_the_language_of_its_small_words() {
        for (text, language) in [
            (
                "How to reset your password in the portal",
                Language::English,
            ),
            (
                "Wie man das Passwort im Portal zurücksetzt und wann nicht",
                Language::German,
            ),
            (
                "Comment changer le mot de passe dans le portail",
                Language::French,
            ),
            (
                "Как сменить пароль и что делать, если это не помогло",
                Language::Russian,
            ),
            (
                "Hur jag byter lösenord och det inte fungerar",
                Language::Swedish,
            ),
            ("Timetable 2026", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of(text), language, "{text}");
        }
    }
}
