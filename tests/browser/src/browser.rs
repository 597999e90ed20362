//! Starts and ends Chromium.

use crate::page::Page;
use crate::process::Process;
use crate::session::Session;
use narthex_served::must;
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long Chromium and its driver may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The arguments that confine Chromium to the site: no window, no sandbox (tests may run as root),
/// and no requests of its own.
const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--lang=en-US",
    "--remote-debugging-port=0",
];

/// A browser in which nobody is logged in.
#[derive(Debug)]
pub struct Browser {
    page: Page,
    _driver: Process,
    _chromium: Process,
    _profile: TempDir,
}

impl Browser {
    /// Starts Chromium with a fresh profile.
    ///
    /// # Panics
    /// Panics if Chromium or its driver isn't installed or doesn't start.
    pub async fn start() -> Self {
        let profile = must(TempDir::with_prefix("narthex-chromium-"));
        let mut chromium = Command::new("chromium");
        chromium
            .args(ARGUMENTS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank");
        let mut chromium = Process::start(&mut chromium);
        // Chromium writes the free port that it chose into this file of the profile.
        let file = profile.path().join("DevToolsActivePort");
        let port = wait_for(&mut chromium, "Chromium", || {
            let text = std::fs::read_to_string(&file).ok()?;
            text.lines().next()?.parse::<u16>().ok()
        })
        .await;

        let driver_port = free_port();
        let mut driver = Command::new("chromedriver");
        driver.arg(format!("--port={driver_port}"));
        let mut driver = Process::start(&mut driver);
        wait_for(&mut driver, "chromedriver", || {
            std::net::TcpStream::connect(("127.0.0.1", driver_port)).ok()
        })
        .await;

        let session = Session::begin(driver_port, port).await;
        Self {
            page: Page::new(session),
            _driver: driver,
            _chromium: chromium,
            _profile: profile,
        }
    }

    /// Returns the one open page.
    pub fn page(&self) -> &Page {
        &self.page
    }
}

fn free_port() -> u16 {
    let listener = must(std::net::TcpListener::bind("127.0.0.1:0"));
    must(listener.local_addr()).port()
}

/// Polls until there is a value; fails if the process ends before that.
async fn wait_for<T>(process: &mut Process, name: &str, ask: impl Fn() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        if process.has_ended() {
            panic!("{name} ended before it was ready");
        }
        if began.elapsed() > PATIENCE {
            panic!("{name} isn't ready after {PATIENCE:?}");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
