//! Opens a site: its folder, its database, its randomness. Most commands call [`existing`], which
//! makes nothing; `serve` and `init` call [`create`], and `demo` calls [`with_clock`].

use crate::exit::Failure;
use crate::settings::SiteSettings;
use narthex_access::Millis;
use narthex_site::Site;
use narthex_store::{Clock, DatabaseUrl, Entropy, Options, Store};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// The bytes of page text that a process caches in memory.
const BODY_CACHE: u64 = 32 * 1024 * 1024;

/// Returns the randomness of this process.
///
/// # Errors
/// Fails if the operating system has none to give.
pub(crate) fn entropy() -> Result<Entropy, Failure> {
    Entropy::from_os().map_err(|error| Failure::io("there is no randomness", &error))
}

/// Opens the site that exists.
///
/// # Errors
/// Returns `Failure::NotSetUp` if there is none, and otherwise the database's error.
pub(crate) async fn existing(settings: &SiteSettings) -> Result<Site, Failure> {
    if let DatabaseUrl::Sqlite(file) = &settings.database
        && !file.exists()
    {
        return Err(Failure::NotSetUp);
    }
    let entropy = entropy()?;
    let store = Store::open(options(settings, Clock::Database, &entropy)).await?;
    Ok(Site::new(store, entropy))
}

/// Opens the site; makes it if it doesn't exist, and migrates it if it is older.
///
/// # Errors
/// Fails if a folder can't be made, or with the database's error.
pub(crate) async fn create(settings: &SiteSettings) -> Result<Site, Failure> {
    let now = jiff::Timestamp::now().as_millisecond();
    with_clock(settings, Clock::Database, now, &entropy()?).await
}

/// Does the same as [`create`], with the caller's randomness and a clock of the caller's that now
/// shows `now`.
///
/// # Errors
/// As [`create`].
pub(crate) async fn with_clock(
    settings: &SiteSettings,
    clock: Clock,
    now: Millis,
    entropy: &Entropy,
) -> Result<Site, Failure> {
    private_folder(&settings.data)?;
    if let DatabaseUrl::Sqlite(file) = &settings.database {
        private_file(file)?;
    }
    let store = Store::create(options(settings, clock, entropy), now).await?;
    Ok(Site::new(store, entropy.clone()))
}

fn options(settings: &SiteSettings, clock: Clock, entropy: &Entropy) -> Options {
    Options {
        database: settings.database.clone(),
        blobs: settings.blobs(),
        body_cache: BODY_CACHE,
        clock,
        entropy: entropy.clone(),
    }
}

/// Makes a folder for its owner alone. An existing one is left as it is: `doctor` says what is
/// wrong with it.
fn private_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| {
            Failure::io(
                format!("the folder {} can't be made", folder.display()),
                &error,
            )
        })
}

/// Makes the file of a new database for its owner alone; SQLite gives the files beside it the same
/// permissions.
fn private_file(file: &Path) -> Result<(), Failure> {
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file);
    match made {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Failure::io(
            format!("the file {} can't be made", file.display()),
            &error,
        )),
    }
}
