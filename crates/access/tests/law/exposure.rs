//! Checks that exposure is exact: it counts what somebody of the tier, with nothing of their own,
//! sees after a change and not before.

use crate::rows;
use crate::site::{Site, site};
use narthex_access::decide::decide;
use narthex_access::exposure::{Counts, exposure, people};
use narthex_access::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The lowest number of the accounts and groups that have nothing of their own.
const BARE: u64 = 500;

/// Returns the site with one more account of each tier, which has nothing of its own.
fn with_bare_accounts(site: &Site) -> Site {
    let mut site = site.clone();
    site.groups.push(rows::group(BARE, ConfluenceAccess::User));
    site.groups
        .push(rows::group(BARE + 1, ConfluenceAccess::Guest));
    for n in 0..4 {
        site.accounts.push(rows::account(BARE + n));
    }
    if let Some(row) = site.accounts.last_mut() {
        row.kind = AccountKind::Customer;
    }
    for n in 0..2 {
        site.memberships
            .push(rows::membership(BARE + n, BARE + n, BARE + n));
    }
    site
}

fn bare(catalogue: &Catalogue, tier: Tier) -> Option<Subject> {
    let account = |n| catalogue.subject_of(AccountId::from_random(BARE + n), Door::Portal);
    match tier {
        Tier::Licensed => account(0),
        Tier::Guest => account(1),
        Tier::Unlicensed => account(2),
        Tier::Customer => account(3),
        Tier::Anonymous => Some(Subject::anonymous()),
    }
}

/// Everything that a tier sees, and the people that it sees as authors.
#[derive(Default)]
struct Sights {
    /// The objects that are seen, with the kind that each is counted as.
    objects: BTreeMap<Object, Kind>,
    authors: BTreeSet<AccountId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    BlogPost,
    Attachment,
    Comment,
}

fn sights(site: &Site, tier: Tier) -> Sights {
    let catalogue = site.catalogue();
    let mut all = Sights::default();
    let Some(subject) = bare(&catalogue, tier) else {
        return all;
    };
    let action = if tier == Tier::Customer {
        Action::ViewInPortal
    } else {
        Action::View
    };
    let sees = |object| decide(&catalogue, &subject, action, object).is_allowed();
    for row in site.pages.iter().filter(|it| sees(Object::Page(it.id))) {
        let kind = match row.kind {
            // A folder is counted among the pages.
            PageKind::Page | PageKind::Folder => Kind::Page,
            PageKind::BlogPost => Kind::BlogPost,
        };
        all.objects.insert(Object::Page(row.id), kind);
        all.authors.extend([row.author, row.owner, row.updated_by]);
    }
    for row in site
        .attachments
        .iter()
        .filter(|it| sees(Object::Attachment(it.id)))
    {
        all.objects
            .insert(Object::Attachment(row.id), Kind::Attachment);
        all.authors.extend([row.author, row.updated_by]);
    }
    for row in site
        .comments
        .iter()
        .filter(|it| sees(Object::Comment(it.id)))
    {
        all.objects.insert(Object::Comment(row.id), Kind::Comment);
        all.authors
            .extend(row.author.into_iter().chain(row.updated_by));
    }
    if matches!(tier, Tier::Customer | Tier::Anonymous) && !site.switches.author_names {
        all.authors.clear();
    }
    all
}

/// Counts how many of these aren't among those.
fn count(these: &BTreeMap<Object, Kind>, those: &BTreeMap<Object, Kind>) -> Counts {
    let missing = || {
        these
            .iter()
            .filter(|(object, _)| !those.contains_key(object))
    };
    let of = |kind| missing().filter(|(_, it)| **it == kind).count() as u64;
    Counts {
        pages: of(Kind::Page),
        blog_posts: of(Kind::BlogPost),
        attachments: of(Kind::Attachment),
        comments: of(Kind::Comment),
    }
}

fn check(before: &Site, after: &Site) -> Result<(), TestCaseError> {
    let (before, after) = (with_bare_accounts(before), with_bare_accounts(after));
    let told = exposure(&before.catalogue(), &after.catalogue());
    prop_assert_eq!(told.tiers.len(), Tier::ALL.len());
    for it in told.tiers {
        let (was, is) = (sights(&before, it.tier), sights(&after, it.tier));
        prop_assert_eq!(
            it.gained,
            count(&is.objects, &was.objects),
            "{} gains",
            it.tier
        );
        prop_assert_eq!(
            it.lost,
            count(&was.objects, &is.objects),
            "{} loses",
            it.tier
        );
        let names = is.authors.difference(&was.authors).count() as u64;
        prop_assert_eq!(it.author_names, names, "names for {}", it.tier);
    }
    Ok(())
}

proptest! {
    #[test]
    fn exposure_is_the_difference_of_what_each_tier_sees(before in site(), after in site()) {
        check(&before, &after)?;
    }

    #[test]
    fn exposure_of_a_switch_is_exact_where_nothing_else_changes(site in site(), which in 0..6u8) {
        let mut after = site.clone();
        let switches = &mut after.switches;
        match which {
            0 => switches.jsm_access ^= true,
            1 => switches.anonymous_access ^= true,
            2 => switches.enforce_anonymous ^= true,
            3 => switches.author_names ^= true,
            4 => after.grants.truncate(1),
            _ => after.links.clear(),
        }
        check(&site, &after)?;
        // Following preserves maps that don't change, and exposure may rely on that.
        let mut followed = site.catalogue();
        for row in after.rows() {
            followed.apply(RowChange::Put(row));
        }
        for row in site.grants.iter().filter(|it| !after.grants.contains(it)) {
            followed.apply(RowChange::Remove(Table::Grant, row.id.get()));
        }
        for row in site.links.iter().filter(|it| !after.links.contains(it)) {
            followed.apply(RowChange::Remove(Table::SpaceLink, row.id.get()));
        }
        let loaded = exposure(&site.catalogue(), &after.catalogue());
        prop_assert_eq!(exposure(&site.catalogue(), &followed), loaded);
    }

    #[test]
    fn exposure_by_account_is_the_difference_of_what_each_account_reads(
        site in site(),
        which in 0..6u8,
    ) {
        let rows = changed(&site, which);
        let before = site.catalogue();
        let mut after = before.clone();
        for row in &rows {
            after.apply(row.clone());
        }
        let told = people(&before, &after, &rows);
        let (mut gain, mut lose) = (Vec::new(), Vec::new());
        for account in site.accounts.iter().map(|row| row.id) {
            let (was, will) = (read_by(&site, &before, account), read_by(&site, &after, account));
            if !will.is_subset(&was) {
                gain.push(account);
            }
            if !was.is_subset(&will) {
                lose.push(account);
            }
        }
        gain.sort_unstable();
        lose.sort_unstable();
        prop_assert_eq!(told.gain, gain);
        prop_assert_eq!(told.lose, lose);
    }
}

/// Returns a change as a form would make it.
fn changed(site: &Site, which: u8) -> Vec<RowChange> {
    let change: Option<Vec<RowChange>> = match which {
        0 => site
            .grants
            .first()
            .map(|row| vec![RowChange::Remove(Table::Grant, row.id.get())]),
        1 => site.memberships.first().and_then(|row| {
            let left = site.accounts.iter().find(|it| it.id == row.account)?;
            let gone = RowChange::Remove(Table::Membership, row.id.get());
            Some(vec![gone, left.clone().into()])
        }),
        2 => site
            .restrictions
            .first()
            .map(|row| vec![RowChange::Remove(Table::Restriction, row.id.get())]),
        3 => site.accounts.first().map(|row| {
            vec![
                AccountRow {
                    active: !row.active,
                    ..row.clone()
                }
                .into(),
            ]
        }),
        4 => site.groups.first().map(|row| {
            let confluence = match row.confluence {
                ConfluenceAccess::None => ConfluenceAccess::User,
                _ => ConfluenceAccess::None,
            };
            vec![
                GroupRow {
                    confluence,
                    ..row.clone()
                }
                .into(),
            ]
        }),
        _ => site.restrictions.first().map(|row| {
            vec![
                RestrictionRow {
                    listed: std::sync::Arc::default(),
                    ..row.clone()
                }
                .into(),
            ]
        }),
    };
    change.unwrap_or_default()
}

/// Returns the pages that an account reads, except for drafts and trashed ones. An inactive account
/// reads as anonymous.
fn read_by(site: &Site, catalogue: &Catalogue, account: AccountId) -> BTreeSet<PageId> {
    let subject = catalogue
        .subject_of(account, Door::Confluence)
        .unwrap_or_else(Subject::anonymous);
    let readable = |row: &&PageRow| matches!(row.state, PageState::Live | PageState::Archived);
    let reads =
        |id: &PageId| decide(catalogue, &subject, Action::View, Object::Page(*id)).is_allowed();
    site.pages
        .iter()
        .filter(readable)
        .map(|row| row.id)
        .filter(reads)
        .collect()
}
