//! Stories about the freshness gate: a request sees whatever was acknowledged before it arrived.

use narthex_store::clock::{Clock, ManualClock};
use narthex_store::db::{Db, DbError, Statement};
use narthex_store::gate::Gate;
use narthex_store::{Entropy, migrate::migrate};
use narthex_testdb::{TestDatabase, both_engines};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

async fn site(database: &TestDatabase) -> Db {
    let db = Db::create(&database.url().parse().unwrap()).await.unwrap();
    migrate(&db, 1, &Entropy::seeded(1)).await.unwrap();
    db
}

/// Takes the next revision, with mark ten times the revision.
async fn revise(db: &Db) -> Result<u64, DbError> {
    let mut tx = db.write().await?;
    let revision = tx
        .query(
            "UPDATE site SET revision = revision + 1, mark = (revision + 1) * 10, at = 5 RETURNING revision",
            &[],
            |row| row.get::<u64>(0),
        )
        .await?[0];
    tx.execute_all(vec![Statement::new(
        "INSERT INTO event (revision, n, mark, at, actor_kind, kind, object, touched) \
         VALUES (:revision, 0, :mark, 5, 'operator', 'test', '', 'page 1')",
        vec![
            ("revision", revision.into()),
            ("mark", (revision * 10).into()),
        ],
    )])
    .await?;
    tx.commit().await?;
    Ok(revision)
}

both_engines! {
    async fn an_answer_holds_every_commit_that_was_acknowledged_before_it_was_asked_for(database: TestDatabase) {
        let db = site(&database).await;
        let acknowledged = Arc::new(AtomicU64::new(0));
        let writer = tokio::spawn({
            let (db, acknowledged) = (site(&database).await, acknowledged.clone());
            async move {
                for _ in 0..120 {
                    let revision = revise(&db).await.unwrap();
                    acknowledged.store(revision, Ordering::SeqCst);
                }
            }
        });
        let gate = Gate::new(db, Clock::Database);
        let readers: Vec<_> = (0..6)
            .map(|_| {
                let (gate, acknowledged) = (gate.clone(), acknowledged.clone());
                tokio::spawn(async move {
                    let (mut mine, mut asked) = (0_u64, 0);
                    while mine < 120 {
                        let known = acknowledged.load(Ordering::SeqCst);
                        let answer = gate.newest().await.unwrap();
                        let newest = answer.revision;
                        assert!(newest == 0 || answer.mark == newest * 10);
                        assert!(newest >= known, "{newest} after {known} was acknowledged");
                        assert!(newest >= mine, "time goes on");
                        mine = newest;
                        asked += 1;
                    }
                    asked
                })
            })
            .collect();
        writer.await.unwrap();
        for reader in readers {
            assert!(reader.await.unwrap() > 0);
        }
    }

    async fn the_clock_is_the_databases_and_never_before_the_last_event(database: TestDatabase) {
        let db = site(&database).await;
        let now = Gate::new(db.clone(), Clock::Database).newest().await.unwrap().now;
        assert!(now > 1_700_000_000_000, "{now} is in milliseconds");
        let hand = ManualClock::at(3);
        let gate = Gate::new(db.clone(), Clock::Manual(hand.clone()));
        assert_eq!(gate.newest().await.unwrap().now, 3);
        revise(&db).await.unwrap();
        assert_eq!(gate.newest().await.unwrap().now, 5);
        hand.advance(4);
        assert_eq!(gate.newest().await.unwrap().now, 7);
    }

    async fn a_database_without_a_site_says_what_to_run(database: TestDatabase) {
        let db = site(&database).await;
        let mut tx = db.write().await.unwrap();
        tx.execute("DELETE FROM site", vec![]).await.unwrap();
        tx.commit().await.unwrap();
        let error = Gate::new(db, Clock::Database).newest().await.unwrap_err();
        assert!(error.to_string().contains("narthex init"), "{error}");
    }
}
