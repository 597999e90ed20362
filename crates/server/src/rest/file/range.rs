//! Which bytes of a file a request asks for.

use http::HeaderMap;
use http::header::{IF_RANGE, RANGE};
use std::ops::Range;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes behind its end: 416.
    Nothing,
}

/// The one range that a request asks for. Several ranges, and what is no range of bytes, are answered with the whole file, as
/// HTTP allows; so is a range of a file that isn't the one that the caller has (`If-Range`).
pub(super) fn wanted(headers: &HeaderMap, size: u64, tag: &str) -> Wanted {
    let text = |name| {
        let mut all = headers.get_all(name).iter();
        let first = all.next().map(|value| value.to_str().unwrap_or_default());
        first.filter(|_| all.next().is_none())
    };
    if headers.contains_key(IF_RANGE) && text(IF_RANGE) != Some(tag) {
        return Wanted::Whole;
    }
    text(RANGE)
        .and_then(|range| bytes(range, size))
        .unwrap_or(Wanted::Whole)
}

/// None for what is no single range of bytes.
fn bytes(text: &str, size: u64) -> Option<Wanted> {
    let (first, last) = text.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        // What is too large to be a number is behind every end.
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let range = if first.is_empty() {
        size.saturating_sub(number(last)?)..size
    } else {
        let (first, last) = (
            number(first)?,
            match last {
                "" => u64::MAX,
                last => number(last)?,
            },
        );
        if last < first {
            return None;
        }
        first..last.saturating_add(1).min(size)
    };
    Some(if range.start < range.end {
        Wanted::Part(range)
    } else {
        Wanted::Nothing
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn asked(headers: &[(http::HeaderName, &'static str)]) -> Wanted {
        let headers = headers.iter().cloned();
        let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
        wanted(&headers.collect(), 10, "\"tag\"")
    }

    #[test]
    fn one_range_is_a_part_one_behind_the_end_is_nothing_and_all_else_is_the_whole() {
        for (text, part) in [
            ("bytes=2-4", 2..5),
            ("bytes=0-0", 0..1),
            ("bytes=8-", 8..10),
            ("bytes=-3", 7..10),
            ("bytes=-30", 0..10),
            ("bytes=0-18446744073709551615", 0..10),
            ("bytes=9-99999999999999999999999", 9..10),
        ] {
            assert_eq!(asked(&[(RANGE, text)]), Wanted::Part(part), "{text}");
        }
        for text in [
            "bytes=10-",
            "bytes=10-20",
            "bytes=-0",
            "bytes=99999999999999999999-",
        ] {
            assert_eq!(asked(&[(RANGE, text)]), Wanted::Nothing, "{text}");
        }
        for text in [
            "bytes=5-2",
            "bytes=x-",
            "bytes=-",
            "lines=1-2",
            "bytes=+1-2",
            "bytes=1-2,4-5",
            "",
        ] {
            assert_eq!(asked(&[(RANGE, text)]), Wanted::Whole, "{text}");
        }
        assert_eq!(asked(&[]), Wanted::Whole);
    }

    #[test]
    fn a_range_of_another_file_than_the_caller_has_is_the_whole() {
        let part = (RANGE, "bytes=2-4");
        assert_eq!(
            asked(&[part.clone(), (IF_RANGE, "\"tag\"")]),
            Wanted::Part(2..5)
        );
        for other in ["\"other\"", "W/\"tag\"", "Sun, 06 Nov 1994 08:49:37 GMT"] {
            assert_eq!(asked(&[part.clone(), (IF_RANGE, other)]), Wanted::Whole);
        }
    }
}
