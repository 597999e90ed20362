//! Labels: all that are met, those on something, and what has one.

mod labelled;
mod list;
mod of;

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::represent::label::Label;
use crate::route::{Answer, Flavour, Route};
use http::Method;
use narthex_access::{LabelPrefix, LabelRow, PageKind};
use std::fmt;
use std::str::FromStr;

/// How many labels are answered if the caller doesn't say.
const LIMIT: usize = 25;

/// Their routes.
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

/// Where a label stands in a list: what it is sorted by, then its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: String,
    id: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.id, self.key)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (id, key) = text.split_once(':').ok_or(())?;
        Ok(Self {
            key: key.to_owned(),
            id: id.parse().map_err(|_| ())?,
        })
    }
}

/// The order that is asked for.
#[derive(Debug, Clone, Copy)]
struct Order {
    by: By,
    descending: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Name,
    Created,
}

impl Order {
    fn of(query: &Parameters<'_>) -> Result<Self, Failure> {
        let sort = query.get("sort").unwrap_or("id");
        let (field, descending) = match sort.strip_prefix('-') {
            Some(field) => (field, true),
            None => (sort, false),
        };
        let by = match field {
            "id" => By::Id,
            "name" => By::Name,
            "created-date" => By::Created,
            _ => {
                return Err(Failure::bad_request(
                    "the query parameter \"sort\" must be id, name or created-date, \
                     or one of them after \"-\"",
                ));
            }
        };
        Ok(Self { by, descending })
    }

    fn place(self, row: &LabelRow) -> Place {
        Place {
            key: match self.by {
                By::Id => String::new(),
                By::Name => row.name.to_string(),
                By::Created => format!("{:020}", row.at),
            },
            id: row.label().get(),
        }
    }
}

/// `prefix` of a query, as often as it is there.
fn prefixes(query: &Parameters<'_>) -> Result<Vec<LabelPrefix>, Failure> {
    let wrong = || {
        Failure::bad_request("the query parameter \"prefix\" must be my, team, global or system")
    };
    let words = query.list("prefix");
    words
        .map(|word| LabelPrefix::from_word(word).ok_or_else(wrong))
        .collect()
}

/// Answers labels, each once, in the order that is asked for.
fn answer<'v>(call: &'v Call, rows: impl Iterator<Item = &'v LabelRow>) -> Answer {
    let query = call.query();
    let (order, prefixes) = (Order::of(&query)?, prefixes(&query)?);
    let after = After::<Place>::of(&query, LIMIT)?;
    // A label stands where it was used first, of where the caller meets it.
    let mut labels: Vec<&LabelRow> = rows
        .filter(|row| prefixes.is_empty() || prefixes.contains(&row.prefix))
        .collect();
    labels.sort_by_key(|row| (row.label(), row.at));
    labels.dedup_by_key(|row| row.label());
    let mut all: Vec<_> = labels
        .into_iter()
        .map(|row| (order.place(row), row))
        .collect();
    all.sort_by(|(a, _), (b, _)| if order.descending { b.cmp(a) } else { a.cmp(b) });
    let left = all.into_iter().skip_while(|(place, _)| {
        let last = after.last.as_ref();
        last.is_some_and(|last| {
            if order.descending {
                place >= last
            } else {
                place <= last
            }
        })
    });
    let mut left: Vec<_> = left.take(after.limit.saturating_add(1)).collect();
    let more = left.len() > after.limit;
    left.truncate(after.limit);
    let next = left.last().filter(|_| more);
    let next = next.map(|(place, _)| place.to_string());
    let results = left.iter().map(|(_, row)| Label::of(row)).collect();
    answer_v2(call, results, next)
}
