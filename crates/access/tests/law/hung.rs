//! Checks that labels, properties, likes, watches, tasks and templates are seen by people who see
//! the thing that they are attached to (law 2.25).

use crate::reference::Law;
use crate::site::{Asker, Site, site};
use narthex_access::*;
use proptest::prelude::*;
use std::sync::Arc;

/// Returns the views of all possible askers, each with the law as it is for them.
fn views(site: &Site) -> Vec<(View, Law<'_>)> {
    let catalogue = Arc::new(site.catalogue());
    let hash = |n: u64| {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&n.to_le_bytes());
        hash
    };
    let mut with_sessions = Catalogue::clone(&catalogue);
    for account in &site.accounts {
        with_sessions.apply(
            SessionRow {
                id: SessionId::from_random(account.id.get()),
                account: account.id,
                hash: hash(account.id.get()),
                created_at: 0,
                expires_at: 10,
                ended_at: None,
            }
            .into(),
        );
    }
    let catalogue = Arc::new(with_sessions);
    let askers = site.askers().into_iter();
    askers
        .filter(|asker| asker.door == Door::Confluence)
        .filter_map(|asker| {
            let credential = match asker.who {
                None => Credential::Nobody,
                Some(id) => Credential::Session {
                    hash: hash(id.get()),
                },
            };
            let view = View::open(catalogue.clone(), &credential, asker.door, 1).ok()?;
            Some((view, Law::of(site, Asker { ..asker })?))
        })
        .collect()
}

/// Whether an object is neither a draft nor in the trash.
fn is_current(site: &Site, object: Object) -> bool {
    let page = |id: PageId| {
        let mut pages = site.pages.iter().filter(|it| it.id == id);
        pages.any(|it| matches!(it.state, PageState::Live | PageState::Archived))
    };
    match object {
        Object::Page(id) => page(id),
        Object::Attachment(id) => site
            .attachments
            .iter()
            .any(|it| it.id == id && it.state == ContentState::Live && page(it.page)),
        Object::Comment(id) => site
            .comments
            .iter()
            .any(|it| it.id == id && it.state == ContentState::Live && page(it.page)),
        // A space or template that isn't current is unknown anyway.
        Object::Space(_) | Object::Template(_) => true,
    }
}

proptest! {
    #[test]
    fn a_few_pages_are_all_that_are_seen(site in site(), most in 0..12_usize) {
        for (view, _) in views(&site) {
            let all: Vec<PageId> = view.pages_from(PageId::from_random(0)).map(|page| page.id()).collect();
            let few = view.pages_if_few(most).map(|pages| {
                let mut ids: Vec<PageId> = pages.iter().map(|page| page.id()).collect();
                ids.sort();
                ids
            });
            prop_assert_eq!(few, (all.len() <= most).then_some(all));
        }
    }

    #[test]
    fn what_hangs_on_a_thing_is_seen_by_who_sees_the_thing(site in site()) {
        for (view, law) in views(&site) {
            for on in site.objects() {
                let sees = law.sees(on);
                prop_assert_eq!(view.labels(on).is_ok(), sees, "{:?} {:?}", law.told(), on);
                prop_assert_eq!(view.properties(on).is_ok(), sees, "{:?} {:?}", law.told(), on);
                prop_assert_eq!(view.likes(on).is_ok(), sees, "{:?} {:?}", law.told(), on);
            }
            for row in &site.properties {
                prop_assert_eq!(view.property_value(row.id).is_ok(), law.sees(row.on));
            }
            for row in &site.templates {
                let template = Object::Template(row.id);
                prop_assert_eq!(view.template_body(row.id).is_ok(), law.sees(template));
            }
            for row in &site.tasks {
                prop_assert_eq!(view.task(row.id).is_ok(), law.sees(Object::Page(row.page)));
            }
        }
    }

    /// Attack class A24.
    #[test]
    fn a_label_is_met_exactly_where_a_thing_that_is_seen_has_it(site in site()) {
        for (view, law) in views(&site) {
            let own = view.subject().account();
            let met: Vec<&LabelRow> = site
                .labels
                .iter()
                .filter(|row| law.sees(row.on) && is_current(&site, row.on))
                .filter(|row| row.prefix != LabelPrefix::My || own == Some(row.by))
                .collect();
            let mut wanted: Vec<LabelId> = met.iter().map(|row| row.label()).collect();
            wanted.sort_unstable();
            wanted.dedup();
            let told: Vec<LabelId> = view
                .labels_from(LabelId::from_random(0))
                .map(LabelRow::label)
                .collect();
            prop_assert_eq!(&told, &wanted, "{:?}", law.told());
            for row in &site.labels {
                let label = row.label();
                prop_assert_eq!(view.label(label).is_ok(), wanted.contains(&label));
                let mut on: Vec<Object> = view.labelled(label).map(|row| row.on).collect();
                let mut there: Vec<Object> = met
                    .iter()
                    .filter(|row| row.label() == label)
                    .map(|row| row.on)
                    .collect();
                on.sort_unstable();
                there.sort_unstable();
                prop_assert_eq!(on, there);
            }
        }
    }

    #[test]
    fn watchers_are_told_to_watchers_and_rest_while_they_see_nothing(site in site()) {
        let views = views(&site);
        for (view, law) in &views {
            for row in site.watches.iter().filter(|row| !matches!(row.on, Watched::Label(_))) {
                let on = match row.on {
                    Watched::Page(id) => Object::Page(id),
                    Watched::Space(id) => Object::Space(id),
                    Watched::Label(_) => continue,
                };
                let told = view.watchers(row.on);
                prop_assert_eq!(told.is_ok(), law.sees(on));
                let told = told.unwrap_or_default();
                if !law.allows(Action::LikeOrWatch, on) {
                    prop_assert!(told.is_empty());
                    continue;
                }
                let watcher = views
                    .iter()
                    .find(|(view, _)| view.subject().account() == Some(row.account));
                let sees = watcher.is_some_and(|(_, law)| law.allows(Action::LikeOrWatch, on));
                prop_assert_eq!(told.iter().any(|it| it.id == row.id), sees);
            }
        }
    }
}
