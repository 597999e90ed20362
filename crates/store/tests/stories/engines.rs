//! Stories about both engines, which return the same: types, order, NULL, all of Unicode, lists,
//! and the order of changes.

use narthex_store::db::{Db, DbError, Statement, Value};
use narthex_testdb::{TestDatabase, both_engines};

async fn open(database: &TestDatabase) -> Db {
    Db::create(&database.url().parse().unwrap()).await.unwrap()
}

/// A number, a text and bytes, each of which may be NULL.
type Cells = (Option<i64>, Option<String>, Option<Vec<u8>>);

/// Creates a table with one column of each type. The text's collation is the one that migrations
/// use.
async fn table(db: &Db) {
    let mut tx = db.write().await.unwrap();
    let sql = match db.dialect() {
        narthex_store::db::Dialect::Sqlite => {
            "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT, b BLOB) STRICT"
        }
        narthex_store::db::Dialect::Postgres => {
            "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, s TEXT COLLATE \"C\", b BYTEA)"
        }
    };
    tx.execute(sql, vec![]).await.unwrap();
    tx.commit().await.unwrap();
}

fn insert(id: i64, n: Value, s: Value, b: Value) -> Statement {
    Statement::new(
        "INSERT INTO t (id, n, s, b) VALUES (:id, :n, :s, :b)",
        vec![("id", id.into()), ("n", n), ("s", s), ("b", b)],
    )
}

async fn write(db: &Db, statements: Vec<Statement>) -> Result<Vec<u64>, DbError> {
    let mut tx = db.write().await?;
    let counts = tx.execute_all(statements).await?;
    tx.commit().await?;
    Ok(counts)
}

both_engines! {
    async fn every_value_comes_back_as_it_went_in(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let texts = ["", "a'b\"c\\", ":name ?1 $1", "ÄÖ ß 日本 🦀 e\u{301} \u{202e}", "line\nline\r\t\u{1}", "%_"];
        let numbers = [0, 1, -1, i64::MAX, i64::MIN, 1 << 53];
        let bytes: [&[u8]; 3] = [b"", &[0, 255, 0, 128], b"text"];
        let mut statements = vec![insert(0, Value::Null, Value::Null, Value::Null)];
        for id in 1..=6 {
            let at = usize::try_from(id - 1).unwrap();
            statements.push(insert(id, numbers[at].into(), texts[at].into(), bytes[at % 3].into()));
        }
        write(&db, statements).await.unwrap();
        let mut expected: Vec<Cells> = vec![(None, None, None)];
        expected.extend((0..6).map(|at| (Some(numbers[at]), Some(texts[at].into()), Some(bytes[at % 3].to_vec()))));
        let sql = "SELECT n, s, b FROM t ORDER BY id";
        let found = db.read(sql, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).await.unwrap();
        assert_eq!(found, expected);
        let mut tx = db.write().await.unwrap();
        let found = tx.query(sql, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).await.unwrap();
        assert_eq!(found, expected);
    }

    async fn text_sorts_by_code_point(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let words = ["b", "B", "a", "Ä", "z", "é", "e\u{301}", "🦀", "\u{ffff}", "10", "9", "_", "a b", "ab"];
        let rows = words.iter().zip(0..).map(|(word, id)| insert(id, Value::Null, (*word).into(), Value::Null)).collect();
        write(&db, rows).await.unwrap();
        let found: Vec<String> = db.read("SELECT s FROM t ORDER BY s", &[], |row| row.get(0)).await.unwrap();
        let mut expected = words.map(String::from).to_vec();
        expected.sort();
        assert_eq!(found, expected);
        let above: Vec<String> = db
            .read("SELECT s FROM t WHERE s > :s ORDER BY s", &[("s", "b".into())], |row| row.get(0))
            .await
            .unwrap();
        assert_eq!(above, expected.iter().filter(|word| word.as_str() > "b").cloned().collect::<Vec<_>>());
    }

    async fn text_with_nul_is_refused_before_the_engine(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let refused = write(&db, vec![insert(1, Value::Null, "a\0b".into(), Value::Null)]).await.unwrap_err();
        assert!(matches!(refused, DbError::Constraint(_)), "{refused}");
        assert!(matches!(
            db.read("SELECT id FROM t WHERE s = :s", &[("s", "\0".into())], |_| Ok(())).await,
            Err(DbError::Constraint(_))
        ));
    }

    async fn a_list_finds_its_members_and_an_empty_one_none(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let rows = (1..=10).map(|id| insert(id, Value::Null, Value::Null, Value::Null)).collect();
        write(&db, rows).await.unwrap();
        for (list, expected) in [(vec![], vec![]), (vec![3, 3, 99, 1], vec![1, 3])] {
            let found: Vec<i64> = db
                .read("SELECT id FROM t WHERE id IN (:ids[]) ORDER BY id", &[("ids", Value::List(list))], |row| row.get(0))
                .await
                .unwrap();
            assert_eq!(found, expected);
        }
    }

    async fn changes_happen_in_their_order_and_are_counted(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let mut statements = vec![insert(1, 0_i64.into(), Value::Null, Value::Null)];
        for step in 1..=500_i64 {
            statements.push(Statement::new(
                "UPDATE t SET n = :step WHERE n = :before",
                vec![("step", step.into()), ("before", (step - 1).into())],
            ));
        }
        statements.push(Statement::new("DELETE FROM t WHERE n = 7", vec![]));
        let counts = write(&db, statements).await.unwrap();
        assert!(counts[..501].iter().all(|count| *count == 1));
        assert_eq!(counts[501], 0);
        let last: Option<i64> = db.read_one("SELECT n FROM t", &[], |row| row.get(0)).await.unwrap();
        assert_eq!(last, Some(500));
    }

    async fn a_column_of_another_type_is_an_error_and_never_a_guess(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        write(&db, vec![insert(1, 2_i64.into(), "3".into(), Value::Null)]).await.unwrap();
        let sql = "SELECT n, s, b FROM t";
        assert!(db.read(sql, &[], |row| row.get::<String>(0)).await.is_err());
        assert!(db.read(sql, &[], |row| row.get::<i64>(1)).await.is_err());
        assert!(db.read(sql, &[], |row| row.get::<bool>(0)).await.is_err());
        assert!(db.read(sql, &[], |row| row.get::<Vec<u8>>(2)).await.is_err());
        assert!(db.read(sql, &[], |row| row.get::<Option<i64>>(3)).await.is_err());
        assert!(write(&db, vec![insert(2, "x".into(), Value::Null, Value::Null)]).await.is_err());
    }

    async fn a_constraint_undoes_the_whole_transaction(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let row = |id| insert(id, Value::Null, Value::Null, Value::Null);
        let error = write(&db, vec![row(1), row(2), row(1), row(3)]).await.unwrap_err();
        assert!(matches!(error, DbError::Constraint(_)), "{error}");
        assert!(db.read("SELECT id FROM t", &[], |_| Ok(())).await.unwrap().is_empty());
        write(&db, vec![row(1)]).await.unwrap();
    }

    async fn a_transaction_that_is_dropped_or_failed_leaves_nothing(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let row = |id| vec![insert(id, Value::Null, Value::Null, Value::Null)];
        let mut dropped = db.write().await.unwrap();
        dropped.execute_all(row(1)).await.unwrap();
        drop(dropped);
        let mut undone = db.write().await.unwrap();
        undone.execute_all(row(2)).await.unwrap();
        undone.rollback().await.unwrap();
        let mut failed = db.write().await.unwrap();
        failed.execute_all(row(3)).await.unwrap();
        failed.execute("UPDATE nothing SET a = 1", vec![]).await.unwrap_err();
        assert!(matches!(failed.commit().await, Err(DbError::Statement(_))));
        assert!(db.read("SELECT id FROM t", &[], |_| Ok(())).await.unwrap().is_empty());
    }

    async fn a_snapshot_stays_while_others_write(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let row = |id| vec![insert(id, Value::Null, Value::Null, Value::Null)];
        write(&db, row(1)).await.unwrap();
        let mut snapshot = db.snapshot().await.unwrap();
        let count = "SELECT COUNT(*) FROM t";
        let before: Vec<i64> = snapshot.query(count, &[], |row| row.get(0)).await.unwrap();
        write(&db, row(2)).await.unwrap();
        let after: Vec<i64> = snapshot.query(count, &[], |row| row.get(0)).await.unwrap();
        assert_eq!((before, after), (vec![1], vec![1]));
        snapshot.finish().await.unwrap();
        let now: Option<i64> = db.read_one(count, &[], |row| row.get(0)).await.unwrap();
        assert_eq!(now, Some(2));
    }

    async fn a_committed_change_is_seen_by_every_read_that_starts_later(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let other = open(&database).await;
        write(&db, vec![insert(1, 0_i64.into(), Value::Null, Value::Null)]).await.unwrap();
        for n in 1..200_i64 {
            write(&db, vec![Statement::new("UPDATE t SET n = :n", vec![("n", n.into())])]).await.unwrap();
            for reader in [&db, &other] {
                let seen: Option<i64> = reader.read_one("SELECT n FROM t", &[], |row| row.get(0)).await.unwrap();
                assert_eq!(seen, Some(n));
            }
        }
    }

    async fn a_missing_parameter_is_named(database: TestDatabase) {
        let db = open(&database).await;
        table(&db).await;
        let error = db.read("SELECT id FROM t WHERE id = :id", &[("ids", 1_i64.into())], |_| Ok(())).await.unwrap_err();
        assert!(error.to_string().contains(":id"), "{error}");
    }

    async fn writers_wait_for_each_other(database: TestDatabase) {
        let db = open(&database).await;
        let other = open(&database).await;
        table(&db).await;
        write(&db, vec![insert(1, 0_i64.into(), Value::Null, Value::Null)]).await.unwrap();
        let adders = (0..20).map(|turn| {
            let db = if turn % 2 == 0 { db.clone() } else { other.clone() };
            tokio::spawn(async move { write(&db, vec![Statement::new("UPDATE t SET n = n + 1", vec![])]).await.unwrap() })
        });
        for adder in adders.collect::<Vec<_>>() {
            adder.await.unwrap();
        }
        let sum: Option<i64> = db.read_one("SELECT n FROM t", &[], |row| row.get(0)).await.unwrap();
        assert_eq!(sum, Some(20));
    }
}
