//! The status of attachments and comments: their own, combined with that of their page.

use narthex_access::view::SeenPage;
use narthex_access::{ContentState, PageState};

/// Returns the word for the status of an attachment or comment: on a trashed page it is trashed
/// with the page (law 2.21), and so on.
pub fn status_on(page: SeenPage<'_>, own: ContentState) -> &'static str {
    match (own, page.row().state) {
        (ContentState::Trashed, _) | (_, PageState::Trashed) => PageState::Trashed.word(),
        (ContentState::Live, state) => state.word(),
    }
}
