//! Formats an event as a line of text: time, level, message, and its fields.
//!
//! A busy server writes such a line for each request, so it is made without any unnecessary step.

use jiff::Timestamp;
use std::fmt::{self, Debug, Write};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::format::{FormatEvent, FormatFields, Writer};
use tracing_subscriber::registry::LookupSpan;

/// The text format, with colours or without.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text {
    pub(crate) colours: bool,
}

impl<S, N> FormatEvent<S, N> for Text
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    N: for<'w> FormatFields<'w> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut line: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        self.write(&mut line, Timestamp::now(), event)
    }
}

impl Text {
    fn write(self, line: &mut dyn Write, now: Timestamp, event: &Event<'_>) -> fmt::Result {
        write!(line, "{now:.6} ")?;
        line.write_str(match (*event.metadata().level(), self.colours) {
            (Level::ERROR, false) => "ERROR",
            (Level::WARN, false) => " WARN",
            (Level::INFO, false) => " INFO",
            (Level::DEBUG, false) => "DEBUG",
            (Level::TRACE, false) => "TRACE",
            (Level::ERROR, true) => "\x1b[31mERROR\x1b[0m",
            (Level::WARN, true) => "\x1b[33m WARN\x1b[0m",
            (Level::INFO, true) => "\x1b[32m INFO\x1b[0m",
            (Level::DEBUG, true) => "\x1b[34mDEBUG\x1b[0m",
            (Level::TRACE, true) => "\x1b[35mTRACE\x1b[0m",
        })?;
        let mut particulars = Particulars {
            line,
            written: Ok(()),
        };
        event.record(&mut particulars);
        particulars.written?;
        line.write_char('\n')
    }
}

/// Writes the fields of an event, each with its name, and its message without one.
struct Particulars<'l> {
    line: &'l mut dyn Write,
    written: fmt::Result,
}

impl Particulars<'_> {
    fn add(&mut self, field: &Field, value: impl FnOnce(&mut dyn Write) -> fmt::Result) {
        let name = match field.name() {
            "message" => "",
            name => name,
        };
        let write = || {
            self.line.write_char(' ')?;
            self.line.write_str(name)?;
            if !name.is_empty() {
                self.line.write_char('=')?;
            }
            value(self.line)
        };
        if self.written.is_ok() {
            self.written = write();
        }
    }
}

impl Visit for Particulars<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        let plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\');
        self.add(field, |line| {
            if !value.bytes().all(plain) {
                return write!(line, "{value:?}");
            }
            line.write_char('"')?;
            line.write_str(value)?;
            line.write_char('"')
        });
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.add(field, |line| write!(OneLine(line), "{value:?}"));
    }
}

/// Escapes text of others for use in a line of the log: whatever would end the line, or steer a
/// terminal.
struct OneLine<'l>(&'l mut dyn Write);

impl Write for OneLine<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !text.chars().any(char::is_control) {
            return self.0.write_str(text);
        }
        text.chars().try_for_each(|c| match c.is_control() {
            true => write!(self.0, "{}", c.escape_default()),
            false => self.0.write_char(c),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};
    use tracing_subscriber::Registry;
    use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<String>>);

    impl<S: Subscriber> Layer<S> for Kept {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            let mut line = self.0.lock().unwrap();
            let at = Timestamp::from_microsecond(1_767_225_600_081_795).unwrap();
            let text = Text { colours: false };
            text.write(&mut *line, at, event).unwrap();
        }
    }

    fn lines(log: impl FnOnce()) -> String {
        let kept = Kept::default();
        tracing::subscriber::with_default(Registry::default().with(kept.clone()), log);
        let lines = kept.0.lock().unwrap();
        lines.clone()
    }

    #[test]
    fn a_line_says_when_how_grave_what_and_its_particulars() {
        let told = lines(|| {
            tracing::info!(method = "GET", status = 200_u16, account = None::<u64>);
            tracing::warn!(milliseconds = 51, "a write kept others waiting");
        });
        assert_eq!(
            told,
            "2026-01-01T00:00:00.081795Z  INFO method=\"GET\" status=200\n\
             2026-01-01T00:00:00.081795Z  WARN a write kept others waiting milliseconds=51\n"
        );
    }

    #[test]
    fn nothing_that_others_wrote_begins_a_line_or_steers_a_terminal() {
        let told = lines(|| {
            let name = "a\n\x1b[2J\"é";
            tracing::info!(name, error = %name, "it was {name}");
        });
        assert_eq!(told.matches('\n').count(), 1);
        assert!(!told.contains('\x1b'), "{told:?}");
        assert!(told.contains("é"), "{told:?}");
    }
}
