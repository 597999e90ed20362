//! Losing and getting access, site administration and the active state.

use crate::ground::{Ground, ground};
use narthex_access::{AccessClass, AccountId, Credential, Operation, Principal, SwitchesRow, Tier};
use narthex_site::account::Access;
use narthex_site::error::SiteError;
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

async fn is_admin(ground: &Ground, account: AccountId) -> bool {
    ground
        .site
        .account(&OPERATOR, account)
        .await
        .unwrap()
        .site_admin
}

both_engines! {
    async fn setting_the_access_leaves_nothing_that_revives(database: TestDatabase) {
        let ground = ground(database).await;
        ground.space("DOCS").await;
        let access = Access::Guest { space_key: Some("DOCS".into()) };
        let ada = ground.add("ada@example.com", access).await;
        let site = &ground.site;
        let info = async || site.account(&OPERATOR, ada).await.unwrap();

        site.set_account_access(&OPERATOR, ada, Access::Confluence).await.unwrap();
        assert_eq!(info().await.groups, ["confluence-users".into()]);
        assert_eq!(info().await.guest_space, None);
        site.set_account_access(&OPERATOR, ada, Access::None).await.unwrap();
        assert_eq!((info().await.tier, info().await.groups), (Some(Tier::Unlicensed), vec![]));
        site.set_account_access(&OPERATOR, ada, Access::Guest { space_key: None }).await.unwrap();
        assert_eq!((info().await.tier, info().await.guest_space), (Some(Tier::Guest), None));
    }

    async fn who_becomes_a_customer_loses_tokens_groups_and_site_administration(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        ground.site.set_site_admin(&OPERATOR, ada, true).await.unwrap();
        let token = ground.token(ada).await;
        ground.site.set_account_access(&OPERATOR, ada, Access::Customer).await.unwrap();
        assert!(ground.view(&token).await.is_err());

        ground.site.set_account_access(&OPERATOR, ada, Access::None).await.unwrap();
        let info = ground.site.account(&OPERATOR, ada).await.unwrap();
        assert_eq!((info.tier, info.site_admin), (Some(Tier::Unlicensed), false));
        assert!(info.groups.is_empty());
        assert!(ground.view(&token).await.is_err(), "an ended token stays ended");
        let group = ground.of(|plan| plan.catalogue.group_by_name("confluence-users").unwrap().id);
        let group = group.await;
        ground.site.set_account_access(&OPERATOR, ada, Access::Customer).await.unwrap();
        let refused = ground.site.add_member(&OPERATOR, group, ada).await;
        assert!(matches!(refused, Err(SiteError::Invalid(_))), "a customer is in no group");
    }

    async fn the_last_site_administrator_cannot_go_in_any_way(database: TestDatabase) {
        let ground = ground(database).await;
        let (site, admin) = (&ground.site, ground.admin);
        // A deactivated administrator doesn't count, nor one who has lost the role.
        let gone = ground.add("gone@example.com", Access::Confluence).await;
        site.set_site_admin(&OPERATOR, gone, true).await.unwrap();
        site.deactivate_account(&OPERATOR, gone).await.unwrap();
        let refusals = [
            site.set_site_admin(&OPERATOR, admin, false).await,
            site.deactivate_account(&OPERATOR, admin).await,
            site.delete_account(&OPERATOR, admin).await,
            site.set_account_access(&OPERATOR, admin, Access::Customer).await,
        ];
        for refusal in refusals {
            let Err(SiteError::Invalid(step)) = refusal else { panic!("{refusal:?}") };
            assert!(step.contains("give site administration to another"), "{step}");
        }
        assert!(is_admin(&ground, admin).await);

        // An administrator without a licence still administers the site.
        site.set_account_access(&OPERATOR, admin, Access::None).await.unwrap();
        assert!(is_admin(&ground, admin).await);
        let next = ground.add("next@example.com", Access::None).await;
        site.set_site_admin(&OPERATOR, next, true).await.unwrap();
        site.set_site_admin(&OPERATOR, admin, false).await.unwrap();
        assert!(!is_admin(&ground, admin).await);
        assert!(site.deactivate_account(&OPERATOR, next).await.is_err());
    }

    async fn site_administration_is_for_active_accounts_of_the_site(database: TestDatabase) {
        let ground = ground(database).await;
        let customer = ground.add("c@example.com", Access::Customer).await;
        let gone = ground.add("gone@example.com", Access::None).await;
        ground.site.deactivate_account(&OPERATOR, gone).await.unwrap();
        for account in [customer, gone] {
            let refused = ground.site.set_site_admin(&OPERATOR, account, true).await;
            assert!(matches!(refused, Err(SiteError::Invalid(_))), "{refused:?}");
        }
    }

    async fn deactivation_ends_everything_at_once_and_reactivation_revives_nothing(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let added = ground.add_new("ada@example.com", Access::Confluence, &[]).await.unwrap();
        let (ada, link) = (added.account, added.link.unwrap());
        let token = ground.token(ada).await;
        assert!(ground.view(&token).await.is_ok());
        ground.site.deactivate_account(&OPERATOR, ada).await.unwrap();
        assert!(ground.view(&token).await.is_err());
        assert!(ground.site.one_time_link(link.reveal()).await.is_err());
        assert!(ground.site.create_one_time_link(&OPERATOR, ada).await.is_err());

        ground.site.reactivate_account(&OPERATOR, ada).await.unwrap();
        assert!(ground.view(&token).await.is_err());
        assert!(ground.site.one_time_link(link.reveal()).await.is_err());
        let info = ground.site.account(&OPERATOR, ada).await.unwrap();
        assert_eq!(info.tier, Some(Tier::Licensed), "groups stay");
    }

    async fn a_space_does_not_hold_up_the_deactivation_of_its_last_administrator(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let space = ground.space("DOCS").await;
        let next = ground.add("next@example.com", Access::None).await;
        ground.site.set_site_admin(&OPERATOR, next, true).await.unwrap();
        ground.site.deactivate_account(&OPERATOR, ground.admin).await.unwrap();
        // Site administration administers the space meanwhile.
        let token = ground.token(next).await;
        let spaces = ground.view(&token).await.unwrap();
        assert!(spaces.administered_spaces().any(|administered| administered.id() == space));
        ground.site.reactivate_account(&OPERATOR, ground.admin).await.unwrap();
        let page = ground.page(space).await;
        let back = ground.token(ground.admin).await;
        assert!(ground.sees(&back, page).await);
    }

    async fn losing_a_role_never_gains_a_page(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        let who = [
            Principal::Account(ada),
            Principal::Class(AccessClass::AllLicensedUsers),
            Principal::Class(AccessClass::AuthenticatedUsers),
            Principal::Class(AccessClass::AnonymousUsers),
        ];
        let mut pages = Vec::new();
        for (number, who) in who.into_iter().enumerate() {
            let space = ground.space(&format!("S{number}")).await;
            ground.give(space, who, Operation::Read).await;
            let (open, restricted) = (ground.page(space).await, ground.page(space).await);
            ground.restrict(restricted, &[Principal::Account(ada)]).await;
            pages.extend([open, restricted]);
        }
        for number in 0..8_u8 {
            ground.switches(SwitchesRow {
                jsm_access: number & 1 > 0,
                anonymous_access: number & 2 > 0,
                enforce_anonymous: number & 4 > 0,
                ..SwitchesRow::default()
            }).await;
            let mut seen: Option<Vec<bool>> = None;
            for access in [
                Access::Confluence,
                Access::Guest { space_key: None },
                Access::None,
                Access::Customer,
            ] {
                ground.site.set_account_access(&OPERATOR, ada, access.clone()).await.unwrap();
                let credential = if access == Access::Customer {
                    Credential::Nobody
                } else {
                    ground.token(ada).await
                };
                let view = ground.view(&credential).await.unwrap();
                let now: Vec<bool> = pages.iter().map(|page| view.page(*page).is_ok()).collect();
                if let Some(before) = seen {
                    let gained = before.iter().zip(&now).any(|(before, now)| *now && !before);
                    assert!(!gained, "{number} {access:?}: {before:?} {now:?}");
                }
                seen = Some(now);
            }
        }
    }
}
