//! Restrictions of pages: setting, extending, reducing and lifting them, and taking over a page
//! that is restricted to others.

use crate::error::SiteError;
use crate::folder;
use crate::page::event;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::view::RestrictedPage;
use narthex_access::{
    AccountKind, Action, Credential, Object, PageId, Principal, RestrictionId, RestrictionKind,
    RestrictionRow, RowChange, SpaceId, Table,
};
use narthex_store::change::{Change, Event};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The largest number of accounts and groups on one list.
pub const LONGEST_LIST: usize = 1_000;

/// A change of a page's restrictions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restrict {
    /// Sets the lists of these kinds; an empty list lifts the restriction of its kind.
    Set(Vec<(RestrictionKind, Vec<Principal>)>),
    /// Adds people to the lists of these kinds; a kind without a list becomes restricted.
    Add(Vec<(RestrictionKind, Vec<Principal>)>),
    /// Takes one principal off a list. The page stays restricted, even to nobody.
    TakeOff(RestrictionKind, Principal),
    /// Lifts all restrictions of the page, including those left by former parents.
    Lift,
}

impl Site {
    /// Changes the restrictions of a page. A caller who isn't on the new list is added to it
    /// (law 2a.9).
    ///
    /// # Errors
    /// Absent if the caller can't see the page; forbidden without the right to restrict it; invalid
    /// for a class, a customer or an unknown account or group on a list, and for taking oneself
    /// off.
    pub async fn restrict_page(
        &self,
        credential: &Credential,
        id: PageId,
        how: Restrict,
    ) -> Result<(), SiteError> {
        self.commit(credential, move |plan| plan_restrict(plan, id, &how))
            .await
    }

    /// Returns the restricted pages of a space for its administrators, including those that they
    /// can't see, without titles (law 2.19).
    ///
    /// # Errors
    /// Absent and forbidden as for administering the space.
    pub async fn restricted_pages(
        &self,
        credential: &Credential,
        space_key: &str,
    ) -> Result<Vec<RestrictedPage>, SiteError> {
        self.rehearse(credential, |plan| {
            let space = crate::switch::administered(plan, space_key)?;
            Ok(plan.view.restricted_pages(space)?)
        })
        .await
    }
}

pub(crate) fn plan_take_over(
    plan: &Plan<'_>,
    space: SpaceId,
    id: PageId,
) -> Result<Change<()>, SiteError> {
    let who = Principal::Account(plan.author()?);
    let withheld = plan.view.restricted_page(id).is_ok();
    let page = plan
        .catalogue
        .page(id)
        .filter(|page| withheld && page.row().space == space);
    let lists = page.and_then(|_| plan.catalogue.lists(id));
    let (Some(page), Some(lists)) = (page, lists) else {
        return Err(SiteError::invalid(
            "this space has no page with this id that is restricted to others; \
             the list of restricted pages shows the ids",
        ));
    };
    let mut change = Change::nothing(());
    for list in lists.view().iter().chain(lists.edit()) {
        if !list.listed.contains(&who) {
            let listed = sorted(list.listed.iter().copied().chain([who]));
            change.rows.push(
                RestrictionRow {
                    listed,
                    ..(**list).clone()
                }
                .into(),
            );
        }
    }
    if !change.rows.is_empty() {
        change.events.push(event(
            "page.restriction.taken_over",
            plan.catalogue,
            page.row(),
        ));
    }
    Ok(change)
}

pub(crate) fn plan_restrict(
    plan: &Plan<'_>,
    id: PageId,
    how: &Restrict,
) -> Result<Change<()>, SiteError> {
    plan.view.require(Action::Restrict, Object::Page(id))?;
    let page = plan.view.page(id)?;
    let mut change = Change::nothing(());
    // A list that a parent left on a folder can be lifted; a folder gets no list of its own.
    let lists = match how {
        Restrict::Set(lists) | Restrict::Add(lists) => lists.as_slice(),
        Restrict::TakeOff(..) | Restrict::Lift => &[],
    };
    if lists.iter().any(|(_, listed)| !listed.is_empty()) {
        folder::refuse(page.row(), "restrictions of its own")?;
    }
    match how {
        Restrict::Set(lists) => {
            for (kind, listed) in lists {
                if listed.is_empty() {
                    lift(plan, id, *kind, &mut change);
                } else {
                    put(plan, id, *kind, listed.clone(), &mut change)?;
                }
            }
        }
        Restrict::Add(lists) => {
            for (kind, more) in lists.iter().filter(|(_, more)| !more.is_empty()) {
                let own = own_list(plan, id, *kind);
                let now = own.map(|list| list.listed.to_vec()).unwrap_or_default();
                put(plan, id, *kind, [now, more.clone()].concat(), &mut change)?;
            }
        }
        Restrict::TakeOff(kind, who) => {
            let Some(own) = own_list(plan, id, *kind) else {
                return Ok(change);
            };
            if !own.listed.contains(who) {
                return Ok(change);
            }
            let left: Vec<Principal> = own.listed.iter().copied().filter(|p| p != who).collect();
            if !lists_caller(plan, &left) {
                return Err(SiteError::invalid(
                    "this would leave you off the page's own list; \
                     lift the restriction, or have somebody else on the list take you off",
                ));
            }
            put(plan, id, *kind, left, &mut change)?;
        }
        Restrict::Lift => {
            for kind in RestrictionKind::ALL {
                lift(plan, id, *kind, &mut change);
            }
        }
    }
    for entry in &mut change.events {
        let about = event(entry.kind, plan.catalogue, page.row());
        *entry = Event {
            before: entry.before.take(),
            after: entry.after.take(),
            ..about
        };
    }
    Ok(change)
}

fn own_list<'a>(
    plan: &'a Plan<'_>,
    id: PageId,
    kind: RestrictionKind,
) -> Option<&'a Arc<RestrictionRow>> {
    of_kind(plan, id, kind)
        .iter()
        .find(|list| list.left_by.is_none())
}

fn of_kind<'a>(plan: &'a Plan<'_>, id: PageId, kind: RestrictionKind) -> &'a [Arc<RestrictionRow>] {
    plan.catalogue.lists(id).map_or(&[], |lists| match kind {
        RestrictionKind::View => lists.view(),
        RestrictionKind::Edit => lists.edit(),
    })
}

fn lists_caller(plan: &Plan<'_>, listed: &[Principal]) -> bool {
    let subject = plan.view.subject();
    let groups = plan
        .view
        .own_account()
        .map_or(&[][..], |account| account.groups());
    listed.iter().any(|principal| match principal {
        Principal::Account(id) => subject.account() == Some(*id),
        Principal::Group(id) => groups.contains(id),
        Principal::Class(_) => false,
    })
}

fn lift(plan: &Plan<'_>, id: PageId, kind: RestrictionKind, change: &mut Change<()>) {
    let lists = of_kind(plan, id, kind);
    if lists.is_empty() {
        return;
    }
    let gone = lists
        .iter()
        .map(|list| RowChange::Remove(Table::Restriction, list.id.get()));
    change.rows.extend(gone);
    let before = lists
        .iter()
        .map(|list| told(&list.listed))
        .collect::<Vec<_>>()
        .join("; ");
    change.events.push(blank(kind, Some(before), None));
}

fn put(
    plan: &Plan<'_>,
    id: PageId,
    kind: RestrictionKind,
    mut listed: Vec<Principal>,
    change: &mut Change<()>,
) -> Result<(), SiteError> {
    for principal in &listed {
        check(plan, id, *principal)?;
    }
    if !lists_caller(plan, &listed) {
        listed.push(Principal::Account(plan.author()?));
    }
    let listed = sorted(listed);
    if listed.len() > LONGEST_LIST {
        return Err(SiteError::invalid(format!(
            "a list holds {LONGEST_LIST} accounts and groups at most; list a group instead"
        )));
    }
    let own = own_list(plan, id, kind);
    if own.is_some_and(|own| own.listed == listed) {
        return Ok(());
    }
    let row = match own {
        Some(own) => RestrictionRow {
            listed: listed.clone(),
            ..(**own).clone()
        },
        None => RestrictionRow {
            id: plan.new_id(RestrictionId::from_random),
            page: id,
            kind,
            left_by: None,
            since: plan.now,
            by: plan.author()?,
            listed: listed.clone(),
        },
    };
    change.rows.push(row.into());
    change.events.push(blank(
        kind,
        own.map(|own| told(&own.listed)),
        Some(told(&listed)),
    ));
    Ok(())
}

/// The kind of the journal entry about a list.
pub(crate) fn entry_of(kind: RestrictionKind) -> &'static str {
    match kind {
        RestrictionKind::View => "page.restriction.read.set",
        RestrictionKind::Edit => "page.restriction.update.set",
    }
}

/// Makes a journal entry that the caller completes with the page.
fn blank(kind: RestrictionKind, before: Option<String>, after: Option<String>) -> Event {
    Event {
        kind: entry_of(kind),
        space: None,
        page: None,
        object: String::new(),
        before,
        after,
    }
}

/// Requires a principal that may be listed: only accounts of the site and groups are (law 2.15).
/// People who are shown neither accounts nor groups, such as guests, may list only principals that
/// the page names to them already, so that they can't find out whether another id exists (A26).
fn check(plan: &Plan<'_>, page: PageId, principal: Principal) -> Result<(), SiteError> {
    let is_told = plan.view.groups().is_ok() || is_named(plan, page, principal);
    let may_be_listed = is_told
        && match principal {
            Principal::Account(id) => plan.catalogue.account(id).is_some_and(|account| {
                account.row().kind == AccountKind::Site && account.row().active
            }),
            Principal::Group(id) => plan.catalogue.group(id).is_some(),
            Principal::Class(_) => false,
        };
    if may_be_listed {
        Ok(())
    } else {
        Err(SiteError::invalid(format!(
            "{principal} can't be listed: name an active account of the site or a group"
        )))
    }
}

/// Whether a page names a principal, as its author or owner or on a list of its own, or the
/// principal is the caller.
fn is_named(plan: &Plan<'_>, page: PageId, principal: Principal) -> bool {
    let listed = RestrictionKind::ALL
        .iter()
        .flat_map(|kind| of_kind(plan, page, *kind))
        .any(|list| list.listed.contains(&principal));
    let own = plan.view.subject().account().map(Principal::Account) == Some(principal);
    let of_page = plan.catalogue.page(page).is_some_and(|page| {
        let row = page.row();
        [row.author, row.owner]
            .map(Principal::Account)
            .contains(&principal)
    });
    listed || own || of_page
}

pub(crate) fn sorted(listed: impl IntoIterator<Item = Principal>) -> Arc<[Principal]> {
    listed
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn told(listed: &[Principal]) -> String {
    let words: Vec<String> = listed.iter().map(ToString::to_string).collect();
    if words.is_empty() {
        "nobody".into()
    } else {
        words.join(", ")
    }
}
