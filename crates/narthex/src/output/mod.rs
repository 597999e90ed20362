//! What the program says: answers on standard output, words on standard error.

pub(crate) mod exposure;
pub(crate) mod table;

use crate::exit::Failure;
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// An answer that people and programs can read.
pub(crate) trait Answer: Serialize {
    /// The answer as text for people.
    fn text(&self, style: Style) -> String;
}

/// Where and how answers go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
    style: Style,
}

/// How text for people is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    /// Whether somebody watches: tables get lines.
    pub(crate) terminal: bool,
    /// Whether colours are wanted.
    pub(crate) colours: bool,
}

impl Output {
    /// Answers to where the program was started.
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

    /// Writes an answer to standard output.
    ///
    /// # Errors
    /// Where standard output is gone.
    pub(crate) fn answer(&self, answer: &impl Answer) -> Result<(), Failure> {
        if self.json {
            self.line(&to_json(answer)?)
        } else {
            self.line(answer.text(self.style).trim_end())
        }
    }

    /// Writes a secret that is shown once: alone on standard output, for a variable
    /// or a file; as a member of an object where JSON is asked.
    ///
    /// # Errors
    /// Where standard output is gone.
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

    /// Says something beside the answer, on standard error; nothing where programs read.
    pub(crate) fn say(&self, words: &str) {
        if !self.json {
            eprintln!("{words}");
        }
    }

    /// Says why the program ends without having done what it should.
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
