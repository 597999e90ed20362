//! Checks that only opening changes open anything (law 7.2).

use crate::site::{Asker, Site, site};
use narthex_access::decide::decide;
use narthex_access::*;
use proptest::prelude::*;

/// A site after one change that must not open anything, with a description of the change.
type Closed = (String, Site);

/// A function that takes the description of a change, and the change.
type Close<'c> = &'c mut dyn FnMut(String, &dyn Fn(&mut Site));

/// Returns every closing change of the law that is possible on this site.
fn closings(site: &Site) -> Vec<Closed> {
    let mut all = Vec::new();
    let mut closed = |what: String, change: &dyn Fn(&mut Site)| {
        let mut after = site.clone();
        change(&mut after);
        all.push((what, after));
    };
    for n in 0..site.grants.len() {
        closed(
            format!("without the grant {:?}", site.grants.get(n)),
            &|it| {
                it.grants.remove(n);
            },
        );
    }
    for n in 0..site.memberships.len() {
        closed(
            format!("without the member {:?}", site.memberships.get(n)),
            &|it| {
                it.memberships.remove(n);
            },
        );
    }
    for group in &site.groups {
        closed(format!("without the group {}", group.id), &|it| {
            it.groups.retain(|row| row.id != group.id);
            it.memberships.retain(|row| row.group != group.id);
        });
        let lower = match group.confluence {
            ConfluenceAccess::Admin => ConfluenceAccess::User,
            ConfluenceAccess::User => ConfluenceAccess::Guest,
            ConfluenceAccess::Guest | ConfluenceAccess::None => ConfluenceAccess::None,
        };
        closed(format!("the group {} gives {lower}", group.id), &|it| {
            let rows = it.groups.iter_mut().filter(|row| row.id == group.id);
            rows.for_each(|row| row.confluence = lower);
        });
    }
    for account in &site.accounts {
        closed(format!("without the account {}", account.id), &|it| {
            it.accounts.retain(|row| row.id != account.id);
        });
        let changed = |change: fn(&mut AccountRow)| {
            move |it: &mut Site| {
                it.accounts
                    .iter_mut()
                    .filter(|row| row.id == account.id)
                    .for_each(change);
            }
        };
        closed(
            format!("{} deactivated", account.id),
            &changed(|row| row.active = false),
        );
        closed(
            format!("{} administers no more", account.id),
            &changed(|row| row.site_admin = false),
        );
        closed(
            format!("{} is assigned no space", account.id),
            &changed(|row| row.guest_space = None),
        );
    }
    closed("jsm access off".into(), &|it| {
        it.switches.jsm_access = false
    });
    closed("anonymous access off".into(), &|it| {
        it.switches.anonymous_access = false
    });
    closed("enforcement on".into(), &|it| {
        it.switches.enforce_anonymous = true
    });
    for space in &site.spaces {
        for state in [SpaceState::Archived, SpaceState::Trashed] {
            if space.state == SpaceState::Live {
                closed(format!("the space {} {state}", space.id), &|it| {
                    let rows = it.spaces.iter_mut().filter(|row| row.id == space.id);
                    rows.for_each(|row| row.state = state);
                });
            }
        }
    }
    closings_of_pages(site, &mut closed);
    closings_of_portals(site, &mut closed);
    all
}

fn closings_of_pages(site: &Site, closed: Close<'_>) {
    for page in &site.pages {
        for kind in RestrictionKind::ALL {
            let listed = site.accounts.first().map(|it| Principal::Account(it.id));
            closed(
                format!("{} restricted: {kind} to {listed:?}", page.id),
                &|it| {
                    it.restrictions
                        .push(crate::rows::restriction(900, page.id, *kind, listed));
                },
            );
        }
        // A draft isn't trashed but discarded: administrators would see it in the trash.
        if matches!(page.state, PageState::Live | PageState::Archived) {
            closed(format!("{} trashed", page.id), &|it| trash(it, page));
        }
        if page.state == PageState::Live {
            closed(format!("{} archived", page.id), &|it| {
                let rows = it.pages.iter_mut().filter(|row| row.id == page.id);
                rows.for_each(|row| row.state = PageState::Archived);
            });
        }
    }
    for n in 0..site.restrictions.len() {
        closed(
            format!("nobody listed any more: {:?}", site.restrictions.get(n)),
            &|it| {
                if let Some(row) = it.restrictions.get_mut(n) {
                    row.listed = std::sync::Arc::default();
                }
            },
        );
    }
    for n in 0..site.attachments.len() {
        closed(format!("attachment {n} trashed"), &|it| {
            let row = it.attachments.get_mut(n);
            row.into_iter()
                .for_each(|row| row.state = ContentState::Trashed);
        });
    }
    for n in 0..site.comments.len() {
        closed(format!("comment {n} trashed"), &|it| {
            let row = it.comments.get_mut(n);
            row.into_iter()
                .for_each(|row| row.state = ContentState::Trashed);
        });
    }
}

/// Law 2b.1: the children move to the page above, and take its lists along.
fn trash(site: &mut Site, page: &PageRow) {
    let left: Vec<RestrictionRow> = site
        .restrictions
        .iter()
        .filter(|it| it.page == page.id && it.kind == RestrictionKind::View)
        .cloned()
        .collect();
    for row in &mut site.pages {
        if row.id == page.id {
            row.state = PageState::Trashed;
        }
        if row.parent == Some(page.id) {
            row.parent = page.parent;
            for list in &left {
                let number = 1000 + site.restrictions.len() as u64;
                site.restrictions.push(RestrictionRow {
                    id: RestrictionId::from_random(number),
                    page: row.id,
                    left_by: Some(page.id),
                    ..list.clone()
                });
            }
        }
    }
}

fn closings_of_portals(site: &Site, closed: Close<'_>) {
    for n in 0..site.links.len() {
        closed(format!("link {n} gone"), &|it| {
            it.links.remove(n);
        });
    }
    for n in 0..site.roles.len() {
        closed(format!("role {n} gone"), &|it| {
            it.roles.remove(n);
        });
    }
    for n in 0..site.organization_members.len() {
        closed(format!("organization member {n} gone"), &|it| {
            it.organization_members.remove(n);
        });
    }
    for n in 0..site.project_organizations.len() {
        closed(format!("organization of a project {n} gone"), &|it| {
            it.project_organizations.remove(n);
        });
    }
    for n in 0..site.projects.len() {
        closed(format!("portal {n} closed further"), &|it| {
            if let Some(row) = it.projects.get_mut(n) {
                row.portal = match row.portal {
                    Portal::LoginFree => Portal::Open,
                    Portal::Open | Portal::Restricted => Portal::Restricted,
                };
            }
        });
    }
}

/// Returns who sees what, at Confluence and in the portal.
fn viewers(site: &Site, askers: &[Asker], objects: &[Object]) -> Vec<(Asker, Action, Object)> {
    let catalogue = site.catalogue();
    let mut all = Vec::new();
    for asker in askers {
        let Some(subject) = asker.subject(&catalogue) else {
            continue;
        };
        for object in objects {
            for action in [Action::View, Action::ViewInPortal] {
                if decide(&catalogue, &subject, action, *object).is_allowed() {
                    all.push((*asker, action, *object));
                }
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn what_closes_adds_no_viewer(site in site()) {
        let (askers, objects) = (site.askers(), site.objects());
        let before = viewers(&site, &askers, &objects);
        for (what, after) in closings(&site) {
            for it in viewers(&after, &askers, &objects) {
                prop_assert!(before.contains(&it), "{}: {:?}", what, it);
            }
        }
    }
}
