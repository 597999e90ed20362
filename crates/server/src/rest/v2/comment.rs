//! Comments below pages and blog posts.

mod create;
mod delete;
mod get;
mod list;
mod update;

use crate::route::{Flavour, Route};
use http::Method;

/// Their routes.
pub(crate) fn routes() -> Vec<Route> {
    const ALL: &str = "/wiki/api/v2/footer-comments";
    const ONE: &str = "/wiki/api/v2/footer-comments/{id}";
    const ANSWERS: &str = "/wiki/api/v2/footer-comments/{id}/children";
    const OF_PAGE: &str = "/wiki/api/v2/pages/{id}/footer-comments";
    const OF_BLOG_POST: &str = "/wiki/api/v2/blogposts/{id}/footer-comments";
    vec![
        Route::new(Method::POST, ALL, Flavour::V2, create::handle),
        Route::new(Method::GET, ONE, Flavour::V2, get::handle),
        Route::new(Method::PUT, ONE, Flavour::V2, update::handle),
        Route::new(Method::DELETE, ONE, Flavour::V2, delete::handle),
        Route::new(Method::GET, ANSWERS, Flavour::V2, list::handle_answers),
        Route::new(Method::GET, OF_PAGE, Flavour::V2, list::handle_of_page),
        Route::new(Method::GET, OF_BLOG_POST, Flavour::V2, list::handle_of_page),
    ]
}
