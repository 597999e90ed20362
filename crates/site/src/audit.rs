//! The audit log: the journal, as administrators read it.
//!
//! Site administration reads all of it. The administrators of a space read what concerns their
//! space, cut to what they see of it. Of a page that is withheld from them they learn only what the
//! list of restricted pages shows (law 2.19), and nothing of a page that isn't there for them
//! (law 7.4). Entries hold no titles.

use crate::account::site_admin;
use crate::error::SiteError;
use crate::plan::Plan;
use crate::site::Site;
use crate::switch::administered;
use narthex_access::{AccountId, Catalogue, Credential, Door, Millis, PageId, SpaceId, View};
use narthex_store::audit::{Entry, JournalQuery};
use narthex_store::change::Actor;
use std::sync::Arc;

/// The largest number of entries that are returned at once.
pub const MOST_ENTRIES: usize = 1_000;

/// The number of entries that are read from the journal at once.
const BATCH: u32 = 500;

/// Which entries to return, newest first.
#[derive(Debug, Clone)]
pub struct AuditFilter {
    /// The key of the space that entries are about; `None` for the whole site.
    pub space_key: Option<String>,
    /// The earliest instant, inclusive.
    pub since: Option<Millis>,
    /// The latest instant, exclusive.
    pub until: Option<Millis>,
    /// A text that one of an entry's shown fields contains, in upper or lower case; empty for all
    /// entries.
    pub text: String,
    /// How many entries to skip. It counts the entries that the reader is shown, so it reveals
    /// nothing of the others.
    pub start: usize,
    /// The largest number of entries to return, at most [`MOST_ENTRIES`].
    pub limit: usize,
}

/// A part of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The entries, newest first.
    pub entries: Vec<AuditEntry>,
    /// Whether there are older entries.
    pub more: bool,
    /// The position of the last entry, after which older ones begin. `None` if there are no
    /// entries.
    pub end: Option<AuditPlace>,
}

/// The position of an entry in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditPlace((u64, u32));

/// One entry as its reader is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When it happened.
    pub at: Millis,
    /// The account that did it; `None` for the command line, for anonymous visitors and for hidden
    /// people.
    pub actor: Option<AccountId>,
    /// The name of the person or thing that did it.
    pub actor_name: String,
    /// The kind of event: a stable word with dots.
    pub kind: String,
    /// The key of the space that it is about; `None` for an event of the whole site.
    pub space: Option<Arc<str>>,
    /// The page that it is about; `None` for an event about something else.
    pub page: Option<PageId>,
    /// The name of what it is about.
    pub object: String,
    /// The value before the change; `None` also where the reader doesn't see it.
    pub before: Option<String>,
    /// The value after the change; `None` also where the reader doesn't see it.
    pub after: Option<String>,
}

/// The part of the journal that the caller may read.
#[derive(Debug, Clone, Copy)]
struct Reach {
    space: Option<SpaceId>,
    whole: bool,
}

impl Site {
    /// Reads the audit log.
    ///
    /// # Errors
    /// Forbidden to all but site administration and, for a space, to all but its administrators
    /// (absent if the caller can't see the space); storage.
    pub async fn audit(
        &self,
        credential: &Credential,
        filter: &AuditFilter,
    ) -> Result<AuditPage, SiteError> {
        self.audit_after(credential, filter, None).await
    }

    /// Continues reading the audit log after a position, so that much of it can be read in parts.
    /// Each part is decided anew.
    ///
    /// # Errors
    /// As [`Site::audit`].
    pub async fn audit_after(
        &self,
        credential: &Credential,
        filter: &AuditFilter,
        place: Option<AuditPlace>,
    ) -> Result<AuditPage, SiteError> {
        let (catalogue, now) = self.store().catalogue().await?;
        let view = View::open(Arc::clone(&catalogue), credential, Door::Confluence, now)?;
        let plan = Plan {
            view: &view,
            catalogue: &catalogue,
            now,
            entropy: &self.entropy,
        };
        let reach = reach(&plan, filter.space_key.as_deref())?;
        let limit = filter.limit.min(MOST_ENTRIES);
        let text = filter.text.trim().to_lowercase();

        // The text is searched for only in what is shown to the reader (A04).
        let mut query = JournalQuery {
            space: reach.space,
            since: filter.since,
            until: filter.until,
            before: place.map(|place| place.0),
            limit: BATCH,
            ..JournalQuery::default()
        };
        let (mut left_out, mut entries, mut end) = (0, Vec::new(), None);
        loop {
            let batch = self.store().journal(&query).await?;
            let Some(oldest) = batch.last() else {
                return Ok(AuditPage {
                    entries,
                    more: false,
                    end,
                });
            };
            query.before = Some(oldest.place);
            // Entries written after the view was opened can't be decided in it.
            let known = batch.into_iter().filter(|e| e.place.0 <= view.revision());
            let shown = known.filter_map(|entry| {
                let place = AuditPlace(entry.place);
                Some((place, shown(&view, &catalogue, reach, entry)?))
            });
            for (place, entry) in shown.filter(|(_, entry)| holds(entry, &text)) {
                if left_out < filter.start {
                    left_out += 1;
                } else if entries.len() < limit {
                    entries.push(entry);
                    end = Some(place);
                } else {
                    return Ok(AuditPage {
                        entries,
                        more: true,
                        end,
                    });
                }
            }
        }
    }
}

fn reach(plan: &Plan<'_>, space_key: Option<&str>) -> Result<Reach, SiteError> {
    let whole = plan.view.subject().is_site_admin();
    let space = match space_key {
        Some(key) => Some(administered(plan, key)?),
        None => {
            site_admin::require(plan)?;
            None
        }
    };
    Ok(Reach { space, whole })
}

/// Returns an entry as the reader is shown it, or `None` if it is hidden from the reader.
fn shown(view: &View, catalogue: &Catalogue, reach: Reach, entry: Entry) -> Option<AuditEntry> {
    let seen = reach.whole || entry.page.is_none_or(|page| view.page(page).is_ok());
    let withheld = |page| view.restricted_page(page).is_ok();
    if !seen && entry.page.is_none_or(|page| !withheld(page)) {
        return None;
    }
    let (actor, actor_name) = actor(view, entry.actor);
    Some(AuditEntry {
        at: entry.at,
        actor,
        actor_name,
        kind: entry.kind,
        space: entry
            .space
            .and_then(|id| catalogue.space(id))
            .map(|space| space.row().key.clone()),
        page: entry.page,
        object: entry.object,
        before: entry.before.filter(|_| seen),
        after: entry.after.filter(|_| seen),
    })
}

/// Returns the account behind a change and a name for it, as far as the reader is shown people
/// (law 3.7).
pub(crate) fn actor(view: &View, actor: Actor) -> (Option<AccountId>, String) {
    match actor {
        Actor::Anonymous => (None, "nobody who is logged in".into()),
        Actor::Operator => (None, "the command line".into()),
        Actor::Account(id) => match view.author(id).account() {
            Some(account) => (Some(id), account.row().name.to_string()),
            None => (None, "a user".into()),
        },
    }
}

fn holds(entry: &AuditEntry, text: &str) -> bool {
    let words = [
        Some(&entry.actor_name),
        Some(&entry.kind),
        Some(&entry.object),
    ];
    let values = [entry.before.as_ref(), entry.after.as_ref()];
    let mut all = words.into_iter().chain(values).flatten();
    text.is_empty() || all.any(|word| word.to_lowercase().contains(text))
}
