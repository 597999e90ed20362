//! A small disk of a test's own, to see what happens when it is full, or turns read-only.
//!
//! Mounting needs privileges that a test doesn't have. So the test runs itself again, in a mount
//! namespace of its own (and, unless it runs as root, in a user namespace in which it does): nobody
//! else sees what it mounts there, and the mounts end with the process.

use crate::fail;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const INSIDE: &str = "NARTHEX_TEST_NAMESPACE";

/// Returns whether the test is in a namespace of its own. If it isn't yet, it is first run there to
/// its end, and this fails if that run does. `test` is its name.
pub fn in_a_namespace(test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let itself = std::env::current_exe().unwrap_or_else(|error| fail(error));
    let mut command = Command::new("unshare");
    if !is_root() {
        command.args(["--user", "--map-root-user"]);
    }
    command
        .args(["--mount", "--propagation", "private", "--"])
        .arg(itself)
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, "1");
    match command.status() {
        Ok(status) if status.success() => false,
        Ok(status) => fail(format!(
            "{test} failed in a namespace of its own ({status}); it needs unshare (util-linux), and root or user namespaces"
        )),
        Err(error) => fail(format!("unshare (util-linux) can't be run: {error}")),
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0)
}

/// A disk that is mounted at a folder until this is dropped.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(&self.folder)
            .status();
    }
}

impl Disk {
    /// Mounts a new disk of so many megabytes at a folder, which is made.
    pub fn mount(folder: &Path, megabytes: u32) -> Self {
        std::fs::create_dir_all(folder).unwrap_or_else(|error| fail(error));
        let options = format!("size={megabytes}m,mode=0700");
        run(Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "narthex-test"])
            .arg(folder));
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Fills the disk to the last byte.
    pub fn fill(&self) {
        let made = std::fs::File::create(self.filler());
        let mut file = made.unwrap_or_else(|error| fail(error));
        for size in [1 << 20, 4 << 10, 1] {
            let bytes = vec![0; size];
            while file.write_all(&bytes).is_ok() {}
        }
    }

    /// Frees the space that [`Disk::fill`] took.
    pub fn free(&self) {
        std::fs::remove_file(self.filler()).unwrap_or_else(|error| fail(error));
    }

    /// Mounts a read-only copy of the disk over it.
    pub fn make_read_only(&self) {
        let folder = &self.folder;
        let copy = folder.with_extension("copy");
        // The copy is on a disk that is mounted only until the bind mount is made.
        let disk = Self::mount(&copy, 64);
        run(Command::new("cp")
            .arg("-a")
            .arg(folder.join("."))
            .arg(&copy));
        run(Command::new("mount").args(["-o", "remount,ro"]).arg(&copy));
        run(Command::new("mount").arg("--bind").arg(&copy).arg(folder));
        drop(disk);
    }

    /// Unmounts the copy.
    pub fn make_writable(&self) {
        run(Command::new("umount").arg("--lazy").arg(&self.folder));
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }
}

fn run(command: &mut Command) {
    match command.status() {
        Ok(status) if status.success() => {}
        other => fail(format!("{command:?}: {other:?}")),
    }
}
