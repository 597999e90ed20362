//! How to call every route.
//!
//! There is one entry per route: which things it can be about, how their names get into its path,
//! and in which ways it is called. The tests that try all routes read this table; a route that
//! isn't in it fails, and so does an entry without a route.

mod health;
mod knowledge_base;
mod search;
mod v1_content;
mod v1_content_body;
mod v1_hung;
mod v1_people;
mod v1_space;
mod v1_template;
mod v1_tree;
mod v2;
mod v2_comment;
mod v2_folder;
mod v2_hung;
mod v2_role;
mod v2_tree;
mod web;
mod web_doing;
mod web_old;

use crate::exchange::Ask;
use crate::world::{Aim, Kind, World};
use http::Method;
use narthex_site::address;

/// How to call one route.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The HTTP method.
    pub method: &'static str,
    /// The path as the route list has it.
    pub template: &'static str,
    /// The kinds of things that it can be about; empty for a route without an object.
    pub about: &'static [Kind],
    path: fn(&Aim) -> Vec<String>,
    ways: fn(&Aim, &Near) -> Vec<Ask>,
}

/// Things that a caller sees, for requests that name a second thing.
#[derive(Debug, Clone)]
pub struct Near {
    /// A page that everybody sees, in a space that everybody sees.
    pub page: Aim,
    /// Another page in the same space.
    pub other: Aim,
    /// The id of an account.
    pub account: String,
    /// The id of a group.
    pub group: String,
}

impl Near {
    /// Takes these things from a world.
    pub fn of(world: &World) -> Self {
        Self {
            page: world.aim("Guide").clone(),
            other: world.aim("Install").clone(),
            account: world.aim("Lena").account.clone(),
            group: world.aim("writers").group.clone(),
        }
    }
}

/// Returns the entries of all routes.
pub fn table() -> Vec<Entry> {
    [
        health::ENTRIES,
        knowledge_base::ENTRIES,
        v1_space::ENTRIES,
        v1_people::ENTRIES,
        v1_content::ENTRIES,
        v1_content_body::ENTRIES,
        v1_tree::ENTRIES,
        v1_template::ENTRIES,
        v2::ENTRIES,
        search::ENTRIES,
        v1_hung::ENTRIES,
        v2_hung::ENTRIES,
        v2_comment::ENTRIES,
        v2_role::ENTRIES,
        v2_tree::ENTRIES,
        v2_folder::ENTRIES,
        web::ENTRIES,
        web_doing::ENTRIES,
        web_old::ENTRIES,
    ]
    .concat()
}

impl Entry {
    /// Makes the entry of a route with values in its path.
    pub(crate) const fn new(
        method: &'static str,
        template: &'static str,
        about: &'static [Kind],
        path: fn(&Aim) -> Vec<String>,
        ways: fn(&Aim, &Near) -> Vec<Ask>,
    ) -> Self {
        Self {
            method,
            template,
            about,
            path,
            ways,
        }
    }

    /// Makes the entry of a route that has no values in its path, is about nothing, and is called
    /// in one way.
    pub(crate) const fn plain(method: &'static str, template: &'static str) -> Self {
        Self::new(method, template, &[], |_| Vec::new(), |_, _| vec![way("")])
    }

    /// Returns all ways to call the route about a thing.
    pub fn asks(&self, aim: &Aim, near: &Near) -> Vec<Ask> {
        let path = fill(self.template, &(self.path)(aim));
        let method = self.method.parse().unwrap_or(Method::GET);
        let ways = (self.ways)(aim, near).into_iter();
        ways.map(|way| Ask {
            method: method.clone(),
            path: format!("{path}{}", way.path),
            ..way
        })
        .collect()
    }

    /// Returns method and template.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.template)
    }
}

/// Makes one way to call a route: the part after the path.
pub(crate) fn way(query: impl Into<String>) -> Ask {
    Ask::get(query)
}

/// Fills values into the parameters of a template. An id that the thing doesn't have is replaced by
/// one that nothing has.
fn fill(template: &str, values: &[String]) -> String {
    let mut values = values.iter();
    let segments = template.split('/').map(|part| match part.split_once('{') {
        Some((before, name)) if !name.is_empty() => {
            let value = values.next().map_or("", String::as_str);
            let value = if value.is_empty() { NOTHING } else { value };
            // Below a wildcard slashes stay slashes.
            let parts = value.split(|c| c == '/' && name.starts_with('*'));
            format!(
                "{before}{}",
                parts.map(segment).collect::<Vec<_>>().join("/")
            )
        }
        _ => part.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// An id that nothing has.
const NOTHING: &str = "4503599627370497";

/// Encodes a text as a segment of a path, or a value of a query.
pub fn segment(text: &str) -> String {
    address::encoded(text).to_string()
}
