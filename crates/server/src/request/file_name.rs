//! Reads the name of an uploaded file from the headers of its part in a multipart form.
//!
//! - `filename*` (RFC 8187) wins over `filename`, and may stand alone;
//! - `filename` may hold encoded words (RFC 2047), as .NET writes them;
//! - the directories that the file lies in on the sender's machine are cut off (RFC 7578, 4.2).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::CONTENT_DISPOSITION;
use percent_encoding::percent_decode;
use std::borrow::Cow;

/// Returns the name of the file in a part with these headers, or an empty one if it has none.
pub(crate) fn of_part(headers: &HeaderMap) -> String {
    let Some(head) = headers.get(CONTENT_DISPOSITION) else {
        return String::new();
    };
    let mut plain = None;
    let mut extended = None;
    for (name, value) in parameters(&text(head.as_bytes())) {
        match name.to_ascii_lowercase().as_str() {
            "filename" => plain = plain.or_else(|| Some(with_words_decoded(&value))),
            "filename*" => extended = extended.or_else(|| in_extended_form(&value)),
            _ => {}
        }
    }
    let name = extended.or(plain).unwrap_or_default();
    without_directories(&name).to_owned()
}

/// Returns a file's name without the directories before it, whichever kind of system wrote them.
pub(crate) fn without_directories(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Decodes the text of a header as UTF-8, or else as Latin-1, in which every byte is a character.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => latin_1(bytes).into(),
    }
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Returns the parameters behind the type of a disposition, unquoted and in their order.
fn parameters(head: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut rest = head.split_once(';').map_or("", |(_, rest)| rest);
    while let Some((name, after)) = rest.split_once('=') {
        // Anything without a value that stands before this parameter is skipped.
        let name = name.rsplit(';').next().unwrap_or_default().trim();
        let after = after.trim_start();
        let (value, behind) = match after.strip_prefix('"') {
            Some(quoted) => unquoted(quoted),
            None => {
                let end = after.find(';').unwrap_or(after.len());
                let (value, behind) = after.split_at(end);
                (value.trim().to_owned(), behind)
            }
        };
        found.push((name, value));
        rest = behind;
    }
    found
}

/// Returns a quoted string without its quotes, and the text behind it. A backslash escapes a quote
/// or a backslash; before anything else it is part of a Windows path.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = quoted.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => {
                let escaped = chars.next_if(|(_, next)| matches!(next, '"' | '\\'));
                value.push(escaped.map_or(c, |(_, next)| next));
            }
            c => value.push(c),
        }
    }
    (value, "")
}

/// Decodes a value in the form of RFC 8187, `UTF-8'en'%C3%BCber.txt`. Returns `None` for any other
/// form, and for a character set that the RFC doesn't require.
fn in_extended_form(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_language, encoded) = rest.split_once('\'')?;
    in_charset(charset, &Cow::from(percent_decode(encoded.as_bytes())))
}

fn in_charset(charset: &str, bytes: &[u8]) -> Option<String> {
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => Some(std::str::from_utf8(bytes).ok()?.to_owned()),
        "us-ascii" | "ascii" if bytes.is_ascii() => Some(latin_1(bytes)),
        "iso-8859-1" | "latin1" => Some(latin_1(bytes)),
        _ => None,
    }
}

/// Decodes the encoded words of a text, such as `=?utf-8?B?w7xiZXIudHh0?=`. Blanks between two of
/// them are dropped. A text that only looks like an encoded word stays as it is.
fn with_words_decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut after_word = false;
    while let Some((before, from)) = rest.split_once("=?") {
        let between_words = after_word && before.chars().all(char::is_whitespace);
        match encoded_word(from) {
            Some((word, behind)) => {
                if !between_words {
                    out.push_str(before);
                }
                out.push_str(&word);
                rest = behind;
                after_word = true;
            }
            None => {
                out.push_str(before);
                out.push_str("=?");
                rest = from;
                after_word = false;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Decodes the encoded word that begins behind its `=?`, and returns it with the text behind it.
fn encoded_word(from: &str) -> Option<(String, &str)> {
    let (charset, rest) = from.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (encoded, behind) = rest.split_once("?=")?;
    let bytes = match encoding {
        "B" | "b" => STANDARD.decode(encoded).ok()?,
        // `_` is a blank, and `=` stands where percent-encoding has `%`.
        "Q" | "q" => {
            let escaped = encoded
                .replace('%', "%25")
                .replace('_', " ")
                .replace('=', "%");
            percent_decode(escaped.as_bytes()).collect()
        }
        _ => return None,
    };
    // A language may follow the character set (RFC 2231).
    let charset = charset.split('*').next().unwrap_or_default();
    Some((in_charset(charset, &bytes)?, behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn name(parameters: &[u8]) -> String {
        let head = [b"form-data; name=\"file\"; ", parameters].concat();
        let head = HeaderValue::from_bytes(&head).unwrap();
        of_part(&[(CONTENT_DISPOSITION, head)].into_iter().collect())
    }

    #[test]
    fn the_extended_form_wins_wherever_it_stands_and_may_stand_alone() {
        for (sent, meant) in [
            ("filename*=UTF-8''%C3%BCber.txt", "über.txt"),
            (
                "filename*=utf-8'de'%C3%BCber.txt; filename=\"x.txt\"",
                "über.txt",
            ),
            (
                "filename=\"x.txt\"; filename*=utf-8''%c3%bcber.txt",
                "über.txt",
            ),
            (
                "filename=x.txt; FileName* = \"UTF-8''a%20b.txt\"",
                "a b.txt",
            ),
            ("filename*=ISO-8859-1''%FCber.txt", "über.txt"),
            ("filename*=UTF-8''a%3Bb%22c.txt", "a;b\"c.txt"),
        ] {
            assert_eq!(name(sent.as_bytes()), meant, "{sent}");
        }
    }

    #[test]
    fn an_extended_form_that_can_not_be_read_leaves_the_plain_name() {
        for sent in [
            "filename*=UTF-8''%FF.txt; filename=x.txt",
            "filename*=koi8-r''%C1.txt; filename=x.txt",
            "filename*=x; filename=x.txt",
            "filename=x.txt; filename*=",
        ] {
            assert_eq!(name(sent.as_bytes()), "x.txt", "{sent}");
        }
    }

    #[test]
    fn encoded_words_are_decoded_and_what_only_looks_like_one_stays() {
        for (sent, meant) in [
            ("=?utf-8?B?w7xiZXIudHh0?=", "über.txt"),
            ("=?UTF-8?q?=C3=BCber_den.txt?=", "über den.txt"),
            ("=?iso-8859-1?Q?=FCber.txt?=", "über.txt"),
            ("=?utf-8?B?w7xi?= =?utf-8*de?B?ZXIudHh0?=", "über.txt"),
            ("a =?utf-8?B?w7w=?= b.txt", "a ü b.txt"),
            ("=?utf-8?B?not base64?=.txt", "=?utf-8?B?not base64?=.txt"),
            ("=?koi8-r?B?w7w=?=.txt", "=?koi8-r?B?w7w=?=.txt"),
            ("=?what.txt", "=?what.txt"),
            ("50=?=.txt", "50=?=.txt"),
        ] {
            assert_eq!(
                name(format!("filename=\"{sent}\"").as_bytes()),
                meant,
                "{sent}"
            );
        }
    }

    #[test]
    fn the_directories_of_the_senders_machine_are_cut_off() {
        for (sent, meant) in [
            (r#"filename="my/path/to/file.png""#, "file.png"),
            (r#"filename="C:\tmp\win.txt""#, "win.txt"),
            (r#"filename="C:\\tmp\\win.txt""#, "win.txt"),
            (r#"filename="\\server\share\win.txt""#, "win.txt"),
            (r#"filename*=UTF-8''..%2F..%2Fetc%2Fpasswd"#, "passwd"),
            (r#"filename="=?utf-8?B?YS9i?=""#, "b"),
            (r#"filename="folder/""#, ""),
        ] {
            assert_eq!(name(sent.as_bytes()), meant, "{sent}");
        }
    }

    #[test]
    fn quotes_escapes_and_bytes_beyond_ascii_are_read() {
        for (sent, meant) in [
            (&br#"filename="a\"b.txt""#[..], "a\"b.txt"),
            (br#"filename="a;b=c.txt"; size=3"#, "a;b=c.txt"),
            (br#"flag; filename=a.txt ;x=y"#, "a.txt"),
            ("filename=\"日本.txt\"".as_bytes(), "日本.txt"),
            (b"filename=\"\xfcber.txt\"", "über.txt"),
            (b"filename=\"open.txt", "open.txt"),
            (b"size=3", ""),
            (b"", ""),
        ] {
            assert_eq!(name(sent), meant, "{sent:?}");
        }
    }
}
