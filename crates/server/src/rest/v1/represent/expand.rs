//! `expand`: the parts of an object that a response has in full.

use crate::request::query::Parameters;
use crate::rest::paging::{MAX_PAGE, MAX_V1_PAGE};

/// The maximum number of parts that one request expands (A65).
const MOST: usize = 100;
/// The maximum depth of parts within parts.
const DEEPEST: usize = 12;
/// The parts that have many objects in them, and how many of these may be nested in one another:
/// each level multiplies the result.
const MANY: [&str; 3] = ["children", "descendants", "ancestors"];
const MOST_MANY: usize = 2;

/// The parts to expand, as paths with dots: `space`, `body.storage`.
#[derive(Debug, Clone, Default)]
pub struct Expand(Vec<String>);

impl Expand {
    /// Reads the parts that a query names.
    pub fn of(query: &Parameters<'_>) -> Self {
        let paths = query.list("expand").take(MOST);
        Self(paths.map(|path| bounded(path).to_owned()).collect())
    }

    /// Reads the parts of a query. A query that names none gets the operation's defaults, and a
    /// query that names some gets these alone: `expand` replaces the defaults.
    pub fn or(query: &Parameters<'_>, defaults: &[&str]) -> Self {
        let named = Self::of(query);
        if named.0.is_empty() {
            return named.and(defaults);
        }
        named
    }

    /// Adds parts that are expanded without being requested.
    #[must_use]
    pub fn and(mut self, parts: &[&str]) -> Self {
        self.0.extend(parts.iter().map(|part| (*part).to_owned()));
        self
    }

    /// Whether a part is expanded, by itself or for the sake of a part in it.
    pub fn has(&self, part: &str) -> bool {
        self.0.iter().any(|path| below(path, part).is_some())
    }

    /// Returns the maximum number of entries of a list with these parts: it is smaller if each
    /// entry may hold a text, or many other objects.
    pub fn max_entries(&self) -> usize {
        let is_large = |part: &str| matches!(part, "body" | "children" | "descendants");
        match self.0.iter().any(|path| path.split('.').any(is_large)) {
            true => MAX_PAGE,
            false => MAX_V1_PAGE,
        }
    }

    /// Returns all parts but some, which are left out with everything in them.
    #[must_use]
    pub fn without(&self, parts: &[&str]) -> Self {
        let other = |path: &&String| !parts.iter().any(|part| below(path, part).is_some());
        Self(self.0.iter().filter(other).cloned().collect())
    }

    /// Returns the parts that are expanded within a part.
    #[must_use]
    pub fn within(&self, part: &str) -> Self {
        let inner = self.0.iter().filter_map(|path| below(path, part));
        Self(
            inner
                .filter(|path| !path.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }
}

/// Cuts a path at the depth that is expanded. Cloud has such a limit, too.
fn bounded(path: &str) -> &str {
    let (mut end, mut many) = (0, 0);
    for (depth, part) in path.split('.').enumerate() {
        many += usize::from(MANY.contains(&part));
        if depth == DEEPEST || many > MOST_MANY {
            break;
        }
        end += part.len() + usize::from(depth > 0);
    }
    path.get(..end).unwrap_or(path)
}

/// Returns the rest of a path below a part; empty for the part itself, `None` if the path is
/// elsewhere.
fn below<'a>(path: &'a str, part: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(part)?;
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix('.')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_with_a_power_ends_soon() {
        assert_eq!(bounded("body.storage.value"), "body.storage.value");
        assert_eq!(
            bounded("children.page.descendants.page.children.page"),
            "children.page.descendants.page"
        );
        let long = ["space"; 20].join(".");
        assert_eq!(bounded(&long), ["space"; DEEPEST].join("."));
    }

    #[test]
    fn a_part_is_expanded_for_what_is_in_it() {
        let expand = Expand::of(&Parameters::read(
            b"expand=body.storage.value,spaces,version",
        ));
        assert!(expand.has("body") && expand.has("body.storage") && expand.has("version"));
        assert!(!expand.has("space") && !expand.has("body.view"));
        assert!(expand.within("body").has("storage"));
        assert!(!expand.within("version").has(""));
    }

    #[test]
    fn a_list_is_shorter_where_each_entry_may_be_large() {
        let most = |query: &[u8]| Expand::of(&Parameters::read(query)).max_entries();
        assert_eq!(most(b""), MAX_V1_PAGE);
        assert_eq!(most(b"expand=version,space,ancestors"), MAX_V1_PAGE);
        assert_eq!(most(b"expand=version,body.storage"), MAX_PAGE);
        assert_eq!(most(b"expand=content.body.view"), MAX_PAGE);
        assert_eq!(most(b"expand=children.page"), MAX_PAGE);
    }

    #[test]
    fn what_is_asked_for_replaces_the_defaults() {
        let asked = |query: &[u8]| Expand::or(&Parameters::read(query), &["space", "version"]);
        for nothing in ["", "expand=", "expand=,&limit=1"] {
            let expand = asked(nothing.as_bytes());
            assert!(expand.has("space") && expand.has("version"), "{nothing:?}");
        }
        let expand = asked(b"expand=body.view");
        assert!(expand.has("body.view") && !expand.has("space") && !expand.has("version"));
    }
}
