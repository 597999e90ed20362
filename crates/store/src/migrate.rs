//! Migrations of the schema: numbered, forward only, one set for both engines.
//!
//! They are written with PostgreSQL's names of the three types that both engines have in common.
//! Only these are translated:
//!
//! | written | SQLite | PostgreSQL |
//! |---|---|---|
//! | `BIGINT` | `INTEGER` | `BIGINT` |
//! | `BYTEA` | `BLOB` | `BYTEA` |
//! | `TEXT` | `TEXT` | `TEXT COLLATE "C"`: sorts by code point, as SQLite does |
//! | the end of `CREATE TABLE` | `STRICT` | |
//!
//! All missing ones are applied in one transaction, under a lock, so that programs which start
//! together do it once. A migration that was applied is never edited, which its checksum proves. A
//! database that a newer program migrated is refused.

use crate::change::{Actor, Event};
use crate::db::sql::{Piece, pieces};
use crate::db::{Db, DbError, Dialect, Statement, WriteTx};
use crate::entropy::Entropy;
use crate::journal::{self, Place};
use sha2::{Digest, Sha256};

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The number of the step, from 1 without holes.
    pub number: i64,
    /// The name of the step, as in its file's name.
    pub name: &'static str,
    text: &'static str,
}

/// All steps that this program knows, in their order.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "first",
        text: include_str!("../migrations/0001_first.sql"),
    },
    Migration {
        number: 2,
        name: "labels_properties",
        text: include_str!("../migrations/0002_labels_properties.sql"),
    },
    Migration {
        number: 3,
        name: "likes_watches",
        text: include_str!("../migrations/0003_likes_watches.sql"),
    },
    Migration {
        number: 4,
        name: "tasks_templates_roles",
        text: include_str!("../migrations/0004_tasks_templates_roles.sql"),
    },
    Migration {
        number: 5,
        name: "conversion",
        text: include_str!("../migrations/0005_conversion.sql"),
    },
    Migration {
        number: 6,
        name: "long_task",
        text: include_str!("../migrations/0006_long_task.sql"),
    },
    Migration {
        number: 7,
        name: "audit_retention",
        text: include_str!("../migrations/0007_audit_retention.sql"),
    },
    Migration {
        number: 8,
        name: "blob_upload",
        text: include_str!("../migrations/0008_blob_upload.sql"),
    },
    Migration {
        number: 9,
        name: "folder",
        text: include_str!("../migrations/0009_folder.sql"),
    },
    Migration {
        number: 10,
        name: "long_task_page",
        text: include_str!("../migrations/0010_long_task_page.sql"),
    },
    Migration {
        number: 11,
        name: "user_property",
        text: include_str!("../migrations/0011_user_property.sql"),
    },
    Migration {
        number: 12,
        name: "comment_message",
        text: include_str!("../migrations/0012_comment_message.sql"),
    },
    Migration {
        number: 13,
        name: "page_draft",
        text: include_str!("../migrations/0013_page_draft.sql"),
    },
    Migration {
        number: 14,
        name: "space_grant_role",
        text: include_str!("../migrations/0014_space_grant_role.sql"),
    },
    Migration {
        number: 15,
        name: "archived_before_trash",
        text: include_str!("../migrations/0015_archived_before_trash.sql"),
    },
    Migration {
        number: 16,
        name: "token_ends_in",
        text: include_str!("../migrations/0016_token_ends_in.sql"),
    },
];

/// The reader version of this program, which is the lowest one that a database of its schema
/// accepts; see `site.min_reader`.
pub const READER: i64 = 15;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migration (
    number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at BIGINT NOT NULL);";

crate::statements! {
    /// The steps that were applied.
    APPLIED = "SELECT number, name, checksum FROM schema_migration ORDER BY number";
    RECORD = "INSERT INTO schema_migration (number, name, checksum, at) VALUES (:number, :name, :checksum, :at)";
    FOUND_SITE = "INSERT INTO site (id, identity, revision, mark, at, floor, min_reader) \
                  VALUES (1, :identity, 0, :mark, :at, 0, :reader) ON CONFLICT (id) DO NOTHING";
    FOUND_SWITCHES = "INSERT INTO switches (id, revision, jsm_access, anonymous_access, enforce_anonymous, view_user_profiles, \
                      author_names, indexing, set_up) VALUES (1, 0, 0, 0, 1, 0, 0, 0, 0)";
}

/// Brings the schema to the newest one that this program knows, and returns the steps that were
/// missing.
///
/// `now` is recorded as the time of the steps, in milliseconds.
///
/// # Errors
/// Returns [`DbError::Newer`] if a newer program has migrated the database, and [`DbError::Schema`]
/// if the tables aren't Narthex's.
pub async fn migrate(db: &Db, now: i64, entropy: &Entropy) -> Result<Vec<Migration>, DbError> {
    migrate_with(db, now, entropy, MIGRATIONS).await
}

async fn migrate_with(
    db: &Db,
    now: i64,
    entropy: &Entropy,
    known: &[Migration],
) -> Result<Vec<Migration>, DbError> {
    let mut tx = db.write().await?;
    let dialect = db.dialect();
    if dialect == Dialect::Postgres {
        // The number is ours alone: "narthex" in base 36. The lock is held until the transaction
        // ends.
        tx.script("SELECT pg_advisory_xact_lock(50748563505)".into())
            .await?;
    }
    tx.script(translate(TABLE, dialect)).await?;
    let missing = missing(known, &applied(&mut tx).await?)?;
    for step in &missing {
        tx.script(translate(step.text, dialect)).await?;
        let record = vec![
            ("number", step.number.into()),
            ("name", step.name.into()),
            ("checksum", checksum(step.text).into()),
            ("at", now.into()),
        ];
        tx.execute_all(vec![Statement::new(RECORD, record)]).await?;
    }
    found(&mut tx, now, entropy).await?;
    tx.commit().await?;
    Ok(missing)
}

/// Creates a new site's first rows and its revision 0, from which every node can follow.
async fn found(tx: &mut WriteTx, now: i64, entropy: &Entropy) -> Result<(), DbError> {
    let mark = entropy.number();
    let site = vec![
        ("identity", hex(&entropy.bytes::<16>()).into()),
        ("mark", mark.into()),
        ("at", now.into()),
        ("reader", READER.into()),
    ];
    if tx.execute(FOUND_SITE, site).await? == 0 {
        return Ok(());
    }
    tx.execute(FOUND_SWITCHES, vec![]).await?;
    let founded = Event {
        kind: "site.founded",
        space: None,
        page: None,
        object: String::new(),
        before: None,
        after: None,
    };
    let place = Place {
        revision: 0,
        mark,
        at: now,
    };
    tx.execute_all(journal::append(place, Actor::Operator, &[founded], &[]))
        .await?;
    Ok(())
}

/// Checks that the schema is the one of this program, without changing anything.
///
/// # Errors
/// Returns [`DbError::Newer`] if a newer program has migrated it, and [`DbError::Schema`] with the
/// next step if it is older or has no schema.
pub async fn check(db: &Db) -> Result<(), DbError> {
    let read = db
        .read(APPLIED, &[], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .await;
    let applied = match read {
        Ok(applied) => applied,
        // The engines have no common way to find out whether a table exists.
        Err(DbError::Statement(_)) => {
            return Err(DbError::Schema(
                "this database has no site yet: run `narthex init`".into(),
            ));
        }
        Err(other) => return Err(other),
    };
    let missing = missing(MIGRATIONS, &applied)?;
    if let Some(first) = missing.first() {
        return Err(DbError::Schema(format!(
            "this database lacks schema {} ({}): make a backup and start `narthex serve`, which brings it up to date",
            first.number, first.name
        )));
    }
    Ok(())
}

type Applied = (i64, String, String);

async fn applied(tx: &mut WriteTx) -> Result<Vec<Applied>, DbError> {
    tx.query(APPLIED, &[], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
    .await
}

/// Returns the steps that are still to be applied.
fn missing(known: &[Migration], applied: &[Applied]) -> Result<Vec<Migration>, DbError> {
    let newest = applied
        .iter()
        .map(|(number, ..)| *number)
        .max()
        .unwrap_or_default();
    let program = known
        .iter()
        .map(|step| step.number)
        .max()
        .unwrap_or_default();
    if newest > program {
        return Err(DbError::Newer {
            database: newest,
            program,
        });
    }
    for (number, name, sum) in applied {
        let step = known.iter().find(|step| step.number == *number);
        if step.is_none_or(|step| checksum(step.text) != *sum) {
            return Err(DbError::Schema(format!(
                "schema {number} ({name}) of this database was made by another program: restore a backup, or use the program that made it"
            )));
        }
    }
    Ok(known
        .iter()
        .filter(|step| step.number > newest)
        .copied()
        .collect())
}

fn checksum(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Formats bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Translates a script to the engine's dialect.
fn translate(script: &str, dialect: Dialect) -> String {
    let mut out = String::with_capacity(script.len() + 64);
    let mut words: Vec<&str> = Vec::new();
    for piece in pieces(script) {
        match (&piece, dialect) {
            (Piece::Word(word), _) => {
                words.push(word);
                out.push_str(match (*word, dialect) {
                    ("BIGINT", Dialect::Sqlite) => "INTEGER",
                    ("BYTEA", Dialect::Sqlite) => "BLOB",
                    ("TEXT", Dialect::Postgres) => "TEXT COLLATE \"C\"",
                    (word, _) => word,
                });
            }
            (Piece::Other(";"), _) => {
                if dialect == Dialect::Sqlite && words.starts_with(&["CREATE", "TABLE"]) {
                    out.push_str(" STRICT");
                }
                words.clear();
                out.push(';');
            }
            (other, _) => out.push_str(other.text()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_translated_and_nothing_else() {
        let script = "-- BIGINT; TEXT\nCREATE TABLE t (a BIGINT, b TEXT DEFAULT 'TEXT;', c BYTEA);\nCREATE INDEX i ON t (b);";
        assert_eq!(
            translate(script, Dialect::Sqlite),
            "-- BIGINT; TEXT\nCREATE TABLE t (a INTEGER, b TEXT DEFAULT 'TEXT;', c BLOB) STRICT;\nCREATE INDEX i ON t (b);"
        );
        assert_eq!(
            translate(script, Dialect::Postgres),
            "-- BIGINT; TEXT\nCREATE TABLE t (a BIGINT, b TEXT COLLATE \"C\" DEFAULT 'TEXT;', c BYTEA);\nCREATE INDEX i ON t (b);"
        );
    }

    #[test]
    fn every_file_is_in_the_list_in_its_place() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let listed: Vec<String> = MIGRATIONS
            .iter()
            .zip(1..)
            .map(|(step, place)| {
                assert_eq!(step.number, place);
                format!("{:04}_{}.sql", step.number, step.name)
            })
            .collect();
        assert_eq!(files, listed);
    }

    async fn open(database: &narthex_testdb::TestDatabase) -> Db {
        Db::create(&database.url().parse().unwrap()).await.unwrap()
    }

    const NEXT: Migration = Migration {
        number: MIGRATIONS.len() as i64 + 1,
        name: "next",
        text: "CREATE TABLE later (id BIGINT PRIMARY KEY);",
    };

    narthex_testdb::both_engines! {
        async fn a_schema_is_made_once_by_programs_that_start_together(database: narthex_testdb::TestDatabase) {
            let entropy = Entropy::seeded(1);
            let (one, two) = (open(&database).await, open(&database).await);
            assert!(matches!(check(&one).await, Err(DbError::Schema(_))));
            let (first, second) = tokio::join!(migrate(&one, 1, &entropy), migrate(&two, 2, &entropy));
            assert_eq!(first.unwrap().len() + second.unwrap().len(), MIGRATIONS.len());
            check(&one).await.unwrap();
            assert!(migrate(&one, 3, &entropy).await.unwrap().is_empty());
        }

        async fn a_newer_database_is_refused_with_the_next_step(database: narthex_testdb::TestDatabase) {
            let entropy = Entropy::seeded(1);
            let db = open(&database).await;
            migrate(&db, 1, &entropy).await.unwrap();
            let newer: Vec<Migration> = MIGRATIONS.iter().copied().chain([NEXT]).collect();
            assert_eq!(migrate_with(&db, 2, &entropy, &newer).await.unwrap().len(), 1);
            for refused in [migrate(&db, 3, &entropy).await.map(drop), check(&db).await] {
                let error = refused.unwrap_err();
                assert!(matches!(error, DbError::Newer { .. }), "{error}");
                assert!(error.to_string().contains("Use a newer Narthex"));
            }
        }

        async fn an_older_or_foreign_database_is_told_apart(database: narthex_testdb::TestDatabase) {
            let entropy = Entropy::seeded(1);
            let db = open(&database).await;
            migrate(&db, 1, &entropy).await.unwrap();
            let mut tx = db.write().await.unwrap();
            tx.execute("UPDATE schema_migration SET checksum = 'x' WHERE number = 1", vec![]).await.unwrap();
            tx.commit().await.unwrap();
            let foreign = migrate(&db, 1, &entropy).await.unwrap_err();
            assert!(foreign.to_string().contains("another program"), "{foreign}");
            let mut tx = db.write().await.unwrap();
            tx.execute("DELETE FROM schema_migration", vec![]).await.unwrap();
            tx.commit().await.unwrap();
            let older = check(&db).await.unwrap_err();
            assert!(older.to_string().contains("narthex serve"), "{older}");
        }

        async fn a_migration_that_fails_leaves_nothing(database: narthex_testdb::TestDatabase) {
            let entropy = Entropy::seeded(1);
            let db = open(&database).await;
            let broken = Migration { text: "CREATE TABLE half (id BIGINT PRIMARY KEY); CREATE TABLE site (id BIGINT);", ..NEXT };
            let steps: Vec<Migration> = MIGRATIONS.iter().copied().chain([broken]).collect();
            migrate_with(&db, 1, &entropy, &steps).await.unwrap_err();
            assert!(db.read("SELECT 1 FROM half", &[], |_| Ok(())).await.is_err());
            migrate(&db, 1, &entropy).await.unwrap();
        }

        /// Attack class A70.
        async fn who_had_exactly_the_grants_of_a_role_of_every_site_is_in_it_after_the_migration(database: narthex_testdb::TestDatabase) {
            let entropy = Entropy::seeded(1);
            let db = open(&database).await;
            let before = MIGRATIONS.iter().position(|step| step.name == "space_grant_role").unwrap();
            migrate_with(&db, 1, &entropy, &MIGRATIONS[..before]).await.unwrap();
            let viewer = ["read/space", "create/comment"];
            let given: [(i64, &str, &[&str]); 5] = [
                (1, "account:1", &viewer),
                (1, "account:2", &viewer[..1]),
                (2, "account:1", &["read/space", "export/space"]),
                (2, "class:all-licensed-users", &["read/space", "create/page", "create/blogpost", "create/attachment", "create/comment"]),
                (2, "class:anonymous-users", &viewer),
            ];
            let mut tx = db.write().await.unwrap();
            let mut id = 0_i64;
            for (space, principal, operations) in given {
                for operation in operations {
                    id += 1;
                    let grant = vec![
                        ("id", id.into()), ("space", space.into()), ("principal", principal.into()), ("operation", (*operation).into()),
                    ];
                    let insert = "INSERT INTO space_grant (id, revision, space, principal, operation) VALUES (:id, 0, :space, :principal, :operation)";
                    tx.execute(insert, grant).await.unwrap();
                }
            }
            tx.commit().await.unwrap();
            migrate(&db, 2, &entropy).await.unwrap();
            let read = "SELECT DISTINCT space, principal, role FROM space_grant ORDER BY space, principal";
            let roles: Vec<(i64, String, Option<u64>)> = db
                .read(read, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .await
                .unwrap();
            let roles: Vec<_> = roles.iter().map(|(space, who, role)| (*space, who.as_str(), *role)).collect();
            assert_eq!(roles, [
                (1, "account:1", Some(1)),
                (1, "account:2", None),
                (2, "account:1", None),
                (2, "class:all-licensed-users", Some(2)),
                (2, "class:anonymous-users", None),
            ]);
        }
    }
}
