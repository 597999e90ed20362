//! Runs the program on a site of its own.

use narthex_harness::{Program, SiteFiles};
use serde_json::Value;
use std::process::Output;

/// A site in a folder of its own, and the program on it.
pub(crate) struct Shell {
    pub(crate) program: Program,
    pub(crate) site: SiteFiles,
}

impl Shell {
    pub(crate) fn new() -> Self {
        Self {
            program: Program::new(env!("CARGO_BIN_EXE_narthex")),
            site: SiteFiles::new(None),
        }
    }

    /// Makes a shell whose site is set up.
    pub(crate) fn set_up() -> Self {
        let shell = Self::new();
        shell.run(&["init", "--email", "ada@example.org", "--name", "Ada"]);
        shell
    }

    pub(crate) fn try_run(&self, arguments: &[&str]) -> Output {
        self.program.try_run(&self.site, arguments, None)
    }

    /// Runs a command that must succeed, and returns its standard output.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        self.program.run(&self.site, arguments)
    }

    /// Runs a command that must succeed, with `--json`, and returns its result.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let text = self.run(&[&["--json"], arguments].concat());
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Runs a command that must end with this exit code, and returns its standard error. Standard
    /// output must be empty.
    pub(crate) fn refused(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.try_run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(
            output.stdout.is_empty(),
            "{arguments:?}: {:?}",
            output.stdout
        );
        assert!(!told.trim().is_empty(), "{arguments:?}");
        told
    }
}

pub(crate) fn is_token(text: &str) -> bool {
    text.starts_with("nx_") && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
