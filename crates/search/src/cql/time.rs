//! Times in queries: written dates, and functions relative to the request's instant.
//!
//! Everything is in UTC: an account has no time zone here. Weeks begin on Monday.

use jiff::civil::{Date, DateTime, Time as Clock};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use narthex_access::Millis;

/// The time that a value names, with its duration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Time {
    /// A written time: from the first of these milliseconds to before the second.
    Written(Millis, Millis),
    /// A time relative to the request's instant.
    Counted {
        /// The period around the instant, and whether its end is meant; `None` for the instant
        /// itself.
        edge: Option<(bool, Period)>,
        /// The amounts by which it is moved.
        shift: Vec<(i64, Unit)>,
    },
}

/// A period whose beginning or end can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// The units by which times are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl Period {
    /// Returns the period of a function's name in lower case, and whether it means the period's
    /// end.
    pub(super) fn of_function(name: &str) -> Option<(bool, Self)> {
        let (end, period) = match name.strip_prefix("startof") {
            Some(period) => (false, period),
            None => (true, name.strip_prefix("endof")?),
        };
        let period = match period {
            "day" => Self::Day,
            "week" => Self::Week,
            "month" => Self::Month,
            "year" => Self::Year,
            _ => return None,
        };
        Some((end, period))
    }

    fn unit(self) -> Unit {
        match self {
            Self::Day => Unit::Day,
            Self::Week => Unit::Week,
            Self::Month => Unit::Month,
            Self::Year => Unit::Year,
        }
    }

    /// Returns the beginning of the period around an instant.
    fn start(self, of: DateTime) -> Option<DateTime> {
        let day = of.date();
        let first = match self {
            Self::Day => day,
            Self::Week => {
                let past = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(past.days()).ok()?
            }
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        };
        Some(first.to_datetime(Clock::midnight()))
    }
}

impl Unit {
    fn span(self, count: i64) -> Option<Span> {
        let span = Span::new();
        match self {
            Self::Minute => span.try_minutes(count),
            Self::Hour => span.try_hours(count),
            Self::Day => span.try_days(count),
            Self::Week => span.try_weeks(count),
            Self::Month => span.try_months(count),
            Self::Year => span.try_years(count),
        }
        .ok()
    }
}

impl Time {
    /// Returns the first millisecond of the time and the first after it, at a request's instant. A
    /// time beyond the calendar is before or after everything.
    #[must_use]
    pub fn at(&self, now: Millis) -> (Millis, Millis) {
        match self {
            Self::Written(from, to) => (*from, *to),
            Self::Counted { edge, shift } => {
                let forward = shift.iter().map(|(count, _)| *count).sum::<i64>() > 0;
                let beyond = if forward {
                    Millis::MAX - 1
                } else {
                    Millis::MIN
                };
                let at = counted(now, *edge, shift).unwrap_or(beyond);
                (at, at + 1)
            }
        }
    }
}

fn counted(now: Millis, edge: Option<(bool, Period)>, shift: &[(i64, Unit)]) -> Option<Millis> {
    let now = Timestamp::from_millisecond(now).ok()?;
    let mut at = TimeZone::UTC.to_datetime(now);
    let moved = |at: DateTime, large: Option<bool>| {
        let of_period = |unit: Unit| edge.is_some_and(|(_, period)| unit >= period.unit());
        shift
            .iter()
            .filter(|(_, unit)| large.is_none_or(|large| of_period(*unit) == large))
            .try_fold(at, |at, (count, unit)| {
                at.checked_add(unit.span(*count)?).ok()
            })
    };
    match edge {
        None => at = moved(at, None)?,
        // Moved by months, the end of a month is the end of another one, whatever its number of
        // days; moved by days, it is that number of days from the end.
        Some((end, period)) => {
            at = period.start(moved(at, Some(true))?)?;
            if end {
                at = at.checked_add(period.unit().span(1)?).ok()?;
                at = at.checked_sub(1.millisecond()).ok()?;
            }
            at = moved(at, Some(false))?;
        }
    }
    millis(at)
}

fn millis(at: DateTime) -> Option<Millis> {
    let at = TimeZone::UTC.to_timestamp(at).ok()?;
    Some(at.as_millisecond())
}

/// The explanation for a written time that can't be parsed.
const WRITTEN: &str = "write it as yyyy-MM-dd or yyyy/MM/dd, with HH:mm after it if you like, in UTC; \
     or use now(\"-7d\"), startOfDay() or another function of time";

/// Parses a written time.
pub(super) fn written(text: &str) -> Result<Time, String> {
    let wrong = || format!("\"{text}\" is not a time: {WRITTEN}");
    let normal = text.trim().replace('/', "-");
    let (day, clock) = match normal.split_once([' ', 'T']) {
        Some((day, clock)) => (day, Some(clock.trim().trim_end_matches('Z'))),
        None => (normal.as_str(), None),
    };
    let day = civil(day).ok_or_else(wrong)?;
    let (at, lasts) = match clock {
        None => (day.to_datetime(Clock::midnight()), 24 * 60 * 60 * 1_000),
        Some(clock) => {
            let lasts = if clock.matches(':').count() == 1 {
                60_000
            } else {
                1_000
            };
            let clock: Clock = clock.parse().map_err(|_| wrong())?;
            (day.to_datetime(clock), lasts)
        }
    };
    let from = millis(at).ok_or_else(wrong)?;
    Ok(Time::Written(from, from + lasts))
}

/// Parses a day, whose numbers may be written without leading zeros.
fn civil(text: &str) -> Option<Date> {
    let mut parts = text.split('-').map(|part| part.parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Returns the request's instant, moved.
pub(super) fn now(shift: &str) -> Result<Time, String> {
    Ok(Time::Counted {
        edge: None,
        shift: read_shift(shift, None)?,
    })
}

/// Returns the beginning or end of the period around the request's instant, moved.
pub(super) fn edge(end: bool, period: Period, shift: &str) -> Result<Time, String> {
    Ok(Time::Counted {
        edge: Some((end, period)),
        shift: read_shift(shift, Some(period.unit()))?,
    })
}

/// Parses `-7d` or `+1M -2h`; the unit may be omitted if there is a default.
fn read_shift(text: &str, default: Option<Unit>) -> Result<Vec<(i64, Unit)>, String> {
    let wrong = || {
        format!(
            "\"{text}\" is not an amount of time: write it as -7d, with y, M, w, d, h or m for years, \
             months, weeks, days, hours or minutes"
        )
    };
    let mut shift = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (sign, digits) = match rest.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, rest.strip_prefix('+').unwrap_or(rest)),
        };
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        let (number, after) = digits.split_at(end);
        let count: i64 = number.parse().map_err(|_| wrong())?;
        let mut letters = after.chars();
        let unit = match letters.next() {
            Some('y') => Unit::Year,
            Some('M') => Unit::Month,
            Some('w') => Unit::Week,
            Some('d') => Unit::Day,
            Some('h') => Unit::Hour,
            Some('m') => Unit::Minute,
            None => default.ok_or_else(wrong)?,
            Some(_) => return Err(wrong()),
        };
        // No calendar spans more than that.
        if count > 1_000_000_000 || shift.len() == 8 {
            return Err(wrong());
        }
        shift.push((sign * count, unit));
        rest = letters.as_str().trim_start();
    }
    Ok(shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis_of(text: &str) -> Millis {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    fn shown(time: &Time) -> String {
        let now = millis_of("2026-03-31T10:20:30Z");
        Timestamp::from_millisecond(time.at(now).0)
            .unwrap()
            .to_string()
    }

    #[test]
    fn written_times_last_as_long_as_they_are_exact() {
        let day = Time::Written(
            millis_of("2026-01-05T00:00:00Z"),
            millis_of("2026-01-06T00:00:00Z"),
        );
        for text in ["2026-01-05", "2026/01/05", "2026/1/5", " 2026-01-05 "] {
            assert_eq!(written(text).unwrap(), day, "{text}");
        }
        let minute = written("2026/01/05 12:30").unwrap();
        assert_eq!(
            minute.at(0),
            (
                millis_of("2026-01-05T12:30:00Z"),
                millis_of("2026-01-05T12:31:00Z")
            )
        );
        assert_eq!(
            written("2026-01-05T12:30:00Z").unwrap().at(0).0,
            minute.at(0).0
        );
        for text in [
            "",
            "yesterday",
            "2026-13-01",
            "2026-01-05 25:00",
            "1-2-3-4",
            "2026-01-05 x",
        ] {
            assert!(written(text).unwrap_err().contains("yyyy-MM-dd"), "{text}");
        }
    }

    #[test]
    fn times_are_counted_from_now() {
        for (time, instant) in [
            (now(""), "2026-03-31T10:20:30Z"),
            (now("-7d"), "2026-03-24T10:20:30Z"),
            (now("-1M"), "2026-02-28T10:20:30Z"),
            (now("+1d -2h"), "2026-04-01T08:20:30Z"),
            (edge(false, Period::Day, ""), "2026-03-31T00:00:00Z"),
            (edge(false, Period::Week, ""), "2026-03-30T00:00:00Z"),
            (edge(false, Period::Month, "+14d"), "2026-03-15T00:00:00Z"),
            (edge(false, Period::Year, "-1"), "2025-01-01T00:00:00Z"),
            (edge(true, Period::Month, "-1"), "2026-02-28T23:59:59.999Z"),
            (edge(true, Period::Day, ""), "2026-03-31T23:59:59.999Z"),
        ] {
            assert_eq!(shown(&time.unwrap()), instant);
        }
        for wrong in ["7", "-d", "-7q", "--7d", "99999999999999999999d"] {
            assert!(now(wrong).is_err(), "{wrong}");
        }
        assert!(edge(false, Period::Day, "-1").is_ok());
    }

    #[test]
    fn what_is_beyond_the_calendar_is_before_or_after_everything() {
        assert_eq!(now("-900000000y").unwrap().at(0).0, Millis::MIN);
        assert_eq!(now("900000000y").unwrap().at(0).0, Millis::MAX - 1);
    }
}
