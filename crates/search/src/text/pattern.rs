//! Patterns for words: with wildcards, or with a number of letters that may differ.

use crate::words;

/// A pattern for words, which consists of a fixed beginning and a condition on the whole word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The beginning of all words that match: only these words are compared.
    start: String,
    rest: Rest,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rest {
    /// The word continues with anything.
    Any,
    /// The whole word, with `*` for any letters and `?` for one.
    Like(Vec<char>),
    /// The whole word, and how many of its letters may differ.
    Near(Vec<char>, u8),
}

/// The minimum number of letters before a wildcard: fewer would match a great part of the
/// dictionary.
const LETTERS: usize = 2;

/// The minimum number of letters of a word in which one may differ.
const LONG_ENOUGH: usize = 4;

impl Pattern {
    /// Parses a word with wildcards.
    pub(super) fn wild(text: &str) -> Result<Self, String> {
        let mut like = Vec::new();
        for part in text.split_inclusive(['*', '?']) {
            let (letters, sign) = match part.strip_suffix(['*', '?']) {
                Some(letters) => (letters, part.chars().next_back()),
                None => (part, None),
            };
            let folded = words::words(letters).map(|word| word.folded());
            like.extend(folded.collect::<String>().chars());
            // Two stars in a row are one.
            if sign != Some('*') || like.last() != Some(&'*') {
                like.extend(sign);
            }
        }
        let start: String = like.iter().take_while(|c| !is_sign(**c)).collect();
        let letters = start.chars().count();
        if letters < LETTERS {
            return Err(format!(
                "the wildcard in \"{text}\" needs at least two letters before it"
            ));
        }
        let only_begins = like.get(letters..) == Some(&['*']);
        let rest = if only_begins {
            Rest::Any
        } else {
            Rest::Like(like)
        };
        Ok(Self { start, rest })
    }

    /// Returns the pattern for words that begin with a folded word, or `None` if it is too short
    /// for that.
    pub(super) fn beginning(folded: &str) -> Option<Self> {
        (folded.chars().count() >= LETTERS).then(|| Self {
            start: folded.to_owned(),
            rest: Rest::Any,
        })
    }

    /// Returns the pattern for a word in which this number of letters may differ, except the first,
    /// or `None` if it is too short to be recognized then.
    pub(super) fn near(folded: &str, distance: u8) -> Option<Self> {
        let letters: Vec<char> = folded.chars().collect();
        let start = letters.first().map(ToString::to_string)?;
        (letters.len() >= LONG_ENOUGH).then_some(Self {
            start,
            rest: Rest::Near(letters, distance),
        })
    }

    /// Returns the beginning of all words that match.
    #[must_use]
    pub fn start(&self) -> &str {
        &self.start
    }

    /// Returns whether a folded word matches.
    #[must_use]
    pub fn is(&self, folded: &str) -> bool {
        folded.starts_with(&self.start)
            && match &self.rest {
                Rest::Any => true,
                Rest::Like(like) => is_like(like, folded),
                Rest::Near(letters, distance) => is_near(letters, folded, usize::from(*distance)),
            }
    }
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// Returns whether a word matches a text with wildcards. If a star took too few letters, it takes
/// one more; so the work is at most the product of both lengths.
fn is_like(like: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let (mut at, mut place) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(c) = word.get(at) {
        match like.get(place) {
            Some('*') => {
                star = Some((place, at));
                place += 1;
            }
            Some(wanted) if *wanted == '?' || wanted == c => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((back, from)) = star else {
                    return false;
                };
                star = Some((back, from + 1));
                (place, at) = (back + 1, from + 1);
            }
        }
    }
    like.iter().skip(place).all(|c| *c == '*')
}

/// Returns whether two words differ in at most this number of letters: one wrong, missing, too
/// many, or swapped with the next.
fn is_near(letters: &[char], word: &str, most: usize) -> bool {
    let word: Vec<char> = word.chars().collect();
    if word.len().abs_diff(letters.len()) > most {
        return false;
    }
    // The last two rows of the table of distances between prefixes: the last but one, the last.
    let mut last: Vec<usize> = (0..=word.len()).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Option<char> = None;
    for (row, letter) in letters.iter().enumerate() {
        let mut next = Vec::with_capacity(last.len());
        next.push(row + 1);
        for (column, c) in word.iter().enumerate() {
            let of =
                |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut least = (of(&last, column) + usize::from(letter != c))
                .min(of(&last, column + 1) + 1)
                .min(of(&next, column) + 1);
            let changed = column > 0
                && previous == Some(*c)
                && column.checked_sub(1).and_then(|at| word.get(at)) == Some(letter);
            if changed {
                least = least.min(of(&before, column - 1) + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
        previous = Some(*letter);
    }
    last.last().is_some_and(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wild(text: &str) -> Pattern {
        Pattern::wild(text).unwrap()
    }

    #[test]
    fn wildcards_stand_for_letters() {
        assert!(wild("pri*").is("printer") && wild("pri*").is("pri") && !wild("pri*").is("pro"));
        assert!(wild("PRI**er").is("printer") && !wild("pri*er").is("prints"));
        assert!(wild("pr?nter").is("printer") && !wild("pr?nter").is("prnter"));
        assert!(wild("ab*b?d*").is("abxxbcdbbd") && !wild("ab*b?d").is("abxxbcdx"));
    }

    #[test]
    fn near_words_differ_in_few_letters() {
        let near = |word: &str, distance| Pattern::near(word, distance).unwrap();
        assert!(near("printer", 1).is("prinetr"));
        assert!(near("printer", 1).is("printers"));
        assert!(near("printer", 1).is("prnter"));
        assert!(!near("printer", 1).is("prnters"));
        assert!(near("printer", 2).is("prnters"));
        assert!(!near("printer", 2).is("drinter"));
        assert!(Pattern::near("abc", 1).is_none());
    }

    proptest! {
        #[test]
        fn a_word_is_near_itself_and_like_itself(word in "[a-z]{4,12}") {
            prop_assert!(Pattern::near(&word, 1).unwrap().is(&word));
            let (begins, inside) = (format!("{word}*"), format!("{}*{}", &word[..2], &word[3..]));
            prop_assert!(wild(&begins).is(&word));
            prop_assert!(wild(&inside).is(&word));
        }
    }
}
