//! Queries on text: the value of a clause with `~`.
//!
//! | written | asks for |
//! |---|---|
//! | `red printer` | both words, or inflections of them, anywhere; small words (*the*, *und*) aren't required beside others |
//! | `"red printer"` | the words in this order, next to each other; so does `red-printer` |
//! | `print*`, `pr?nt`, `pr*t` | words that begin with this, or match it; two letters must come first |
//! | `printr~`, `printr~2` | words that differ in one or two letters, not in the first |
//! | `한국어` | a Korean word, also with a particle after it: 한국어를 |
//! | `red OR blue` | one of them |
//! | `-red`, `NOT red` | not this |
//!
//! Words are expanded without regard to the content of the site: the expansions of a prefix are
//! never cut off at some number of words, because words of pages that the reader can't see would
//! displace others (law 7.4).

mod pattern;

pub use pattern::Pattern;

use crate::words::{self, Forms, Language, Stem};

/// A query on one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextQuery {
    /// The groups of alternatives; a text must have one of each group.
    pub required: Vec<Vec<Item>>,
    /// The items that improve a text's score.
    pub welcome: Vec<Item>,
    /// The items that a text must not have.
    pub excluded: Vec<Item>,
}

/// One thing that a text can have.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A word, or one with the same stem.
    Word {
        /// The word, folded.
        word: String,
        /// Its stems.
        stems: Vec<Stem>,
    },
    /// Words in sequence, folded.
    Phrase(Vec<String>),
    /// Words that match a pattern.
    Pattern(Pattern),
}

/// The number of words that a wildcard costs as much as.
const PATTERN_COST: usize = 8;

impl TextQuery {
    /// Returns all items that a text should have.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.required.iter().flatten().chain(&self.welcome)
    }

    /// Returns whether the query has no word, so that nothing can be found by it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.required.is_empty()
    }

    /// Returns how much work it is, in words.
    #[must_use]
    pub fn cost(&self) -> usize {
        let cost = |item: &Item| match item {
            Item::Word { .. } => 1,
            Item::Phrase(words) => words.len(),
            Item::Pattern(_) => PATTERN_COST,
        };
        self.items().chain(&self.excluded).map(cost).sum()
    }

    /// Returns whether a text that isn't in the index matches.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let mut forms = Forms::of(text);
        let language = forms.language();
        let words: Vec<(String, Option<String>)> = words::words(text)
            .map(|word| {
                let folded = word.folded();
                let stem = forms.stem(&folded).map(String::from);
                (folded, stem)
            })
            .collect();
        let has = |item: &Item| match item {
            Item::Phrase(phrase) => words
                .windows(phrase.len())
                .any(|some| some.iter().map(|(word, _)| word).eq(phrase)),
            item => words
                .iter()
                .any(|(word, stem)| item.is(word, stem.as_deref(), language)),
        };
        !self.is_empty()
            && self.required.iter().all(|group| group.iter().any(has))
            && !self.excluded.iter().any(has)
    }
}

impl Item {
    /// Returns whether a word of a text, as it is written there, is this word or one of these
    /// words.
    #[must_use]
    pub fn is_word(&self, folded: &str) -> bool {
        match self {
            Self::Word { word, .. } => word == folded,
            Self::Phrase(words) => words.iter().any(|word| word == folded),
            Self::Pattern(pattern) => pattern.is(folded),
        }
    }

    /// Returns whether a word of a text in a language, or its stem, is this word or one of these
    /// words.
    #[must_use]
    pub fn is(&self, folded: &str, stem: Option<&str>, language: Language) -> bool {
        let Self::Word { word, stems } = self else {
            return self.is_word(folded);
        };
        let known = |form: &str| {
            let is = |stem: &Stem| stem.text == form && stem.languages.has(language);
            word == form || stems.iter().any(is)
        };
        known(folded) || stem.is_some_and(known)
    }

    /// Returns the letters with which the words that can match begin. A stem begins as its word
    /// does, in every language that has one here.
    pub(crate) fn initials(&self) -> impl Iterator<Item = char> {
        let (word, words, pattern) = match self {
            Self::Word { word, .. } => (Some(word.as_str()), &[][..], None),
            Self::Phrase(words) => (None, words.as_slice(), None),
            Self::Pattern(pattern) => (None, &[][..], Some(pattern.start())),
        };
        let words = words.iter().map(String::as_str);
        let all = word.into_iter().chain(words).chain(pattern);
        all.filter_map(|word| word.chars().next())
    }
}

/// How a term is joined with those before it.
#[derive(Clone, Copy, PartialEq)]
enum Joined {
    All,
    Any,
    Not,
}

/// Parses a query on a text.
///
/// # Errors
/// Returns the reason if it can't be answered: a wildcard without letters before it.
pub fn read(value: &str) -> Result<TextQuery, String> {
    let mut query = TextQuery::default();
    let mut small = Vec::new();
    let mut joined = Joined::All;
    // Whether the last term was required, so that `OR` can join another one to it.
    let mut open = false;
    for term in terms(value) {
        match term.word_of_grammar() {
            Some(Joined::Any) if !open => continue,
            Some(next) => {
                joined = next;
                continue;
            }
            None => {}
        }
        let items = term.items()?;
        let not = joined == Joined::Not || term.not;
        for item in items {
            if not {
                query.excluded.push(item);
                open = false;
                continue;
            }
            let is_small = joined == Joined::All && !term.must && item.is_function_word();
            match query
                .required
                .last_mut()
                .filter(|_| joined == Joined::Any && open)
            {
                Some(group) => group.push(item),
                None if is_small => small.push(item),
                None => query.required.push(vec![item]),
            }
            open = !is_small;
        }
        joined = Joined::All;
    }
    if query.required.is_empty() {
        // There are only small words, so they are required.
        query.required = small.into_iter().map(|item| vec![item]).collect();
    } else {
        query.welcome = small;
    }
    Ok(query)
}

impl Item {
    fn is_function_word(&self) -> bool {
        matches!(self, Self::Word { word, .. } if words::is_function_word(word))
    }
}

/// A term as it is written.
struct Term<'v> {
    text: &'v str,
    quoted: bool,
    not: bool,
    must: bool,
}

/// Splits a value into terms, at spaces and quotes.
fn terms(value: &str) -> impl Iterator<Item = Term<'_>> {
    let mut rest = value;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let sign = rest.chars().next().filter(|c| matches!(c, '-' | '+' | '!'));
        let after = sign.map_or(rest, |sign| rest.get(sign.len_utf8()..).unwrap_or_default());
        let (text, quoted, left) = match after.strip_prefix('"') {
            Some(inside) => {
                let (text, left) = inside.split_once('"').unwrap_or((inside, ""));
                // The distance of the words is ignored: it is a phrase.
                let left = left.strip_prefix('~').map_or(left, |left| {
                    left.trim_start_matches(|c: char| c.is_ascii_digit())
                });
                (text, true, left)
            }
            None => {
                let end = after.find(|c: char| c.is_whitespace() || c == '"');
                let (text, left) = after.split_at(end.unwrap_or(after.len()));
                (text, false, left)
            }
        };
        rest = left;
        Some(Term {
            text,
            quoted,
            not: matches!(sign, Some('-' | '!')),
            must: sign == Some('+'),
        })
    })
}

impl Term<'_> {
    fn word_of_grammar(&self) -> Option<Joined> {
        if self.quoted || self.not || self.must {
            return None;
        }
        match self.text {
            "AND" | "&&" => Some(Joined::All),
            "OR" | "||" => Some(Joined::Any),
            "NOT" => Some(Joined::Not),
            _ => None,
        }
    }

    fn items(&self) -> Result<Vec<Item>, String> {
        if !self.quoted {
            let (text, distance) = self.distance();
            if let Some(distance) = distance {
                return Ok(near(text, distance).into_iter().collect());
            }
            if text.contains(['*', '?']) {
                return wild(text);
            }
        }
        let mut words: Vec<String> = words::words(self.text).map(|word| word.folded()).collect();
        words.retain(|word| !word.is_empty());
        let only = words.len() == 1;
        Ok(match words.pop() {
            None => Vec::new(),
            Some(word) if only && !self.quoted => vec![Item::begun(word)],
            Some(word) if only => vec![Item::Phrase(vec![word])],
            Some(word) => {
                words.push(word);
                vec![Item::Phrase(words)]
            }
        })
    }

    /// Returns the term without `~`, `~1` or `~2` at its end, and how many letters may differ.
    fn distance(&self) -> (&str, Option<u8>) {
        let (text, distance) = match self.text.rsplit_once('~') {
            Some((text, "")) => (text, Some(if text.chars().count() < 8 { 1 } else { 2 })),
            Some((text, "1")) => (text, Some(1)),
            Some((text, "2")) => (text, Some(2)),
            _ => (self.text, None),
        };
        (text, distance)
    }
}

impl Item {
    /// Returns the item for a word of a query. In Korean, particles are written as part of the word
    /// before them, so a word is also the prefix of words.
    fn begun(word: String) -> Self {
        let beginning = words::is_korean(&word).then(|| Pattern::beginning(&word));
        match beginning.flatten() {
            Some(pattern) => Self::Pattern(pattern),
            None => Self::word(word),
        }
    }

    fn word(word: String) -> Self {
        Self::Word {
            stems: words::stems(&word),
            word,
        }
    }
}

/// Returns the item for a word in which letters may differ; a short word only matches exactly.
fn near(text: &str, distance: u8) -> Option<Item> {
    let word = words::words(text).next()?.folded();
    Some(match Pattern::near(&word, distance) {
        Some(pattern) => Item::Pattern(pattern),
        None => Item::word(word),
    })
}

/// Parses words with wildcards in them.
fn wild(text: &str) -> Result<Vec<Item>, String> {
    let is_wild = |c: char| matches!(c, '*' | '?');
    let parts = text
        .split(|c: char| !c.is_alphanumeric() && !is_wild(c) && !words::is_mark(c))
        .filter(|part| !part.is_empty());
    let mut items = Vec::new();
    for part in parts {
        if part.contains(is_wild) {
            items.push(Item::Pattern(Pattern::wild(part)?));
        } else {
            items.extend(words::words(part).map(|word| Item::word(word.folded())));
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_korean_word_is_found_with_its_particles() {
        for text in ["한국어를 배웁니다", "한국어", "우리는 한국어로 씁니다"] {
            assert!(read("한국어").unwrap().fits(text), "{text}");
        }
        for text in ["한국을 배웁니다", "국어를 배웁니다", "Korean"] {
            assert!(!read("한국어").unwrap().fits(text), "{text}");
        }
        // A single syllable would be the prefix of a great part of the dictionary.
        assert!(!read("한").unwrap().fits("한국어를 배웁니다"));
        assert!(read("한").unwrap().fits("한 사람"));
    }

    fn words_of(groups: &[Vec<Item>]) -> Vec<String> {
        let shown = |item: &Item| match item {
            Item::Word { word, .. } => word.clone(),
            Item::Phrase(words) => words.join("_"),
            Item::Pattern(_) => "?".into(),
        };
        let group = |group: &Vec<Item>| group.iter().map(shown).collect::<Vec<_>>().join("|");
        groups.iter().map(group).collect()
    }

    #[test]
    fn terms_are_words_phrases_and_alternatives() {
        let query = read(r#"the red OR blue "second floor" x-ray -green NOT yellow +is"#).unwrap();
        assert_eq!(
            words_of(&query.required),
            ["red|blue", "second_floor", "x_ray", "is"]
        );
        assert_eq!(words_of(&[query.welcome]), ["the"]);
        assert_eq!(words_of(&[query.excluded]), ["green|yellow"]);
        assert_eq!(
            words_of(&read("to be or").unwrap().required),
            ["to", "be", "or"]
        );
        assert!(read("!!! -- \"\"").unwrap().is_empty());
        assert_eq!(words_of(&read("OR red").unwrap().required), ["red"]);
        assert_eq!(words_of(&read("東京").unwrap().required), ["東_京"]);
    }

    #[test]
    fn a_wildcard_needs_letters_before_it() {
        for text in ["*", "?x", "a*"] {
            assert!(read(text).unwrap_err().contains("two letters"), "{text}");
        }
        assert_eq!(read("pr*t").unwrap().cost(), PATTERN_COST);
    }

    #[test]
    fn a_text_fits_what_is_asked_of_it() {
        let text = "The printers on the second floor are slow";
        for (asked, fits) in [
            ("printer", true),
            ("printers", true),
            ("print*", true),
            ("pr?nters", true),
            ("printres~", true),
            ("prinetrs~", true),
            ("printer~", true),
            ("\"second floor\"", true),
            ("\"floor second\"", false),
            ("first OR second", true),
            ("first second", false),
            ("printer -slow", false),
            ("the printer is slow", true),
            ("", false),
        ] {
            assert_eq!(read(asked).unwrap().fits(text), fits, "{asked}");
        }
    }
}
