//! Marks passages of a body, to show where its inline comments are.
//!
//! The stored body has no marks: they are added to a copy of it.

use std::ops::Range;

use crate::escape::{Entity, entity, push_escaped};
use crate::storage::{Document, parse};
use crate::text::with_origins;

/// A passage of a body, and the reference for its mark.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// The words of the passage; white space between them doesn't matter.
    pub words: &'a str,
    /// Which of the occurrences of these words in the body's text it is, counted from 0.
    pub index: usize,
    /// The reference that the mark carries.
    pub reference: &'a str,
}

/// Returns the body with marks around passages: `ac:inline-comment-marker`, one for each run of
/// text in a passage. Content that isn't running text, such as code, isn't marked, and a passage
/// that isn't found is skipped. Where passages overlap, only the remainder of the second is marked.
#[must_use]
pub fn marked(document: &Document, passages: &[Passage<'_>]) -> Document {
    let text = one_line(document);
    let mut runs: Vec<(Range<usize>, &str)> = Vec::new();
    for passage in passages {
        let words = passage
            .words
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if words.is_empty() {
            continue;
        }
        let Some((start, found)) = text.line.match_indices(&words).nth(passage.index) else {
            continue;
        };
        let origins = text.origins_within(start..start + found.len());
        runs.extend(
            joined(document.as_str(), origins)
                .into_iter()
                .map(|run| (run, passage.reference)),
        );
    }
    runs.sort_by_key(|(run, _)| run.start);
    with_marks(document, &runs)
}

/// The text of a body on one line, with the origins of its characters.
struct OneLine {
    line: String,
    /// The position of each character in the line, and its range in the source.
    origins: Vec<(usize, Range<usize>)>,
}

impl OneLine {
    fn origins_within(&self, range: Range<usize>) -> &[(usize, Range<usize>)] {
        let from = self.origins.partition_point(|(at, _)| *at < range.start);
        let to = self.origins.partition_point(|(at, _)| *at < range.end);
        self.origins.get(from..to).unwrap_or_default()
    }
}

fn one_line(document: &Document) -> OneLine {
    let (text, known) = with_origins(document);
    let mut known = known.into_iter().peekable();
    let mut one = OneLine {
        line: String::with_capacity(text.len()),
        origins: Vec::new(),
    };
    let mut blank = false;
    for (at, c) in text.char_indices() {
        while known.next_if(|(place, _)| *place < at).is_some() {}
        if c.is_whitespace() {
            blank = !one.line.is_empty();
            continue;
        }
        if std::mem::take(&mut blank) {
            one.line.push(' ');
        }
        if let Some((_, origin)) = known.next_if(|(place, _)| *place == at) {
            one.origins.push((one.line.len(), origin));
        }
        one.line.push(c);
    }
    one
}

/// Joins the characters of a passage into runs, each within one text of the source.
fn joined(source: &str, origins: &[(usize, Range<usize>)]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (_, origin) in origins {
        match runs.last_mut() {
            Some(run)
                if source
                    .get(run.end..origin.start)
                    .is_some_and(|between| !between.contains('<')) =>
            {
                run.end = origin.end;
            }
            _ => runs.push(origin.clone()),
        }
    }
    runs
}

fn with_marks(document: &Document, runs: &[(Range<usize>, &str)]) -> Document {
    let source = document.as_str();
    let mut out = String::with_capacity(source.len() + runs.len() * 100);
    let mut done = 0;
    for (run, reference) in runs {
        let start = run.start.max(done);
        let (Some(before), Some(inside)) = (source.get(done..start), source.get(start..run.end))
        else {
            continue;
        };
        if inside.is_empty() {
            continue;
        }
        out.push_str(before);
        out.push_str("<ac:inline-comment-marker ac:ref=\"");
        push_escaped(&mut out, reference);
        out.push_str("\">");
        out.push_str(inside);
        out.push_str("</ac:inline-comment-marker>");
        done = run.end;
    }
    out.push_str(source.get(done..).unwrap_or_default());
    // If the marks make the body too large, the body comes without them.
    parse(&out).unwrap_or_else(|_| document.clone())
}

/// Returns the characters of a text with entities that aren't white space, each with its range in
/// the text.
pub(crate) fn visible(raw: &str) -> impl Iterator<Item = (char, Range<usize>)> + '_ {
    let mut at = 0;
    let next = move || {
        let rest = raw.get(at..)?;
        let first = rest.chars().next()?;
        let decoded = match rest.strip_prefix('&').and_then(entity) {
            Some((Entity::Char(c), length)) => (c.to_string(), length + 1),
            Some((Entity::Named(text), length)) => (text.to_owned(), length + 1),
            None => (first.to_string(), first.len_utf8()),
        };
        let range = at..at + decoded.1;
        at = range.end;
        Some((decoded.0, range))
    };
    std::iter::from_fn(next).flat_map(|(text, range)| {
        let visible: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        visible.into_iter().map(move |c| (c, range.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    fn mark(source: &str, words: &str, index: usize) -> String {
        let document = parse(source).unwrap();
        let passage = Passage {
            words,
            index,
            reference: "r",
        };
        let marked = marked(&document, &[passage]);
        assert_eq!(plain(&marked), plain(&document), "{source}");
        let begin = "<ac:inline-comment-marker ac:ref=\"r\">";
        let written = marked.as_str().replace(begin, "[");
        written.replace("</ac:inline-comment-marker>", "]")
    }

    #[test]
    fn a_passage_is_marked_in_each_run_of_text_that_it_has() {
        let source = "<p>press the <b>red</b> button, then the green button</p>";
        assert_eq!(
            mark(source, "the red button", 0),
            "<p>press [the] <b>[red]</b> [button], then the green button</p>"
        );
        assert_eq!(
            mark(source, "button", 1),
            "<p>press the <b>red</b> button, then the green [button]</p>"
        );
        assert_eq!(mark(source, "then  the\ngreen", 0).matches('[').count(), 1);
    }

    #[test]
    fn entities_and_white_space_are_found_as_they_are_read() {
        assert_eq!(
            mark("<p>a &amp; b\n  &eacute;t&#233;&nbsp;c</p>", "& b été c", 0),
            "<p>a [&amp; b\n  &eacute;t&#233;&nbsp;c]</p>"
        );
        assert_eq!(
            mark("<h1>One</h1><p>two</p>", "One two", 0),
            "<h1>[One]</h1><p>[two]</p>"
        );
    }

    #[test]
    fn what_is_not_there_or_is_no_running_text_is_not_marked() {
        let source = "<p>one</p><ac:structured-macro ac:name=\"code\"><ac:plain-text-body>\
                      <![CDATA[two]]></ac:plain-text-body></ac:structured-macro>";
        for (words, index) in [("two", 0), ("three", 0), ("one", 1), ("", 0)] {
            assert_eq!(mark(source, words, index), source, "{words}");
        }
    }

    #[test]
    fn passages_that_overlap_stay_well_formed() {
        let document = parse("<p>one two three</p>").unwrap();
        let passage = |words, reference| Passage {
            words,
            index: 0,
            reference,
        };
        let marked = marked(
            &document,
            &[passage("two three", "b"), passage("one two", "a")],
        );
        assert_eq!(
            marked.as_str(),
            "<p><ac:inline-comment-marker ac:ref=\"a\">one two</ac:inline-comment-marker>\
             <ac:inline-comment-marker ac:ref=\"b\"> three</ac:inline-comment-marker></p>"
        );
    }
}
