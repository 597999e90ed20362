//! Renaming a page: a new version that differs only in its title.

use crate::error::SiteError;
use crate::page::{EditPage, Save, plan_edit};
use crate::site::Site;
use narthex_access::{Credential, PageId, PageState};

impl Site {
    /// Renames a page or blog post, whatever its version, or the caller's draft over it. Returns
    /// the number of the version that this makes.
    ///
    /// # Errors
    /// Absent and forbidden as for editing; invalid for a bad title or one that is taken, and if
    /// the page is a draft and `draft` is false, or the other way round.
    pub async fn rename_page(
        &self,
        credential: &Credential,
        id: PageId,
        title: String,
        draft: bool,
    ) -> Result<u32, SiteError> {
        self.commit(credential, move |plan| {
            let row = plan.view.page(id)?.row();
            if draft && plan.view.page_draft(id).is_ok() {
                let edit = EditPage {
                    title: Some(title.clone()),
                    version: 1,
                    save: Save::Draft { begun_on: None },
                    ..EditPage::default()
                };
                return plan_edit(plan, id, &edit);
            }
            if draft != (row.state == PageState::Draft) {
                return Err(SiteError::invalid(if draft {
                    "the page is published and has no draft of yours; send status current"
                } else {
                    "the page is a draft; send status draft, or publish it first"
                }));
            }
            let next = if draft {
                1
            } else {
                row.version.saturating_add(1)
            };
            let edit = EditPage {
                title: Some(title.clone()),
                version: next,
                ..EditPage::default()
            };
            plan_edit(plan, id, &edit)
        })
        .await
    }
}
