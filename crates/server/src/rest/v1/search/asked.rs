//! Reads the parameters that v1's searches share: `cql`, `cqlcontext`, `cursor`, `start`, `limit`,
//! `includeArchivedSpaces`, `excludeCurrentSpaces`.

use crate::call::Call;
use crate::failure::Failure;
use crate::request::query::Parameters;
use crate::rest::paging::{self, Window};
use narthex_site::search::cql::{self, Query};
use narthex_site::search::find::{Asked, Cursor, From, Whereabouts};
use serde::Deserialize;

/// A query with the parameters of its request.
pub(super) struct Search {
    pub(super) query: Query,
    pub(super) asked: Asked,
    /// The position of the page in the list, as far as the request names it.
    pub(super) window: Window,
}

/// The content and space that the query is relative to, as the request writes them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Context {
    space_key: Option<String>,
    content_id: Option<Number>,
    content_statuses: Option<Vec<String>>,
}

/// A number, which may be in quotes.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Number {
    Number(u64),
    Text(String),
}

impl Search {
    /// Reads a request to a list of at most `max` entries.
    ///
    /// # Errors
    /// Bad request; the message says what is wrong and, in a query, where.
    pub(super) fn of(query: &Parameters<'_>, max: usize) -> Result<Self, Failure> {
        let text = query.required("cql")?;
        let read = cql::parse(text).map_err(|error| Failure::bad_request(error.to_string()))?;
        let window = Window::up_to(query, 25, max)?;
        let last: Option<Cursor> = paging::place(query)?;
        let context = context(query)?;
        let archived = |word: &String| word == "archived" || word == "any";
        let statuses = context.content_statuses.unwrap_or_default();
        let content = match context.content_id {
            Some(Number::Number(number)) => Some(number),
            Some(Number::Text(text)) => text.trim_start_matches("att").parse().ok(),
            None => None,
        };
        let asked = Asked {
            at: Whereabouts {
                content,
                space: context.space_key,
            },
            archived_pages: statuses.iter().any(archived),
            archived_spaces: query.flag("includeArchivedSpaces")?,
            only_archived_spaces: query.flag("excludeCurrentSpaces")?,
            spaces: false,
            from: last.map_or(From::Start(window.start), From::After),
            limit: window.limit,
        };
        Ok(Self {
            query: read,
            asked,
            window,
        })
    }
}

impl Search {
    /// Returns the cursor after the first `hits` hits of the page, for a response that has no room
    /// for more.
    ///
    /// # Errors
    /// As for the search itself.
    pub(super) async fn place_after(
        &self,
        call: &Call,
        hits: usize,
    ) -> Result<Option<Cursor>, Failure> {
        let asked = Asked {
            limit: hits,
            ..self.asked.clone()
        };
        let site = &call.app.site;
        let again = site.search(&call.credential, &call.view, &self.query, &asked);
        Ok(again.await?.found.more)
    }
}

fn context(query: &Parameters<'_>) -> Result<Context, Failure> {
    let Some(text) = query.get("cqlcontext") else {
        return Ok(Context::default());
    };
    serde_json::from_str(text).map_err(|error| {
        Failure::bad_request(format!(
            "the query parameter \"cqlcontext\" must be an object with spaceKey, contentId and \
             contentStatuses: {error}"
        ))
    })
}
