//! Validates the target after log-in (A63): a path of this site and nothing else.

use crate::web::paths;

/// The longest target that is accepted, in bytes.
const LONGEST: usize = 2_048;

/// Addresses that are no target: logging in there again would be a loop, and a link works once.
const NOWHERE: [&str; 4] = [paths::LOG_IN, paths::LOG_OUT, paths::SET_UP, "/link"];

/// Returns the target that a link or form names if it is on this site, and home if not.
///
/// Browsers treat more texts as another site than the standard's `//host`: backslashes count as
/// slashes, and tabs and line breaks are ignored. So a target is a slash followed only by
/// characters that an address keeps unchanged, without a backslash or an empty segment anywhere.
pub(super) fn return_target(asked: Option<&str>) -> &str {
    asked
        .filter(|target| is_of_this_site(target))
        .unwrap_or(paths::HOME)
}

fn is_of_this_site(target: &str) -> bool {
    let path = target
        .split_once(['?', '#'])
        .map_or(target, |(path, _)| path);
    let below = |place: &str| {
        path.strip_prefix(place)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    target.len() <= LONGEST
        && target.starts_with('/')
        && target.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
        && !path.contains("//")
        && !starts_again(path)
        && !path.split('/').any(|segment| matches!(segment, "." | ".."))
        && !NOWHERE.iter().any(|place| below(place))
}

/// Returns whether a path continues with an encoded slash or backslash: an intermediary that
/// decodes it must not arrive at another host.
fn starts_again(path: &str) -> bool {
    let second = path.get(1..4).unwrap_or_default().to_ascii_lowercase();
    matches!(second.as_str(), "%2f" | "%5c" | "%09" | "%0a" | "%0d")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_this_site_is_gone_back_to_as_it_is() {
        for target in [
            "/",
            "/wiki",
            "/wiki/spaces/DOCS/pages/42/Getting+started?a=b&c=%2F%2Fx#nx-comment-1",
            "/wiki/spaces/~ana",
            "/account#api-tokens",
            "/wiki?next=https://example.org",
            "/loginfo",
        ] {
            assert_eq!(return_target(Some(target)), target);
        }
    }

    #[test]
    fn whatever_a_browser_takes_for_another_site_leads_home() {
        let long = format!("/{}", "a".repeat(LONGEST));
        for target in [
            "",
            "wiki",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "\u{0}//evil.example",
            " //evil.example",
            "https://evil.example/",
            "https:evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "//user:pass@evil.example/",
            "/wiki//evil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/./wiki",
            "/%2f/evil.example",
            "/%2Fevil.example",
            "/%5cevil.example",
            "/wiki\u{a0}",
            "/wiki/ü",
            "/wiki\r\nSet-Cookie: a=b",
            "/login",
            "/login?return=/login",
            "/logout/",
            "/link/secret",
            "/setup?token=x",
            long.as_str(),
        ] {
            assert_eq!(return_target(Some(target)), paths::HOME, "{target:?}");
        }
        assert_eq!(return_target(None), paths::HOME);
    }
}
