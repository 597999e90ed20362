//! Deleting accounts and groups: everything that named them closes, and nothing opens.

use crate::ground::ground;
use narthex_access::{AccessClass, ConfluenceAccess, Credential, GrantRow, Operation, Principal};
use narthex_site::account::Access;
use narthex_site::error::SiteError;
use narthex_site::group::NewGroup;
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

both_engines! {
    async fn a_page_restricted_to_a_deleted_account_is_restricted_to_nobody(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let space = ground.space("DOCS").await;
        ground.give(space, Principal::Class(AccessClass::AllLicensedUsers), Operation::Read).await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        let bob = ground.add("bob@example.com", Access::Confluence).await;
        let (alone, both) = (ground.page(space).await, ground.page(space).await);
        let list = ground.restrict(alone, &[Principal::Account(ada)]).await;
        ground.restrict(both, &[Principal::Account(ada), Principal::Account(bob)]).await;
        let as_bob = ground.token(bob).await;
        assert!(!ground.sees(&as_bob, alone).await);

        ground.site.delete_account(&OPERATOR, ada).await.unwrap();
        assert!(!ground.sees(&as_bob, alone).await, "an emptied list is still a list");
        assert!(ground.sees(&as_bob, both).await);
        let left = ground.of(|plan| plan.catalogue.restriction(list).unwrap().listed.len());
        assert_eq!(left.await, 0);

        // A person who comes back under the old address inherits nothing.
        let again = ground.add("ada@example.com", Access::Confluence).await;
        let as_again = ground.token(again).await;
        assert!(!ground.sees(&as_again, both).await);
    }

    async fn nothing_of_a_deleted_account_stays_but_what_it_wrote(database: TestDatabase) {
        let ground = ground(database).await;
        let space = ground.space("DOCS").await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        ground.give(space, Principal::Account(ada), Operation::Read).await;
        let token = ground.token(ada).await;
        ground.site.delete_account(&OPERATOR, ada).await.unwrap();
        assert!(ground.view(&token).await.is_err());
        let left = ground.of(|plan| {
            let of_ada = |grant: &&GrantRow| grant.principal == Principal::Account(ada);
            plan.catalogue.memberships_of(ada).count()
                + plan.catalogue.tokens_of(ada).count()
                + plan.catalogue.one_time_links_of(ada).count()
                + plan.catalogue.grants_in(space).filter(of_ada).count()
        });
        assert_eq!(left.await, 0);
        let again = ground.site.delete_account(&OPERATOR, ada).await;
        assert!(matches!(again, Err(SiteError::Absent(_))), "{again:?}");
    }

    async fn a_deleted_group_takes_its_grants_memberships_and_list_entries_with_it(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let space = ground.space("DOCS").await;
        let new = NewGroup {
            name: "writers".into(),
            confluence: ConfluenceAccess::None,
            service_desk: false,
        };
        let group = ground.site.create_group(&OPERATOR, new.clone()).await.unwrap();
        let ada = ground.add_new("ada@example.com", Access::Confluence, &["writers"]).await;
        let ada = ada.unwrap().account;
        ground.give(space, Principal::Group(group), Operation::Read).await;
        let open = ground.page(space).await;
        let listed = ground.page(space).await;
        ground.restrict(listed, &[Principal::Group(group)]).await;
        let as_ada = ground.token(ada).await;
        assert!(ground.sees(&as_ada, open).await && ground.sees(&as_ada, listed).await);

        ground.site.delete_group(&OPERATOR, group).await.unwrap();
        assert!(!ground.sees(&as_ada, open).await && !ground.sees(&as_ada, listed).await);
        // A group that is created again under the old name inherits nothing.
        let again = ground.site.create_group(&OPERATOR, new).await.unwrap();
        ground.site.add_member(&OPERATOR, again, ada).await.unwrap();
        assert!(!ground.sees(&as_ada, open).await);
        let as_admin = ground.token(ground.admin).await;
        assert!(ground.sees(&as_admin, open).await);
        assert!(!ground.sees(&as_admin, listed).await, "restricted to nobody, not to everybody");
    }

    async fn the_last_administrator_of_a_space_cannot_be_deleted(database: TestDatabase) {
        let ground = ground(database).await;
        let space = ground.space("DOCS").await;
        let next = ground.add("next@example.com", Access::Confluence).await;
        ground.site.set_site_admin(&OPERATOR, next, true).await.unwrap();
        let refused = ground.site.delete_account(&OPERATOR, ground.admin).await;
        let Err(SiteError::Invalid(step)) = refused else { panic!("{refused:?}") };
        assert!(step.contains("DOCS") && step.contains("let somebody else administer"), "{step}");

        let new = NewGroup {
            name: "keepers".into(),
            confluence: ConfluenceAccess::None,
            service_desk: false,
        };
        let keepers = ground.site.create_group(&OPERATOR, new).await.unwrap();
        ground.give(space, Principal::Group(keepers), Operation::Administer).await;
        let refused = ground.site.delete_account(&OPERATOR, ground.admin).await;
        assert!(refused.is_err(), "a group without members administers nothing");
        ground.site.add_member(&OPERATOR, keepers, next).await.unwrap();
        ground.site.delete_account(&OPERATOR, ground.admin).await.unwrap();
        assert!(ground.site.delete_group(&OPERATOR, keepers).await.is_err());
    }
}
