//! Empty databases, one for each test, in either engine.

use crate::cluster::{Cluster, Shared};
use std::path::PathBuf;
use std::process::Command;

/// The engine of a [`TestDatabase`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of its own in a PostgreSQL cluster.
    Postgres,
}

impl Engine {
    /// Returns the scheme that the URLs of this engine begin with.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite:",
            Self::Postgres => "postgres://",
        }
    }
}

/// An empty database that is removed when the test drops it.
pub struct TestDatabase {
    url: String,
    place: Place,
    folder: tempfile::TempDir,
}

enum Place {
    Sqlite,
    Postgres { server: Shared, name: String },
}

impl TestDatabase {
    /// Returns an SQLite file that doesn't exist yet, in a folder of its own.
    pub fn sqlite() -> Self {
        let folder = folder();
        let url = format!("sqlite:{}", folder.path().join("site.db").display());
        Self {
            url,
            place: Place::Sqlite,
            folder,
        }
    }

    /// Creates an empty database in the shared cluster, or on the server of
    /// `NARTHEX_TEST_POSTGRES`.
    pub fn postgres() -> Self {
        let server = Shared::join();
        let folder = folder();
        let name = format!(
            "test_{}_{}",
            std::process::id(),
            folder
                .path()
                .file_name()
                .map(|name| name
                    .to_string_lossy()
                    .replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
                .unwrap_or_default()
                .to_lowercase()
        );
        psql(server.url(), &format!("CREATE DATABASE {name}"));
        let url = with_database(server.url(), &name);
        Self {
            url,
            place: Place::Postgres { server, name },
            folder,
        }
    }

    /// Returns the address, in the form that the program accepts.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the engine of the database.
    pub fn engine(&self) -> Engine {
        match self.place {
            Place::Sqlite => Engine::Sqlite,
            Place::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Returns a folder that exists as long as the database, for blobs, and for the SQLite file
    /// itself (`site.db`).
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_path_buf()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Place::Postgres { server, name } = &self.place
            && !std::thread::panicking()
        {
            // A database that stays behind (a panic, a lost server) is removed with its cluster.
            let _ = Cluster::psql(
                server.url(),
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            );
        }
    }
}

/// Returns the URL of another database on the same server, by replacing the path.
pub(crate) fn with_database(server: &str, name: &str) -> String {
    let (head, query) = server.split_once('?').unwrap_or((server, ""));
    let start = head.find("://").map_or(0, |at| at + 3);
    let authority = head
        .get(start..)
        .and_then(|rest| rest.find('/'))
        .map_or(head, |at| head.get(..start + at).unwrap_or(head));
    if query.is_empty() {
        format!("{authority}/{name}")
    } else {
        format!("{authority}/{name}?{query}")
    }
}

fn folder() -> tempfile::TempDir {
    match tempfile::Builder::new().prefix("narthex-test-").tempdir() {
        Ok(folder) => folder,
        Err(error) => panic!("no temporary folder for the test: {error}"),
    }
}

fn psql(url: &str, sql: &str) {
    if let Err(error) = Cluster::psql(url, sql) {
        panic!("{sql}: {error}");
    }
}

/// Runs a command, and returns its error output if it fails.
pub(crate) fn checked(command: &mut Command) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?} could not be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{command:?} failed: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    ))
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_of_a_url_is_replaced_and_nothing_else() {
        assert_eq!(
            with_database("postgres://me@/postgres?host=/tmp/x", "t"),
            "postgres://me@/t?host=/tmp/x"
        );
        assert_eq!(
            with_database("postgres://me:pw@host:5433", "t"),
            "postgres://me:pw@host:5433/t"
        );
    }
}
