//! The status of what hangs on a page: its own, and that of the page it goes with.

use narthex_access::view::SeenPage;
use narthex_access::{ContentState, PageState};

/// The word for the status of an attachment or comment: what hangs on a trashed
/// page is trashed with it (law 2.21), and so on.
pub fn status_on(page: SeenPage<'_>, own: ContentState) -> &'static str {
    match (own, page.row().state) {
        (ContentState::Trashed, _) | (_, PageState::Trashed) => PageState::Trashed.word(),
        (ContentState::Live, state) => state.word(),
    }
}
