//! Stories about content, which is written once, returned only to a view that shows it, and gone
//! when it is purged; and about the side state that no decision reads.

use crate::support::{event, open, open_with};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use narthex_access::*;
use narthex_store::blob::BlobError;
use narthex_store::blob::sweep::ABANDONED;
use narthex_store::change::{
    Actor, AttachmentVersionRow, Beside, Change, Planned, VersionRow, Versioned,
};
use narthex_store::clock::ManualClock;
use narthex_store::conversion::{
    Conversion, KEPT_FOR, MAX_BYTES_OF_ALL, MAX_BYTES_OF_ONE, MOST_OF_ONE,
};
use narthex_store::health::Level;
use narthex_store::side::Failures;
use narthex_store::{Clock, CommitError, Store};
use narthex_testdb::{Engine, TestDatabase, both_engines};
use std::convert::Infallible;
use std::sync::Arc;

const ONE: u64 = 1;

fn author() -> AccountId {
    AccountId::new(ONE).unwrap()
}

fn page(body: u64, version: u32) -> PageRow {
    PageRow {
        id: PageId::new(ONE).unwrap(),
        space: SpaceId::new(ONE).unwrap(),
        parent: None,
        kind: PageKind::Page,
        state: PageState::Live,
        was_archived: false,
        title: "Title".into(),
        position: 1,
        author: author(),
        owner: author(),
        created_at: 1,
        body: BodyId::new(body).unwrap(),
        version,
        updated_at: 1,
        updated_by: author(),
    }
}

fn text(body: u64, text: &str, number: u32) -> Vec<Beside> {
    let version = VersionRow {
        of: Versioned::Page(PageId::new(ONE).unwrap()),
        number,
        title: format!("Title {number}"),
        body: BodyId::new(body).unwrap(),
        by: Some(author()),
        at: 5,
        message: "why".into(),
        minor: number > 1,
    };
    vec![
        Beside::Body {
            id: BodyId::new(body).unwrap(),
            representation: "storage".into(),
            text: text.into(),
        },
        Beside::Version(version),
    ]
}

fn property(body: u64) -> PropertyRow {
    PropertyRow {
        id: PropertyId::new(ONE).unwrap(),
        on: Object::Page(PageId::new(ONE).unwrap()),
        key: "key".into(),
        author: author(),
        created_at: 1,
        body: BodyId::new(body).unwrap(),
        version: 1,
        message: "".into(),
        minor: false,
        updated_at: 1,
        updated_by: author(),
    }
}

fn value(body: u64) -> Beside {
    Beside::Body {
        id: BodyId::new(body).unwrap(),
        representation: "json".into(),
        text: body.to_string(),
    }
}

async fn write(store: &Store, rows: Vec<RowChange>, beside: Vec<Beside>) {
    let done: Result<(), CommitError<Infallible>> = store
        .commit(|_, _| {
            Ok(Planned {
                actor: Actor::Operator,
                change: Change {
                    rows: rows.clone(),
                    beside: beside.clone(),
                    events: vec![event("test.changed")],
                    answer: (),
                },
            })
        })
        .await;
    done.unwrap();
}

/// Opens a site whose one licensed account sees its one space.
async fn site(database: &TestDatabase) -> Store {
    let store = open(database, 1).await;
    let group = GroupId::new(ONE).unwrap();
    let rows = vec![
        GroupRow {
            id: group,
            name: "users".into(),
            confluence: ConfluenceAccess::User,
            service_desk: false,
        }
        .into(),
        AccountRow {
            id: author(),
            email: "a@x".into(),
            name: "A".into(),
            kind: AccountKind::Site,
            active: true,
            site_admin: false,
            guest_space: None,
            created_at: 1,
        }
        .into(),
        MembershipRow {
            id: MembershipId::new(ONE).unwrap(),
            group,
            account: author(),
        }
        .into(),
        SpaceRow {
            id: SpaceId::new(ONE).unwrap(),
            key: "K".into(),
            name: "K".into(),
            description: "".into(),
            kind: SpaceKind::Global,
            state: SpaceState::Live,
            was_archived: false,
            homepage: None,
            creator: author(),
            created_at: 1,
        }
        .into(),
        GrantRow {
            id: GrantId::new(ONE).unwrap(),
            space: SpaceId::new(ONE).unwrap(),
            principal: Principal::Account(author()),
            operation: Operation::Read,
            role: None,
        }
        .into(),
        SessionRow {
            id: SessionId::new(ONE).unwrap(),
            account: author(),
            hash: [7; 32],
            created_at: 1,
            expires_at: i64::MAX,
            ended_at: None,
        }
        .into(),
    ];
    write(&store, rows, vec![]).await;
    store
}

async fn view(store: &Store) -> View {
    let (catalogue, now) = store.catalogue().await.unwrap();
    View::open(
        catalogue,
        &Credential::Session { hash: [7; 32] },
        Door::Confluence,
        now,
    )
    .unwrap()
}

both_engines! {
    async fn a_body_is_the_one_that_the_view_names(database: TestDatabase) {
        let store = site(&database).await;
        let long = "ä".repeat(300_000);
        write(&store, vec![page(1, 1).into()], text(1, "first", 1)).await;
        let before = view(&store).await;
        write(&store, vec![page(2, 2).into()], text(2, &long, 2)).await;
        let after = view(&store).await;
        let id = PageId::new(ONE).unwrap();
        for store in [&store, &open(&database, 2).await] {
            for _ in 0..2 {
                let old = store.body(&before.page(id).unwrap().body()).await.unwrap().unwrap();
                let new = store.body(&after.page(id).unwrap().body()).await.unwrap().unwrap();
                assert_eq!((old.text.as_str(), old.representation.as_str()), ("first", "storage"));
                assert!(new.text == long);
            }
        }
        let past = after.past(id).unwrap();
        let history = store.history(&past).await.unwrap();
        assert_eq!(history.iter().map(|version| (version.number, version.title.as_str(), version.minor)).collect::<Vec<_>>(), [(2, "Title 2", true), (1, "Title 1", false)]);
        assert_eq!((history[0].by, history[0].at, history[0].message.as_str()), (Some(author()), 5, "why"));
        assert_eq!(store.past_body(&past, 1).await.unwrap().unwrap().text, "first");
        assert!(store.past_body(&past, 3).await.unwrap().is_none());
    }

    async fn what_is_purged_is_gone_for_every_node(database: TestDatabase) {
        let store = site(&database).await;
        write(&store, vec![page(1, 1).into()], text(1, "first", 1)).await;
        let view = view(&store).await;
        let id = PageId::new(ONE).unwrap();
        let purge = Beside::Purge { pages: vec![id], comments: vec![], attachments: vec![] };
        write(&store, vec![RowChange::Remove(Table::Page, ONE)], vec![purge]).await;
        let other = open(&database, 2).await;
        let seen = view.page(id).unwrap();
        assert!(other.body(&seen.body()).await.unwrap().is_none());
        assert!(other.history(&view.past(id).unwrap()).await.unwrap().is_empty());
    }

    async fn a_value_that_was_replaced_is_read_to_the_end_and_goes_later(database: TestDatabase) {
        let store = site(&database).await;
        write(&store, vec![page(1, 1).into(), property(11).into()], [text(1, "first", 1), vec![value(11)]].concat()).await;
        let before = view(&store).await;
        // A body that a version names stays, even if it is retired.
        let retired = Beside::RetireBodies([11, 1].map(|id| BodyId::new(id).unwrap()).to_vec());
        write(&store, vec![property(12).into()], vec![value(12), retired]).await;
        let id = PropertyId::new(ONE).unwrap();
        let old = before.property_value(id).unwrap();
        let read = open(&database, 2).await.property_value(&old).await.unwrap();
        assert_eq!(read.unwrap().text, "11");
        let clock = ManualClock::at(before.now() + 120_000);
        let later = open_with(&database, 3, Clock::Manual(clock)).await;
        write(&later, vec![property(12).into()], vec![Beside::RetireBodies(vec![])]).await;
        let fresh = open(&database, 4).await;
        assert!(fresh.property_value(&old).await.unwrap().is_none());
        let now = view(&fresh).await;
        let kept = fresh.property_value(&now.property_value(id).unwrap()).await.unwrap();
        assert_eq!(kept.unwrap().text, "12");
        let page = now.page(PageId::new(ONE).unwrap()).unwrap();
        assert!(fresh.body(&page.body()).await.unwrap().is_some());
    }

    async fn a_draft_that_is_saved_again_forgets_what_it_said(database: TestDatabase) {
        let store = site(&database).await;
        write(&store, vec![page(1, 1).into()], text(1, "first", 1)).await;
        let before = view(&store).await;
        write(&store, vec![page(2, 1).into()], text(2, "second", 1)).await;
        let fresh = open(&database, 2).await;
        let id = PageId::new(ONE).unwrap();
        assert!(fresh.body(&before.page(id).unwrap().body()).await.unwrap().is_none());
        assert_eq!(fresh.history(&view(&store).await.past(id).unwrap()).await.unwrap().len(), 1);
    }

    async fn a_blob_is_read_as_it_was_written_whole_or_in_part(database: TestDatabase) {
        let store = site(&database).await;
        let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[2]).collect();
        let parts: Vec<Result<Bytes, Infallible>> = bytes.chunks(70_001).map(|part| Ok(Bytes::copy_from_slice(part))).collect();
        let blob = store.put_blob(stream::iter(parts), 1 << 30).await.unwrap();
        assert_eq!(blob.size, 3_000_000);
        let empty = store.put_blob(stream::iter(Vec::<Result<Bytes, Infallible>>::new()), 0).await.unwrap();
        assert_eq!(empty.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let mut rows = vec![page(1, 1).into()];
        let mut beside = text(1, "first", 1);
        for (id, blob) in [(1, &blob), (2, &empty)] {
            rows.push(RowChange::from(AttachmentRow {
                id: AttachmentId::new(id).unwrap(),
                page: PageId::new(ONE).unwrap(),
                file_name: "f".into(),
                media_type: "image/png".into(),
                remark: "".into(),
                state: ContentState::Live,
                author: author(),
                created_at: 1,
                blob: blob.id,
                size: blob.size,
                version: 1,
                updated_at: 1,
                updated_by: author(),
            }));
            beside.push(Beside::AttachmentVersion(AttachmentVersionRow {
                attachment: AttachmentId::new(id).unwrap(),
                number: 1,
                blob: blob.id,
                size: blob.size,
                sha256: blob.sha256.clone(),
                media_type: "image/png".into(),
                by: author(),
                at: 1,
                remark: String::new(),
            }));
            beside.push(Beside::NewBlob(blob.id));
        }
        write(&store, rows, beside).await;
        let view = view(&store).await;
        let seen = |id| view.attachment_bytes(AttachmentId::new(id).unwrap()).unwrap();
        for (range, expected) in [(None, 0..3_000_000), (Some(5..9), 5..9), (Some(2_999_000..u64::MAX), 2_999_000..3_000_000), (Some(0..u64::MAX), 0..3_000_000)] {
            let read = store.blob(&seen(1), range).await.unwrap().unwrap();
            assert_eq!((read.size, read.range.clone()), (3_000_000, expected.clone()));
            let parts: Vec<Bytes> = read.stream.map(Result::unwrap).collect().await;
            let at = usize::try_from(expected.start).unwrap()..usize::try_from(expected.end).unwrap();
            assert!(parts.concat() == bytes[at]);
        }
        let read = store.blob(&seen(2), None).await.unwrap().unwrap();
        assert_eq!(read.stream.count().await, 0);

        // One bit is changed on the disk: reading to the end fails.
        let name = format!("{:014x}", blob.id.get());
        let file = database.folder().join("blobs").join(&name[12..]).join(&name);
        let mut damaged = std::fs::read(&file).unwrap();
        damaged[1_000_000] ^= 1;
        std::fs::write(&file, damaged).unwrap();
        let read = store.blob(&seen(1), None).await.unwrap().unwrap();
        let last = read.stream.collect::<Vec<_>>().await.pop().unwrap();
        assert!(matches!(last, Err(BlobError::Damaged)));

        // A purge marks the bytes for removal; a copy that still has them would protect them.
        let attachments = vec![AttachmentId::new(1).unwrap()];
        let purge = Beside::Purge { pages: vec![], comments: vec![], attachments };
        write(&store, vec![RowChange::Remove(Table::Attachment, 1)], vec![purge]).await;
        assert_eq!(store.sweep_blobs(ABANDONED).await.unwrap(), 1);
        assert_eq!(store.sweep_blobs(ABANDONED).await.unwrap(), 0);
        assert!(!file.exists());
        assert!(store.blob(&seen(1), None).await.unwrap().is_none());
        assert!(store.blob(&seen(2), None).await.unwrap().is_some());
    }

    async fn a_blob_that_breaks_off_or_is_too_large_leaves_nothing(database: TestDatabase) {
        let store = open(&database, 1).await;
        let part = || Bytes::from(vec![1; 600_000]);
        let broken = stream::iter(vec![Ok(part()), Ok(part()), Err("gone away")]);
        assert!(matches!(store.put_blob(broken, 1 << 30).await, Err(BlobError::Interrupted(_))));
        let large = stream::iter(vec![Ok::<_, Infallible>(part()), Ok(part())]);
        assert!(matches!(store.put_blob(large, 1_000_000).await, Err(BlobError::TooLarge(1_000_000))));
        let mut folders = vec![database.folder().join("blobs")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                assert!(path.is_dir(), "{}", path.display());
                folders.push(path);
            }
        }
    }

    async fn passwords_token_uses_and_failed_log_ins_take_no_revision(database: TestDatabase) {
        let store = site(&database).await;
        let set = |hash: Option<&str>| vec![Beside::Password { account: author(), hash: hash.map(String::from) }];
        assert_eq!(store.password_hash(author()).await.unwrap(), None);
        for hash in [Some("$argon2id$1"), Some("$argon2id$2"), None] {
            write(&store, vec![], set(hash)).await;
            assert_eq!(store.password_hash(author()).await.unwrap().as_deref(), hash);
        }
        let before = store.catalogue().await.unwrap().0;
        let tokens = [TokenId::new(1).unwrap(), TokenId::new(2).unwrap(), TokenId::new(3).unwrap()];
        store.note_token_use(tokens[0], 10);
        store.note_token_use(tokens[0], 9);
        store.note_token_use(tokens[1], 20);
        store.write_token_uses().await.unwrap();
        store.note_token_use(tokens[1], 30);
        let uses = store.token_uses(&tokens).await.unwrap();
        assert_eq!((uses.get(&tokens[0]), uses.get(&tokens[1]), uses.get(&tokens[2])), (Some(&10), Some(&30), None));
        assert_eq!(open(&database, 2).await.token_uses(&tokens).await.unwrap().get(&tokens[1]), Some(&20));

        store.note_failed_log_in("a", 5).await.unwrap();
        store.note_failed_log_in("a", 7).await.unwrap();
        store.note_failed_log_in("b", 8).await.unwrap();
        assert_eq!(store.failed_log_ins("a").await.unwrap(), Failures { count: 2, last_at: 7 });
        store.forgive_log_ins("a").await.unwrap();
        store.forget_log_ins(9).await.unwrap();
        for source in ["a", "b"] {
            assert_eq!(store.failed_log_ins(source).await.unwrap(), Failures::default());
        }
        assert!(Arc::ptr_eq(&before, &store.catalogue().await.unwrap().0));
    }

    async fn conversions_are_kept_for_their_askers_alone_and_for_a_while(database: TestDatabase) {
        let store = site(&database).await;
        let before = store.catalogue().await.unwrap().0;
        let (one, other) = (author(), AccountId::new(2).unwrap());
        let asked = |body: &str| Conversion {
            written: "storage".into(),
            wanted: "view".into(),
            content: Some("1".into()),
            space: None,
            body: body.into(),
        };
        let keep = async |id: &str, account, at| store.keep_conversion(id.into(), account, at, asked(id)).await.unwrap();
        let kept = async |id: &str, account, now| store.kept_conversion(id, account, now).await.unwrap();
        keep("a", one, 1_000).await;
        keep("b", other, 1_000).await;
        assert_eq!(kept("a", one, 1_000 + KEPT_FOR - 1).await, Some(asked("a")));
        assert_eq!(kept("a", other, 1_000).await, None);
        assert_eq!(kept("a", one, 1_000 + KEPT_FOR).await, None);
        for n in 0..MOST_OF_ONE {
            keep(&format!("n{n}"), one, 2_000 + n).await;
        }
        assert_eq!(kept("a", one, 1_000).await, None);
        assert_eq!(kept("n0", one, 2_000).await, Some(asked("n0")));
        assert_eq!(kept("b", other, 2_000).await, Some(asked("b")));
        keep("c", one, 2_000 + KEPT_FOR).await;
        assert_eq!(kept("b", other, 1_000).await, None);
        assert!(Arc::ptr_eq(&before, &store.catalogue().await.unwrap().0));
    }

    async fn conversions_are_bounded_in_bytes_for_an_account_and_for_all(database: TestDatabase) {
        let store = site(&database).await;
        let large = "ö".repeat(2 * 1024 * 1024);
        let asked = || Conversion {
            written: "storage".into(),
            wanted: "view".into(),
            content: None,
            space: None,
            body: large.clone(),
        };
        let count = async |number: u64, times: i64| {
            let account = AccountId::new(number).unwrap();
            let mut kept = 0;
            for n in 0..times {
                let found = store.kept_conversion(&format!("{number}-{n}"), account, 1_000).await.unwrap();
                kept += i64::from(found.is_some());
            }
            kept
        };
        let (of_one, of_all) = (MAX_BYTES_OF_ONE >> 22, MAX_BYTES_OF_ALL >> 22);
        for account in 1..=6 {
            for n in 0..of_one + 3 {
                let at = 1_000 * i64::try_from(account).unwrap();
                let (id, account) = (format!("{account}-{n}"), AccountId::new(account).unwrap());
                store.keep_conversion(id, account, at + n, asked()).await.unwrap();
            }
            assert_eq!(count(account, of_one + 3).await, of_one);
        }
        let mut all = 0;
        for account in 1..=6 {
            all += count(account, of_one + 3).await;
        }
        assert_eq!(all, of_all);
    }

    async fn a_healthy_site_is_found_healthy_and_a_torn_journal_is_found(database: TestDatabase) {
        let store = site(&database).await;
        write(&store, vec![page(1, 1).into()], text(1, "first", 1)).await;
        let now = store.catalogue().await.unwrap().1;
        // How fast the disk is depends on this machine, not on the store.
        let bad = |findings: Vec<narthex_store::health::Finding>| {
            let bad = findings.into_iter().filter(|finding| finding.level > Level::Good && finding.about != "disk");
            bad.map(|finding| finding.about).collect::<Vec<_>>()
        };
        // A test cluster may be fast because it doesn't wait for the disk, which is reported too.
        let mut first = bad(store.health(now).await.unwrap());
        first.retain(|about| database.engine() == Engine::Sqlite || *about != "durability");
        assert!(first.is_empty(), "{first:?}");
        assert!(bad(store.health(now + 60_000).await.unwrap()).contains(&"clock"));
        let db = narthex_store::db::Db::open(&database.url().parse().unwrap()).await.unwrap();
        let mut tx = db.write().await.unwrap();
        tx.execute("DELETE FROM event WHERE revision = 1", vec![]).await.unwrap();
        tx.execute("DELETE FROM body", vec![]).await.unwrap();
        tx.commit().await.unwrap();
        let found = bad(store.health(now).await.unwrap());
        assert!(found.contains(&"journal") && found.contains(&"content"), "{found:?}");
    }
}
