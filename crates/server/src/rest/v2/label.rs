//! Labels: all that the caller sees, those on a page, attachment or space, and the content that has
//! a label.

mod labelled;
mod list;
mod of;

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::keyset::{Place, Sort, cut};
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::label::Label;
use crate::route::{Answer, Flavour, Route};
use http::Method;
use narthex_access::{LabelPrefix, LabelRow, PageKind};

/// How many labels are returned if the request has no `limit`.
const LIMIT: usize = 25;

/// Returns the routes for labels.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/api/v2/labels";
    const PAGES: &str = "/wiki/api/v2/labels/{id}/pages";
    const BLOG_POSTS: &str = "/wiki/api/v2/labels/{id}/blogposts";
    const ATTACHMENTS: &str = "/wiki/api/v2/labels/{id}/attachments";
    const OF_PAGE: &str = "/wiki/api/v2/pages/{id}/labels";
    const OF_BLOG_POST: &str = "/wiki/api/v2/blogposts/{id}/labels";
    const OF_ATTACHMENT: &str = "/wiki/api/v2/attachments/{id}/labels";
    const OF_SPACE: &str = "/wiki/api/v2/spaces/{id}/labels";
    const IN_SPACE: &str = "/wiki/api/v2/spaces/{id}/content/labels";
    vec![
        Route::new(Method::GET, ALL, Flavour::V2, list::handle),
        Route::new(Method::GET, PAGES, Flavour::V2, |call| {
            labelled::handle(call, PageKind::Page)
        }),
        Route::new(Method::GET, BLOG_POSTS, Flavour::V2, |call| {
            labelled::handle(call, PageKind::BlogPost)
        }),
        Route::new(
            Method::GET,
            ATTACHMENTS,
            Flavour::V2,
            labelled::handle_attachments,
        ),
        Route::new(Method::GET, OF_PAGE, Flavour::V2, |call| {
            of::handle(call, PageKind::Page)
        }),
        Route::new(Method::GET, OF_BLOG_POST, Flavour::V2, |call| {
            of::handle(call, PageKind::BlogPost)
        }),
        Route::new(
            Method::GET,
            OF_ATTACHMENT,
            Flavour::V2,
            of::handle_attachment,
        ),
        Route::new(Method::GET, OF_SPACE, Flavour::V2, of::handle_space),
        Route::new(Method::GET, IN_SPACE, Flavour::V2, of::handle_in_space),
    ]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Name,
    Created,
}

const WORDS: &[(&str, By)] = &[
    ("id", By::Id),
    ("name", By::Name),
    ("created-date", By::Created),
];

fn place(by: By, row: &LabelRow) -> Place<'_> {
    let id = row.label().get();
    match by {
        By::Id => Place::by_id(id),
        By::Name => Place::by_text(&row.name, id),
        By::Created => Place::by_number(row.at, id),
    }
}

/// Reads the parameter `prefix` of a query, which may be repeated.
fn prefixes(query: &Parameters<'_>) -> Result<Vec<LabelPrefix>, Failure> {
    let wrong = || {
        Failure::bad_request("the query parameter \"prefix\" must be my, team, global or system")
    };
    let words = query.list("prefix");
    words
        .map(|word| LabelPrefix::from_word(word).ok_or_else(wrong))
        .collect()
}

/// Responds with labels, each once, in the requested order.
fn answer<'v>(call: &'v Call, rows: impl Iterator<Item = &'v LabelRow>) -> Answer {
    let query = call.query();
    let sort = Sort::of(&query, WORDS, Sort::ascending(By::Id))?;
    let prefixes = prefixes(&query)?;
    let after = After::<Place<'static>>::of(&query, LIMIT)?;
    // A label's date is that of its first use among those that the caller sees.
    let mut labels: Vec<&LabelRow> = rows
        .filter(|row| prefixes.is_empty() || prefixes.contains(&row.prefix))
        .collect();
    labels.sort_by_key(|row| (row.label(), row.at));
    labels.dedup_by_key(|row| row.label());
    let placed = labels.into_iter().map(|row| (place(sort.field, row), row));
    let (rows, next) = cut(placed, &after, sort.descending);
    answer_v2(call, rows.into_iter().map(Label::of).collect(), next)
}
