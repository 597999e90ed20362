//! Stories about a database that goes away, fills up or can't be written: the failure is named, and
//! the database works again later without a restart.

use narthex_store::db::{DatabaseUrl, Db, DbError, Statement};
use narthex_store::{Clock, Entropy, gate::Gate, migrate::migrate};
use narthex_testdb::cluster::Options;
use narthex_testdb::{Cluster, TestDatabase, run};
use std::time::{Duration, Instant};

async fn site(url: &str) -> Db {
    let db = Db::create(&url.parse().unwrap()).await.unwrap();
    migrate(&db, 1, &Entropy::seeded(1)).await.unwrap();
    db
}

async fn write(db: &Db) -> Result<(), DbError> {
    let mut tx = db.write().await?;
    tx.execute("UPDATE site SET at = at + 1", vec![]).await?;
    tx.commit().await
}

async fn read(db: &Db) -> Result<Option<i64>, DbError> {
    db.read_one("SELECT at FROM site", &[], |row| row.get(0))
        .await
}

#[test]
fn a_missing_file_is_unavailable_and_never_made_by_opening() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none.db");
        assert!(matches!(
            Db::open(&DatabaseUrl::sqlite(&path)).await,
            Err(DbError::Unavailable(_))
        ));
        assert!(!path.exists());
    });
}

#[test]
fn the_file_of_a_site_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    run(async {
        let database = TestDatabase::sqlite();
        let db = site(database.url()).await;
        for end in ["", "-wal", "-shm"] {
            let file = format!("{}{end}", db.file().unwrap().display());
            let mode = std::fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{file}");
        }
    });
}

#[test]
fn a_file_that_is_no_database_is_corrupt() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("site.db");
        std::fs::write(
            &path,
            "not a database, but long enough to be taken for one".repeat(100),
        )
        .unwrap();
        let error = Db::open(&DatabaseUrl::sqlite(&path)).await.err().unwrap();
        assert!(matches!(error, DbError::Corrupt(_)), "{error}");
    });
}

#[test]
fn a_full_sqlite_says_so_keeps_reading_and_writes_again_later() {
    run(async {
        let database = TestDatabase::sqlite();
        let db = site(database.url()).await;
        // The page limit is the engine's own way to be full; it is set for the connection that
        // writes.
        let mut tx = db.write().await.unwrap();
        let size: Vec<i64> = tx
            .query("PRAGMA page_count", &[], |row| row.get(0))
            .await
            .unwrap();
        tx.query(&format!("PRAGMA max_page_count = {}", size[0]), &[], |_| {
            Ok(())
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.write().await.unwrap();
        let text = "x".repeat(100_000);
        let row = vec![("text", text.into())];
        let sql =
            "INSERT INTO schema_migration (number, name, checksum, at) VALUES (99, :text, '', 0)";
        let error = tx
            .execute_all(vec![Statement::new(sql, row.clone())])
            .await
            .unwrap_err();
        assert!(matches!(error, DbError::DiskFull(_)), "{error}");
        drop(tx);
        assert_eq!(read(&db).await.unwrap(), Some(1));
        let mut tx = db.write().await.unwrap();
        tx.query("PRAGMA max_page_count = 1000000", &[], |_| Ok(()))
            .await
            .unwrap();
        tx.execute_all(vec![Statement::new(sql, row)])
            .await
            .unwrap();
        tx.rollback().await.unwrap();
        write(&db).await.unwrap();
    });
}

#[test]
fn another_process_with_the_lock_makes_a_writer_busy_and_no_reader() {
    run(async {
        let database = TestDatabase::sqlite();
        let db = site(database.url()).await;
        let other = site(database.url()).await;
        let held = other.write().await.unwrap();
        let error = write(&db).await.unwrap_err();
        assert!(error.is_retryable(), "{error}");
        read(&db).await.unwrap();
        held.rollback().await.unwrap();
        write(&db).await.unwrap();
    });
}

#[test]
fn a_file_that_was_replaced_is_read_and_never_the_old_one() {
    run(async {
        let (database, backup) = (TestDatabase::sqlite(), TestDatabase::sqlite());
        let db = site(database.url()).await;
        write(&db).await.unwrap();
        assert_eq!(read(&db).await.unwrap(), Some(2));
        let old = site(backup.url()).await;
        let from = old.file().unwrap().to_path_buf();
        drop(old);
        let file = db.file().unwrap();
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
        std::fs::rename(from, file).unwrap();
        assert_eq!(read(&db).await.unwrap(), Some(1));
        write(&db).await.unwrap();
        assert_eq!(read(&db).await.unwrap(), Some(2));
    });
}

#[test]
fn a_server_that_died_and_came_back_is_used_again() {
    run(async {
        let cluster = Cluster::start(Options { fsync: true });
        let db = site(&cluster.database("site")).await;
        let gate = Gate::new(db.clone(), Clock::Database);
        write(&db).await.unwrap();
        gate.newest().await.unwrap();
        cluster.kill();
        for error in [
            write(&db).await.unwrap_err(),
            read(&db).await.unwrap_err(),
            gate.newest().await.unwrap_err(),
        ] {
            assert!(matches!(error, DbError::Unavailable(_)), "{error}");
        }
        cluster.resume();
        assert_eq!(read(&db).await.unwrap(), Some(2));
        write(&db).await.unwrap();
        gate.newest().await.unwrap();
        // The server is restarted between two uses, and no request fails.
        cluster.stop();
        cluster.resume();
        assert_eq!(read(&db).await.unwrap(), Some(3));
        cluster.stop();
        cluster.resume();
        gate.newest().await.unwrap();
        write(&db).await.unwrap();
    });
}

#[test]
fn alone_a_server_that_hangs_is_away_within_a_round_and_everybody_is_told() {
    run(async {
        let cluster = Cluster::start(Options { fsync: false });
        let db = site(&cluster.database("site")).await;
        let gate = Gate::new(db.clone(), Clock::Database);
        gate.newest().await.unwrap();
        cluster.signal("STOP");
        let start = Instant::now();
        let asked: Vec<_> = (0..8)
            .map(|_| {
                let gate = gate.clone();
                tokio::spawn(async move { gate.newest().await })
            })
            .collect();
        for asked in asked {
            assert!(matches!(asked.await.unwrap(), Err(DbError::Unavailable(_))));
        }
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "{:?}",
            start.elapsed()
        );
        cluster.signal("CONT");
        gate.newest().await.unwrap();
    });
}

#[test]
fn a_commit_whose_answer_is_lost_is_told_apart_from_one_that_failed() {
    run(async {
        let cluster = Cluster::start(Options { fsync: false });
        let db = site(&cluster.database("site")).await;
        let mut tx = db.write().await.unwrap();
        tx.execute("UPDATE site SET at = at + 1", vec![])
            .await
            .unwrap();
        cluster.kill();
        let error = tx.commit().await.unwrap_err();
        assert!(matches!(error, DbError::CommitUnknown(_)), "{error}");
        cluster.resume();
        assert_eq!(read(&db).await.unwrap(), Some(1));
    });
}

#[test]
fn a_server_that_only_reads_or_is_not_there_is_named() {
    run(async {
        let cluster = Cluster::start(Options { fsync: false });
        let url = cluster.database("site");
        Cluster::psql(
            &url,
            "ALTER DATABASE site SET default_transaction_read_only = on",
        )
        .unwrap();
        let error = Db::open(&url.parse().unwrap()).await.err().unwrap();
        assert!(
            matches!(error, DbError::ReadOnly(_) | DbError::Unavailable(_)),
            "{error}"
        );
        let nobody = url.replace("/site", "/nosite");
        let error = Db::open(&nobody.parse().unwrap()).await.err().unwrap();
        assert!(matches!(error, DbError::Unfit(_)), "{error}");
        let nowhere = "postgres://me@127.0.0.1:1/site".parse().unwrap();
        let error = Db::open(&nowhere).await.err().unwrap();
        assert!(matches!(error, DbError::Unavailable(_)), "{error}");
    });
}

#[test]
fn a_server_that_forgets_commits_is_made_to_keep_them() {
    run(async {
        let cluster = Cluster::start(Options { fsync: false });
        let url = cluster.database("site");
        Cluster::psql(&url, "ALTER DATABASE site SET synchronous_commit = off").unwrap();
        let db = Db::open(&url.parse().unwrap()).await.unwrap();
        let kept: Option<String> = db
            .read_one("SELECT current_setting('synchronous_commit')", &[], |row| {
                row.get(0)
            })
            .await
            .unwrap();
        assert_eq!(kept.as_deref(), Some("on"));
    });
}
