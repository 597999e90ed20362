//! Changing the history of a page: a former version is restored as the newest, or deleted. Both
//! need the right to see the history and the right to edit the page.

use crate::error::SiteError;
use crate::page::{EditPage, NewBody, event, plan_edit};
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{Action, BodyId, Credential, Door, Object, PageId, PageRow, View};
use narthex_store::change::{Beside, Change, Event};
use narthex_store::past::VersionRead;

/// How often the operation is tried while the page changes meanwhile.
const TRIES: usize = 4;

/// A former version to restore as the newest one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreVersion {
    /// The number of the former version.
    pub number: u32,
    /// The message on the new version.
    pub message: String,
    /// Whether its title is restored too.
    pub title: bool,
}

/// The version and body of a page when its history was read, to notice a change since.
type Known = (u32, BodyId);

impl Site {
    /// Writes the text of a former version of a page as a new version, and returns the new
    /// version's number.
    ///
    /// # Errors
    /// Absent if the caller can't see the page; forbidden without the right to see its history or
    /// to edit it; invalid if there is no such version, and for the current one.
    pub async fn restore_version(
        &self,
        credential: &Credential,
        id: PageId,
        restore: RestoreVersion,
    ) -> Result<u32, SiteError> {
        for _ in 0..TRIES {
            let view = self.view(credential, Door::Confluence).await?;
            let (known, then) = self.former(&view, id, restore.number).await?;
            let Some(text) = self.past_body(&view, id, restore.number).await? else {
                continue;
            };
            let edit = EditPage {
                title: restore.title.then(|| then.title.clone()),
                body: Some(NewBody {
                    representation: text.representation(),
                    text: text.text().to_owned(),
                }),
                version: known.0.saturating_add(1),
                message: restore.message.clone(),
                ..EditPage::default()
            };
            let restored = self.commit(credential, move |plan| match still(plan, id, known)? {
                Some(_) => Ok(plan_edit(plan, id, &edit)?.map(Some)),
                None => Ok(Change::nothing(None)),
            });
            if let Some(number) = restored.await? {
                return Ok(number);
            }
        }
        Err(moved_on())
    }

    /// Deletes a former version of a page. Its changes count as those of the next version from then
    /// on, and later versions are renumbered without a gap, as Cloud does.
    ///
    /// # Errors
    /// As [`Site::restore_version`].
    pub async fn delete_version(
        &self,
        credential: &Credential,
        id: PageId,
        number: u32,
    ) -> Result<(), SiteError> {
        for _ in 0..TRIES {
            let view = self.view(credential, Door::Confluence).await?;
            let (known, _) = self.former(&view, id, number).await?;
            let deleted = self.commit(credential, move |plan| {
                Ok(match still(plan, id, known)? {
                    Some(row) => without_version(plan, row, number).map(|()| true),
                    None => Change::nothing(false),
                })
            });
            if deleted.await? {
                return Ok(());
            }
        }
        Err(moved_on())
    }

    /// Returns a former version, and the present version and body of the page.
    async fn former(
        &self,
        view: &View,
        id: PageId,
        number: u32,
    ) -> Result<(Known, VersionRead), SiteError> {
        view.require(Action::Edit, Object::Page(id))?;
        let row = view.page(id)?.row();
        let versions = self.history(view, id).await?;
        if number == row.version {
            return Err(SiteError::invalid(format!(
                "version {number} is the current version; name a former one"
            )));
        }
        let then = versions
            .into_iter()
            .find(|version| version.number == number);
        let then = then.ok_or_else(|| {
            SiteError::invalid(format!("there is no version {number} of this page"))
        })?;
        Ok(((row.version, row.body), then))
    }
}

/// Returns the page if it hasn't changed since its history was read. The right to see the history
/// is decided again.
fn still<'p>(
    plan: &'p Plan<'_>,
    id: PageId,
    known: Known,
) -> Result<Option<&'p PageRow>, SiteError> {
    plan.view.require(Action::ViewPast, Object::Page(id))?;
    plan.view.require(Action::Edit, Object::Page(id))?;
    let row = plan.view.page(id)?.row();
    Ok(((row.version, row.body) == known).then_some(row))
}

fn without_version(plan: &Plan<'_>, row: &PageRow, number: u32) -> Change<()> {
    let now = PageRow {
        version: row.version.saturating_sub(1),
        ..row.clone()
    };
    Change {
        beside: vec![Beside::RemoveVersion {
            page: row.id,
            number,
        }],
        events: vec![Event {
            before: Some(format!("version {number}")),
            ..event("page.version.deleted", plan.catalogue, row)
        }],
        rows: vec![now.into()],
        answer: (),
    }
}

fn moved_on() -> SiteError {
    SiteError::conflict("the page changes all the time; try again")
}
