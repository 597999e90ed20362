//! The Confluence query language (CQL): parses text into a typed tree.
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
//! Names and keywords are read without case; a value needs quotes if it contains spaces or signs of
//! the grammar. Every error in a query by itself is found here, with its position. A name of
//! something that doesn't exist is no error: it matches nothing.
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

/// The maximum length of a query, in bytes.
pub const LONGEST: usize = 8 * 1024;

/// A condition, and the order of its hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The condition that a hit meets.
    pub condition: Expression,
    /// The fields to order by, the most significant first; empty for the best hits first.
    pub order: Vec<Order>,
}

/// Clauses and their combinations.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// All of them are true.
    And(Vec<Expression>),
    /// At least one of them is true.
    Or(Vec<Expression>),
    /// It is false.
    Not(Box<Expression>),
    /// One clause.
    Test(Test),
}

/// The test of one clause, without negation.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// The text has these words.
    Text(TextIn, TextQuery),
    /// The title is one of these, without case.
    Title(Vec<String>),
    /// The content is of one of these types.
    Type(Vec<Kind>),
    /// The content is one of these, or belongs to one of them.
    Content(Relation, Vec<ContentRef>),
    /// One of these people has this role.
    Person(Role, Vec<PersonRef>),
    /// The content is in one of these spaces.
    Space(Vec<SpaceRef>),
    /// The content's space is of one of these kinds; `None` for kinds that no space here has.
    SpaceKind(Vec<Option<SpaceKind>>),
    /// The content's space has one of these labels.
    SpaceCategory(Vec<String>),
    /// The content has one of these labels.
    Label(Vec<String>),
    /// The content uses one of these macros.
    Macro(Vec<String>),
    /// Something happened to the content at this time.
    When(Happening, Comparison, Time),
}

/// The text that a clause searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextIn {
    /// The title.
    Title,
    /// Title, text and labels.
    Anything,
    /// The name of the content's space.
    SpaceTitle,
    /// The name of a person.
    FullName,
}

/// How a hit is related to the content that a clause names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It is the content itself.
    Itself,
    /// It is below the content, at any depth.
    Ancestor,
    /// It is directly below the content.
    Parent,
    /// It is a comment on the content or an attachment of it.
    Container,
}

/// An event whose time a clause compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// The content was created.
    Created,
    /// The current version was created.
    Modified,
}

/// How an instant is compared with a time, which is a day, a minute or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Within the time.
    In,
    /// Before its beginning.
    Before,
    /// Not after its beginning.
    UpTo,
    /// After its beginning.
    After,
    /// At its beginning or after it.
    From,
}

/// One field of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The field to order by.
    pub by: OrderBy,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// The fields that hits can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    /// How well they match.
    Score,
    /// When they were created.
    Created,
    /// When their current versions were created.
    Modified,
    /// Their titles, without case.
    Title,
    /// Their ids.
    Id,
    /// The keys of their spaces.
    Space,
    /// Their types.
    Type,
}

/// An error in a query, with its position and reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the CQL query can't be understood at character {at}: {why}")]
pub struct CqlError {
    /// The position of the error in characters, from 1.
    pub at: usize,
    /// The reason, and what would be right.
    pub why: String,
}

impl Query {
    /// Returns the queries on text that aren't negated, which an excerpt shows.
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

    /// Returns whether it asks for spaces by their type.
    #[must_use]
    pub fn names_spaces(&self) -> bool {
        let spaces =
            |test: &Test| matches!(test, Test::Type(kinds) if kinds.contains(&Kind::Space));
        self.condition.tests().into_iter().any(spaces)
    }
}

impl Expression {
    /// Returns the clauses in the order of the query.
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
