//! Stories about writes: they are decided where they are written, all or nothing, one after the
//! other, and recorded once.

use crate::support::{Dice, event, open, open_at, planned, write};
use narthex_access::*;
use narthex_store::audit::JournalQuery;
use narthex_store::change::{Actor, Change, Event, Planned};
use narthex_store::{CommitError, DbError, Entropy, Store};
use narthex_testdb::cluster::Options;
use narthex_testdb::{Cluster, TestDatabase, both_engines, run};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Returns a group whose name is a counter.
fn counter(name: u64) -> RowChange {
    GroupRow {
        id: GroupId::new(1).unwrap(),
        name: name.to_string().into(),
        confluence: ConfluenceAccess::None,
        service_desk: false,
    }
    .into()
}

fn count(catalogue: &Catalogue) -> u64 {
    catalogue
        .group(GroupId::new(1).unwrap())
        .map_or(0, |group| group.name.parse().unwrap())
}

async fn add_one(store: &Store) -> Result<u64, CommitError<std::convert::Infallible>> {
    store
        .commit(|catalogue, _| {
            let next = count(catalogue) + 1;
            let planned = planned(vec![counter(next)]);
            Ok(Planned {
                actor: planned.actor,
                change: Change {
                    rows: planned.change.rows,
                    beside: Vec::new(),
                    events: planned.change.events,
                    answer: next,
                },
            })
        })
        .await
}

both_engines! {
    async fn no_write_is_lost_between_nodes(database: TestDatabase) {
        let nodes = [open(&database, 1).await, open(&database, 2).await];
        let writers: Vec<_> = (0..8)
            .map(|turn| {
                let node = nodes[turn % 2].clone();
                tokio::spawn(async move {
                    for _ in 0..10 {
                        add_one(&node).await.unwrap();
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        for node in &nodes {
            let (catalogue, _) = node.catalogue().await.unwrap();
            assert_eq!((catalogue.revision, count(&catalogue)), (80, 80));
        }
    }

    async fn what_was_acknowledged_is_seen_by_every_later_request_on_every_node(database: TestDatabase) {
        let (writer, reader) = (open(&database, 1).await, open(&database, 2).await);
        for _ in 0..100 {
            let written = add_one(&writer).await.unwrap();
            let asked: Vec<_> = (0..3)
                .map(|_| {
                    let reader = reader.clone();
                    tokio::spawn(async move { count(&reader.catalogue().await.unwrap().0) })
                })
                .collect();
            for asked in asked {
                assert_eq!(asked.await.unwrap(), written);
            }
        }
    }

    async fn a_refused_plan_leaves_no_trace(database: TestDatabase) {
        let store = open(&database, 1).await;
        add_one(&store).await.unwrap();
        let (before, _) = store.catalogue().await.unwrap();
        let refused: Result<(), _> = store.commit(|_, _| Err("no")).await;
        assert!(matches!(refused, Err(CommitError::Refused("no"))));
        let nothing: Result<u8, CommitError<()>> = store
            .commit(|_, _| Ok(Planned { actor: Actor::Anonymous, change: Change::nothing(5) }))
            .await;
        assert_eq!(nothing.unwrap(), 5);
        let silent: Result<(), CommitError<()>> = store
            .commit(|_, _| {
                let mut silent = planned(vec![counter(9)]);
                silent.change.events.clear();
                Ok(silent)
            })
            .await;
        assert!(matches!(silent, Err(CommitError::Db(DbError::Statement(_)))));
        let (after, _) = open(&database, 2).await.catalogue().await.unwrap();
        assert!(before == after);
    }

    async fn a_plan_sees_the_newest_catalogue_and_its_clock_never_runs_back(database: TestDatabase) {
        let (one, two) = (open(&database, 1).await, open(&database, 2).await);
        let mut last = 0;
        for turn in 0..10 {
            let store = if turn % 2 == 0 { &one } else { &two };
            let now: Result<i64, CommitError<()>> = store
                .commit(|catalogue, now| {
                    assert_eq!(count(catalogue), turn);
                    assert_eq!(catalogue.revision, turn);
                    let planned = planned(vec![counter(turn + 1)]);
                    let change = planned.change;
                    Ok(Planned {
                        actor: Actor::Operator,
                        change: Change { rows: change.rows, beside: vec![], events: change.events, answer: now },
                    })
                })
                .await;
            let now = now.unwrap();
            assert!(now >= last);
            last = now;
            assert!(store.catalogue().await.unwrap().1 >= now);
        }
    }

    async fn the_journal_tells_of_each_change_once_newest_first(database: TestDatabase) {
        let store = open(&database, 1).await;
        let account = AccountId::new(7).unwrap();
        let space = SpaceId::new(9).unwrap();
        let page = PageId::new(11).unwrap();
        let told = Event {
            kind: "space.unlicensed_view.set",
            space: Some(space),
            page: Some(page),
            object: "KEY 100%".into(),
            before: None,
            after: Some("on".into()),
        };
        let plan = || Planned {
            actor: Actor::Account(account),
            change: Change {
                rows: vec![counter(1), Dice(Entropy::seeded(1)).row(Table::Switches).into()],
                beside: vec![],
                events: vec![told.clone(), event("second")],
                answer: (),
            },
        };
        let done: Result<(), CommitError<()>> = store.commit(|_, _| Ok(plan())).await;
        done.unwrap();
        write(&store, vec![counter(2)]).await;
        let all = store.journal(&JournalQuery { limit: 10, ..JournalQuery::default() }).await.unwrap();
        let kinds: Vec<&str> = all.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(kinds, ["test.changed", "second", "space.unlicensed_view.set", "site.founded"]);
        let entry = &all[2];
        assert_eq!((entry.place, entry.actor), ((1, 0), Actor::Account(account)));
        assert_eq!((entry.space, entry.page, entry.object.as_str()), (Some(space), Some(page), "KEY 100%"));
        assert_eq!((entry.before.as_deref(), entry.after.as_deref()), (None, Some("on")));
        for (query, expected) in [
            (JournalQuery { space: Some(space), ..JournalQuery::default() }, 1),
            (JournalQuery { before: Some((1, 1)), ..JournalQuery::default() }, 2),
            (JournalQuery { text: Some("key 100%".into()), ..JournalQuery::default() }, 1),
            (JournalQuery { text: Some("k_y".into()), ..JournalQuery::default() }, 0),
            (JournalQuery { since: Some(entry.at), ..JournalQuery::default() }, 3),
            (JournalQuery { until: Some(2), ..JournalQuery::default() }, 1),
        ] {
            let found = store.journal(&JournalQuery { limit: 10, ..query.clone() }).await.unwrap();
            assert_eq!(found.len(), expected, "{query:?}");
        }
        let limited = store.journal(&JournalQuery { limit: 1, ..JournalQuery::default() }).await.unwrap();
        assert_eq!(limited, all[..1]);
        // The entries that explain a row are those of the revision that wrote it last.
        assert_eq!(store.cause_of(Table::Group, 1).await.unwrap(), all[..1]);
        assert_eq!(store.cause_of(Table::Switches, 1).await.unwrap().len(), 2);
        assert!(store.cause_of(Table::Page, 1).await.unwrap().is_empty());
    }

    async fn a_write_that_the_schema_refuses_leaves_no_trace(database: TestDatabase) {
        let store = open(&database, 1).await;
        let dice = Dice(Entropy::seeded(1));
        let Row::Token(one) = dice.row(Table::Token) else { panic!() };
        let two = TokenRow { id: TokenId::new(one.id.get() + 1).unwrap(), ..one.clone() };
        let twice: Result<(), CommitError<()>> =
            store.commit(|_, _| Ok(planned(vec![one.clone().into(), two.clone().into()]))).await;
        assert!(matches!(twice, Err(CommitError::Db(DbError::Constraint(_)))));
        assert!(store.trouble().is_none(), "the database is well; the change was wrong");
        let (catalogue, _) = store.catalogue().await.unwrap();
        assert_eq!(catalogue.revision, 0);
        add_one(&store).await.unwrap();
    }
}

#[test]
fn an_outage_makes_a_node_unready_until_writing_works_again() {
    run(async {
        let cluster = Cluster::start(Options { fsync: false });
        let folder = tempfile::tempdir().unwrap();
        let store = open_at(&cluster.database("site"), folder.path().to_path_buf(), 1).await;
        store.ready().await.unwrap();
        cluster.stop();
        assert!(add_one(&store).await.is_err());
        assert!(store.ready().await.unwrap_err().is_outage());
        cluster.resume();
        assert!(store.trouble().is_none() || store.ready().await.is_ok());
        assert!(store.trouble().is_none());
        add_one(&store).await.unwrap();
    });
}

#[test]
fn a_site_that_was_restored_under_a_running_node_is_loaded_anew() {
    run(async {
        let database = TestDatabase::sqlite();
        let store = open(&database, 1).await;
        for _ in 0..3 {
            add_one(&store).await.unwrap();
        }
        let file = database.folder().join("site.db");
        let backup = database.folder().join("backup.db");
        let vacuum = rusqlite::Connection::open(&file).unwrap();
        vacuum
            .execute("VACUUM INTO ?1", [backup.to_str().unwrap()])
            .unwrap();
        drop(vacuum);
        for _ in 0..4 {
            add_one(&store).await.unwrap();
        }
        assert_eq!(count(&store.catalogue().await.unwrap().0), 7);
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
        std::fs::rename(&backup, &file).unwrap();
        assert_eq!(count(&store.catalogue().await.unwrap().0), 3);
        // The same revisions again, with another history: nodes that followed the first one notice
        // it.
        let other = open(&database, 2).await;
        for _ in 0..4 {
            add_one(&other).await.unwrap();
        }
        add_one(&store).await.unwrap();
        let (catalogue, _) = store.catalogue().await.unwrap();
        assert_eq!((catalogue.revision, count(&catalogue)), (8, 8));
    });
}

#[test]
fn no_acknowledged_write_is_lost_when_the_server_is_killed() {
    run(async {
        let cluster = Arc::new(Cluster::start(Options { fsync: true }));
        let url = cluster.database("site");
        let folder = tempfile::tempdir().unwrap();
        let store = open_at(&url, folder.path().to_path_buf(), 1).await;
        let mut acknowledged = 0;
        for round in 0..4 {
            let stop = Arc::new(AtomicBool::new(false));
            let writer = tokio::spawn({
                let (store, stop) = (store.clone(), stop.clone());
                async move {
                    let mut last = 0;
                    while !stop.load(Ordering::SeqCst) {
                        match add_one(&store).await {
                            Ok(written) => last = written,
                            Err(CommitError::Db(
                                DbError::Unavailable(_) | DbError::CommitUnknown(_),
                            )) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                    last
                }
            });
            tokio::time::sleep(std::time::Duration::from_millis(200 + 70 * round)).await;
            let killer = cluster.clone();
            tokio::task::spawn_blocking(move || {
                killer.kill();
                killer.resume();
            })
            .await
            .unwrap();
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            stop.store(true, Ordering::SeqCst);
            acknowledged = writer.await.unwrap().max(acknowledged);
            let (catalogue, _) = store.catalogue().await.unwrap();
            assert_eq!(
                catalogue.revision,
                count(&catalogue),
                "each revision is one addition"
            );
            assert!(
                count(&catalogue) >= acknowledged,
                "{} of {acknowledged}",
                count(&catalogue)
            );
            let (loaded, _) = open_at(&url, folder.path().to_path_buf(), 2)
                .await
                .catalogue()
                .await
                .unwrap();
            assert!(loaded == catalogue);
        }
        assert!(acknowledged > 20, "{acknowledged}");
    });
}
