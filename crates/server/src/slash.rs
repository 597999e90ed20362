//! Joins runs of slashes in a path into one slash.
//!
//! A client whose base address ends with a slash writes two where it appends a path. The address is
//! rewritten before anything reads it, so that routes, limits, logs, links and the target after
//! log-in all have the same one. Slashes that are percent-encoded are part of a segment and stay.

use http::Uri;
use http::uri::PathAndQuery;

/// Returns the address with each run of slashes in its path as one, or `None` if there is no run.
pub(crate) fn joined(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    if !path.as_bytes().windows(2).any(|pair| pair == b"//") {
        return None;
    }
    let mut joined = String::with_capacity(uri.path_and_query()?.as_str().len());
    for c in path.chars() {
        if c != '/' || !joined.ends_with('/') {
            joined.push(c);
        }
    }
    if let Some(query) = uri.query() {
        joined.push('?');
        joined.push_str(query);
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(joined).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_slashes_in_the_path_is_one_and_the_query_stays() {
        for (sent, meant) in [
            ("/wiki/api/v2//pages", "/wiki/api/v2/pages"),
            ("//wiki/rest/api/space", "/wiki/rest/api/space"),
            ("///wiki////rest//api/space//", "/wiki/rest/api/space/"),
            ("//", "/"),
            ("//evil.example/x?a=//b", "/evil.example/x?a=//b"),
            ("/a%2F%2Fb//c?", "/a%2F%2Fb/c?"),
            ("http://host:1//wiki//x?y", "http://host:1/wiki/x?y"),
        ] {
            let uri: Uri = sent.parse().unwrap();
            assert_eq!(joined(&uri).unwrap().to_string(), meant, "{sent}");
        }
    }

    #[test]
    fn an_address_without_a_run_is_left_alone() {
        for sent in [
            "/",
            "*",
            "/wiki/x?a=//b",
            "/a%2F%2Fb",
            "http://host",
            "/wiki/",
        ] {
            assert_eq!(joined(&sent.parse().unwrap()), None, "{sent}");
        }
    }
}
