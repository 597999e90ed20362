//! The audit log, and how much of it each reader sees.

use crate::ground::{DAY, Ground, PASSWORD, event, ground};
use narthex_access::{AccessClass, Credential, Operation, PageState, Principal, Scopes};
use narthex_site::account::Access;
use narthex_site::audit::{AuditEntry, AuditFilter};
use narthex_site::error::SiteError;
use narthex_site::password::Password;
use narthex_site::session::LogIn;
use narthex_site::token::NewToken;
use narthex_store::change::Event;
use narthex_testdb::{TestDatabase, both_engines};

const OPERATOR: Credential = Credential::Operator;

fn all() -> AuditFilter {
    AuditFilter {
        space_key: None,
        since: None,
        until: None,
        text: String::new(),
        start: 0,
        limit: 1_000,
    }
}

fn of(key: &str) -> AuditFilter {
    AuditFilter {
        space_key: Some(key.into()),
        ..all()
    }
}

async fn read(ground: &Ground, credential: &Credential, filter: AuditFilter) -> Vec<AuditEntry> {
    ground
        .site
        .audit(credential, &filter)
        .await
        .unwrap()
        .entries
}

fn kinds(entries: &[AuditEntry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.kind.as_str()).collect()
}

both_engines! {
    async fn what_is_done_to_people_is_written_down_with_who_did_it_before_and_after(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let site = &ground.site;
        let root = ground.token(ground.admin).await;
        let ada = ground.add("ada@example.com", Access::None).await;
        site.set_account_access(&root, ada, Access::Confluence).await.unwrap();
        site.rename_account(&root, ada, "Ada".into()).await.unwrap();
        site.set_site_admin(&OPERATOR, ada, true).await.unwrap();
        site.deactivate_account(&root, ada).await.unwrap();
        site.reactivate_account(&root, ada).await.unwrap();
        site.delete_account(&root, ada).await.unwrap();

        let entries = read(&ground, &root, all()).await;
        assert_eq!(
            kinds(&entries),
            [
                "account.deleted",
                "account.reactivated",
                "account.deactivated",
                "account.site_admin.given",
                "account.renamed",
                "account.access.set",
                "account.added",
                "token.created",
                "account.site_admin.given",
                "account.added",
                "site.set_up",
                "site.founded",
            ]
        );
        let set = entries.iter().find(|entry| entry.kind == "account.access.set").unwrap();
        assert_eq!((set.actor, set.actor_name.as_str()), (Some(ground.admin), "Root"));
        assert_eq!(set.object, "ada@example.com");
        assert_eq!(set.before.as_deref(), Some("none"));
        assert_eq!(set.after.as_deref(), Some("confluence (confluence-users)"));
        let added = entries.iter().find(|entry| entry.kind == "account.added").unwrap();
        assert_eq!((added.actor, added.actor_name.as_str()), (None, "the command line"));
    }

    async fn it_is_filtered_by_time_and_text_and_read_page_by_page(database: TestDatabase) {
        let ground = ground(database).await;
        let start = ground.of(|plan| plan.now).await;
        for number in 0..7 {
            ground.clock.advance(DAY);
            ground.add(&format!("p{number}@example.com"), Access::None).await;
        }
        let mut walked = Vec::new();
        loop {
            let filter = AuditFilter {
                text: "EXAMPLE.com".into(),
                start: walked.len(),
                limit: 3,
                ..all()
            };
            let page = ground.site.audit(&OPERATOR, &filter).await.unwrap();
            assert!(page.entries.len() == 3 || !page.more);
            walked.extend(page.entries);
            if !page.more {
                break;
            }
        }
        let whole = read(&ground, &OPERATOR, AuditFilter { text: "example".into(), ..all() });
        assert_eq!(walked, whole.await);
        assert!(walked.len() > 7);
        let two_days = AuditFilter {
            since: Some(start + 2 * DAY),
            until: Some(start + 3 * DAY),
            ..all()
        };
        let two_days = read(&ground, &OPERATOR, two_days).await;
        let objects: Vec<&str> = two_days.iter().map(|entry| entry.object.as_str()).collect();
        assert_eq!(objects, ["p1@example.com"]);
        let none = ground.site.audit(&OPERATOR, &AuditFilter { limit: 0, ..all() }).await.unwrap();
        assert!(none.entries.is_empty() && none.more);
    }

    async fn administrators_of_a_space_read_of_their_space_and_nobody_else_does(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let (docs, other) = (ground.space("DOCS").await, ground.space("OTHER").await);
        let keeper = ground.add("keeper@example.com", Access::Confluence).await;
        let reader = ground.add("reader@example.com", Access::Confluence).await;
        for (who, operation) in [
            (keeper, Operation::Read),
            (keeper, Operation::Administer),
            (reader, Operation::Read),
        ] {
            ground.give(docs, Principal::Account(who), operation).await;
        }
        let here = Event { space: Some(docs), ..event("space.edited") };
        let there = Event { space: Some(other), ..event("space.edited") };
        for event in [here, there] {
            let page = ground.page(docs).await;
            let row = ground.of(|plan| plan.catalogue.page(page).unwrap().row().clone()).await;
            ground.plant_with(vec![row.into()], event).await;
        }
        let (keeper, reader) = (ground.token(keeper).await, ground.token(reader).await);
        let entries = read(&ground, &keeper, of("docs")).await;
        assert_eq!(kinds(&entries), ["space.edited"]);
        assert_eq!(entries[0].space.as_deref(), Some("DOCS"));

        let audit = async |credential: &Credential, filter: AuditFilter| {
            ground.site.audit(credential, &filter).await.unwrap_err()
        };
        assert!(matches!(audit(&keeper, all()).await, SiteError::Forbidden(_)));
        assert!(matches!(audit(&keeper, of("OTHER")).await, SiteError::Absent(_)));
        assert!(matches!(audit(&reader, of("DOCS")).await, SiteError::Forbidden(_)));
        assert!(matches!(audit(&Credential::Nobody, all()).await, SiteError::Unauthorized(_)));
        assert!(matches!(audit(&Credential::Nobody, of("DOCS")).await, SiteError::Absent(_)));
        let read_only = Scopes { read: true, write: false, administer: false };
        let weak = ground.token_with(ground.admin, read_only).await;
        assert!(matches!(audit(&weak, all()).await, SiteError::Forbidden(_)));
    }

    async fn of_a_page_that_is_withheld_an_administrator_reads_no_more_than_of_restricted_pages(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let docs = ground.space("DOCS").await;
        let keeper = ground.add("keeper@example.com", Access::Confluence).await;
        for operation in [Operation::Read, Operation::Administer] {
            ground.give(docs, Principal::Account(keeper), operation).await;
        }
        let (open, withheld, draft) =
            (ground.page(docs).await, ground.page(docs).await, ground.page(docs).await);
        ground.restrict(withheld, &[Principal::Account(ground.admin)]).await;
        for page in [open, withheld, draft] {
            let mut row = ground.of(|plan| plan.catalogue.page(page).unwrap().row().clone()).await;
            if page == draft {
                row.state = PageState::Draft;
            }
            let told = Event {
                space: Some(docs),
                page: Some(page),
                before: Some("a canary".into()),
                ..event("page.edited")
            };
            ground.plant_with(vec![row.into()], told).await;
        }
        let token = ground.token(keeper).await;
        let entries = read(&ground, &token, of("DOCS")).await;
        let shown: Vec<_> =
            entries.iter().map(|entry| (entry.page, entry.before.as_deref())).collect();
        assert_eq!(shown, [(Some(withheld), None), (Some(open), Some("a canary"))]);
        // A search doesn't find entries that aren't shown.
        let found = read(&ground, &token, AuditFilter { text: "canary".into(), ..of("DOCS") }).await;
        assert_eq!(found.len(), 1);
        assert_eq!(read(&ground, &OPERATOR, of("DOCS")).await.len(), 3);
    }

    async fn no_secret_is_ever_written_down(database: TestDatabase) {
        let ground = ground(database).await;
        let site = &ground.site;
        let added = ground.add_new("ada@example.com", Access::Confluence, &[]).await.unwrap();
        let link = added.link.unwrap();
        let password = Password::new(PASSWORD);
        site.use_one_time_link(&ground.passwords, link.reveal(), &password).await.unwrap();
        let attempt =
            LogIn { email: "ada@example.com".into(), password: password.clone(), replaces: None };
        let begun = site.log_in(&ground.passwords, attempt).await.unwrap();
        let session = Credential::Session { hash: begun.secret.hash() };
        let new = NewToken { label: "laptop".into(), life: DAY, scopes: Scopes::ALL };
        let token = site.create_token(&session, new).await.unwrap();
        let next = Password::new("four words are better");
        let passwords = &ground.passwords;
        let begun_again =
            site.change_password(passwords, &session, &password, &next).await.unwrap();

        let log = format!("{:?}", read(&ground, &OPERATOR, all()).await);
        let kept = site.store().password_hash(added.account).await.unwrap().unwrap();
        for secret in [
            link.reveal(),
            PASSWORD,
            "four words are better",
            begun.secret.reveal(),
            begun_again.secret.reveal(),
            token.secret.reveal(),
            kept.as_str(),
        ] {
            assert!(!log.contains(secret), "{secret}");
        }
        for kind in ["password.set", "session.started", "token.created", "password.changed"] {
            assert!(log.contains(kind), "{kind}");
        }
    }

    async fn a_deleted_account_is_told_of_in_every_space_that_had_given_it_something(
        database: TestDatabase
    ) {
        let ground = ground(database).await;
        let docs = ground.space("DOCS").await;
        let class = Principal::Class(AccessClass::AllLicensedUsers);
        ground.give(docs, class, Operation::Read).await;
        let ada = ground.add("ada@example.com", Access::Confluence).await;
        ground.give(docs, Principal::Account(ada), Operation::Read).await;
        ground.give(docs, Principal::Account(ada), Operation::CreatePage).await;
        ground.site.delete_account(&OPERATOR, ada).await.unwrap();
        let root = ground.token(ground.admin).await;
        let entries = read(&ground, &root, of("DOCS")).await;
        assert_eq!(kinds(&entries), ["space.principal.removed"]);
        let before = entries[0].before.as_deref().unwrap();
        assert!(before.starts_with("ada@example.com: "), "{before}");
        assert!(before.contains("read/space") && before.contains("create/page"), "{before}");
    }
}
