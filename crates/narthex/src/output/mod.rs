//! The output of the program: results on standard output, messages on standard error. Commands
//! print through [`Output`], which knows whether JSON is requested.

pub(crate) mod exposure;
pub(crate) mod table;

use crate::exit::Failure;
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// A result that people and programs can read.
pub(crate) trait Answer: Serialize {
    /// Formats the result as text for people.
    fn text(&self, style: Style) -> String;
}

/// The way in which results are printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
    style: Style,
}

/// The way in which text for people is formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    /// Whether the output is a terminal; tables get lines there.
    pub(crate) terminal: bool,
    /// Whether to use colours.
    pub(crate) colours: bool,
}

impl Output {
    /// Makes the output of this process.
    pub(crate) fn new(json: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            json,
            style: Style {
                terminal,
                colours: terminal && !unwanted,
            },
        }
    }

    /// Prints a result on standard output.
    ///
    /// # Errors
    /// Fails if standard output is closed.
    pub(crate) fn answer(&self, answer: &impl Answer) -> Result<(), Failure> {
        if self.json {
            self.line(&to_json(answer)?)
        } else {
            self.line(answer.text(self.style).trim_end())
        }
    }

    /// Prints a secret that is shown once: alone on standard output, for a variable or a file; as a
    /// member of an object if JSON is requested.
    ///
    /// # Errors
    /// Fails if standard output is closed.
    pub(crate) fn secret(
        &self,
        name: &str,
        secret: &str,
        more: &impl Serialize,
    ) -> Result<(), Failure> {
        if !self.json {
            return self.line(secret);
        }
        let mut object = serde_json::to_value(more).map_err(unwritable)?;
        if let Some(members) = object.as_object_mut() {
            members.insert(name.into(), secret.into());
        }
        self.line(&to_json(&object)?)
    }

    /// Prints a message beside the result, on standard error; prints nothing for programs.
    pub(crate) fn say(&self, words: &str) {
        if !self.json {
            eprintln!("{words}");
        }
    }

    /// Prints why the program ends without having done what it should.
    pub(crate) fn failure(&self, failure: &Failure) {
        if self.json {
            let error = serde_json::json!({
                "error": { "message": failure.to_string(), "exitCode": failure.number() }
            });
            eprintln!("{error}");
        } else {
            eprintln!("narthex: {failure}");
        }
    }

    fn line(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{text}")
            .and_then(|()| out.flush())
            .map_err(|error| Failure::io("standard output is gone", &error))
    }
}

fn to_json(answer: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(answer).map_err(unwritable)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err takes"
)]
fn unwritable(error: serde_json::Error) -> Failure {
    Failure::Failed(format!("the answer can't be written as JSON: {error}"))
}

impl Style {
    /// Plain text, for tests and pipes.
    #[cfg(test)]
    pub(crate) const PLAIN: Self = Self {
        terminal: false,
        colours: false,
    };

    pub(crate) fn bold(self, text: &str) -> String {
        self.painted("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.painted("2", text)
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.painted("32", text)
    }

    pub(crate) fn warn(self, text: &str) -> String {
        self.painted("33", text)
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.painted("1;31", text)
    }

    fn painted(self, code: &str, text: &str) -> String {
        if self.colours {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
