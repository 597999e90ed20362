//! The administration of the site: `/wiki/admin/...`.

mod account;
mod accounts;
mod audit;
mod global;
mod group;
mod groups;
mod lines;
mod one_time_link;
mod spaces;

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::route::{Flavour, Route};
use crate::web::paths;
use http::Method;

/// Returns the routes of the administration.
pub(super) fn routes() -> Vec<Route> {
    const ACCOUNT: &str = "/wiki/admin/accounts/{id}";
    const LINK: &str = "/wiki/admin/accounts/{id}/link";
    const GROUP: &str = "/wiki/admin/groups/{id}";
    let html = Flavour::Html;
    vec![
        Route::new(Method::GET, paths::GLOBAL_PERMISSIONS, html, global::show),
        Route::new(Method::POST, paths::GLOBAL_PERMISSIONS, html, global::set),
        Route::new(Method::GET, paths::ACCOUNTS, html, accounts::show),
        Route::new(Method::POST, paths::ACCOUNTS, html, accounts::add),
        Route::new(Method::GET, ACCOUNT, html, account::show),
        Route::new(Method::POST, ACCOUNT, html, account::change),
        Route::new(Method::GET, LINK, html, one_time_link::show),
        Route::new(Method::GET, paths::GROUPS, html, groups::show),
        Route::new(Method::POST, paths::GROUPS, html, groups::create),
        Route::new(Method::GET, GROUP, html, group::show),
        Route::new(Method::POST, GROUP, html, group::change),
        Route::new(Method::GET, paths::SPACES, html, spaces::show),
        Route::new(Method::POST, paths::SPACES, html, spaces::restore),
        Route::new(Method::GET, paths::AUDIT_LOG, html, audit::show),
    ]
}

/// Requires a site administrator. Every site has an administration, so the refusal hides nothing
/// (law 6.3).
///
/// # Errors
/// Returns `Failure::Unauthorized` for an anonymous caller, and `Failure::Forbidden` for all
/// others.
pub(super) fn require_site_admin(call: &Call) -> Result<(), Failure> {
    call.require_account()?;
    call.view.require_site_admin().map_err(|refusal| {
        if call.view.subject().is_site_admin() {
            return refusal.into();
        }
        Failure::Forbidden(
            "Only site administrators can open this page. Ask one of them for help.".into(),
        )
    })
}

/// The part of a long table that a page shows.
#[derive(Debug, Clone, Copy)]
struct Part {
    start: usize,
    length: usize,
}

impl Part {
    /// Reads the part from the parameter `start`; a value that isn't a number counts as 0.
    fn asked(query: &Parameters<'_>, length: usize) -> Self {
        let start = query.get("start").and_then(|start| start.parse().ok());
        Self {
            start: start.unwrap_or(0),
            length,
        }
    }

    /// Cuts the part out of all lines.
    fn of<T>(self, all: Vec<T>) -> Vec<T> {
        all.into_iter().skip(self.start).take(self.length).collect()
    }

    /// Returns the start of the next part, if there is one.
    fn next(self, total: usize) -> Option<usize> {
        self.start
            .checked_add(self.length)
            .filter(|next| *next < total)
    }
}

/// Adds a query with these parameters to a path; empty values are left out.
fn with_query(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    match query.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_table_are_all_of_it() {
        let query = Parameters::read(b"start=4");
        let part = Part::asked(&query, 4);
        assert_eq!(part.of((0..10).collect::<Vec<_>>()), [4, 5, 6, 7]);
        assert_eq!(part.next(10), Some(8));
        assert_eq!(part.next(8), None);
        let absurd = Parameters::read(b"start=18446744073709551615");
        assert_eq!(Part::asked(&absurd, 4).next(10), None);
        let none = Parameters::read(b"start=-1");
        assert_eq!(Part::asked(&none, 4).of(vec![1]), [1]);
    }

    #[test]
    fn a_query_keeps_what_was_typed_as_one_value() {
        let address = with_query("/a", &[("q", "a&b=c d"), ("state", ""), ("start", "50")]);
        assert_eq!(address, "/a?q=a%26b%3Dc+d&start=50");
        assert_eq!(with_query("/a", &[("q", "")]), "/a");
    }
}
