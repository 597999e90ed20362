//! Setting up a site, which is possible only once.

use crate::ground::{ground, untouched};
use narthex_access::{Credential, GlobalPermission, Tier};
use narthex_site::error::SiteError;
use narthex_site::setup::FirstAdministrator;
use narthex_testdb::{TestDatabase, both_engines};

fn first(email: &str) -> FirstAdministrator {
    FirstAdministrator {
        email: email.into(),
        name: "Root".into(),
        password: None,
    }
}

both_engines! {
    async fn set_up_closes_for_good_when_it_makes_the_administrator(database: TestDatabase) {
        let (site, _) = untouched(&database).await;
        assert!(!site.is_set_up().await.unwrap());
        let bad = site.set_up(&Credential::Nobody, first("nobody")).await;
        assert!(matches!(bad, Err(SiteError::Invalid(_))), "{bad:?}");
        assert!(!site.is_set_up().await.unwrap(), "a refused set-up leaves nothing");

        let added = site.set_up(&Credential::Nobody, first("root@example.com")).await.unwrap();
        assert!(added.link.is_some(), "there is no default password");
        assert!(site.is_set_up().await.unwrap());
        for credential in [Credential::Nobody, Credential::Operator] {
            let again = site.set_up(&credential, first("evil@example.com")).await;
            assert!(matches!(again, Err(SiteError::Conflict(_))), "{again:?}");
        }
        // The refused attempts have changed nothing about the first administrator's account.
        let info = site.account(&Credential::Operator, added.account).await.unwrap();
        assert_eq!((info.tier, info.site_admin), (Some(Tier::Licensed), true));
    }

    async fn of_many_who_set_up_at_once_one_is_the_administrator(database: TestDatabase) {
        let (site, _) = untouched(&database).await;
        let tries: Vec<_> = (0..8)
            .map(|number| {
                let site = site.clone();
                tokio::spawn(async move {
                    let email = format!("root{number}@example.com");
                    site.set_up(&Credential::Nobody, first(&email)).await
                })
            })
            .collect();
        let mut made = 0;
        for attempt in tries {
            made += usize::from(attempt.await.unwrap().is_ok());
        }
        assert_eq!(made, 1);
        assert_eq!(site.accounts(&Credential::Operator).await.unwrap().len(), 1);
    }

    async fn a_new_site_is_closed_and_has_the_standard_groups(database: TestDatabase) {
        let ground = ground(database).await;
        let view = ground.view(&Credential::Nobody).await.unwrap();
        let switches = view.switches();
        assert!(!switches.jsm_access && !switches.anonymous_access && switches.enforce_anonymous);
        assert!(!switches.view_user_profiles && !switches.author_names && !switches.indexing);
        let admin = ground.token(ground.admin).await;
        let admin = ground.view(&admin).await.unwrap();
        for permission in GlobalPermission::ALL {
            assert!(admin.has_global(*permission), "{permission}");
        }
        let user = ground.add("user@example.com", narthex_site::account::Access::Confluence).await;
        let user = ground.token(user).await;
        let user = ground.view(&user).await.unwrap();
        assert!(user.has_global(GlobalPermission::CreateSpace));
        assert!(!user.has_global(GlobalPermission::Administer));
    }
}
