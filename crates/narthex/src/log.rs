//! The log: one line an event, on standard error.

use crate::settings::{LogFormat, LogSettings};
use std::io::IsTerminal;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log of this process. Only a server has one: commands speak themselves.
///
/// The level is that of our own rooms, whose names all begin alike; of what we build
/// upon only warnings are told, because nothing vouches for what it says beside them.
pub(crate) fn start(settings: &LogSettings) {
    let ours = Targets::new()
        .with_target("narthex", LevelFilter::from_level(settings.level))
        .with_default(LevelFilter::WARN);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match settings.format {
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .boxed(),
        LogFormat::Text => lines
            .with_ansi(std::io::stderr().is_terminal())
            .with_target(false)
            .boxed(),
    };
    tracing_subscriber::registry()
        .with(lines.with_filter(ours))
        .init();
}
