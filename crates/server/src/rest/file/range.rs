//! The bytes of a file that a request asks for by `Range`.

use http::HeaderMap;
use http::header::{IF_RANGE, RANGE};
use std::ops::Range;

/// The part of a file that a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The whole file.
    Whole,
    /// The bytes in this range.
    Part(Range<u64>),
    /// Bytes beyond the end of the file: 416.
    Nothing,
}

/// Returns the one range that a request asks for. A request for several ranges, or for something
/// other than a range of bytes, gets the whole file, as HTTP allows; so does one for a range of a
/// file other than the one that the caller has (`If-Range`).
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

/// Reads a `Range` header. `None` if it isn't a single range of bytes.
fn bytes(text: &str, size: u64) -> Option<Wanted> {
    let (first, last) = text.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        // A number that is too large to be parsed is beyond every end.
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
