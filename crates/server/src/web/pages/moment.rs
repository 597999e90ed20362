//! Instants, counts and sizes, written for people.

use std::fmt;

use askama::filters::HtmlSafe;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// An instant as a `<time>` element: the exact instant for machines, and the minute in UTC for
/// people without the script that shows their own time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub Timestamp);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = TimeZone::UTC.to_datetime(self.0);
        write!(
            f,
            "<time datetime=\"{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z\">{} {} {}, {:02}:{:02} UTC</time>",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            at.day(),
            month(at.month()),
            at.year(),
            at.hour(),
            at.minute()
        )
    }
}

impl HtmlSafe for Moment {}

fn month(number: i8) -> &'static str {
    match number {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

/// A count with separators between thousands: `12,345`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(pub u64);

impl Count {
    /// Returns whether a noun after this count is in the singular.
    #[must_use]
    pub fn one(self) -> bool {
        self.0 == 1
    }

    /// Returns whether the count is 0.
    #[must_use]
    pub fn none(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (n, digit) in digits.chars().enumerate() {
            if n > 0 && (digits.len() - n).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl HtmlSafe for Count {}

/// A size in bytes as people write it: `312 bytes`, `4.2 MB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(&str, u64); 4] = [
            ("TB", 1_000_000_000_000),
            ("GB", 1_000_000_000),
            ("MB", 1_000_000),
            ("kB", 1_000),
        ];
        match UNITS.iter().find(|(_, unit)| self.0 >= *unit) {
            Some((name, unit)) => {
                let tenths = self.0 / (unit / 10);
                write!(f, "{}.{} {name}", tenths / 10, tenths % 10)
            }
            None if self.0 == 1 => f.write_str("1 byte"),
            None => write!(f, "{} bytes", self.0),
        }
    }
}

impl HtmlSafe for Size {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_exact_for_machines_and_plain_for_people() {
        let moment = Moment("2026-03-04T05:06:07.9Z".parse().unwrap());
        assert_eq!(
            moment.to_string(),
            "<time datetime=\"2026-03-04T05:06:07Z\">4 Mar 2026, 05:06 UTC</time>"
        );
    }

    #[test]
    fn counts_have_their_thousands_apart() {
        for (count, shown) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(Count(count).to_string(), shown);
        }
    }

    #[test]
    fn sizes_are_in_the_largest_unit_that_fits() {
        for (size, shown) in [
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1.0 kB"),
            (4_250_000, "4.2 MB"),
            (u64::MAX, "18446744.0 TB"),
        ] {
            assert_eq!(Size(size).to_string(), shown);
        }
    }
}
