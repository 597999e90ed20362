//! Converts days: the document format has milliseconds since 1970, storage format has `2024-05-31`.

use crate::view::day_in_words;

const DAY: i64 = 86_400_000;

/// Returns the day of a timestamp, in UTC, or `None` beyond the years 0 to 9999.
pub(super) fn from_timestamp(milliseconds: &str) -> Option<String> {
    let days = milliseconds.parse::<i64>().ok()?.div_euclid(DAY);
    // Years begin in March here, so that the leap day is the last day of its year.
    let from_march = days.checked_add(719_468)?;
    let era = from_march.div_euclid(146_097);
    let day_of_era = from_march.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    let year = era * 400 + year_of_era + next_year;
    (0..=9999)
        .contains(&year)
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// Returns the first millisecond of a day, in UTC.
pub(super) fn to_timestamp(day: &str) -> Option<String> {
    let mut parts = day
        .splitn(3, '-')
        .map(|part| part.parse::<u16>().ok().map(i64::from));
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || year > 9999 {
        return None;
    }
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + (153 * month + 2) / 5 + day - 1;
    Some(((era * 146_097 + day_of_era - 719_468) * DAY).to_string())
}

/// Returns the first millisecond of the day in `2024-05-31` or `2024-05-31T10:00:00Z`.
pub(super) fn timestamp_of(datetime: &str) -> Option<String> {
    let datetime = datetime.trim();
    let day = datetime.get(..10)?;
    let is_day = datetime
        .get(10..)
        .is_some_and(|behind| behind.is_empty() || behind.starts_with(['T', ' ']));
    to_timestamp(day).filter(|_| is_day)
}

/// The maximum length of a text that may be a day, in characters.
const MAX_DAY: usize = 40;

/// Returns whether a text adds nothing to the day: it is empty, or its year and day of the month,
/// or its month and day of the month.
pub(super) fn is_said_by(datetime: &str, text: &str) -> bool {
    if text.trim().is_empty() {
        return true;
    }
    let day = datetime.trim().get(..10).unwrap_or_default();
    let mut parts = day.split('-').map(|part| part.parse::<u16>().ok());
    let (Some(Some(year)), Some(Some(month)), Some(Some(day_of_month))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    if text.chars().nth(MAX_DAY).is_some() {
        return false;
    }
    let numbers: Vec<u16> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect();
    numbers.contains(&day_of_month)
        && (numbers.contains(&year)
            || is_in_month(text, &[day_of_month, month], &numbers, &month_of(day)))
}

/// Returns whether a text is a day and its month and nothing else: `6 May`, `May 6th`, `06.05.`.
fn is_in_month(text: &str, known: &[u16], numbers: &[u16], month: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic());
    let mut words = words.filter(|word| !matches!(*word, "" | "st" | "nd" | "rd" | "th" | "of"));
    let is_known = numbers.iter().all(|number| known.contains(number));
    let says_month = |word: &str| {
        let word = word.to_lowercase();
        word.len() >= 3 && month.to_lowercase().starts_with(&word)
    };
    match words.next() {
        Some(word) => is_known && numbers.len() == 1 && says_month(word) && words.next().is_none(),
        None => is_known && numbers.len() == 2 && known.iter().all(|part| numbers.contains(part)),
    }
}

/// Returns the name of a day's month.
fn month_of(day: &str) -> String {
    let words = day_in_words(day).unwrap_or_default();
    words.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_known_through_leap_years() {
        for (timestamp, day) in [
            ("0", "1970-01-01"),
            ("951782400000", "2000-02-29"),
            ("1717113600000", "2024-05-31"),
            ("-86400000", "1969-12-31"),
        ] {
            assert_eq!(from_timestamp(timestamp).as_deref(), Some(day));
            assert_eq!(to_timestamp(day).as_deref(), Some(timestamp));
        }
    }

    #[test]
    fn a_day_without_its_year_says_no_more_than_the_day() {
        for text in [
            "",
            "6 May",
            "May 6th",
            "6th of may",
            "06.05.",
            "5/6",
            "6 May 2024",
        ] {
            assert!(is_said_by("2024-05-06", text), "{text}");
        }
        for text in [
            "on Monday",
            "6 June",
            "7 May",
            "room 6",
            "6 May, at 10",
            "6 May or so",
            "6",
        ] {
            assert!(!is_said_by("2024-05-06", text), "{text}");
        }
        assert!(is_said_by("2024-05-05", "05.05."));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for day in [
            "",
            "2024",
            "2024-13-01",
            "2024-00-10",
            "x-y-z",
            "99999-01-01",
            "2024-01-99",
        ] {
            assert_eq!(to_timestamp(day), None);
        }
        assert_eq!(from_timestamp("9999999999999999"), None);
        assert_eq!(from_timestamp("9223372036854775807"), None);
    }
}
