//! Logging in and out, changing passwords, and one-time links.

use crate::ground::{DAY, Ground, PASSWORD, ground};
use narthex_access::{AccountId, Credential, Door, Tier};
use narthex_site::account::{Access, NewAccount};
use narthex_site::error::SiteError;
use narthex_site::one_time_link::LINK_LIFETIME;
use narthex_site::password::Password;
use narthex_site::session::{LogIn, LoggedIn, MOST_SESSIONS, SESSION_LIFETIME};
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

async fn with_password(ground: &Ground, email: &str, access: Access) -> AccountId {
    let password = Password::new(PASSWORD);
    let hashed = ground.passwords.hash(&password).await.unwrap();
    let new = NewAccount {
        email: email.into(),
        name: email.into(),
        access,
        groups: Vec::new(),
        password: Some(hashed),
    };
    let added = ground.site.add_account(&OPERATOR, new).await.unwrap();
    assert!(added.link.is_none(), "who has a password needs no link");
    added.account
}

async fn log_in(ground: &Ground, email: &str, password: &str) -> Result<LoggedIn, SiteError> {
    let attempt = LogIn {
        email: email.into(),
        password: Password::new(password),
        replaces: None,
    };
    ground.site.log_in(&ground.passwords, attempt).await
}

fn session(begun: &LoggedIn) -> Credential {
    Credential::Session {
        hash: begun.secret.hash(),
    }
}

both_engines! {
    async fn a_password_logs_in_and_everything_else_is_refused_alike(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = with_password(&ground, "ada@example.com", Access::Confluence).await;
        let gone = with_password(&ground, "gone@example.com", Access::Confluence).await;
        ground.site.deactivate_account(&OPERATOR, gone).await.unwrap();
        ground.add("bare@example.com", Access::Confluence).await;

        let begun = log_in(&ground, " ADA@example.com ", PASSWORD).await.unwrap();
        assert_eq!(begun.account, ada);
        let view = ground.view(&session(&begun)).await.unwrap();
        assert_eq!(view.subject().account(), Some(ada));
        let mut told = Vec::new();
        for (email, password) in [
            ("ada@example.com", "another password"),
            ("ada@example.com", ""),
            ("nobody@example.com", PASSWORD),
            ("bare@example.com", PASSWORD),
            ("gone@example.com", PASSWORD),
        ] {
            let refused = log_in(&ground, email, password).await.unwrap_err();
            assert!(matches!(refused, SiteError::Unauthorized(_)), "{email}");
            told.push(refused.to_string());
        }
        told.dedup();
        assert_eq!(told.len(), 1);

        ground.clock.advance(SESSION_LIFETIME);
        assert!(ground.view(&session(&begun)).await.is_err());
    }

    async fn a_log_in_begins_a_new_session_and_ends_the_one_that_came_with_it(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        with_password(&ground, "ada@example.com", Access::Confluence).await;
        let first = log_in(&ground, "ada@example.com", PASSWORD).await.unwrap();
        let attempt = LogIn {
            email: "ada@example.com".into(),
            password: Password::new(PASSWORD),
            replaces: Some(first.secret.hash()),
        };
        let second = ground.site.log_in(&ground.passwords, attempt).await.unwrap();
        assert_ne!(first.secret, second.secret);
        assert!(ground.view(&session(&first)).await.is_err());
        assert!(ground.view(&session(&second)).await.is_ok());
    }

    async fn log_out_ends_one_session_and_everywhere_ends_all(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = with_password(&ground, "ada@example.com", Access::Confluence).await;
        let mut begun = Vec::new();
        for _ in 0..3 {
            begun.push(session(&log_in(&ground, "ada@example.com", PASSWORD).await.unwrap()));
        }
        ground.site.log_out(&begun[0]).await.unwrap();
        assert!(ground.view(&begun[0]).await.is_err());
        assert!(ground.view(&begun[1]).await.is_ok());
        ground.site.log_out_everywhere(&begun[1]).await.unwrap();
        assert!(ground.view(&begun[2]).await.is_err());

        let last = session(&log_in(&ground, "ada@example.com", PASSWORD).await.unwrap());
        ground.site.end_sessions(&OPERATOR, ada).await.unwrap();
        assert!(ground.view(&last).await.is_err());
        let token = ground.token(ada).await;
        let refused = ground.site.log_out_everywhere(&token).await;
        assert!(matches!(refused, Err(SiteError::Unauthorized(_))), "{refused:?}");
    }

    async fn a_customer_logs_in_to_the_portal_and_is_nobody_elsewhere(database: TestDatabase) {
        let ground = ground(database).await;
        with_password(&ground, "c@example.com", Access::Customer).await;
        let begun = session(&log_in(&ground, "c@example.com", PASSWORD).await.unwrap());
        let portal = ground.site.view(&begun, Door::Portal).await.unwrap();
        assert_eq!(portal.subject().tier(), Tier::Customer);
        let wiki = ground.view(&begun).await.unwrap();
        assert_eq!(wiki.subject().tier(), Tier::Anonymous);
        ground.site.log_out(&begun).await.unwrap();
        assert!(ground.site.view(&begun, Door::Portal).await.is_err());
    }

    async fn a_new_password_ends_all_sessions_and_answers_a_new_one(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = with_password(&ground, "ada@example.com", Access::Confluence).await;
        let here = session(&log_in(&ground, "ada@example.com", PASSWORD).await.unwrap());
        let there = session(&log_in(&ground, "ada@example.com", PASSWORD).await.unwrap());
        let token = ground.token(ada).await;
        let (current, next) = (Password::new(PASSWORD), Password::new("four words are better"));
        let change = async |credential: &Credential, current: &Password, next: &Password| {
            ground.site.change_password(&ground.passwords, credential, current, next).await
        };
        assert!(matches!(change(&token, &current, &next).await, Err(SiteError::Unauthorized(_))));
        assert!(matches!(change(&here, &next, &next).await, Err(SiteError::Invalid(_))));
        let short = Password::new("short");
        assert!(matches!(change(&here, &current, &short).await, Err(SiteError::Invalid(_))));
        assert!(ground.view(&here).await.is_ok(), "a refused change ends nothing");

        let begun = session(&change(&here, &current, &next).await.unwrap());
        assert!(ground.view(&here).await.is_err());
        assert!(ground.view(&there).await.is_err());
        assert!(ground.view(&begun).await.is_ok());
        assert!(ground.view(&token).await.is_ok(), "tokens never rested on the password");
        assert!(log_in(&ground, "ada@example.com", PASSWORD).await.is_err());
        assert!(log_in(&ground, "ada@example.com", "four words are better").await.is_ok());
    }

    async fn a_password_that_changes_while_somebody_logs_in_leaves_no_old_session(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let ada = with_password(&ground, "ada@example.com", Access::Confluence).await;
        for round in 0..6 {
            let old = format!("{PASSWORD}{round}");
            let hash = async |typed: String| {
                ground.passwords.hash(&Password::new(typed)).await.unwrap()
            };
            let first = hash(old.clone()).await;
            ground.site.set_password(&OPERATOR, ada, first).await.unwrap();
            let second = hash("another one altogether".into()).await;
            let (begun, set) = tokio::join!(
                log_in(&ground, "ada@example.com", &old),
                ground.site.set_password(&OPERATOR, ada, second),
            );
            set.unwrap();
            if let Ok(begun) = begun {
                assert!(ground.view(&session(&begun)).await.is_err(), "round {round}");
            }
        }
    }

    async fn sessions_of_an_account_have_a_bound(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = with_password(&ground, "ada@example.com", Access::Confluence).await;
        let first = session(&log_in(&ground, "ada@example.com", PASSWORD).await.unwrap());
        let kept = ground.of(|plan| {
            plan.catalogue.sessions_of(ada).next().cloned().unwrap()
        }).await;
        // Newer sessions are written as rows, because each log-in takes its time.
        for number in 1..MOST_SESSIONS {
            let number = u64::try_from(number).unwrap();
            let mut row = kept.clone();
            row.id = narthex_access::SessionId::new(number).unwrap();
            row.hash = [u8::try_from(number).unwrap(); 32];
            row.created_at += 1;
            ground.plant(vec![row.into()]).await;
        }
        assert!(ground.view(&first).await.is_ok());
        log_in(&ground, "ada@example.com", PASSWORD).await.unwrap();
        assert!(ground.view(&first).await.is_err(), "the oldest makes room");
        log_in(&ground, "ada@example.com", PASSWORD).await.unwrap();
        let rows = ground.of(|plan| plan.catalogue.sessions_of(ada).count()).await;
        assert!(rows <= MOST_SESSIONS + 1, "{rows}: what has ended is forgotten");
    }

    async fn a_link_sets_the_password_once_and_before_it_expires(database: TestDatabase) {
        let ground = ground(database).await;
        let (site, password) = (&ground.site, Password::new(PASSWORD));
        let added = ground.add_new("ada@example.com", Access::Confluence, &[]).await.unwrap();
        let link = added.link.unwrap();
        let owner = site.one_time_link(link.reveal()).await.unwrap();
        assert_eq!(&*owner.email, "ada@example.com");
        let use_link = async |secret: &str, password: &Password| {
            site.use_one_time_link(&ground.passwords, secret, password).await
        };
        let short = use_link(link.reveal(), &Password::new("short")).await;
        assert!(matches!(short, Err(SiteError::Invalid(_))), "{short:?}");
        use_link(link.reveal(), &password).await.unwrap();
        assert!(log_in(&ground, "ada@example.com", PASSWORD).await.is_ok());
        for secret in [link.reveal(), "", "made up"] {
            let refused = use_link(secret, &password).await;
            assert!(matches!(refused, Err(SiteError::Invalid(_))), "{refused:?}");
        }

        let old = site.create_one_time_link(&OPERATOR, added.account).await.unwrap();
        let new = site.create_one_time_link(&OPERATOR, added.account).await.unwrap();
        assert!(use_link(old.reveal(), &password).await.is_err(), "a new link ends the old one");
        assert!(log_in(&ground, "ada@example.com", PASSWORD).await.is_ok(), "until it is used");
        ground.clock.advance(LINK_LIFETIME);
        assert!(use_link(new.reveal(), &password).await.is_err());
        assert!(site.one_time_link(new.reveal()).await.is_err());
    }

    async fn using_a_link_ends_the_sessions_of_the_old_password(database: TestDatabase) {
        let ground = ground(database).await;
        let ada = with_password(&ground, "ada@example.com", Access::Confluence).await;
        let before = session(&log_in(&ground, "ada@example.com", PASSWORD).await.unwrap());
        let link = ground.site.create_one_time_link(&OPERATOR, ada).await.unwrap();
        assert!(ground.view(&before).await.is_ok());
        let next = Password::new("four words are better");
        let site = &ground.site;
        site.use_one_time_link(&ground.passwords, link.reveal(), &next).await.unwrap();
        assert!(ground.view(&before).await.is_err());
        ground.clock.advance(DAY);
        assert!(log_in(&ground, "ada@example.com", "four words are better").await.is_ok());
    }

    async fn the_catalogue_and_the_answers_hold_no_secret_in_the_clear(database: TestDatabase) {
        let ground = ground(database).await;
        let added = ground.add_new("ada@example.com", Access::Confluence, &[]).await.unwrap();
        let shown = format!("{added:?}");
        let secret = added.link.unwrap();
        assert!(!shown.contains(secret.reveal()));
        let catalogue = ground.of(|plan| format!("{:?}", plan.catalogue)).await;
        assert!(!catalogue.contains(secret.reveal()));
    }
}
