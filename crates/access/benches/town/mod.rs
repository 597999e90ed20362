//! A site with the size of a town: many people, groups, spaces and pages, a tenth of the pages
//! restricted.

use narthex_access::*;
use std::sync::Arc;

/// The size of the site.
pub(crate) struct Size {
    pub(crate) accounts: u64,
    pub(crate) groups: u64,
    pub(crate) spaces: u64,
    pub(crate) pages: u64,
}

/// Numbers that look random and are the same each time (SplitMix64).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}

/// Returns the id of the nth thing. It looks random, as ids are.
fn id(n: u64) -> u64 {
    Numbers(n).next()
}

pub(crate) fn page_id(n: u64) -> PageId {
    PageId::from_random(id(n))
}

pub(crate) fn account_id(n: u64) -> AccountId {
    AccountId::from_random(id(n))
}

pub(crate) fn space_id(n: u64) -> SpaceId {
    SpaceId::from_random(id(n))
}

fn group_id(n: u64) -> GroupId {
    GroupId::from_random(id(n))
}

/// Returns the rows of people, spaces and grants.
pub(crate) fn people_and_spaces(size: &Size) -> Vec<Row> {
    let mut numbers = Numbers(1);
    let mut all: Vec<Row> = vec![
        SwitchesRow {
            jsm_access: true,
            anonymous_access: true,
            ..SwitchesRow::default()
        }
        .into(),
    ];
    for n in 0..size.groups {
        let confluence = match n {
            0 => ConfluenceAccess::User,
            1 => ConfluenceAccess::Guest,
            _ => ConfluenceAccess::None,
        };
        let name = format!("group-{n}").into();
        all.push(
            GroupRow {
                id: group_id(n),
                name,
                confluence,
                service_desk: false,
            }
            .into(),
        );
    }
    let mut memberships = 0;
    let mut member = |account: u64, group: u64, all: &mut Vec<Row>| {
        memberships += 1;
        let (group, account) = (group_id(group), account_id(account));
        all.push(
            MembershipRow {
                id: MembershipId::from_random(memberships),
                group,
                account,
            }
            .into(),
        );
    };
    // Of ten accounts six are licensed, one a guest, two unlicensed, one a customer.
    for n in 0..size.accounts {
        let customer = n % 10 == 9;
        all.push(
            AccountRow {
                id: account_id(n),
                email: format!("{n}@example.com").into(),
                name: format!("Account {n}").into(),
                kind: if customer {
                    AccountKind::Customer
                } else {
                    AccountKind::Site
                },
                active: true,
                site_admin: false,
                guest_space: (n % 10 == 6).then(|| space_id(n % size.spaces)),
                created_at: 0,
            }
            .into(),
        );
        match n % 10 {
            0..=5 => member(n, 0, &mut all),
            6 => member(n, 1, &mut all),
            _ => {}
        }
        for _ in 0..5 {
            member(n, 2 + numbers.below(size.groups - 2), &mut all);
        }
    }
    let mut grants = 0;
    for n in 0..size.spaces {
        all.push(
            SpaceRow {
                id: space_id(n),
                key: format!("S{n}").into(),
                name: format!("Space {n}").into(),
                description: Arc::default(),
                kind: SpaceKind::Global,
                state: SpaceState::Live,
                was_archived: false,
                homepage: None,
                creator: account_id(0),
                created_at: 0,
            }
            .into(),
        );
        let mut given: Vec<(Principal, &[Operation])> = vec![(
            Principal::Class(AccessClass::AllLicensedUsers),
            &[
                Operation::Read,
                Operation::CreatePage,
                Operation::CreateComment,
            ],
        )];
        given.push((Principal::Account(account_id(n)), Operation::ALL));
        for _ in 0..4 {
            given.push((
                Principal::Group(group_id(numbers.below(size.groups))),
                Operation::ALL,
            ));
        }
        if n % 2 == 0 {
            given.push((
                Principal::Class(AccessClass::AuthenticatedUsers),
                &[Operation::Read],
            ));
        }
        if n % 4 == 0 {
            given.push((
                Principal::Class(AccessClass::AnonymousUsers),
                &[Operation::Read],
            ));
        }
        for (principal, operations) in given {
            for operation in operations {
                grants += 1;
                all.push(
                    GrantRow {
                        id: GrantId::from_random(id(grants)),
                        space: space_id(n),
                        principal,
                        operation: *operation,
                        role: None,
                    }
                    .into(),
                );
            }
        }
        let (project, space) = (ProjectId::from_random(1), space_id(n));
        all.push(
            SpaceLinkRow {
                id: SpaceLinkId::from_random(id(n)),
                project,
                space,
            }
            .into(),
        );
    }
    all.push(
        ServiceProjectRow {
            id: ProjectId::from_random(1),
            key: "HELP".into(),
            name: "Help".into(),
            portal: Portal::LoginFree,
        }
        .into(),
    );
    all
}

/// Returns the nth page: one in ten is at the root, the others are below an earlier one of the
/// space.
pub(crate) fn page(n: u64, size: &Size) -> PageRow {
    let space = n % size.spaces;
    let earlier = n / size.spaces;
    let mut numbers = Numbers(!n);
    let at_root = earlier == 0 || numbers.below(10) == 0;
    let parent = (!at_root).then(|| page_id(numbers.below(earlier) * size.spaces + space));
    let author = account_id(numbers.below(size.accounts));
    PageRow {
        id: page_id(n),
        space: space_id(space),
        parent,
        kind: PageKind::Page,
        state: PageState::Live,
        was_archived: false,
        title: format!("Page number {n}").into(),
        position: n as i64,
        author,
        owner: author,
        created_at: 0,
        body: BodyId::from_random(numbers.next()),
        version: 1,
        updated_at: 0,
        updated_by: author,
    }
}

/// Returns the restriction of the nth page, if it is one of the tenth that have one.
pub(crate) fn restriction(n: u64, size: &Size) -> Option<RestrictionRow> {
    let mut numbers = Numbers(n ^ 0x5555);
    let restricted = numbers.below(10) == 0;
    let account = Principal::Account(account_id(numbers.below(size.accounts)));
    let groups = (0..3).map(|_| Principal::Group(group_id(numbers.below(size.groups))));
    let mut listed: Vec<Principal> = groups.chain([account]).collect();
    listed.sort_unstable();
    listed.dedup();
    restricted.then(|| RestrictionRow {
        id: RestrictionId::from_random(id(n)),
        page: page_id(n),
        kind: RestrictionKind::View,
        left_by: None,
        since: 0,
        by: account_id(0),
        listed: listed.into(),
    })
}

/// Returns all rows, with the pages in the order of their ids, as a database returns them.
pub(crate) fn rows(size: &Size) -> Vec<Row> {
    let mut pages: Vec<PageRow> = (0..size.pages).map(|n| page(n, size)).collect();
    pages.sort_by_key(|it| it.id);
    let restrictions = (0..size.pages).filter_map(|n| restriction(n, size));
    people_and_spaces(size)
        .into_iter()
        .chain(pages.into_iter().map(Row::from))
        .chain(restrictions.map(Row::from))
        .collect()
}
