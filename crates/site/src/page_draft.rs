//! Drafts over published pages, which only their authors store, read, publish and discard
//! (law 2.20).
//!
//! The audit log names neither the page nor the space of such a draft, because only its author may
//! know that it exists.

use crate::entry::entry;
use crate::error::SiteError;
use crate::page::{EditPage, NewBody, Save, plan_edit};
use crate::plan::Plan;
use crate::read::Text;
use crate::site::Site;
use crate::title::{Titled, check_title};
use crate::trash::purge;
use narthex_access::view::SeenDraft;
use narthex_access::{
    AccountId, Action, BodyId, Credential, Door, Object, PageDraftId, PageDraftRow, PageId,
    PageRow, PageState, RowChange, Table,
};
use narthex_store::change::{Beside, Change};
use narthex_store::past::VersionRead;

/// Returns a draft over a published page as a version of the page, with the number 1 of drafts.
pub fn as_version(draft: SeenDraft<'_>) -> VersionRead {
    let row = draft.row();
    VersionRead {
        number: 1,
        by: Some(row.author),
        at: row.updated_at,
        message: row.message.to_string(),
        minor: false,
        title: row.title.to_string(),
        file: None,
    }
}

/// How often publishing is tried while the draft changes meanwhile.
const TRIES: usize = 4;

impl Site {
    /// Returns the text of a draft over a published page.
    ///
    /// # Errors
    /// Absent if the draft has been discarded since the view was opened; storage.
    pub async fn page_draft_body(&self, draft: SeenDraft<'_>) -> Result<Text, SiteError> {
        let seen = draft.body();
        match self.store.body(&seen).await? {
            Some(body) => Ok(Text::of(body)),
            None => Err(seen.gone().into()),
        }
    }

    /// Publishes the caller's draft over a page as the version that `edit` numbers, and returns
    /// that number.
    ///
    /// # Errors
    /// Absent if there is no such draft; otherwise as for editing.
    pub async fn publish_page_draft(
        &self,
        credential: &Credential,
        id: PageId,
        mut edit: EditPage,
    ) -> Result<u32, SiteError> {
        edit.save = Save::Published;
        for _ in 0..TRIES {
            let view = self.view(credential, Door::Confluence).await?;
            let draft = view.page_draft(id)?;
            let kept = draft.row().body;
            let text = self.page_draft_body(draft).await?;
            let edit = EditPage {
                title: Some(draft.row().title.to_string()),
                body: Some(NewBody {
                    representation: text.representation(),
                    text: text.text().to_owned(),
                }),
                ..edit.clone()
            };
            let published = self.commit(credential, move |plan| {
                if plan.view.page_draft(id)?.row().body != kept {
                    return Ok(Change::nothing(None));
                }
                Ok(plan_edit(plan, id, &edit)?.map(Some))
            });
            if let Some(number) = published.await? {
                return Ok(number);
            }
        }
        Err(SiteError::conflict(
            "the draft changes all the time; try again",
        ))
    }

    /// Discards a draft. If the page was never published, the page itself is deleted; otherwise the
    /// caller's draft over it is, and the published text stays.
    ///
    /// # Errors
    /// Absent if the caller can't see the page; forbidden without the right to delete it; invalid
    /// if the page is published and the caller has no draft of it.
    pub async fn discard_draft(
        &self,
        credential: &Credential,
        id: PageId,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| {
            let row = plan.view.page(id)?.row();
            if row.state == PageState::Draft {
                plan.view.require(Action::Delete, Object::Page(id))?;
                return purge(plan, row);
            }
            if plan.view.page_draft(id).is_err() {
                return Err(SiteError::invalid(
                    "you have no draft of it to discard; to move published content to the trash, \
                     send the DELETE without naming the draft",
                ));
            }
            let draft = plan.view.page_draft_to_discard(id)?.row();
            let mut change = Change::nothing(());
            if let Some(status) = plan.view.content_status(id, true)? {
                let id = status.id.get();
                change
                    .rows
                    .push(RowChange::Remove(Table::ContentStatus, id));
            }
            remove(draft, &mut change);
            change.events.push(entry("page.draft.discarded", ""));
            Ok(change)
        })
        .await
    }
}

/// Plans an author's draft over a published page, which replaces the former draft.
///
/// # Errors
/// Conflict if the version is neither 1 nor the next of the published page; invalid for a new draft
/// without a text, and for a new parent, owner or date, which a draft can't have.
pub(crate) fn plan_keep(
    plan: &Plan<'_>,
    page: &PageRow,
    begun_on: Option<u32>,
    edit: &EditPage,
) -> Result<Change<u32>, SiteError> {
    let author = plan.author()?;
    // Clients that don't know that a draft has the number 1 send that of the next version.
    let next = page.version.saturating_add(1);
    if ![1, next].contains(&edit.version) {
        return Err(SiteError::conflict(
            "version must be 1: that is the number of a draft until it is published",
        ));
    }
    if edit
        .parent
        .is_some_and(|parent| Some(parent) != page.parent)
    {
        return Err(SiteError::invalid(
            "a draft of a published page can't have another parent; move the page, or publish the draft there",
        ));
    }
    if edit.owner.is_some_and(|owner| owner != page.owner) {
        return Err(SiteError::invalid(
            "a draft of a published page can't change its owner; send the owner with status current",
        ));
    }
    if edit.created_at.is_some_and(|at| at != page.created_at) {
        return Err(SiteError::invalid(
            "a draft of a published post can't change its date; send the date of creation with status current",
        ));
    }
    let mut drafts = plan.catalogue.page_drafts_of(page.id);
    let was = drafts.find(|row| row.author == author);
    let title = edit.title.as_deref();
    let title = title.or_else(|| was.map(|was| &*was.title));
    let title = title.unwrap_or(&page.title);
    check_title(plan, Titled::of(page), title, true, Some(page.id))?;
    let mut change = Change::nothing(1);
    let body = match (&edit.body, was) {
        (Some(body), _) => {
            let id = plan.new_id(BodyId::from_random);
            change.beside.push(Beside::Body {
                id,
                representation: body.representation.word().into(),
                text: body.text.clone(),
            });
            let former = was.map(|was| was.body);
            let former = former.map(|former| Beside::RetireBodies(vec![former]));
            change.beside.extend(former);
            id
        }
        (None, Some(was)) => was.body,
        (None, None) => {
            return Err(SiteError::invalid(
                "the member \"body\" is missing: a new draft of a published page needs its text",
            ));
        }
    };
    change.rows.push(
        PageDraftRow {
            id: match was {
                Some(was) => was.id,
                None => plan.new_id(PageDraftId::from_random),
            },
            page: page.id,
            author,
            base: begun_on
                .or_else(|| was.map(|was| was.base))
                .map_or(page.version, |base| base.min(page.version)),
            title: title.trim().into(),
            message: edit.message.as_str().into(),
            body,
            created_at: was.map_or(plan.now, |was| was.created_at),
            updated_at: plan.now,
        }
        .into(),
    );
    change.events.push(entry("page.draft.kept", ""));
    Ok(change)
}

/// Plans the end of an author's draft over a page, if there is one.
pub(crate) fn forget<T>(plan: &Plan<'_>, page: PageId, author: AccountId, change: &mut Change<T>) {
    let mut drafts = plan.catalogue.page_drafts_of(page);
    if let Some(draft) = drafts.find(|row| row.author == author) {
        remove(draft, change);
    }
}

fn remove<T>(draft: &PageDraftRow, change: &mut Change<T>) {
    change
        .rows
        .push(RowChange::Remove(Table::PageDraft, draft.id.get()));
    change.beside.push(Beside::RetireBodies(vec![draft.body]));
}
