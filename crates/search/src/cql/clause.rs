//! Parses one clause: which operators a field takes, and what its values mean.

use super::field::{Field, Kind, Role};
use super::parse::{Parser, Searched};
use super::value::Value;
use super::{Comparison, CqlError, Test, TextIn};
use crate::text::{self, TextQuery};
use narthex_access::SpaceKind;

/// The maximum number of words in all clauses of a query.
const WORDS: usize = 64;

/// Returns the test for a field's name, an operator and values, and whether it is negated. Name and
/// operator come with their positions in characters.
pub(super) fn clause(
    parser: &mut Parser<'_>,
    (name, at): (&str, usize),
    (sign, sign_at): (&str, usize),
    values: Vec<Value>,
) -> Result<(bool, Test), CqlError> {
    let field = Field::named(name, at)?;
    let of_people = matches!(
        field,
        Field::Person(Role::User) | Field::Text(TextIn::FullName)
    );
    match parser.searched {
        Searched::People if !of_people && field != Field::Type => {
            return Err(CqlError {
                at,
                why: format!(
                    "\"{name}\" can't be used to search for people; use user, user.fullname or user.accountid"
                ),
            });
        }
        Searched::Content if of_people => {
            return Err(CqlError {
                at,
                why: format!("{name} is a field of people; search for them with search/user"),
            });
        }
        Searched::People | Searched::Content => {}
    }
    let refused = |takes: &str| CqlError {
        at: sign_at,
        why: format!(
            "the field {name} takes {takes}, not {}",
            sign.to_uppercase()
        ),
    };
    match (field, sign) {
        (Field::Text(of), "~" | "!~") => {
            let query = asked(parser, values)?;
            Ok((sign == "!~", Test::Text(of, query)))
        }
        (Field::Title, "~" | "!~") => {
            let query = asked(parser, values)?;
            Ok((sign == "!~", Test::Text(TextIn::Title, query)))
        }
        (Field::Text(_), _) => Err(refused("~ and !~")),
        (Field::When(what), _) => {
            let (negated, comparison) = match sign {
                "=" => (false, Comparison::In),
                "!=" => (true, Comparison::In),
                "<" => (false, Comparison::Before),
                "<=" => (false, Comparison::UpTo),
                ">" => (false, Comparison::After),
                ">=" => (false, Comparison::From),
                _ => return Err(refused("=, !=, >, >=, < and <=")),
            };
            let time = one(values).time()?;
            Ok((negated, Test::When(what, comparison, time)))
        }
        (_, "=" | "!=" | "in" | "not in") => {
            let negated = matches!(sign, "!=" | "not in");
            Ok((negated, is(field, values)?))
        }
        (Field::Title, _) => Err(refused("=, !=, ~, !~, IN and NOT IN")),
        _ => Err(refused("=, !=, IN and NOT IN")),
    }
}

/// Returns the test that the field is one of several values.
fn is(field: Field, values: Vec<Value>) -> Result<Test, CqlError> {
    let words = || {
        values
            .iter()
            .cloned()
            .map(Value::text)
            .collect::<Result<Vec<_>, _>>()
    };
    Ok(match field {
        Field::Title => Test::Title(words()?),
        Field::Label => Test::Label(words()?),
        Field::Macro => Test::Macro(words()?),
        Field::SpaceCategory => Test::SpaceCategory(words()?),
        Field::Type => Test::Type(each(values, kind)?),
        Field::SpaceKind => Test::SpaceKind(each(values, space_kind)?),
        Field::Content(relation) => Test::Content(relation, each(values, |value| value.content())?),
        Field::Person(role) => Test::Person(role, each(values, |value| value.person())?),
        Field::Space => Test::Space(each(values, Value::space)?),
        // `clause` has dealt with these two, which take other operators.
        Field::Text(of) => Test::Text(of, TextQuery::default()),
        Field::When(what) => Test::When(what, Comparison::In, one(values).time()?),
    })
}

fn each<T>(
    values: Vec<Value>,
    read: impl Fn(Value) -> Result<T, CqlError>,
) -> Result<Vec<T>, CqlError> {
    values.into_iter().map(read).collect()
}

fn kind(value: Value) -> Result<Kind, CqlError> {
    let at = value.at;
    let word = value.text()?;
    Kind::of(&word).ok_or_else(|| CqlError {
        at,
        why: format!(
            "there is no type \"{word}\"; the types are page, blogpost, folder, comment, attachment, \
             space and user (and whiteboard, database and embed, which this site doesn't have)"
        ),
    })
}

/// Parses the kind of a space. Kinds that Confluence has and this site doesn't have are `None`, and
/// match nothing.
fn space_kind(value: Value) -> Result<Option<SpaceKind>, CqlError> {
    Ok(match value.text()?.to_ascii_lowercase().as_str() {
        "global" => Some(SpaceKind::Global),
        "personal" => Some(SpaceKind::Personal),
        _ => None,
    })
}

fn one(values: Vec<Value>) -> Value {
    values.into_iter().next().unwrap_or(Value {
        text: String::new(),
        arguments: None,
        at: 1,
    })
}

/// Parses a query on text.
fn asked(parser: &mut Parser<'_>, values: Vec<Value>) -> Result<TextQuery, CqlError> {
    let value = one(values);
    let at = value.at;
    let wrong = |why: String| CqlError { at, why };
    let query = text::read(&value.text()?).map_err(wrong)?;
    parser.words += query.cost();
    if parser.words > WORDS {
        return Err(wrong(format!(
            "a query can have at most {WORDS} words; a word with a wildcard counts as eight"
        )));
    }
    Ok(query)
}
