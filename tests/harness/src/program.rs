//! The program as a process: commands that end, and nodes that serve.

use crate::fail;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a node may take until it is ready.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program under test.
#[derive(Debug, Clone)]
pub struct Program(PathBuf);

/// The files of a site: its data folder, and its database's address if that is not in the folder.
#[derive(Debug)]
pub struct SiteFiles {
    folder: TempDir,
    database: Option<String>,
}

impl SiteFiles {
    /// Makes a new folder for a site, with the embedded database or the one at the address.
    pub fn new(database: Option<String>) -> Self {
        let folder = TempDir::new().unwrap_or_else(|error| fail(error));
        Self { folder, database }
    }

    /// Returns the data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Returns the folder of the files that were attached.
    pub fn blobs(&self) -> PathBuf {
        self.data().join("blobs")
    }
}

impl Program {
    /// Takes the program in this file: `env!("CARGO_BIN_EXE_narthex")`.
    pub fn new(file: impl AsRef<Path>) -> Self {
        Self(file.as_ref().to_owned())
    }

    /// Prepares a command on a site, without starting it. No settings of the environment reach it.
    pub fn command(&self, site: &SiteFiles, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command
            .args(arguments)
            .env_clear()
            .env("NARTHEX_DATA", site.data());
        if let Some(database) = &site.database {
            command.env("NARTHEX_DATABASE", database);
        }
        command
    }

    /// Runs a command to its end, whether or not it succeeds.
    pub fn try_run(&self, site: &SiteFiles, arguments: &[&str], input: Option<&str>) -> Output {
        let mut command = self.command(site, arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| fail(error));
        if let (Some(input), Some(mut stdin)) = (input, child.stdin.take()) {
            stdin
                .write_all(input.as_bytes())
                .unwrap_or_else(|error| fail(error));
        }
        child.wait_with_output().unwrap_or_else(|error| fail(error))
    }

    /// Runs a command that must succeed. Returns what it printed, without the white space around
    /// it.
    pub fn run(&self, site: &SiteFiles, arguments: &[&str]) -> String {
        self.run_with(site, arguments, None)
    }

    /// Does the same as [`Program::run`], with a text on standard input.
    pub fn run_with(&self, site: &SiteFiles, arguments: &[&str], input: Option<&str>) -> String {
        let output = self.try_run(site, arguments, input);
        if !output.status.success() {
            let told = String::from_utf8_lossy(&output.stderr);
            fail(format!("narthex {} failed: {told}", arguments.join(" ")));
        }
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Starts a node that serves the site, and waits until it is ready.
    pub fn serve(&self, site: &SiteFiles) -> Node {
        self.serve_with(site, &[])
    }

    /// Does the same as [`Program::serve`], with metrics. Returns their address too.
    pub fn serve_measured(&self, site: &SiteFiles) -> (Node, String) {
        let metrics = free_address();
        let node = self.serve_with(site, &["--metrics-listen", &metrics]);
        (node, format!("http://{metrics}/metrics"))
    }

    fn serve_with(&self, site: &SiteFiles, more: &[&str]) -> Node {
        let (mut node, began) = (self.launch_with(site, more), Instant::now());
        while !node.is_ready() {
            if let Ok(Some(status)) = node.child.try_wait() {
                fail(format!("the node ended before it was ready: {status}"));
            }
            if began.elapsed() > PATIENCE {
                fail("the node isn't ready in time");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        node
    }

    /// Starts a node without waiting.
    pub fn launch(&self, site: &SiteFiles) -> Node {
        self.launch_with(site, &[])
    }

    fn launch_with(&self, site: &SiteFiles, more: &[&str]) -> Node {
        let address = free_address();
        let mut command = self.command(site, &["serve", "--listen", &address]);
        command.args(more);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().unwrap_or_else(|error| fail(error));
        Node { child, address }
    }
}

/// Returns an address of this machine that nobody listens on.
fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| fail(error));
    let address = listener.local_addr().unwrap_or_else(|error| fail(error));
    address.to_string()
}

/// A process that serves a site; it is killed on drop.
#[derive(Debug)]
pub struct Node {
    child: Child,
    address: String,
}

impl Node {
    /// Returns the node's origin, `http://127.0.0.1:port`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the id of the process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Returns whether the node reports that it is ready.
    pub fn is_ready(&self) -> bool {
        use std::io::Read;
        let Ok(mut stream) = std::net::TcpStream::connect(&self.address) else {
            return false;
        };
        let asked = b"GET /readyz HTTP/1.1\r\nHost: narthex\r\nConnection: close\r\n\r\n";
        let mut answer = String::new();
        let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
        stream.write_all(asked).is_ok()
            && stream.read_to_string(&mut answer).is_ok()
            && answer.starts_with("HTTP/1.1 200")
    }

    /// Returns the resident memory of the process, in bytes.
    pub fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_else(|error| fail(error));
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        kilobytes.map_or_else(|| fail("no VmRSS"), |kilobytes| kilobytes * 1024)
    }

    /// Kills the process with SIGKILL.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Stops the process with SIGTERM, and returns how long it took to end.
    pub fn stop(mut self) -> Duration {
        let began = Instant::now();
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status();
        if !sent.is_ok_and(|status| status.success()) {
            fail("the node can't be told to stop");
        }
        match self.child.wait() {
            Ok(status) if status.success() => began.elapsed(),
            Ok(status) => fail(format!("the node ended with {status}")),
            Err(error) => fail(error),
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
