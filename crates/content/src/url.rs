//! Filters the addresses that this crate writes.

use std::borrow::Cow;

/// The target of an address, as a browser would read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach<'a> {
    /// An address on this site: it begins with one slash, or is relative, a query or a fragment.
    Here,
    /// An address elsewhere over `http` or `https`, with the host as written if it is plain.
    Elsewhere(Option<&'a str>),
    /// An address that opens another program: `mailto:`, `tel:`.
    Program,
}

/// Returns an address that is safe to write into `href`, or `None`.
///
/// Browsers drop tabs and line breaks inside an address and control characters around it, so these
/// are removed first; then the scheme must be one of `http`, `https`, `mailto`, `tel`, or be missing.
pub(crate) fn safe(address: &str) -> Option<Cow<'_, str>> {
    let trimmed = address.trim_matches(|c: char| c <= ' ' || c == '\u{a0}' || c == '\u{feff}');
    let clean: Cow<'_, str> = if trimmed.contains(['\t', '\n', '\r']) {
        trimmed
            .chars()
            .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
            .collect::<String>()
            .into()
    } else {
        trimmed.into()
    };
    if clean.is_empty() || clean.chars().any(char::is_control) {
        return None;
    }
    match scheme(&clean) {
        None => Some(clean),
        Some(scheme) => ["http", "https", "mailto", "tel"]
            .iter()
            .any(|safe| scheme.eq_ignore_ascii_case(safe))
            .then_some(clean),
    }
}

/// Returns a segment of a path, or a fragment, as text, or `None` if its encoding is invalid.
pub(crate) fn percent_decoded(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// Returns the text before the first colon, if the colon precedes any path, query or fragment.
fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '\\', '?', '#'])?;
    address
        .get(end..)?
        .starts_with(':')
        .then(|| address.get(..end))
        .flatten()
}

/// Returns the reach of an address that [`safe`] let through.
pub(crate) fn reach(address: &str) -> Reach<'_> {
    let web =
        |scheme: &str| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    match scheme(address) {
        Some(scheme) if web(scheme) => {
            let behind = address.get(scheme.len() + 1..).unwrap_or_default();
            Reach::Elsewhere(behind.strip_prefix("//").and_then(plain_host))
        }
        Some(_) => Reach::Program,
        None if address.starts_with("//") => {
            Reach::Elsewhere(address.get(2..).and_then(plain_host))
        }
        None => {
            let mut slashes = address.bytes().take(2);
            match (slashes.next(), slashes.next()) {
                (Some(b'/' | b'\\'), Some(b'/' | b'\\')) | (Some(b'\\'), _) => {
                    Reach::Elsewhere(None)
                }
                _ => Reach::Here,
            }
        }
    }
}

/// Returns the host, if it is written plainly: without a user, and with nothing encoded.
fn plain_host(authority: &str) -> Option<&str> {
    let end = authority
        .find(['/', '?', '#', '\\'])
        .unwrap_or(authority.len());
    let authority = authority.get(..end)?;
    let host = match authority.split_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
        Some(_) => return None,
        None => authority,
    };
    let plain = !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    plain.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_pass_unchanged() {
        for address in [
            "https://example.com/a?b=c#d",
            "HTTP://x",
            "mailto:a@b.c",
            "tel:+4912",
            "/wiki/x",
            "a/b:c",
            "#top",
            "?q=a:b",
            "//h/x",
        ] {
            assert_eq!(safe(address).as_deref(), Some(address));
        }
    }

    #[test]
    fn addresses_that_run_or_hide_something_are_refused() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \u{1}javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript\r:alert(1)",
            "java\u{0}script:alert(1)",
            "vbscript:x",
            "data:text/html,<script>",
            "blob:https://x",
            "file:///etc/passwd",
            "\u{a0}javascript:x",
            "view-source:x",
            ":x",
            "",
            "  ",
        ] {
            assert_eq!(safe(address), None, "{address:?}");
        }
    }

    #[test]
    fn every_way_to_name_another_host_is_elsewhere() {
        assert_eq!(
            reach("https://a.example:8443/x"),
            Reach::Elsewhere(Some("a.example"))
        );
        assert_eq!(reach("//a.example"), Reach::Elsewhere(Some("a.example")));
        for odd in [
            "https:/a.example",
            "https:a.example",
            "/\\a.example",
            "\\\\a.example",
            "https://u@a.example",
            "https://a%2eexample",
            "\\/a",
        ] {
            assert_eq!(reach(odd), Reach::Elsewhere(None), "{odd}");
        }
        assert_eq!(reach("/wiki/x"), Reach::Here);
        assert_eq!(reach("mailto:x"), Reach::Program);
    }
}
