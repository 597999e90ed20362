//! The Confluence query language: text in, a typed tree out.
//!
//! ```text
//! query  = or ["ORDER" "BY" field ["ASC" | "DESC"] {"," field ["ASC" | "DESC"]}]
//! or     = and {"OR" and}
//! and    = not {"AND" not}
//! not    = {"NOT" | "!"} ("(" or ")" | clause)
//! clause = field ("=" | "!=" | "~" | "!~" | ">" | ">=" | "<" | "<=") value
//!        | field ["NOT"] "IN" ("(" value {"," value} ")" | function)
//! value  = word | 'text' | "text" | function
//! ```
//!
//! Names and words of the grammar are read without case; quotes are needed where a
//! value has spaces or signs of the grammar in it. All that can be wrong with a query
//! by itself is found here, with its place; that something isn't there is no error,
//! and matches nothing.
//!
//! Length, depth and number of clauses are bounded (A65).

mod clause;
mod field;
mod parse;
mod time;
mod token;
mod value;

pub use field::{Kind, Role};
pub use parse::{parse, parse_people};
pub use time::Time;
pub use value::{ContentRef, PersonRef, SpaceRef, Thing};

use crate::text::TextQuery;
use narthex_access::SpaceKind;

/// The most bytes of a query.
pub const LONGEST: usize = 8 * 1024;

/// What is asked, and in which order hits are answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What a hit has to be.
    pub condition: Expression,
    /// By what hits are ordered, first by the first; nothing for the best first.
    pub order: Vec<Order>,
}

/// Clauses and how they are put together.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// All of them.
    And(Vec<Expression>),
    /// One of them.
    Or(Vec<Expression>),
    /// What it isn't.
    Not(Box<Expression>),
    /// One clause.
    Test(Test),
}

/// What one clause asks, without negation.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Whether text has words.
    Text(TextIn, TextQuery),
    /// Whether the title is one of these, without case.
    Title(Vec<String>),
    /// What it is.
    Type(Vec<Kind>),
    /// Which it is, or what it belongs to.
    Content(Relation, Vec<ContentRef>),
    /// What somebody has to do with it.
    Person(Role, Vec<PersonRef>),
    /// The space that it is in.
    Space(Vec<SpaceRef>),
    /// The kind of the space that it is in; none for kinds that no space here has.
    SpaceKind(Vec<Option<SpaceKind>>),
    /// The labels of the space that it is in.
    SpaceCategory(Vec<String>),
    /// Its labels.
    Label(Vec<String>),
    /// The macros that it uses.
    Macro(Vec<String>),
    /// When something happened to it.
    When(Happening, Comparison, Time),
}

/// Which text is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextIn {
    /// The title.
    Title,
    /// Title, text and labels.
    Anything,
    /// The name of the space that it is in.
    SpaceTitle,
    /// The name of a person.
    FullName,
}

/// How something belongs to content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It is it.
    Itself,
    /// It is below it, at any depth.
    Ancestor,
    /// It is right below it.
    Parent,
    /// It hangs on it: a comment or an attachment.
    Container,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// It was made.
    Created,
    /// Its current version was made.
    Modified,
}

/// How an instant is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// In the time that is named: a day, a minute, an instant.
    In,
    /// Before its beginning.
    Before,
    /// Not after its beginning.
    UpTo,
    /// After its beginning.
    After,
    /// From its beginning on.
    From,
}

/// By what hits are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// What of them.
    pub by: OrderBy,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// What hits are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    /// How well they fit.
    Score,
    /// When they were made.
    Created,
    /// When their current versions were made.
    Modified,
    /// Their titles, without case.
    Title,
    /// Their ids.
    Id,
    /// The keys of their spaces.
    Space,
    /// What they are.
    Type,
}

/// A query that can't be understood: where and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the CQL query can't be understood at character {at}: {why}")]
pub struct CqlError {
    /// The character at which it is, from 1.
    pub at: usize,
    /// What is wrong there, and what would be right.
    pub why: String,
}

impl Query {
    /// What is asked of text and isn't negated: what an excerpt shows.
    #[must_use]
    pub fn asked_of_text(&self) -> Vec<&TextQuery> {
        let (mut asked, mut stack) = (Vec::new(), vec![(&self.condition, true)]);
        while let Some((expression, wanted)) = stack.pop() {
            match expression {
                Expression::And(parts) | Expression::Or(parts) => {
                    stack.extend(parts.iter().rev().map(|part| (part, wanted)));
                }
                Expression::Not(part) => stack.push((part, !wanted)),
                Expression::Test(Test::Text(TextIn::Title | TextIn::Anything, query)) if wanted => {
                    asked.push(query);
                }
                Expression::Test(_) => {}
            }
        }
        asked
    }

    /// Whether it asks for spaces by their type.
    #[must_use]
    pub fn names_spaces(&self) -> bool {
        let spaces =
            |test: &Test| matches!(test, Test::Type(kinds) if kinds.contains(&Kind::Space));
        self.condition.tests().into_iter().any(spaces)
    }
}

impl Expression {
    /// The clauses, in the order in which they stand.
    pub fn tests(&self) -> Vec<&Test> {
        let (mut tests, mut stack) = (Vec::new(), vec![self]);
        while let Some(expression) = stack.pop() {
            match expression {
                Self::And(parts) | Self::Or(parts) => stack.extend(parts.iter().rev()),
                Self::Not(part) => stack.push(part),
                Self::Test(test) => tests.push(test),
            }
        }
        tests
    }
}

#[cfg(test)]
mod tests;
