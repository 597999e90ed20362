//! Parses tokens into the tree.

use super::clause::clause;
use super::token::{Placed, Token, tokens};
use super::value::Value;
use super::{CqlError, Expression, LONGEST, Order, OrderBy, Query};

/// The maximum nesting of parentheses and negations.
const DEEPEST: usize = 64;

/// The maximum number of clauses of a query.
const CLAUSES: usize = 256;

/// The maximum number of values of all clauses.
const VALUES: usize = 1_000;

/// Parses a query for content and spaces.
///
/// # Errors
/// Returns [`CqlError`] if the query can't be understood.
pub fn parse(text: &str) -> Result<Query, CqlError> {
    read(text, Searched::Content)
}

/// Parses a query for people.
///
/// # Errors
/// The same as those of [`parse`].
pub fn parse_people(text: &str) -> Result<Query, CqlError> {
    read(text, Searched::People)
}

/// The things that a query searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Searched {
    Content,
    People,
}

fn read(text: &str, searched: Searched) -> Result<Query, CqlError> {
    if text.len() > LONGEST {
        return Err(CqlError {
            at: LONGEST + 1,
            why: format!("a query can have at most {LONGEST} bytes; shorten it"),
        });
    }
    let tokens = tokens(text)?;
    let mut parser = Parser {
        end: text.chars().count(),
        tokens: &tokens,
        next: 0,
        depth: 0,
        clauses: 0,
        values: 0,
        words: 0,
        searched,
    };
    let condition = if parser.peek_word("order") {
        Expression::And(Vec::new())
    } else {
        parser.any()?
    };
    let order = parser.order()?;
    match parser.peek() {
        None => Ok(Query { condition, order }),
        Some(_) => Err(parser.expected("AND, OR, ORDER BY or the end; quote values with spaces")),
    }
}

pub(super) struct Parser<'t> {
    tokens: &'t [Placed],
    next: usize,
    end: usize,
    depth: usize,
    clauses: usize,
    values: usize,
    /// The number of words in the clauses so far.
    pub(super) words: usize,
    /// The things that are searched.
    pub(super) searched: Searched,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    /// Returns whether a keyword comes next.
    fn peek_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(next)) if next.eq_ignore_ascii_case(word))
    }

    fn take(&mut self) -> Option<Placed> {
        let placed = self.tokens.get(self.next).cloned();
        self.next += usize::from(placed.is_some());
        placed
    }

    /// Takes a token if it comes next.
    fn take_if(&mut self, token: &Token) -> bool {
        let is = self.peek() == Some(token);
        self.next += usize::from(is);
        is
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is = self.peek_word(word);
        self.next += usize::from(is);
        is
    }

    /// Returns the position of the next token in characters, from 1.
    fn at(&self) -> usize {
        let next = self.tokens.get(self.next);
        next.map_or(self.end, |placed| placed.start) + 1
    }

    /// Returns the error that the next token is wrong.
    fn expected(&self, what: &str) -> CqlError {
        let found = self.peek().map_or("the end".into(), Token::shown);
        CqlError {
            at: self.at(),
            why: format!("found {found}, but expected {what}"),
        }
    }

    fn any(&mut self) -> Result<Expression, CqlError> {
        let mut parts = vec![self.all()?];
        while self.take_word("or") {
            parts.push(self.all()?);
        }
        Ok(single_or(parts, Expression::Or))
    }

    fn all(&mut self) -> Result<Expression, CqlError> {
        let mut parts = vec![self.one()?];
        while self.take_word("and") {
            parts.push(self.one()?);
        }
        Ok(single_or(parts, Expression::And))
    }

    fn one(&mut self) -> Result<Expression, CqlError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(CqlError {
                at: self.at(),
                why: format!(
                    "parentheses and NOT can be nested at most {DEEPEST} deep; simplify the query"
                ),
            });
        }
        let one = if self.take_word("not") || self.take_if(&Token::Sign("!")) {
            Expression::Not(Box::new(self.one()?))
        } else if self.take_if(&Token::Open) {
            let inner = self.any()?;
            if !self.take_if(&Token::Close) {
                return Err(self.expected("AND, OR or \")\""));
            }
            inner
        } else {
            self.clause()?
        };
        self.depth -= 1;
        Ok(one)
    }

    fn clause(&mut self) -> Result<Expression, CqlError> {
        let at = self.at();
        self.clauses += 1;
        if self.clauses > CLAUSES {
            return Err(CqlError {
                at,
                why: format!("a query can have at most {CLAUSES} clauses; shorten it"),
            });
        }
        let Some(Token::Word(name)) = self.peek().cloned() else {
            return Err(self.expected("a field"));
        };
        self.next += 1;
        let sign_at = self.at();
        let sign = match self.peek() {
            Some(Token::Sign(sign)) if *sign != "!" => *sign,
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("in") => "in",
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("not") => {
                self.next += 1;
                if !self.peek_word("in") {
                    return Err(self.expected("IN"));
                }
                "not in"
            }
            _ => return Err(self.expected("one of =, !=, ~, !~, >, >=, <, <=, IN, NOT IN")),
        };
        self.next += 1;
        let values = if sign.ends_with("in") {
            self.list()?
        } else {
            vec![self.value()?]
        };
        let (negated, test) = clause(self, (&name, at), (sign, sign_at), values)?;
        let test = Expression::Test(test);
        Ok(match negated {
            true => Expression::Not(Box::new(test)),
            false => test,
        })
    }

    /// Parses values in parentheses; a function that returns several may be written without them.
    fn list(&mut self) -> Result<Vec<Value>, CqlError> {
        if !self.take_if(&Token::Open) {
            let value = self.value()?;
            return match value.arguments {
                Some(_) => Ok(vec![value]),
                None => Err(CqlError {
                    at: value.at,
                    why: "the values of IN must be in parentheses".into(),
                }),
            };
        }
        let mut values = Vec::new();
        loop {
            values.push(self.value()?);
            if self.take_if(&Token::Close) {
                return Ok(values);
            }
            if !self.take_if(&Token::Comma) {
                return Err(self.expected("\",\" or \")\""));
            }
        }
    }

    fn value(&mut self) -> Result<Value, CqlError> {
        let at = self.at();
        self.values += 1;
        if self.values > VALUES {
            return Err(CqlError {
                at,
                why: format!("a query can have at most {VALUES} values; shorten it"),
            });
        }
        let text = match self.take() {
            Some(Placed {
                token: Token::Quoted(text),
                ..
            }) => {
                return Ok(Value {
                    text,
                    arguments: None,
                    at,
                });
            }
            Some(Placed {
                token: Token::Word(word),
                ..
            }) => word,
            // The key of a personal space begins with a sign of the grammar.
            Some(Placed {
                token: Token::Sign("~"),
                end,
                ..
            }) => match self.take() {
                Some(Placed {
                    token: Token::Word(word),
                    start,
                    ..
                }) if start == end => format!("~{word}"),
                _ => {
                    self.next = self.next.saturating_sub(2);
                    return Err(self.expected("a value"));
                }
            },
            Some(_) => {
                self.next -= 1;
                return Err(self.expected("a value"));
            }
            None => return Err(self.expected("a value")),
        };
        let arguments = match self.take_if(&Token::Open) {
            true => Some(self.arguments()?),
            false => None,
        };
        Ok(Value {
            text,
            arguments,
            at,
        })
    }

    /// Parses the arguments of a function, up to the parenthesis.
    fn arguments(&mut self) -> Result<Vec<String>, CqlError> {
        let mut arguments = Vec::new();
        if self.take_if(&Token::Close) {
            return Ok(arguments);
        }
        loop {
            match self.peek().cloned() {
                Some(Token::Quoted(text) | Token::Word(text)) => arguments.push(text),
                _ => return Err(self.expected("an argument")),
            }
            self.next += 1;
            if self.take_if(&Token::Close) {
                return Ok(arguments);
            }
            if !self.take_if(&Token::Comma) {
                return Err(self.expected("\",\" or \")\""));
            }
        }
    }

    fn order(&mut self) -> Result<Vec<Order>, CqlError> {
        /// The maximum number of fields to order by.
        const FIELDS: usize = 8;
        let mut order = Vec::new();
        if !self.take_word("order") {
            return Ok(order);
        }
        if !self.take_word("by") {
            return Err(self.expected("BY"));
        }
        loop {
            let at = self.at();
            let Some(Token::Word(name) | Token::Quoted(name)) = self.peek().cloned() else {
                return Err(self.expected("a field to order by"));
            };
            if order.len() == FIELDS {
                return Err(CqlError {
                    at,
                    why: format!("ORDER BY can have at most {FIELDS} fields"),
                });
            }
            self.next += 1;
            let by = OrderBy::named(&name, at)?;
            let descending = self.take_word("desc");
            if !descending {
                self.take_word("asc");
            }
            order.push(Order { by, descending });
            if !self.take_if(&Token::Comma) {
                return Ok(order);
            }
        }
    }
}

fn single_or(mut parts: Vec<Expression>, several: fn(Vec<Expression>) -> Expression) -> Expression {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            parts.extend(last);
            several(parts)
        }
    }
}
