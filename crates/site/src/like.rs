//! Likes of pages, blog posts and comments, which need a permission of the liker's own.

use crate::error::SiteError;
use crate::hung::event;
use crate::site::Site;
use narthex_access::{Action, Credential, LikeId, LikeRow, Object, RowChange, Table};
use narthex_store::change::Change;

impl Site {
    /// Likes a page, blog post or comment as the caller, or takes the like back. If that is the
    /// case already, nothing changes.
    ///
    /// # Errors
    /// Absent if the caller can't see it; forbidden without a permission of the caller's own
    /// (law 2a.11).
    pub async fn set_like(
        &self,
        credential: &Credential,
        on: Object,
        likes: bool,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            plan.view.require(Action::LikeOrWatch, on)?;
            let by = plan.author()?;
            Ok(match (plan.view.own_like(on), likes) {
                (None, true) => Change {
                    rows: vec![
                        LikeRow {
                            id: plan.new_id(LikeId::from_random),
                            on,
                            by,
                            at: plan.now,
                        }
                        .into(),
                    ],
                    beside: Vec::new(),
                    events: vec![event(plan, "like.given", on)],
                    answer: (),
                },
                (Some(row), false) => Change {
                    rows: vec![RowChange::Remove(Table::Like, row.id.get())],
                    beside: Vec::new(),
                    events: vec![event(plan, "like.taken", on)],
                    answer: (),
                },
                _ => Change::nothing(()),
            })
        })
        .await
    }
}
