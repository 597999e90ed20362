//! Content statuses: setting and removing the status of a page, or of many (`many`). The API calls
//! them content states.

mod many;

pub use many::{MOST_PAGES, Outcome};

use crate::error::SiteError;
use crate::folder;
use crate::name::{misleads, shows_something};
use crate::page::{event, version};
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    Action, ContentStatusId, ContentStatusRow, Credential, CustomStatusRow, Object, PageId,
    PageRow, PageState, RowChange, SUGGESTED, StatusChoiceId, Table,
};
use narthex_store::change::Change;

/// The longest name of a status, in characters.
pub const LONGEST_STATUS: usize = 20;
/// The largest number of custom statuses of one account; beyond it, the one that was unused for the
/// longest time is removed.
pub const MOST_STATUSES: usize = 50;

/// The status that a page gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewStatus {
    /// One of the statuses on offer to the caller, by its id.
    Choice(StatusChoiceId),
    /// A status by its name and colour: one that is on offer, or a new custom status of the caller.
    Named {
        /// The name of the status.
        name: String,
        /// Its colour: `#` and six hexadecimal digits.
        colour: String,
    },
}

impl Site {
    /// Sets the status of a page or blog post, which makes a new version with the same text, or the
    /// status of its draft, which makes none.
    ///
    /// # Errors
    /// Absent and forbidden as for editing; invalid for a status that isn't on offer, for a bad
    /// name or colour, and for the published status of a page that was never published.
    pub async fn set_content_status(
        &self,
        credential: &Credential,
        page: PageId,
        draft: bool,
        new: NewStatus,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| plan_set(plan, page, draft, &new))
            .await
    }

    /// Removes the status of a page or blog post, or of its draft. If there is none, nothing
    /// changes.
    ///
    /// # Errors
    /// Absent and forbidden as for editing.
    pub async fn remove_content_status(
        &self,
        credential: &Credential,
        page: PageId,
        draft: bool,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| remove_from(plan, page, draft))
            .await
    }
}

fn plan_set(
    plan: &Plan<'_>,
    page: PageId,
    draft: bool,
    new: &NewStatus,
) -> Result<Change<()>, SiteError> {
    plan.view.require(Action::Edit, Object::Page(page))?;
    let chosen = chosen(plan, new)?;
    let mut change = set_on(plan, page, draft, &chosen)?;
    if !change.is_nothing() {
        change.rows.extend(chosen.own);
    }
    Ok(change)
}

/// Plans the status of one page. If the page has it already, nothing changes.
fn set_on(
    plan: &Plan<'_>,
    page: PageId,
    draft: bool,
    chosen: &Chosen,
) -> Result<Change<()>, SiteError> {
    plan.view.require(Action::Edit, Object::Page(page))?;
    folder::refuse(plan.view.page(page)?.row(), "content state")?;
    let mut change = Change::nothing(());
    let was = plan.view.content_status(page, draft)?;
    if was.is_some_and(|was| was.choice == chosen.choice) {
        return Ok(change);
    }
    change.rows.push(
        ContentStatusRow {
            id: match was {
                Some(was) => was.id,
                None => plan.new_id(ContentStatusId::from_random),
            },
            page,
            draft,
            choice: chosen.choice,
            name: chosen.name.as_str().into(),
            colour: chosen.colour.as_str().into(),
            by: plan.author()?,
            at: plan.now,
        }
        .into(),
    );
    written(plan, page, draft, "page.status.set", &mut change)?;
    Ok(change)
}

/// Plans to remove the status of one page. If there is none, nothing changes.
fn remove_from(plan: &Plan<'_>, page: PageId, draft: bool) -> Result<Change<()>, SiteError> {
    plan.view.require(Action::Edit, Object::Page(page))?;
    let mut change = Change::nothing(());
    if let Some(was) = plan.view.content_status(page, draft)? {
        change
            .rows
            .push(RowChange::Remove(Table::ContentStatus, was.id.get()));
        written(plan, page, draft, "page.status.removed", &mut change)?;
    }
    Ok(change)
}

/// The status that a request means, and the changes that choosing it makes to the caller's custom
/// statuses.
#[derive(Debug)]
struct Chosen {
    choice: StatusChoiceId,
    name: String,
    colour: String,
    own: Vec<RowChange>,
}

/// Returns the status that a request means, which may be a new custom status of the caller.
fn chosen(plan: &Plan<'_>, new: &NewStatus) -> Result<Chosen, SiteError> {
    let (name, colour) = match new {
        NewStatus::Choice(id) => {
            let choice = plan.view.status_choice(*id).ok_or_else(|| {
                SiteError::invalid(
                    "no content state with this id is available to you; \
                     list those that are available, or send a name and a color",
                )
            })?;
            (choice.name.to_string(), choice.colour.to_string())
        }
        NewStatus::Named { name, colour } => checked(name, colour)?,
    };
    let same = |a: &str, b: &str| a == name && b.eq_ignore_ascii_case(&colour);
    if let Some(choice) = SUGGESTED.iter().find(|it| same(it.name, it.colour)) {
        return Ok(Chosen {
            choice: choice.id,
            name,
            colour,
            own: Vec::new(),
        });
    }
    let mut rows = Vec::new();
    let own = plan.view.custom_statuses();
    let known = own.iter().find(|row| same(&row.name, &row.colour));
    let row = CustomStatusRow {
        id: match known {
            Some(row) => row.id,
            None => plan.new_id(StatusChoiceId::from_random),
        },
        account: plan.author()?,
        name: name.as_str().into(),
        colour: colour.as_str().into(),
        used_at: plan.now,
    };
    if known.is_none() {
        let oldest = own.iter().skip(MOST_STATUSES.saturating_sub(1));
        let gone = oldest.map(|row| RowChange::Remove(Table::CustomStatus, row.id.get()));
        rows.extend(gone);
    }
    let choice = row.id;
    rows.push(row.into());
    Ok(Chosen {
        choice,
        name,
        colour,
        own: rows,
    })
}

fn checked(name: &str, colour: &str) -> Result<(String, String), SiteError> {
    let name = name.trim();
    let fits = shows_something(name)
        && name.chars().count() <= LONGEST_STATUS
        && !name.chars().any(misleads);
    if !fits {
        return Err(SiteError::invalid(format!(
            "the name of a content state must be 1 to {LONGEST_STATUS} characters, without control \
             characters and marks that change the direction of text"
        )));
    }
    let digits = colour.strip_prefix('#').unwrap_or_default();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(SiteError::invalid(
            "color must be # and six hexadecimal digits, as #ff7452",
        ));
    }
    Ok((name.into(), colour.to_ascii_lowercase()))
}

/// Plans what a changed status adds: the journal entry, and a version of a published page.
fn written(
    plan: &Plan<'_>,
    page: PageId,
    draft: bool,
    kind: &'static str,
    change: &mut Change<()>,
) -> Result<(), SiteError> {
    let was = plan.view.page(page)?.row();
    if !draft {
        if was.state == PageState::Draft {
            return Err(SiteError::invalid(
                "this was never published; send status=draft",
            ));
        }
        let row = PageRow {
            version: was.version.saturating_add(1),
            updated_at: plan.now,
            updated_by: plan.author()?,
            ..was.clone()
        };
        change.beside.push(version(&row, String::new(), false));
        change.rows.push(row.into());
    }
    change.events.push(event(kind, plan.catalogue, was));
    Ok(())
}

/// When a draft is published, its status becomes that of the page.
///
/// # Errors
/// Absent if the publisher can't see the page.
pub(crate) fn publish<T>(
    plan: &Plan<'_>,
    page: PageId,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let statuses = || plan.catalogue.content_statuses_of(page);
    let Some(draft) = plan.view.content_status(page, true)? else {
        return Ok(());
    };
    let former = statuses().filter(|row| !row.draft);
    change
        .rows
        .extend(former.map(|row| RowChange::Remove(Table::ContentStatus, row.id.get())));
    change.rows.push(
        ContentStatusRow {
            draft: false,
            ..draft.clone()
        }
        .into(),
    );
    Ok(())
}
