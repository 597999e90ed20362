//! `GET /wiki/api/v2/pages/{id}/likes/count`: the number of likes; `/likes/users`: the people who
//! like it, oldest like first. The same below `/blogposts`, `/footer-comments` and
//! `/inline-comments`.

use crate::call::Call;
use crate::failure::Failure;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::paging::{After, answer_v2};
use crate::rest::v2::page;
use crate::rest::v2::represent::hung::Like;
use crate::route::{Answer, Flavour, Route};
use http::Method;
use narthex_access::{CommentPlace, LikeRow, Object, PageKind, View};
use serde_json::json;

/// The kind of thing whose likes a route is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Page(PageKind),
    Comment(CommentPlace),
}

impl Of {
    /// Returns the likes of the page or comment in the path.
    fn likes<'v>(self, call: &Call, view: &'v View) -> Result<Vec<&'v LikeRow>, Failure> {
        let on = match self {
            Self::Page(kind) => Object::Page(page::find(call, view, kind)?.id()),
            Self::Comment(place) => {
                let row = view.comment(call.id("id")?)?;
                if row.place != place {
                    return Err(Failure::Absent);
                }
                Object::Comment(row.id)
            }
        };
        Ok(view.likes(on)?)
    }
}

/// Returns the routes for likes.
pub(crate) fn routes() -> Vec<Route> {
    const PAGE_COUNT: &str = "/wiki/api/v2/pages/{id}/likes/count";
    const PAGE_USERS: &str = "/wiki/api/v2/pages/{id}/likes/users";
    const BLOG_POST_COUNT: &str = "/wiki/api/v2/blogposts/{id}/likes/count";
    const BLOG_POST_USERS: &str = "/wiki/api/v2/blogposts/{id}/likes/users";
    const FOOTER_COUNT: &str = "/wiki/api/v2/footer-comments/{id}/likes/count";
    const FOOTER_USERS: &str = "/wiki/api/v2/footer-comments/{id}/likes/users";
    const INLINE_COUNT: &str = "/wiki/api/v2/inline-comments/{id}/likes/count";
    const INLINE_USERS: &str = "/wiki/api/v2/inline-comments/{id}/likes/users";
    let named = [
        (Of::Page(PageKind::Page), PAGE_COUNT, PAGE_USERS),
        (
            Of::Page(PageKind::BlogPost),
            BLOG_POST_COUNT,
            BLOG_POST_USERS,
        ),
        (
            Of::Comment(CommentPlace::Footer),
            FOOTER_COUNT,
            FOOTER_USERS,
        ),
        (
            Of::Comment(CommentPlace::Inline),
            INLINE_COUNT,
            INLINE_USERS,
        ),
    ];
    let routes = named.into_iter().flat_map(|(of, count, users)| {
        [
            Route::new(Method::GET, count, Flavour::V2, move |call| {
                handle_count(call, of)
            }),
            Route::new(Method::GET, users, Flavour::V2, move |call| {
                handle_users(call, of)
            }),
        ]
    });
    routes.collect()
}

async fn handle_count(call: Call, of: Of) -> Answer {
    let likes = of.likes(&call, &call.view)?;
    respond::ok(&json!({ "count": likes.len() }))
}

async fn handle_users(call: Call, of: Of) -> Answer {
    let after = After::<usize>::of(&call.query(), 25)?;
    let likes = of.likes(&call, &call.view)?;
    let start = after.last.unwrap_or(0);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let cut = likes.iter().skip(start).take(after.limit);
    let results: Vec<Like> = cut.map(|row| Like::of(lens, row)).collect();
    let end = start.saturating_add(results.len());
    let next = (!results.is_empty() && end < likes.len()).then(|| end.to_string());
    answer_v2(&call, results, next)
}
