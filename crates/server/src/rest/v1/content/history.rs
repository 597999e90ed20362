//! `GET /wiki/rest/api/content/{id}/history?expand=`: who created some content and when; for people
//! who see its past also who changed it.

use super::any::Any;
use crate::call::Call;
use crate::respond;
use crate::rest::lens::Lens;
use crate::rest::v1::represent::Expand;
use crate::rest::v1::represent::attachment::id_text;
use crate::rest::v1::represent::history::History;
use crate::route::Answer;

pub(super) async fn handle(call: Call) -> Answer {
    // Clients that update a page read the number of its newest version here.
    let expand = Expand::or(&call.query(), &["lastUpdated"]);
    let base = call.base();
    let lens = Lens::new(&call, &call.view, &base);
    let history = match Any::find(&call.view, call.param("id"))? {
        Any::Page(page) => History::of(lens, page, &expand).await?,
        Any::Comment(row) => History::of_comment(lens, row),
        Any::Attachment(row) => History::of_attachment(lens, &id_text(row), row),
    };
    respond::ok(&history)
}
