//! Highlights code.
//!
//! A small lexer is driven by a table of languages: comments, strings, numbers, keywords, names
//! that are called. It reads every byte once, has no regular expressions that an author could make
//! run for ever, and is as fast as the rest of the rendering. The grammars of editors know more
//! (they tell a type from a constant), and cost a thousand times as much for each byte.

mod language;
mod markup;

use crate::escape::push_escaped;
use language::{Language, Strings};

/// The kind of a piece of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Plain,
    Comment,
    Text,
    Number,
    Keyword,
    Call,
    Variable,
    Property,
    Tag,
    Inserted,
    Deleted,
}

impl Token {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Comment => "nx-hl-comment",
            Self::Text => "nx-hl-string",
            Self::Number => "nx-hl-number",
            Self::Keyword => "nx-hl-keyword",
            Self::Call => "nx-hl-call",
            Self::Variable => "nx-hl-variable",
            Self::Property => "nx-hl-property",
            Self::Tag => "nx-hl-tag",
            Self::Inserted => "nx-hl-inserted",
            Self::Deleted => "nx-hl-deleted",
        }
    }
}

/// Appends code as HTML, without colours if the language isn't known.
pub(crate) fn push_highlighted(out: &mut String, code: &str, language: &str) {
    let name = language.trim().to_ascii_lowercase();
    let mut painter = Painter { out };
    match name.as_str() {
        "xml" | "html" | "html/xml" | "xhtml" | "svg" | "xslt" | "vue" | "jsp" => {
            markup::paint(&mut painter, code)
        }
        "diff" | "patch" => paint_diff(&mut painter, code),
        name => match language::find(name) {
            Some(language) => Lexer {
                code,
                at: 0,
                language,
            }
            .run(&mut painter),
            None => painter.put(Token::Plain, code),
        },
    }
}

/// Writes tokens as HTML.
struct Painter<'a> {
    out: &'a mut String,
}

impl Painter<'_> {
    fn put(&mut self, token: Token, text: &str) {
        if token == Token::Plain || text.is_empty() {
            return push_escaped(self.out, text);
        }
        self.out.push_str("<span class=\"");
        self.out.push_str(token.class());
        self.out.push_str("\">");
        push_escaped(self.out, text);
        self.out.push_str("</span>");
    }
}

fn paint_diff(painter: &mut Painter<'_>, code: &str) {
    for line in code.split_inclusive('\n') {
        let token = match line.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => Token::Keyword,
            [b'@', b'@', ..] => Token::Comment,
            [b'+', ..] => Token::Inserted,
            [b'-', ..] => Token::Deleted,
            _ => Token::Plain,
        };
        painter.put(token, line);
    }
}

struct Lexer<'a> {
    code: &'a str,
    at: usize,
    language: &'a Language,
}

impl<'a> Lexer<'a> {
    fn run(mut self, painter: &mut Painter<'_>) {
        let mut plain = 0;
        while let Some(rest) = self.code.get(self.at..).filter(|rest| !rest.is_empty()) {
            let (token, length) = self.next(rest);
            if token != Token::Plain {
                painter.put(
                    Token::Plain,
                    self.code.get(plain..self.at).unwrap_or_default(),
                );
                painter.put(token, rest.get(..length).unwrap_or_default());
                plain = self.at + length;
            }
            self.at += length;
        }
        painter.put(Token::Plain, self.code.get(plain..).unwrap_or_default());
    }

    /// Returns the first token of the rest, and its length: at least one character.
    fn next(&self, rest: &'a str) -> (Token, usize) {
        let first = rest.chars().next().unwrap_or(' ');
        if is_word_start(first) {
            return self.word(rest);
        }
        if first.is_ascii_digit() {
            return (Token::Number, number_length(rest));
        }
        if first.is_whitespace() {
            return (Token::Plain, first.len_utf8());
        }
        if let Some(length) = self.comment(rest) {
            return (Token::Comment, length);
        }
        if let Some(length) = self.string(rest) {
            let is_key = self.language.has_keys
                && rest
                    .get(length..)
                    .is_some_and(|tail| tail.trim_start_matches([' ', '\t']).starts_with(':'));
            return (if is_key { Token::Property } else { Token::Text }, length);
        }
        if first == '$' && self.language.has_variables {
            let name = rest.get(1..).map_or(0, word_length);
            if name > 0 {
                return (Token::Variable, 1 + name);
            }
            if let Some(end) = rest
                .get(..64.min(rest.len()))
                .filter(|head| head.starts_with("${"))
                .and_then(|head| head.find('}'))
            {
                return (Token::Variable, end + 1);
            }
        }
        (Token::Plain, first.len_utf8())
    }

    fn word(&self, rest: &str) -> (Token, usize) {
        let length = word_length(rest);
        let word = rest.get(..length).unwrap_or_default();
        if self.language.is_keyword(word) {
            return (Token::Keyword, length);
        }
        let behind = rest.get(length..).unwrap_or_default();
        if self.language.has_keys && self.is_line_start() {
            let key = key_length(rest);
            let after = rest
                .get(key..)
                .unwrap_or_default()
                .trim_start_matches([' ', '\t']);
            if after.starts_with([':', '=']) {
                return (Token::Property, key);
            }
        }
        if behind.starts_with('(') {
            return (Token::Call, length);
        }
        (Token::Plain, length)
    }

    /// Returns whether only white space, or the dash of a list, precedes on the line, and not much
    /// of it.
    fn is_line_start(&self) -> bool {
        let from = self.at.saturating_sub(64);
        let before = self.code.as_bytes().get(from..self.at).unwrap_or_default();
        let line = match before.iter().rposition(|b| *b == b'\n') {
            Some(end) => before.get(end + 1..).unwrap_or_default(),
            None if from == 0 => before,
            None => return false,
        };
        line.iter().all(|b| matches!(b, b' ' | b'\t' | b'-'))
    }

    fn comment(&self, rest: &str) -> Option<usize> {
        let starts_line = self
            .language
            .line_comments
            .iter()
            .any(|mark| rest.starts_with(mark));
        // In a shell, `#` begins a comment only at the beginning of a word.
        let is_word_start = || {
            let before = self
                .at
                .checked_sub(1)
                .and_then(|at| self.code.as_bytes().get(at));
            before.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b';' | b'('))
        };
        if starts_line && (!rest.starts_with('#') || is_word_start()) {
            return Some(rest.find('\n').unwrap_or(rest.len()));
        }
        let (open, close) = self
            .language
            .block_comments
            .iter()
            .find(|(open, _)| rest.starts_with(open))?;
        let inside = rest.get(open.len()..)?;
        Some(
            inside
                .find(close)
                .map_or(rest.len(), |end| open.len() + end + close.len()),
        )
    }

    fn string(&self, rest: &str) -> Option<usize> {
        let strings: &Strings = self
            .language
            .strings
            .iter()
            .find(|strings| rest.starts_with(strings.quote))?;
        let bytes = rest.as_bytes();
        let mut at = strings.quote.len();
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' if strings.has_escapes => at += 1,
                b'\n' if !strings.spans_lines => return Some(at),
                _ if bytes
                    .get(at..)
                    .is_some_and(|tail| tail.starts_with(strings.quote.as_bytes())) =>
                {
                    return Some(at + strings.quote.len());
                }
                _ => {}
            }
            at += 1;
        }
        Some(rest.len())
    }
}

fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '@'
}

/// Returns the length of the word at the beginning of the text.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices();
    match chars.next() {
        Some((_, first)) if is_word_start(first) => chars
            .find(|(_, c)| !(c.is_alphanumeric() || *c == '_'))
            .map_or(text.len(), |(at, _)| at),
        _ => 0,
    }
}

/// Returns the length of a key of a configuration file: a word that may contain dots, dashes and
/// slashes.
fn key_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/')))
        .unwrap_or(text.len())
}

fn number_length(text: &str) -> usize {
    text.bytes()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_')))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn html(code: &str, language: &str) -> String {
        let mut out = String::new();
        push_highlighted(&mut out, code, language);
        out
    }

    /// Returns the code, restored from the HTML.
    fn shown(html: &str) -> String {
        let text: String = html
            .split('<')
            .enumerate()
            .map(|(n, piece)| {
                if n == 0 {
                    piece
                } else {
                    piece.split_once('>').map_or("", |(_, text)| text)
                }
            })
            .collect();
        crate::escape::decode(&text).into_owned()
    }

    #[test]
    fn comments_strings_numbers_keywords_and_calls_have_their_colours() {
        assert_eq!(
            html("let x = f(1, \"a\\\"b\"); // no", "rust"),
            "<span class=\"nx-hl-keyword\">let</span> x = <span class=\"nx-hl-call\">f</span>(<span class=\"nx-hl-number\">1</span>, \
             <span class=\"nx-hl-string\">&quot;a\\&quot;b&quot;</span>); <span class=\"nx-hl-comment\">// no</span>"
        );
        assert_eq!(
            html("SELECT a -- b", "SQL"),
            "<span class=\"nx-hl-keyword\">SELECT</span> a <span class=\"nx-hl-comment\">-- b</span>"
        );
        assert_eq!(
            html("a: 'b' # c", "yaml"),
            "<span class=\"nx-hl-property\">a</span>: <span class=\"nx-hl-string\">&#39;b&#39;</span> <span class=\"nx-hl-comment\"># c</span>"
        );
        assert_eq!(
            html("echo $HOME ${A#b}#", "bash"),
            "<span class=\"nx-hl-keyword\">echo</span> <span class=\"nx-hl-variable\">$HOME</span> <span class=\"nx-hl-variable\">${A#b}</span>#"
        );
        assert_eq!(
            html("{\"a\": 1}", "json"),
            "{<span class=\"nx-hl-property\">&quot;a&quot;</span>: <span class=\"nx-hl-number\">1</span>}"
        );
        assert_eq!(
            html("+a\n b", "diff"),
            "<span class=\"nx-hl-inserted\">+a\n</span> b"
        );
    }

    #[test]
    fn a_language_that_is_not_known_is_shown_as_it_is() {
        assert_eq!(html("a < b", "brainfuck"), "a &lt; b");
    }

    #[test]
    fn the_worst_code_takes_no_longer_than_its_length_allows() {
        for unit in [
            "/*", "\"", "'", "`", "\"\"\"", "${", "$", "a-", "a", "#", "-", "\n", "<", "<!--",
            "<a b=\"", "{-", "a:", "\"a\" ", "\\",
        ] {
            let code = unit.repeat(50_000 / unit.len());
            for language in [
                "bash", "yaml", "html", "haskell", "python", "sql", "json", "diff",
            ] {
                assert!(html(&code, language).len() >= code.len());
            }
        }
        let dashes = format!("a{}", "-".repeat(70)).repeat(5_000);
        assert!(html(&dashes, "yaml").len() >= dashes.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_character_of_the_code_is_lost_or_made_up(
            code in "[a-zé<>&\"'`/*#$@{}()\\\\\n :=-]{0,60}",
            language in prop::sample::select(vec!["rust", "bash", "python", "html", "yaml", "json", "diff", "sql", "css", "none", "lua"]),
        ) {
            prop_assert_eq!(shown(&html(&code, language)), code);
        }
    }
}
