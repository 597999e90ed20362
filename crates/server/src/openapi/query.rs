//! The query parameters of the routes, where they are known.

use super::shape;
use crate::route::Route;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;

/// A parameter's name, type and meaning, the same on every route.
type Meaning = (&'static str, Type, &'static str);

/// What each parameter means.
const MEANINGS: &[Meaning] = &[
    ("accountId", Type::String, "an account, by its id"),
    (
        "body-format",
        Type::String,
        "the representation that bodies are answered in",
    ),
    (
        "cursor",
        Type::String,
        "where the list goes on: from the link to the next page",
    ),
    (
        "expand",
        Type::String,
        "what is answered beside what always is, separated by commas",
    ),
    (
        "limit",
        Type::Integer,
        "the most entries of the answer; 250 at most",
    ),
    (
        "start",
        Type::Integer,
        "how many entries are left out before the first",
    ),
];

/// The parameters that a route reads.
pub(super) fn known(route: &Route) -> impl Iterator<Item = Parameter> {
    let names = READ
        .iter()
        .find(|(method, template, _)| route.method == *method && route.template == *template);
    let names = names.map_or(&[][..], |(_, _, names)| *names);
    names.iter().filter_map(|name| {
        let (name, kind, words) = MEANINGS.iter().find(|(known, _, _)| known == name)?;
        let parameter = ParameterBuilder::new()
            .name(*name)
            .parameter_in(ParameterIn::Query)
            .description(Some(*words))
            .schema(Some(shape::a(kind.clone())));
        Some(parameter.build())
    })
}

/// Method, template, and the names of the parameters that are read.
const READ: &[(&str, &str, &[&str])] = &[];

/// The routes that have an entry, as method and template.
pub(super) fn routes() -> Vec<String> {
    READ.iter()
        .map(|(method, template, _)| format!("{method} {template}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_that_is_read_has_a_meaning() {
        for (method, template, names) in READ {
            for name in *names {
                let known = MEANINGS.iter().any(|(known, _, _)| known == name);
                assert!(known, "{method} {template}: {name}");
            }
        }
    }
}
