//! The checks of `doctor`: whether an acknowledged change survives, whether the journal is whole,
//! whether the clocks agree, and who may read the files. They change nothing but files of their
//! own, which they remove.

use crate::Store;
use crate::db::{DbError, Dialect, Link};
use narthex_access::Millis;
use std::path::Path;
use std::time::Instant;

/// The message about a connection to the database that everybody on the network can read.
pub const OPEN_LINK: &str = "the connection to the database crosses a network unencrypted: give its server a certificate and write \
     sslmode=verify-full&sslrootcert=FILE into the database's URL";

/// The message about a connection to the database that anybody on the network could take over.
pub const UNVERIFIED_LINK: &str = "the connection to the database is encrypted, but the identity of its server isn't verified: write \
     sslmode=verify-full&sslrootcert=FILE into the database's URL";

/// How many bytes must be free in the folders that the program writes to.
const FREE: usize = 256 << 10;

/// The difference between the clocks from which it is reported, in milliseconds.
const CLOCK_OFF: Millis = 5_000;

crate::statements! {
    JOURNAL = "SELECT COUNT(DISTINCT e.revision), s.revision, s.floor, s.at, DATABASE_CLOCK \
               FROM site s LEFT JOIN event e ON e.revision >= s.floor GROUP BY s.revision, s.floor, s.at";
    BODYLESS = "SELECT COUNT(*) FROM page WHERE NOT EXISTS (SELECT 1 FROM body WHERE body.id = page.body)";
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Everything is as it should be.
    Good,
    /// Somebody should look at it.
    Warning,
    /// Changes may be lost, or secrets read.
    Bad,
}

impl Level {
    /// Returns the word that the program prints.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }
}

/// The result of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The subject of the check.
    pub about: &'static str,
    /// How serious the result is.
    pub level: Level,
    /// The result in words, with the next step if something is wrong.
    pub message: String,
}

impl Finding {
    fn new(about: &'static str, level: Level, message: impl Into<String>) -> Self {
        Self {
            about,
            level,
            message: message.into(),
        }
    }
}

impl Store {
    /// Runs all checks. `now` is the time by this machine's clock.
    ///
    /// # Errors
    /// Returns `DbError` if the database can't be queried at all.
    pub async fn health(&self, now: Millis) -> Result<Vec<Finding>, DbError> {
        let mut findings = Vec::new();
        match self.db().dialect() {
            Dialect::Sqlite => self.sqlite(&mut findings).await?,
            Dialect::Postgres => self.postgres(&mut findings).await?,
        }
        self.whole(now, &mut findings).await?;
        findings.push(folder_for_owner("attachments", &self.blobs().folder));
        findings.push(durable_write(&self.blobs().folder));
        if let Some(folder) = self.db().file().and_then(Path::parent) {
            findings.push(durable_write(folder));
        }
        findings.push(match self.probe().await {
            Ok(()) => Finding::new("writing", Level::Good, "the database accepts changes"),
            Err(error) => Finding::new("writing", Level::Bad, error.to_string()),
        });
        Ok(findings)
    }

    async fn sqlite(&self, findings: &mut Vec<Finding>) -> Result<(), DbError> {
        // The mode and the synchronous setting are checked for every connection; a damaged page
        // shows only here.
        let damage = self
            .db()
            .read("PRAGMA quick_check(1)", &[], |row| row.get::<String>(0))
            .await?;
        findings.push(match damage.first().map(String::as_str) {
            Some("ok") => Finding::new(
                "database",
                Level::Good,
                "SQLite in WAL mode, synchronous=FULL, no damage found",
            ),
            other => Finding::new(
                "database",
                Level::Bad,
                format!(
                    "SQLite finds damage ({}): restore a backup",
                    other.unwrap_or("no answer")
                ),
            ),
        });
        if let Some(file) = self.db().file() {
            findings.push(file_for_owner(file));
        }
        Ok(())
    }

    async fn postgres(&self, findings: &mut Vec<Finding>) -> Result<(), DbError> {
        let sql = "SELECT current_setting('fsync'), current_setting('full_page_writes'), \
                   current_setting('synchronous_commit'), current_setting('server_version')";
        let settings = self
            .db()
            .read_one(sql, &[], |row| {
                Ok([row.get::<String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
            })
            .await?;
        let [fsync, pages, commit, version] = settings.unwrap_or_default();
        for (name, value, lost) in [
            (
                "fsync",
                &fsync,
                "acknowledged changes are lost when the server's machine stops",
            ),
            (
                "full_page_writes",
                &pages,
                "the database is damaged when its machine stops while writing",
            ),
        ] {
            findings.push(if value == "on" {
                Finding::new("durability", Level::Good, format!("{name} is on"))
            } else {
                Finding::new(
                    "durability",
                    Level::Bad,
                    format!("{name} is {value}: {lost}. Set {name} = on in postgresql.conf"),
                )
            });
        }
        findings.push(Finding::new(
            "database",
            Level::Good,
            format!("PostgreSQL {version}, synchronous_commit is {commit}"),
        ));
        findings.extend(match self.link().await? {
            Link::Here => None,
            Link::Open => Some(Finding::new("network", Level::Warning, OPEN_LINK)),
            Link::Unverified => Some(Finding::new("network", Level::Warning, UNVERIFIED_LINK)),
            Link::Verified => Some(Finding::new(
                "network",
                Level::Good,
                "the connection to the database is encrypted, and the identity of its server is verified",
            )),
        });
        Ok(())
    }

    async fn whole(&self, now: Millis, findings: &mut Vec<Finding>) -> Result<(), DbError> {
        let found = self
            .db()
            .read_one(JOURNAL, &[], |row| {
                Ok([
                    row.get::<i64>(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                ])
            })
            .await?;
        let Some([events, revision, floor, last, clock]) = found else {
            return Ok(());
        };
        findings.push(if events == revision - floor + 1 {
            Finding::new("journal", Level::Good, format!("revision {revision}, none missing"))
        } else {
            Finding::new("journal", Level::Bad, format!("{events} revisions from {floor} to {revision}: some are missing. Restore a backup"))
        });
        findings.push(if last > clock {
            let ahead = last - clock;
            Finding::new("clock", Level::Warning, format!("the last change is {ahead} ms ahead of the database's clock: set that machine's clock"))
        } else if (now - clock).abs() > CLOCK_OFF {
            let off = now - clock;
            Finding::new("clock", Level::Warning, format!("this machine's clock is {off} ms off the database's: synchronise both with a time server"))
        } else {
            Finding::new("clock", Level::Good, "this machine's clock and the database's agree")
        });
        let lost = self
            .db()
            .read_one(BODYLESS, &[], |row| row.get::<i64>(0))
            .await?
            .unwrap_or_default();
        findings.push(if lost == 0 {
            Finding::new("content", Level::Good, "every page has its body")
        } else {
            Finding::new(
                "content",
                Level::Bad,
                format!("{lost} pages have no body: restore a backup"),
            )
        });
        Ok(())
    }
}

fn open_to_others(path: &Path) -> Result<bool, std::io::Error> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

fn file_for_owner(file: &Path) -> Finding {
    for_owner("files", file, "chmod 600")
}

fn folder_for_owner(about: &'static str, folder: &Path) -> Finding {
    for_owner(about, folder, "chmod 700")
}

fn for_owner(about: &'static str, path: &Path, remedy: &str) -> Finding {
    let shown = path.display();
    match open_to_others(path) {
        Ok(false) => Finding::new(
            about,
            Level::Good,
            format!("only its owner can open {shown}"),
        ),
        Ok(true) => Finding::new(
            about,
            Level::Bad,
            format!("other users of this machine can open {shown}: run {remedy} {shown}"),
        ),
        Err(error) => Finding::new(about, Level::Bad, format!("{shown}: {error}")),
    }
}

/// Checks whether there is room for a change, by writing a file durably and removing it.
pub(crate) fn room(path: &Path) -> Result<(), DbError> {
    let written = std::fs::File::create(path).and_then(|mut file| {
        std::io::Write::write_all(&mut file, &vec![0; FREE])?;
        file.sync_all()
    });
    let removed = std::fs::remove_file(path);
    written
        .and(removed)
        .map_err(|error| DbError::of_file(error.kind(), format!("{}: {error}", path.display())))
}

/// Writes a file durably that is as large as a small change needs, and reports how long it took.
fn durable_write(folder: &Path) -> Finding {
    let path = folder.join(".doctor");
    let start = Instant::now();
    let outcome = room(&path);
    let took = start.elapsed().as_millis();
    let told = format!("a durable write to {} took {took} ms", folder.display());
    match outcome {
        Ok(()) if took < 200 => Finding::new("disk", Level::Good, told),
        Ok(()) => Finding::new(
            "disk",
            Level::Warning,
            format!("{told}: changes will be slow"),
        ),
        Err(error) => Finding::new("disk", Level::Bad, error.to_string()),
    }
}
