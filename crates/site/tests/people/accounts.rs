//! Adding accounts, and their access, names and e-mail addresses.

use crate::ground::{Ground, ground};
use narthex_access::{
    AccessClass, Credential, GrantRow, Operation, Principal, Refused, Scopes, Tier,
};
use narthex_site::account::Access;
use narthex_site::error::SiteError;
use narthex_site::group::NewGroup;
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

async fn tier(ground: &Ground, email: &str) -> Option<Tier> {
    ground
        .site
        .account_by_email(&OPERATOR, email)
        .await
        .unwrap()
        .tier
}

both_engines! {
    async fn an_account_is_added_in_the_tier_that_is_asked_for(database: TestDatabase) {
        let ground = ground(database).await;
        ground.space("DOCS").await;
        let guest = Access::Guest { space_key: Some("docs".into()) };
        for (email, access, expected) in [
            ("user@example.com", Access::Confluence, Tier::Licensed),
            ("guest@example.com", guest, Tier::Guest),
            ("none@example.com", Access::None, Tier::Unlicensed),
            ("customer@example.com", Access::Customer, Tier::Customer),
        ] {
            ground.add(email, access).await;
            assert_eq!(tier(&ground, email).await, Some(expected), "{email}");
        }
        let guest = ground.site.account_by_email(&OPERATOR, "guest@example.com").await.unwrap();
        assert_eq!(guest.guest_space.unwrap().1.as_ref(), "DOCS");
        assert_eq!(guest.groups, ["confluence-guests".into()]);
        let listed = ground.site.accounts(&OPERATOR).await.unwrap();
        let names: Vec<&str> = listed.iter().map(|account| &*account.name).collect();
        assert_eq!(
            names,
            ["customer@example.com", "guest@example.com", "none@example.com", "Root",
             "user@example.com"]
        );
    }

    async fn an_email_address_is_taken_in_any_case(database: TestDatabase) {
        let ground = ground(database).await;
        ground.add("Ada@Example.com", Access::None).await;
        let again = ground.add_new("aDA@example.COM", Access::None, &[]).await;
        assert!(matches!(again, Err(SiteError::Conflict(_))), "{again:?}");
        let bad = ground.add_new("not an address", Access::None, &[]).await;
        assert!(matches!(bad, Err(SiteError::Invalid(_))), "{bad:?}");
    }

    async fn an_account_is_put_into_groups_that_go_with_its_access(database: TestDatabase) {
        let ground = ground(database).await;
        let added = ground
            .add_new("ops@example.com", Access::Confluence, &["Confluence-Admins"])
            .await
            .unwrap();
        let info = ground.site.account(&OPERATOR, added.account).await.unwrap();
        assert_eq!(info.groups, ["confluence-admins".into()], "one group gives it already");

        let refused = ground.add_new("x@example.com", Access::None, &["confluence-users"]).await;
        assert!(refused.unwrap_err().to_string().contains("confluence-users"));
        let refused = ground
            .add_new("x@example.com", Access::Customer, &["jira-servicemanagement-users"])
            .await;
        assert!(matches!(refused, Err(SiteError::Invalid(_))), "a customer is in no group");
        let refused = ground.add_new("x@example.com", Access::None, &["nowhere"]).await;
        assert!(refused.unwrap_err().to_string().contains("nowhere"));
        assert!(ground.site.account_by_email(&OPERATOR, "x@example.com").await.is_err());
    }

    async fn a_guest_sees_its_space_and_no_other(database: TestDatabase) {
        let ground = ground(database).await;
        let (docs, other) = (ground.space("DOCS").await, ground.space("OTHER").await);
        for space in [docs, other] {
            ground
                .give(space, Principal::Class(AccessClass::AllLicensedUsers), Operation::Read)
                .await;
        }
        let (here, there) = (ground.page(docs).await, ground.page(other).await);
        let access = Access::Guest { space_key: Some("DOCS".into()) };
        let guest = ground.add("guest@example.com", access).await;
        let token = ground.token(guest).await;
        assert!(ground.sees(&token, here).await);
        assert!(!ground.sees(&token, there).await);

        let unknown = Access::Guest { space_key: Some("NOWHERE".into()) };
        let refused = ground.site.set_account_access(&OPERATOR, guest, unknown).await;
        assert!(refused.unwrap_err().to_string().contains("NOWHERE"));
        // An access that is set already gives no second grant.
        let again = Access::Guest { space_key: Some("DOCS".into()) };
        ground.site.set_account_access(&OPERATOR, guest, again).await.unwrap();
        let who = Principal::Account(guest);
        let of_guest = |grant: &&GrantRow| grant.principal == who;
        let grants = ground.of(|plan| plan.catalogue.grants_in(docs).filter(of_guest).count());
        assert_eq!(grants.await, 1);
    }

    async fn only_site_administration_touches_accounts_and_groups(database: TestDatabase) {
        let ground = ground(database).await;
        let user = ground.add("user@example.com", Access::Confluence).await;
        let read = Scopes { read: true, write: true, administer: false };
        let weak = ground.token_with(ground.admin, read).await;
        let (user_token, admin) = (ground.token(user).await, ground.admin);
        let group = ground.of(|plan| plan.catalogue.group_by_name("confluence-users").unwrap().id);
        let group = group.await;
        for credential in [&Credential::Nobody, &user_token, &weak] {
            let site = &ground.site;
            let new = NewGroup {
                name: "mine".into(),
                confluence: narthex_access::ConfluenceAccess::Admin,
                service_desk: false,
            };
            let refusals = [
                site.accounts(credential).await.err(),
                site.account(credential, user).await.err(),
                site.account_by_email(credential, "user@example.com").await.err(),
                site.rename_account(credential, user, "x".into()).await.err(),
                site.set_account_access(credential, user, Access::None).await.err(),
                site.set_site_admin(credential, user, true).await.err(),
                site.deactivate_account(credential, admin).await.err(),
                site.reactivate_account(credential, user).await.err(),
                site.delete_account(credential, admin).await.err(),
                site.create_one_time_link(credential, admin).await.err(),
                site.end_sessions(credential, admin).await.err(),
                site.create_group(credential, new).await.err(),
                site.rename_group(credential, group, "x".into()).await.err(),
                site.delete_group(credential, group).await.err(),
                site.add_member(credential, group, user).await.err(),
                site.remove_member(credential, group, admin).await.err(),
            ];
            for (place, refusal) in refusals.into_iter().enumerate() {
                let refusal = refusal.unwrap_or_else(|| panic!("{place} was done"));
                if *credential == Credential::Nobody {
                    assert!(matches!(refusal, SiteError::Unauthorized(Refused)), "{place}");
                } else {
                    assert!(matches!(refusal, SiteError::Forbidden(_)), "{place}: {refusal}");
                }
            }
        }
    }

    async fn an_account_gets_another_name_and_an_entry_for_it_once(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = ground.add("ada@example.com", Access::None).await;
        ground.site.rename_account(&OPERATOR, ada, "  Ada Lovelace ".into()).await.unwrap();
        let name = ground.site.account(&OPERATOR, ada).await.unwrap().name;
        assert_eq!(&*name, "Ada Lovelace");
        let before = ground.view(&OPERATOR).await.unwrap().revision();
        ground.site.rename_account(&OPERATOR, ada, "Ada Lovelace".into()).await.unwrap();
        assert_eq!(ground.view(&OPERATOR).await.unwrap().revision(), before);
        let bad = ground.site.rename_account(&OPERATOR, ada, "a\u{0}b".into()).await;
        assert!(matches!(bad, Err(SiteError::Invalid(_))));
    }
}
