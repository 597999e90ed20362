//! The switches of a space and of the site. Every API and page sets them through these operations
//! (laws 4.1 and 5.1).

use crate::error::SiteError;
use crate::plan::Plan;
use crate::site::Site;
use narthex_access::{
    AccessClass, Action, Catalogue, Credential, Exposure, GrantId, GrantRow, Object, Operation,
    Principal, Refusal, RowChange, SpaceId, SwitchesRow, Table, exposure,
};
use narthex_store::change::{Change, Event};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One of the two switches of a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpaceSwitch {
    /// *Unlicensed view*: any active account may view the space.
    UnlicensedView,
    /// *Anonymous view*: everybody may view the space.
    AnonymousView,
}

impl SpaceSwitch {
    /// The class of people whose grant of reading is this switch.
    pub fn class(self) -> AccessClass {
        match self {
            Self::UnlicensedView => AccessClass::AuthenticatedUsers,
            Self::AnonymousView => AccessClass::AnonymousUsers,
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::UnlicensedView => "space.unlicensed_view.set",
            Self::AnonymousView => "space.anonymous_view.set",
        }
    }
}

/// A new setting of a switch of a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetSpaceSwitch {
    /// The space's key, in upper or lower case.
    pub space_key: String,
    /// The switch to set.
    pub switch: SpaceSwitch,
    /// Whether the switch is turned on.
    pub on: bool,
}

/// A space's switches and those of the site that affect it, as the call returns them (law 5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceSwitches {
    /// The id of the space.
    pub space: SpaceId,
    /// The key of the space as it is stored.
    pub space_key: Arc<str>,
    /// Whether the space's *unlicensed view* is on.
    pub unlicensed_view: bool,
    /// Whether the space's *anonymous view* is on.
    pub anonymous_view: bool,
    /// Whether the site's *Use Confluence* in the *JSM access* tab is on.
    pub jsm_access: bool,
    /// Whether the site's *Use Confluence* in the *Anonymous access* tab is on.
    pub anonymous_access: bool,
    /// Whether an anonymous grant lets signed-in people in although anonymous access is off, which
    /// is the older rule (law 2.6). Every API and page shows it.
    pub older_anonymous_rule: bool,
}

/// Changes of the site's switches; a field that is `None` stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SetSwitches {
    /// *Use Confluence* in the *JSM access* tab.
    pub jsm_access: Option<bool>,
    /// *Use Confluence* in the *Anonymous access* tab.
    pub anonymous_access: Option<bool>,
    /// Whether an anonymous grant counts for nobody while anonymous access is off.
    pub enforce_anonymous: Option<bool>,
    /// *View user profiles*.
    pub view_user_profiles: Option<bool>,
    /// Whether anonymous visitors see the names of authors.
    pub author_names: Option<bool>,
    /// Whether search engines may index open pages.
    pub indexing: Option<bool>,
}

impl Site {
    /// Sets switches of spaces, either all of them or none; each switch of a space at most once.
    /// Returns the switches of each space in the order of `wanted`.
    ///
    /// # Errors
    /// Absent if the caller can't see one of the spaces, forbidden if the caller may not administer
    /// one, conflict for anonymous view while the site enforces that it is off.
    pub async fn set_space_switches(
        &self,
        credential: &Credential,
        wanted: Vec<SetSpaceSwitch>,
    ) -> Result<Vec<SpaceSwitches>, SiteError> {
        self.commit(credential, move |plan| plan_space_switches(plan, &wanted))
            .await
    }

    /// Returns what setting these switches would expose, and changes nothing.
    ///
    /// # Errors
    /// As [`Site::set_space_switches`].
    pub async fn rehearse_space_switches(
        &self,
        credential: &Credential,
        wanted: Vec<SetSpaceSwitch>,
    ) -> Result<(Vec<SpaceSwitches>, Exposure), SiteError> {
        self.rehearse(credential, |plan| {
            let change = plan_space_switches(plan, &wanted)?;
            Ok((change.answer, exposed(plan.catalogue, &change.rows)))
        })
        .await
    }

    /// Returns the switches of one space.
    ///
    /// # Errors
    /// Absent or forbidden as for setting them.
    pub async fn space_switches(
        &self,
        credential: &Credential,
        space_key: &str,
    ) -> Result<SpaceSwitches, SiteError> {
        self.rehearse(credential, |plan| {
            let space = administered(plan, space_key)?;
            facts(plan.catalogue, space)
        })
        .await
    }

    /// Returns the switches of all spaces that the caller administers, in the order of their keys.
    ///
    /// # Errors
    /// Unauthorized for a wrong credential; storage.
    pub async fn all_space_switches(
        &self,
        credential: &Credential,
    ) -> Result<Vec<SpaceSwitches>, SiteError> {
        self.rehearse(credential, |plan| {
            let spaces = plan.view.administered_spaces();
            let mut all = spaces
                .map(|space| facts(plan.catalogue, space.id()))
                .collect::<Result<Vec<_>, _>>()?;
            all.sort_by(|a, b| a.space_key.cmp(&b.space_key));
            Ok(all)
        })
        .await
    }

    /// Changes the site's switches and returns them as they are then.
    ///
    /// # Errors
    /// Forbidden to all but site administration.
    pub async fn set_switches(
        &self,
        credential: &Credential,
        wanted: SetSwitches,
    ) -> Result<SwitchesRow, SiteError> {
        self.commit(credential, move |plan| plan_switches(plan, &wanted))
            .await
    }

    /// Returns what changing these switches would expose, and changes nothing.
    ///
    /// # Errors
    /// As [`Site::set_switches`].
    pub async fn rehearse_switches(
        &self,
        credential: &Credential,
        wanted: SetSwitches,
    ) -> Result<(SwitchesRow, Exposure), SiteError> {
        self.rehearse(credential, |plan| {
            let change = plan_switches(plan, &wanted)?;
            Ok((change.answer, exposed(plan.catalogue, &change.rows)))
        })
        .await
    }
}

/// Computes the exposure of a planned change.
pub(crate) fn exposed(before: &Catalogue, rows: &[RowChange]) -> Exposure {
    exposure::exposure(before, &after(before, rows))
}

/// Returns the catalogue with a planned change applied.
pub(crate) fn after(before: &Catalogue, rows: &[RowChange]) -> Catalogue {
    let mut after = before.clone();
    for row in rows {
        after.apply(row.clone());
    }
    after
}

/// Returns the space with a key, if the caller may administer it: 404 unless the caller sees or
/// administers it, 403 unless the caller administers it (law 5.6).
pub(crate) fn administered(plan: &Plan<'_>, space_key: &str) -> Result<SpaceId, SiteError> {
    let space = plan.view.space_to_administer(space_key)?.id();
    plan.view
        .require(Action::Administer, Object::Space(space))?;
    Ok(space)
}

fn facts(catalogue: &Catalogue, space: SpaceId) -> Result<SpaceSwitches, SiteError> {
    let switches = catalogue.switches();
    let space = catalogue
        .space(space)
        .ok_or_else(|| SiteError::invalid("the space is gone"))?;
    Ok(SpaceSwitches {
        space: space.row().id,
        space_key: space.row().key.clone(),
        unlicensed_view: space.unlicensed_view(),
        anonymous_view: space.anonymous_view(),
        jsm_access: switches.jsm_access,
        anonymous_access: switches.anonymous_access,
        older_anonymous_rule: narthex_access::decide::older_anonymous_rule(switches),
    })
}

fn plan_space_switches(
    plan: &Plan<'_>,
    wanted: &[SetSpaceSwitch],
) -> Result<Change<Vec<SpaceSwitches>>, SiteError> {
    // One space that the caller can't see makes the whole request a 404, whatever the others are;
    // otherwise one that the caller doesn't administer makes it a 403.
    for set in wanted {
        plan.view.space_to_administer(&set.space_key)?;
    }
    let spaces = wanted
        .iter()
        .map(|set| administered(plan, &set.space_key))
        .collect::<Result<Vec<_>, _>>()?;
    let mut asked = BTreeSet::new();
    let mut change = Change::nothing(Vec::new());
    for (set, space) in wanted.iter().zip(&spaces) {
        if !asked.insert((*space, set.switch)) {
            return Err(SiteError::invalid(format!(
                "the space {} is named twice for the same switch; name it once",
                set.space_key
            )));
        }
        set_space_switch(plan, *space, set.switch, set.on, &mut change)?;
    }
    let after = after(plan.catalogue, &change.rows);
    for space in spaces {
        change.answer.push(facts(&after, space)?);
    }
    Ok(change)
}

/// Plans one switch of one space. The caller has checked the right to set it. If it is set that way
/// already, nothing changes and no entry is written.
pub(crate) fn set_space_switch<T>(
    plan: &Plan<'_>,
    space: SpaceId,
    switch: SpaceSwitch,
    on: bool,
    change: &mut Change<T>,
) -> Result<(), SiteError> {
    let class = Principal::Class(switch.class());
    let of_class: Vec<&GrantRow> = plan
        .catalogue
        .grants_in(space)
        .filter(|grant| grant.principal == class)
        .collect();
    let was = of_class
        .iter()
        .any(|grant| grant.operation == Operation::Read);
    let switches = plan.catalogue.switches();
    let forbidden_now = switches.enforce_anonymous && !switches.anonymous_access;
    if on && switch == SpaceSwitch::AnonymousView && forbidden_now {
        return Err(SiteError::conflict(
            "anonymous access is off for this site, so no space can be opened to everybody; \
             ask a site administrator to switch on \"Use Confluence\" in the Anonymous access tab",
        ));
    }
    if was == on {
        return Ok(());
    }
    if on {
        let id = plan.new_id(GrantId::from_random);
        change.rows.push(
            GrantRow {
                id,
                space,
                principal: class,
                operation: Operation::Read,
                role: None,
            }
            .into(),
        );
    } else {
        // All grants that depend on view are taken with it (law 2.13).
        let gone = of_class
            .iter()
            .map(|grant| RowChange::Remove(Table::Grant, grant.id.get()));
        change.rows.extend(gone);
        change.rows.extend(lacking(plan.catalogue, space));
    }
    change
        .events
        .push(space_event(plan.catalogue, space, switch, was, on));
    Ok(())
}

/// Returns the unchanged row of a space that loses a grant. Touching it lets explanations find the
/// event that took the grant (law 7.7).
pub(crate) fn lacking(catalogue: &Catalogue, space: SpaceId) -> Option<RowChange> {
    Some(catalogue.space(space)?.row().clone().into())
}

fn space_event(
    catalogue: &Catalogue,
    space: SpaceId,
    switch: SpaceSwitch,
    was: bool,
    on: bool,
) -> Event {
    Event {
        kind: switch.kind(),
        space: Some(space),
        page: None,
        object: catalogue
            .space(space)
            .map_or_else(String::new, |s| s.row().key.to_string()),
        before: Some(on_off(was)),
        after: Some(on_off(on)),
    }
}

fn on_off(on: bool) -> String {
    if on { "on".into() } else { "off".into() }
}

fn plan_switches(plan: &Plan<'_>, wanted: &SetSwitches) -> Result<Change<SwitchesRow>, SiteError> {
    plan.view
        .require_site_admin()
        .map_err(|refusal| match refusal {
            Refusal::Forbidden(narthex_access::Denied::Missing(_)) => {
                SiteError::Forbidden(narthex_access::Denied::Missing(Operation::Administer))
            }
            other => other.into(),
        })?;
    let was = *plan.catalogue.switches();
    let set = SwitchesRow {
        jsm_access: wanted.jsm_access.unwrap_or(was.jsm_access),
        anonymous_access: wanted.anonymous_access.unwrap_or(was.anonymous_access),
        enforce_anonymous: wanted.enforce_anonymous.unwrap_or(was.enforce_anonymous),
        view_user_profiles: wanted.view_user_profiles.unwrap_or(was.view_user_profiles),
        author_names: wanted.author_names.unwrap_or(was.author_names),
        indexing: wanted.indexing.unwrap_or(was.indexing),
        set_up: was.set_up,
    };
    let mut change = Change::nothing(set);
    if set == was {
        return Ok(change);
    }
    change.rows.push(set.into());
    let facts = [
        ("global.jsm_access.set", was.jsm_access, set.jsm_access),
        (
            "global.anonymous_access.set",
            was.anonymous_access,
            set.anonymous_access,
        ),
        (
            "global.enforce_anonymous.set",
            was.enforce_anonymous,
            set.enforce_anonymous,
        ),
        (
            "global.view_user_profiles.set",
            was.view_user_profiles,
            set.view_user_profiles,
        ),
        (
            "global.author_names.set",
            was.author_names,
            set.author_names,
        ),
        ("global.indexing.set", was.indexing, set.indexing),
    ];
    for (kind, before, after) in facts {
        if before != after {
            change.events.push(Event {
                kind,
                space: None,
                page: None,
                object: String::new(),
                before: Some(on_off(before)),
                after: Some(on_off(after)),
            });
        }
    }
    // When the site is enforced with anonymous access off, nothing forgotten may revive later, so
    // the anonymous grants of all spaces are removed in the same change (law 2.7).
    let enforced_off = set.enforce_anonymous && !set.anonymous_access;
    let was_enforced_off = was.enforce_anonymous && !was.anonymous_access;
    if enforced_off && !was_enforced_off {
        for space in plan.catalogue.spaces().map(|space| space.row().id) {
            set_space_switch_off_for_all(plan, space, &mut change);
        }
    }
    Ok(change)
}

fn set_space_switch_off_for_all<T>(plan: &Plan<'_>, space: SpaceId, change: &mut Change<T>) {
    let anonymous = Principal::Class(AccessClass::AnonymousUsers);
    let before = change.rows.len();
    let gone = plan
        .catalogue
        .grants_in(space)
        .filter(|grant| grant.principal == anonymous);
    change
        .rows
        .extend(gone.map(|grant| RowChange::Remove(Table::Grant, grant.id.get())));
    if change.rows.len() > before {
        change.rows.extend(lacking(plan.catalogue, space));
        change.events.push(space_event(
            plan.catalogue,
            space,
            SpaceSwitch::AnonymousView,
            true,
            false,
        ));
    }
}
