//! The log: one line per event, on standard error. Only a running server has one. `text` formats an
//! event as a line, and `lines` buffers the lines.

mod lines;
mod text;

use crate::exit::Failure;
use crate::settings::{LogFormat, LogSettings};
use lines::Lines;
use std::io::IsTerminal;
use text::Text;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log of this process. Only a server has one: commands print their messages themselves.
///
/// The level applies to Narthex's own crates, whose names all begin alike. Dependencies log from
/// WARN only: we can't vouch for what their lower levels write.
///
/// # Errors
/// Fails if the system gives no thread to write it.
pub(crate) fn start(settings: &LogSettings) -> Result<Log, Failure> {
    let to = Lines::open().map_err(|error| Failure::io("the log can't be written", &error))?;
    let ours = Targets::new()
        .with_target("narthex", LevelFilter::from_level(settings.level))
        .with_default(LevelFilter::WARN);
    let lines = tracing_subscriber::fmt::layer().with_writer(to.clone());
    let lines = match settings.format {
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .boxed(),
        LogFormat::Text => {
            let colours = std::io::stderr().is_terminal();
            lines.event_format(Text { colours }).boxed()
        }
    };
    tracing_subscriber::registry().with(ours).with(lines).init();
    Ok(Log(to))
}

/// The log of this process, whose last lines are written when it is dropped.
#[derive(Debug)]
pub(crate) struct Log(Lines);

impl Drop for Log {
    fn drop(&mut self) {
        self.0.flush();
    }
}
