//! Excerpts: the passage of a text that shows why it was found.
//!
//! The passage is cut on request from the text that the reader sees; the index contains none. The
//! words that match are marked as Confluence marks them.

use crate::text::{Item, TextQuery};
use crate::words::{self, Forms};

/// The mark before a word that matches.
pub const BEGIN: &str = "@@@hl@@@";
/// The mark after it.
pub const END: &str = "@@@endhl@@@";

/// A passage, in pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    pieces: Vec<(bool, String)>,
}

/// The maximum length of a passage, in characters.
const MOST: usize = 300;

/// The number of these characters before the first word that matches.
const BEFORE: usize = 60;

impl Excerpt {
    /// Returns the passage of a text with the most matches for the queries, or its beginning if
    /// nothing matches.
    #[must_use]
    pub fn of(text: &str, asked: &[&TextQuery]) -> Self {
        let marks = marks(text, asked);
        let from = start(text, best(text, &marks));
        let part = text.get(from..).unwrap_or_default();
        let end = part.char_indices().nth(MOST).map(|(end, _)| end);
        // The passage ends with a whole word: the last one is dropped if it isn't complete.
        let to = end.map_or(text.len(), |end| {
            let kept = part.get(..end).unwrap_or_default();
            from + kept.rfind(char::is_whitespace).unwrap_or(end)
        });
        let mut pieces = Vec::new();
        let mut push = |marked: bool, from: usize, to: usize| {
            let piece = text.get(from..to).unwrap_or_default();
            if !piece.is_empty() {
                pieces.push((marked, one_line(piece)));
            }
        };
        let mut at = from;
        for (begin, finish) in marks {
            if begin >= at && finish <= to {
                push(false, at, begin);
                push(true, begin, finish);
                at = finish;
            }
        }
        push(false, at, to);
        if from > 0 {
            pieces.insert(0, (false, "… ".into()));
        }
        if to < text.trim_end().len() {
            pieces.push((false, " …".into()));
        }
        Self { pieces }
    }

    /// Returns the pieces in order, each with whether it matches.
    pub fn pieces(&self) -> impl Iterator<Item = (bool, &str)> {
        self.pieces
            .iter()
            .map(|(marked, piece)| (*marked, piece.as_str()))
    }

    /// Returns the passage without marks.
    #[must_use]
    pub fn plain(&self) -> String {
        self.pieces().map(|(_, piece)| piece).collect()
    }

    /// Returns the passage with marks.
    #[must_use]
    pub fn marked(&self) -> String {
        self.marked_with(|piece, out| out.push_str(piece))
    }

    /// Returns the passage with marks, its text escaped for HTML.
    #[must_use]
    pub fn marked_html(&self) -> String {
        self.marked_with(escape)
    }

    /// Returns the passage without marks, escaped for HTML.
    #[must_use]
    pub fn plain_html(&self) -> String {
        let mut out = String::new();
        self.pieces().for_each(|(_, piece)| escape(piece, &mut out));
        out
    }

    fn marked_with(&self, write: impl Fn(&str, &mut String)) -> String {
        let mut out = String::new();
        for (marked, piece) in self.pieces() {
            if marked {
                out.push_str(BEGIN);
            }
            write(piece, &mut out);
            if marked {
                out.push_str(END);
            }
        }
        out
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Replaces each run of white space by one space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        let is = c.is_whitespace();
        if !is || !space {
            line.push(if is { ' ' } else { c });
        }
        space = is;
    }
    line
}

/// Returns the ranges of the words that match, in bytes.
fn marks(text: &str, asked: &[&TextQuery]) -> Vec<(usize, usize)> {
    let items: Vec<&Item> = asked
        .iter()
        .flat_map(|query| &query.required)
        .flatten()
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    let mut initials: Vec<char> = items.iter().flat_map(|item| item.initials()).collect();
    // In their stem, Dutch participles lose the "ge" at their beginning.
    initials.push('g');
    initials.sort_unstable();
    initials.dedup();
    // Detecting the language takes longer than all the rest, and most words don't need it.
    let mut forms = None;
    words::words(text)
        .filter(|word| {
            let Some(folded) = word.folded_if(|initial| initials.contains(&initial)) else {
                return false;
            };
            items.iter().any(|item| item.is_word(&folded)) || {
                let forms = forms.get_or_insert_with(|| Forms::of(text));
                let language = forms.language();
                let stem = forms.stem(&folded);
                items.iter().any(|item| item.is(&folded, stem, language))
            }
        })
        .map(|word| (word.start, word.end))
        .collect()
}

/// Returns the position at which the most interesting passage begins: where most matches are close
/// together.
fn best(text: &str, marks: &[(usize, usize)]) -> usize {
    let near = |from: usize| {
        let after = marks.iter().filter(|(begin, _)| *begin >= from);
        after
            .take_while(|(_, end)| end - from <= MOST - BEFORE)
            .count()
    };
    // A later one must have more matches: the first of equals introduces the subject. A text full
    // of matches needn't be searched to its end.
    let candidates = marks
        .iter()
        .take(200)
        .map(|(begin, _)| (near(*begin), *begin));
    let best = candidates.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map_or(0, |(_, begin)| begin).min(text.len())
}

/// Returns the beginning of a word that is some characters before `place`.
fn start(text: &str, place: usize) -> usize {
    let before = text.get(..place).unwrap_or_default();
    let Some((from, _)) = before.char_indices().rev().nth(BEFORE) else {
        return 0;
    };
    let lead = before.get(from..).unwrap_or_default();
    let space = lead.char_indices().find(|(_, c)| c.is_whitespace());
    space.map_or(place, |(at, c)| from + at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;
    use proptest::prelude::*;

    fn excerpt(text: &str, asked: &str) -> Excerpt {
        Excerpt::of(text, &[&text::read(asked).unwrap()])
    }

    #[test]
    fn what_was_asked_for_is_marked() {
        let excerpt = excerpt("The printers of <Ada>\nare slow.", "printer slow");
        assert_eq!(
            excerpt.marked(),
            "The @@@hl@@@printers@@@endhl@@@ of <Ada> are @@@hl@@@slow@@@endhl@@@."
        );
        assert_eq!(
            excerpt.plain_html(),
            "The printers of &lt;Ada&gt; are slow."
        );
    }

    #[test]
    fn the_passage_is_around_what_was_asked_for() {
        let text = format!(
            "{} the needle lies here {}",
            "hay ".repeat(500),
            "straw ".repeat(500)
        );
        let excerpt = excerpt(&text, "needle").marked();
        assert!(excerpt.starts_with("… hay"), "{excerpt}");
        assert!(
            excerpt.contains("@@@hl@@@needle@@@endhl@@@ lies"),
            "{excerpt}"
        );
        assert!(excerpt.ends_with("straw …"), "{excerpt}");
        assert!(excerpt.chars().count() < MOST + 40);
    }

    #[test]
    fn without_a_mark_it_is_the_beginning() {
        let excerpt = excerpt("Short.", "other");
        assert_eq!(
            (excerpt.marked(), excerpt.plain()),
            ("Short.".into(), "Short.".into())
        );
    }

    #[test]
    fn a_word_is_found_by_its_stem_whatever_it_begins_with() {
        for (text, asked) in [
            ("Die Häuser sind nicht in der Stadt und das ist gut", "haus"),
            ("The printers are on the second floor", "printer"),
            ("The Éclairs are there and they are good", "eclair"),
            ("The skies are there and they are grey", "sky"),
        ] {
            let marked = excerpt(text, asked).marked();
            assert!(marked.contains(BEGIN), "{asked} in {marked}");
        }
    }

    #[test]
    fn a_word_is_not_marked_for_its_stem_in_another_language() {
        // In Swedish, the "-et" of "ticket" would be an article.
        let english = excerpt("Tick what is done, and then the rest of it", "ticket");
        assert_eq!(english.marked(), english.plain());
        let text = "Priset är lågt och det är bra för oss";
        assert!(excerpt(text, "pris").marked().contains(BEGIN));
    }

    proptest! {
        #[test]
        fn a_stem_begins_as_its_word_does_or_the_word_with_a_dutch_prefix(word in "\\PC{1,12}") {
            for word in words::words(&word) {
                let folded = word.folded();
                for stem in words::stems(&folded) {
                    let begins_alike = stem.text.chars().next() == folded.chars().next();
                    prop_assert!(begins_alike || folded.starts_with('g'), "{} {}", folded, stem.text);
                }
            }
        }

        #[test]
        fn latin_stems_begin_as_their_words_do_or_these_with_a_dutch_prefix(word in "[a-zà-ÿа-я]{1,14}") {
            for word in words::words(&word) {
                let folded = word.folded();
                for stem in words::stems(&folded) {
                    let begins_alike = stem.text.chars().next() == folded.chars().next();
                    prop_assert!(begins_alike || folded.starts_with('g'), "{} {}", folded, stem.text);
                }
            }
        }

        #[test]
        fn any_text_has_an_excerpt_of_bounded_length(text in "[a-zé東 \\n<]{0,900}", asked in "[a-zé東]{1,3}") {
            let excerpt = excerpt(&text, &asked);
            prop_assert!(excerpt.plain().chars().count() <= MOST + 4);
        }
    }
}
