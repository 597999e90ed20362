//! `expand`: which parts of an object are answered in full.

use crate::request::query::Parameters;

/// The most parts that one request expands (A65).
const MOST: usize = 100;
/// The most parts within parts.
const DEEPEST: usize = 12;
/// The parts that have many objects in them, and how many of these may be within one
/// another: what is below what is below grows with a power.
const MANY: [&str; 3] = ["children", "descendants", "ancestors"];
const MOST_MANY: usize = 2;

/// The parts to expand, as paths with dots: `space`, `body.storage`.
#[derive(Debug, Clone, Default)]
pub struct Expand(Vec<String>);

impl Expand {
    /// Those of a query.
    pub fn of(query: &Parameters<'_>) -> Self {
        let paths = query.list("expand").take(MOST);
        Self(paths.map(|path| bounded(path).to_owned()).collect())
    }

    /// With parts that are expanded without being asked for.
    #[must_use]
    pub fn and(mut self, parts: &[&str]) -> Self {
        self.0.extend(parts.iter().map(|part| (*part).to_owned()));
        self
    }

    /// Whether a part is expanded, by itself or for the sake of something in it.
    pub fn has(&self, part: &str) -> bool {
        self.0.iter().any(|path| below(path, part).is_some())
    }

    /// All but some parts and what is in them.
    #[must_use]
    pub fn without(&self, parts: &[&str]) -> Self {
        let other = |path: &&String| !parts.iter().any(|part| below(path, part).is_some());
        Self(self.0.iter().filter(other).cloned().collect())
    }

    /// What is expanded within a part.
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

/// A path as far as it is expanded: Cloud has such a limit, too.
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

/// The rest of a path below a part; empty for the part itself.
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
}
