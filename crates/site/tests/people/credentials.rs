//! API tokens: creating, listing and revoking them.

use crate::ground::{DAY, ground};
use narthex_access::{Credential, Scopes, TokenRow};
use narthex_site::account::Access;
use narthex_site::error::SiteError;
use narthex_site::secret;
use narthex_site::token::{LONGEST_TOKEN_LIFE, MOST_TOKENS, NewToken};
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

fn new(life: i64) -> NewToken {
    NewToken {
        label: "laptop".into(),
        life,
        scopes: Scopes::ALL,
    }
}

both_engines! {
    async fn a_token_opens_what_its_owner_may_until_it_expires(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        let made = ground.site.create_token_for(&OPERATOR, ada, new(DAY)).await.unwrap();
        assert!(secret::is_token(made.secret.reveal()));
        let with = |email: &str| Credential::Token {
            email: Some(email.into()),
            hash: secret::hash(made.secret.reveal()),
        };
        let view = ground.view(&with("ADA@example.com")).await.unwrap();
        assert_eq!(view.subject().account(), Some(ada));
        assert!(ground.view(&with("root@example.com")).await.is_err());
        ground.clock.advance(DAY - 1);
        assert!(ground.view(&with("ada@example.com")).await.is_ok());
        ground.clock.advance(1);
        assert!(ground.view(&with("ada@example.com")).await.is_err());
    }

    async fn a_token_lasts_a_year_at_most_and_has_scopes_and_a_label(database: TestDatabase) {
        let ground = ground(database).await;
        let create = async |new| ground.site.create_token_for(&OPERATOR, ground.admin, new).await;
        create(new(LONGEST_TOKEN_LIFE)).await.unwrap();
        let none = Scopes { read: false, write: false, administer: false };
        for bad in [
            new(LONGEST_TOKEN_LIFE + 1),
            new(0),
            new(-DAY),
            NewToken { scopes: none, ..new(DAY) },
            NewToken { label: " ".into(), ..new(DAY) },
        ] {
            let refused = create(bad).await;
            assert!(matches!(refused, Err(SiteError::Invalid(_))), "{refused:?}");
        }
    }

    async fn a_token_makes_no_token_and_nobody_makes_one_for_another(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        let admin = ground.token(ground.admin).await;
        let refused = ground.site.create_token(&admin, new(DAY)).await;
        assert!(matches!(refused, Err(SiteError::PasswordNeeded)), "{refused:?}");
        let refused = ground.site.create_token(&Credential::Nobody, new(DAY)).await;
        assert!(matches!(refused, Err(SiteError::Unauthorized(_))), "{refused:?}");
        let refused = ground.site.create_token_for(&admin, ada, new(DAY)).await;
        assert!(matches!(refused, Err(SiteError::Forbidden(_))), "{refused:?}");
    }

    async fn customers_and_deactivated_accounts_get_no_tokens(database: TestDatabase) {
        let ground = ground(database).await;
        let customer = ground.add("c@example.com", Access::Customer).await;
        let gone = ground.add("gone@example.com", Access::None).await;
        ground.site.deactivate_account(&OPERATOR, gone).await.unwrap();
        for account in [customer, gone] {
            let refused = ground.site.create_token_for(&OPERATOR, account, new(DAY)).await;
            assert!(matches!(refused, Err(SiteError::Invalid(_))), "{refused:?}");
        }
    }

    async fn a_token_is_revoked_by_its_owner_or_by_site_administration(database: TestDatabase) {
        let ground = ground(database).await;
        let (site, read) = (&ground.site, Scopes { read: true, write: false, administer: false });
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        let bob = ground.add("bob@example.com", Access::Confluence).await;
        let (full, weak) = (ground.token(ada).await, ground.token_with(ada, read).await);
        let id_of = async |credential: &Credential| {
            ground.view(credential).await.unwrap().subject().token().unwrap()
        };
        let (full_id, weak_id) = (id_of(&full).await, id_of(&weak).await);
        let refused = site.revoke_token(&ground.token(bob).await, full_id).await;
        assert!(matches!(refused, Err(SiteError::Absent(_))), "{refused:?}");
        let refused = site.revoke_token(&weak, full_id).await;
        assert!(matches!(refused, Err(SiteError::Forbidden(_))), "{refused:?}");

        site.revoke_token(&weak, weak_id).await.unwrap();
        assert!(ground.view(&weak).await.is_err(), "a token may revoke itself");
        site.revoke_token(&ground.token(ground.admin).await, full_id).await.unwrap();
        assert!(ground.view(&full).await.is_err());
        let listed = site.tokens(&OPERATOR, ada).await.unwrap();
        assert!(listed.iter().all(|token| token.row.ended_at.is_some()));
        assert_eq!(listed.len(), 2);
        assert!(site.tokens(&ground.token(bob).await, ada).await.is_err());
    }

    async fn a_token_is_listed_with_its_last_use(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        let token = ground.token(ada).await;
        let id = ground.view(&token).await.unwrap().subject().token().unwrap();
        let site = &ground.site;
        assert_eq!(site.tokens(&token, ada).await.unwrap()[0].last_used, None);
        site.store().note_token_use(id, 77);
        assert_eq!(site.tokens(&token, ada).await.unwrap()[0].last_used, Some(77));
    }

    async fn tokens_of_an_account_have_a_bound(database: TestDatabase) {
        let ground = ground(database).await;
        ground.token(ground.admin).await;
        let row = ground.of(|plan| plan.catalogue.tokens_of(ground.admin).next().cloned().unwrap());
        let row = row.await;
        let more = (1..MOST_TOKENS).map(|number| {
            let number = u8::try_from(number).unwrap();
            let id = narthex_access::TokenId::new(number.into()).unwrap();
            TokenRow { id, hash: [number; 32], ..row.clone() }.into()
        });
        ground.plant(more.collect()).await;
        let create = async || ground.site.create_token_for(&OPERATOR, ground.admin, new(DAY)).await;
        assert!(create().await.unwrap_err().to_string().contains("revoke one"));
        ground.clock.advance(31 * DAY);
        create().await.unwrap();
        // Tokens that ended long ago are no longer listed.
        ground.clock.advance(89 * DAY);
        create().await.unwrap();
        assert_eq!(ground.site.tokens(&OPERATOR, ground.admin).await.unwrap().len(), 2);
    }
}
