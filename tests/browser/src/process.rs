//! A process that is ended, together with all processes that it started, when it is dropped.

use narthex_served::must;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

#[derive(Debug)]
pub(crate) struct Process(Child);

impl Process {
    /// Starts a command in a process group of its own, without input or output.
    pub(crate) fn start(command: &mut Command) -> Self {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        match command.spawn() {
            Ok(child) => Self(child),
            Err(error) => panic!(
                "{} can't be started: {error}",
                command.get_program().display()
            ),
        }
    }

    /// Returns whether the process has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        must(self.0.try_wait()).is_some()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The group's id is the id of the process that began it.
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.0.wait();
    }
}
