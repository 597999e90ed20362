//! Splits a query into tokens with their positions.

use super::CqlError;
use std::iter::Peekable;
use std::str::CharIndices;

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name, a value, or a keyword.
    Word(String),
    /// A value in quotes.
    Quoted(String),
    /// One of `= != ~ !~ > >= < <= !`.
    Sign(&'static str),
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `,`.
    Comma,
}

impl Token {
    /// Returns the token as an error names it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Word(word) | Self::Quoted(word) => format!("\"{}\"", shortened(word)),
            Self::Sign(sign) => format!("\"{sign}\""),
            Self::Open => "\"(\"".into(),
            Self::Close => "\")\"".into(),
            Self::Comma => "\",\"".into(),
        }
    }
}

/// Returns a word, shortened for an error.
fn shortened(word: &str) -> String {
    const MOST: usize = 40;
    if word.chars().count() <= MOST {
        return word.to_owned();
    }
    word.chars().take(MOST).chain(['…']).collect()
}

/// A token and its range, in characters from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Splits a query into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, CqlError> {
    let mut reader = Reader {
        chars: text.char_indices().peekable(),
        text,
        place: 0,
    };
    let mut tokens = Vec::new();
    while let Some(placed) = reader.next()? {
        tokens.push(placed);
    }
    Ok(tokens)
}

struct Reader<'t> {
    chars: Peekable<CharIndices<'t>>,
    text: &'t str,
    /// The number of characters that have been read.
    place: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.chars.peek().map(|(_, c)| *c)
    }

    fn take(&mut self) -> Option<char> {
        let (_, c) = self.chars.next()?;
        self.place += 1;
        Some(c)
    }

    fn next(&mut self) -> Result<Option<Placed>, CqlError> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.take();
        }
        let start = self.place;
        let Some((at, c)) = self.chars.peek().copied() else {
            return Ok(None);
        };
        let token = match c {
            '"' | '\'' => self.quoted(c)?,
            '(' => self.single(Token::Open),
            ')' => self.single(Token::Close),
            ',' => self.single(Token::Comma),
            '=' | '!' | '~' | '>' | '<' => Token::Sign(self.sign(c)),
            _ => Token::Word(self.word(at)),
        };
        Ok(Some(Placed {
            token,
            start,
            end: self.place,
        }))
    }

    fn single(&mut self, token: Token) -> Token {
        self.take();
        token
    }

    fn sign(&mut self, first: char) -> &'static str {
        self.take();
        let (longer, sign) = match (first, self.peek()) {
            ('!', Some('=')) => (true, "!="),
            ('!', Some('~')) => (true, "!~"),
            ('>', Some('=')) => (true, ">="),
            ('<', Some('=')) => (true, "<="),
            ('!', _) => (false, "!"),
            ('>', _) => (false, ">"),
            ('<', _) => (false, "<"),
            ('~', _) => (false, "~"),
            _ => (false, "="),
        };
        if longer {
            self.take();
        }
        sign
    }

    fn word(&mut self, from: usize) -> String {
        let ends = |c: char| c.is_whitespace() || "\"'=!~<>(),".contains(c);
        while self.peek().is_some_and(|c| !ends(c)) {
            self.take();
        }
        let to = self.chars.peek().map_or(self.text.len(), |(at, _)| *at);
        self.text.get(from..to).unwrap_or_default().to_owned()
    }

    /// Reads a text in quotes, in which a backslash escapes a quote or backslash.
    fn quoted(&mut self, quote: char) -> Result<Token, CqlError> {
        let start = self.place;
        self.take();
        let mut text = String::new();
        loop {
            match self.take() {
                Some(c) if c == quote => return Ok(Token::Quoted(text)),
                Some('\\') => match self.take() {
                    Some(c @ ('"' | '\'' | '\\')) => text.push(c),
                    Some(c) => text.extend(['\\', c]),
                    None => break,
                },
                Some(c) => text.push(c),
                None => break,
            }
        }
        Err(CqlError {
            at: start + 1,
            why: format!("the quote {quote} that begins here doesn't end; add another {quote}"),
        })
    }
}
