//! Groups, and what they give their members.

use crate::ground::ground;
use narthex_access::{ConfluenceAccess, Credential, Denied, Tier};
use narthex_site::account::Access;
use narthex_site::error::SiteError;
use narthex_site::group::NewGroup;
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

fn named(name: &str, confluence: ConfluenceAccess) -> NewGroup {
    NewGroup {
        name: name.into(),
        confluence,
        service_desk: false,
    }
}

both_engines! {
    async fn what_a_group_gives_its_members_have_at_once(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let ada = ground.add("ada@example.com", Access::None).await;
        let group = named("readers", ConfluenceAccess::None);
        let group = site.create_group(&OPERATOR, group).await.unwrap();
        site.add_member(&OPERATOR, group, ada).await.unwrap();
        let tier = async || site.account(&OPERATOR, ada).await.unwrap().tier;
        for (access, expected) in [
            (ConfluenceAccess::User, Tier::Licensed),
            (ConfluenceAccess::Guest, Tier::Guest),
            (ConfluenceAccess::Admin, Tier::Licensed),
            (ConfluenceAccess::None, Tier::Unlicensed),
        ] {
            site.set_group_access(&OPERATOR, group, access, true).await.unwrap();
            assert_eq!(tier().await, Some(expected), "{access}");
        }
        assert!(site.account(&OPERATOR, ada).await.unwrap().agent);
        site.remove_member(&OPERATOR, group, ada).await.unwrap();
        assert!(!site.account(&OPERATOR, ada).await.unwrap().agent);
    }

    async fn a_name_is_taken_in_any_case_and_free_again_when_it_is_left(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let none = ConfluenceAccess::None;
        let group = site.create_group(&OPERATOR, named("Writers", none)).await.unwrap();
        let taken = site.create_group(&OPERATOR, named(" wRITERS ", none)).await;
        assert!(matches!(taken, Err(SiteError::Conflict(_))), "{taken:?}");
        // A group may take its own name in another case.
        site.rename_group(&OPERATOR, group, "writers".into()).await.unwrap();
        site.rename_group(&OPERATOR, group, "Authors".into()).await.unwrap();
        let other = site.create_group(&OPERATOR, named("writers", none)).await.unwrap();
        let taken = site.rename_group(&OPERATOR, other, "authors".into()).await;
        assert!(matches!(taken, Err(SiteError::Conflict(_))), "{taken:?}");
    }

    async fn adding_a_member_twice_or_removing_nobody_changes_nothing(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let ada = ground.add("ada@example.com", Access::None).await;
        let group = named("readers", ConfluenceAccess::None);
        let group = site.create_group(&OPERATOR, group).await.unwrap();
        site.add_member(&OPERATOR, group, ada).await.unwrap();
        let revision = async || ground.view(&OPERATOR).await.unwrap().revision();
        let before = revision().await;
        site.add_member(&OPERATOR, group, ada).await.unwrap();
        assert_eq!(revision().await, before);
        site.remove_member(&OPERATOR, group, ada).await.unwrap();
        let before = revision().await;
        site.remove_member(&OPERATOR, group, ada).await.unwrap();
        assert_eq!(revision().await, before);
    }

    async fn groups_are_listed_to_the_licensed_and_to_site_administration(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let user = ground.add("user@example.com", Access::Confluence).await;
        let none = ground.add("none@example.com", Access::None).await;
        let listed = ground.site.groups(&ground.token(user).await).await.unwrap();
        let names: Vec<(&str, usize)> =
            listed.iter().map(|group| (&*group.row.name, group.members)).collect();
        assert_eq!(
            names,
            [
                ("confluence-admins", 1),
                ("confluence-guests", 0),
                ("confluence-users", 1),
                ("jira-servicemanagement-users", 0),
            ]
        );
        let refused = ground.site.groups(&ground.token(none).await).await;
        assert!(matches!(refused, Err(SiteError::Forbidden(Denied::NotOwn))), "{refused:?}");
    }

    async fn where_no_group_gives_an_access_it_says_so(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let guests = ground.of(|plan| plan.catalogue.group_by_name("confluence-guests").unwrap().id);
        site.delete_group(&OPERATOR, guests.await).await.unwrap();
        let guest = Access::Guest { space_key: None };
        let refused = ground.add_new("guest@example.com", guest.clone(), &[]).await;
        assert!(refused.unwrap_err().to_string().contains("no group gives the access guest"));
        let visitors = named("visitors", ConfluenceAccess::Guest);
        site.create_group(&OPERATOR, visitors).await.unwrap();
        let added = ground.add_new("guest@example.com", guest, &[]).await.unwrap();
        let groups = site.account(&OPERATOR, added.account).await.unwrap().groups;
        assert_eq!(groups, ["visitors".into()]);
    }
}
