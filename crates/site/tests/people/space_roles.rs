//! The members of space roles, and what becomes of their grants.

use crate::ground::{Ground, ground};
use narthex_access::{Credential, Operation, Principal, Rights, SpaceId, SpaceRoleId};
use narthex_site::Plan;
use narthex_site::account::Access;
use narthex_site::audit::AuditFilter;
use narthex_site::space_role::{NewSpaceRole, RoleAssignment};
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

fn role(operations: &[Operation]) -> NewSpaceRole {
    NewSpaceRole {
        name: "Reader".into(),
        description: "For tests".into(),
        operations: operations.to_vec(),
    }
}

async fn assign(ground: &Ground, space: SpaceId, principal: Principal, role: Option<SpaceRoleId>) {
    let assignments = vec![RoleAssignment { principal, role }];
    ground
        .site
        .assign_space_roles(&OPERATOR, space, assignments)
        .await
        .unwrap();
}

/// Returns the rights that a principal was given in a space.
async fn given(ground: &Ground, space: SpaceId, who: Principal) -> Rights {
    let of_all = |plan: &Plan<'_>| {
        let grants = plan.catalogue.grants_in(space);
        let grants = grants.filter(|grant| grant.principal == who);
        grants.fold(Rights::NONE, |all, grant| {
            all.and(Rights::of(grant.operation))
        })
    };
    ground.of(of_all).await
}

/// Returns the role that a principal has in a space.
async fn is_in(ground: &Ground, space: SpaceId, who: Principal) -> Option<SpaceRoleId> {
    let found = |plan: &Plan<'_>| {
        let mut assigned = plan.catalogue.assigned_roles(space).into_iter();
        let found = assigned.find(|(principal, _)| *principal == who);
        found.map(|(_, role)| role.id())
    };
    ground.of(found).await
}

/// Returns the audit log's entries of assignments, oldest first: the values before and after.
async fn told(ground: &Ground) -> Vec<(Option<String>, Option<String>)> {
    let filter = AuditFilter {
        space_key: None,
        since: None,
        until: None,
        text: String::new(),
        start: 0,
        limit: 1_000,
    };
    let page = ground.site.audit(&OPERATOR, &filter).await.unwrap();
    let entries = page.entries.into_iter().rev();
    let assignments = entries.filter(|entry| entry.kind == "space.role.assigned");
    assignments
        .map(|entry| (entry.before, entry.after))
        .collect()
}

both_engines! {
    /// Tests attack classes A69 and A70.
    async fn a_role_that_is_changed_reaches_its_members_in_every_space_and_nobody_else(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let (docs, help) = (ground.space("DOCS").await, ground.space("HELP").await);
        let ada = Principal::Account(ground.add("ada@example.com", Access::Confluence).await);
        let bea = Principal::Account(ground.add("bea@example.com", Access::Confluence).await);
        let reader = site.create_space_role(&OPERATOR, role(&[])).await.unwrap();
        // One of them had the permission before, and still becomes a member of the role.
        for who in [ada, bea] {
            site.grant(&OPERATOR, "DOCS".into(), who, Operation::Read).await.unwrap();
        }
        assert_eq!(is_in(&ground, docs, ada).await, None);
        assign(&ground, docs, ada, Some(reader)).await;
        assign(&ground, help, ada, Some(reader)).await;
        assert_eq!(is_in(&ground, docs, ada).await, Some(reader));
        assert_eq!(is_in(&ground, docs, bea).await, None);

        let more = role(&[Operation::CreatePage, Operation::CreateComment]);
        site.edit_space_role(&OPERATOR, reader, more).await.unwrap();
        let read = Rights::of(Operation::Read);
        let all = read
            .and(Rights::of(Operation::CreatePage))
            .and(Rights::of(Operation::CreateComment));
        for space in [docs, help] {
            assert_eq!(given(&ground, space, ada).await, all);
            assert_eq!(is_in(&ground, space, ada).await, Some(reader));
        }
        assert_eq!(given(&ground, docs, bea).await, read);

        site.remove_space_role(&OPERATOR, reader).await.unwrap();
        for space in [docs, help] {
            assert_eq!(given(&ground, space, ada).await, Rights::NONE);
        }
        assert_eq!(given(&ground, docs, bea).await, read);
    }

    async fn a_permission_that_is_given_or_taken_by_itself_ends_an_assignment(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let docs = ground.space("DOCS").await;
        let ada = Principal::Account(ground.add("ada@example.com", Access::Confluence).await);
        let key = || "DOCS".to_owned();
        let commenter = site
            .create_space_role(&OPERATOR, role(&[Operation::CreatePage]))
            .await
            .unwrap();
        assign(&ground, docs, ada, Some(commenter)).await;
        // Giving what is given already changes nothing.
        site.grant(&OPERATOR, key(), ada, Operation::CreatePage).await.unwrap();
        assert_eq!(is_in(&ground, docs, ada).await, Some(commenter));
        let export = site.grant(&OPERATOR, key(), ada, Operation::Export).await.unwrap();
        assert_eq!(is_in(&ground, docs, ada).await, None);
        site.revoke(&OPERATOR, key(), export).await.unwrap();
        assert_eq!(is_in(&ground, docs, ada).await, None);

        assign(&ground, docs, ada, Some(commenter)).await;
        let page = ground.of(|plan| {
            let mut grants = plan.catalogue.grants_in(docs);
            let found = grants.find(|it| it.principal == ada && it.operation == Operation::CreatePage);
            found.unwrap().id
        });
        let page = page.await;
        site.revoke(&OPERATOR, key(), page).await.unwrap();
        let operations = vec![Operation::CreatePage];
        site.grant_all(&OPERATOR, key(), ada, operations).await.unwrap();
        assert_eq!(is_in(&ground, docs, ada).await, None);
        // Deleting the role leaves the permissions that were given one by one.
        site.remove_space_role(&OPERATOR, commenter).await.unwrap();
        assert_eq!(given(&ground, docs, ada).await.operations().count(), 2);
    }

    async fn each_assignment_leaves_an_entry_that_names_the_role_before_and_after(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let docs = ground.space("DOCS").await;
        let ada = Principal::Account(ground.add("ada@example.com", Access::Confluence).await);
        let reader = site.create_space_role(&OPERATOR, role(&[])).await.unwrap();
        site.grant(&OPERATOR, "DOCS".into(), ada, Operation::Read).await.unwrap();
        assign(&ground, docs, ada, Some(reader)).await;
        let revision = ground.of(|plan| plan.catalogue.revision).await;
        // The same assignment again changes nothing.
        assign(&ground, docs, ada, Some(reader)).await;
        assert_eq!(ground.of(|plan| plan.catalogue.revision).await, revision);
        assign(&ground, docs, ada, None).await;
        let told = told(&ground).await;
        let entry = format!("{ada} Reader");
        assert_eq!(told, [
            (None, Some(entry.clone())),
            (Some(entry), None),
        ]);
    }
}
