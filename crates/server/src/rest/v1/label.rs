//! Labels of content and of spaces, and the content that has a label.

mod contents;
mod of_content;
mod of_space;

use crate::call::Call;
use crate::failure::Failure;
use crate::request::json::Document;
use crate::rest::paging::{ListV1, Page, Window};
use crate::rest::sent_labels;
use crate::rest::v1::represent::label::Label;
use crate::route::{Answer, Flavour, Route};
use http::Method;
use narthex_access::{LabelPrefix, Object, View};
use narthex_site::label::NewLabel;

/// How many labels are returned if the request has no `limit`.
const LIMIT: usize = 200;

/// Returns the routes for labels.
pub(crate) fn routes() -> Vec<Route> {
    const CONTENTS: &str = "/wiki/rest/api/label";
    const OF_CONTENT: &str = "/wiki/rest/api/content/{id}/label";
    const ONE: &str = "/wiki/rest/api/content/{id}/label/{label}";
    const OF_SPACE: &str = "/wiki/rest/api/space/{key}/label";
    vec![
        Route::new(Method::GET, CONTENTS, Flavour::V1, contents::handle),
        Route::new(Method::GET, OF_CONTENT, Flavour::V1, of_content::handle),
        Route::new(
            Method::POST,
            OF_CONTENT,
            Flavour::V1,
            of_content::handle_add,
        ),
        Route::new(
            Method::DELETE,
            OF_CONTENT,
            Flavour::V1,
            of_content::handle_remove,
        ),
        Route::new(
            Method::DELETE,
            ONE,
            Flavour::V1,
            of_content::handle_remove_by_path,
        ),
        Route::new(Method::GET, OF_SPACE, Flavour::V1, of_space::handle),
        Route::new(Method::POST, OF_SPACE, Flavour::V1, of_space::handle_add),
        Route::new(
            Method::DELETE,
            OF_SPACE,
            Flavour::V1,
            of_space::handle_remove,
        ),
    ]
}

/// The labels of something that a request asks for. It is read before anything is changed.
struct Wanted {
    prefix: Option<LabelPrefix>,
    window: Window,
}

impl Wanted {
    fn of(call: &Call) -> Result<Self, Failure> {
        let query = call.query();
        Ok(Self {
            prefix: prefix(&query)?,
            window: Window::of(&query, LIMIT)?,
        })
    }

    /// Responds with the labels on an object, or those with the requested prefix.
    fn list(self, call: &Call, view: &View, on: Object) -> Answer {
        let rows = view.labels(on)?.into_iter();
        let rows = rows.filter(|row| self.prefix.is_none_or(|prefix| row.prefix == prefix));
        let page = Page::cut(rows.map(Label::of), self.window);
        crate::respond::ok(&ListV1::of(call, page))
    }
}

/// Reads the parameter `prefix` of a query.
fn prefix(query: &crate::request::query::Parameters<'_>) -> Result<Option<LabelPrefix>, Failure> {
    let wrong = || {
        Failure::bad_request("the query parameter \"prefix\" must be global, my, team or system")
    };
    query
        .get("prefix")
        .map(|word| LabelPrefix::from_word(word).ok_or_else(wrong))
        .transpose()
}

/// Reads the labels that a body names.
fn read(document: &Document) -> Result<Vec<NewLabel>, Failure> {
    sent_labels::named(&document.root()?)
}
