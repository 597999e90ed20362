//! `narthex demo`: serves a temporary site to look around in.

use crate::args::Demo;
use crate::demo::announce::Announcement;
use crate::demo::load::{AGE, load};
use crate::exit::Failure;
use crate::opening;
use crate::output::Output;
use crate::serving::{self, Doors};
use crate::settings::{ServerSettings, SiteSettings};
use narthex_site::search::PATIENCE;
use narthex_store::Clock;
use narthex_store::clock::ManualClock;
use std::os::unix::fs::PermissionsExt;
use tokio::signal::unix::SignalKind;

/// Serves the demo until it is told to stop, and removes it.
///
/// # Errors
/// Fails if the demo can't start.
pub(super) fn run(output: Output, args: &Demo) -> Result<(), Failure> {
    let server = ServerSettings::on(&args.listen)?;
    let _log = crate::log::start(&server.log)?;
    serving::runtime(None)?.block_on(serve(output, &server))
}

async fn serve(output: Output, server: &ServerSettings) -> Result<(), Failure> {
    // Closing the terminal ends its demo and removes the folder.
    let stop = serving::told_to_stop(SignalKind::hangup())?;
    let doors = Doors::open(server).await?;
    let folder = temporary_folder()
        .map_err(|error| Failure::io("a temporary folder can't be made", &error))?;
    let settings = SiteSettings::in_folder(folder.path().to_path_buf());
    let loaded = {
        let entropy = opening::entropy()?;
        let began = jiff::Timestamp::now().as_millisecond() - AGE;
        let clock = ManualClock::at(began);
        let manual = Clock::Manual(clock.clone());
        let site = opening::with_clock(&settings, manual, began, &entropy).await?;
        load(&site, &clock, &entropy).await?
    };
    let site = opening::existing(&settings)
        .await?
        .with_search(settings.index(), PATIENCE);
    output.answer(&Announcement::new(&doors.origin(), &loaded, folder.path())?)?;
    doors.serve(site, server, None, stop).await?;
    folder
        .close()
        .map_err(|error| Failure::io("the temporary folder can't be removed", &error))
}

/// Makes a folder that is removed at the end. It is in memory where the system has a file system
/// for that, because a demo needn't outlive a power cut.
fn temporary_folder() -> std::io::Result<tempfile::TempDir> {
    let builder = || {
        let mut builder = tempfile::Builder::new();
        builder
            .prefix("narthex-demo-")
            .permissions(std::fs::Permissions::from_mode(0o700));
        builder
    };
    if std::env::var_os("TMPDIR").is_none()
        && let Ok(folder) = builder().tempdir_in("/dev/shm")
    {
        return Ok(folder);
    }
    builder().tempdir()
}
