//! docs/rest-api.md lists every operation of the published documents and whether it is served. The
//! list is made here, from the operations' names and the program's routes, so that it can't be
//! wrong.

use http::Method;
use narthex_served::{Actor, Ask, Served};
use narthex_server::route::Flavour;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

/// The documents: heading, and their operations.
const DOCUMENTS: [(&str, &str); 5] = [
    ("REST API v1", include_str!("../../operations/v1.txt")),
    (
        "REST API v1, no longer in the published document",
        include_str!("../../operations/v1-legacy.txt"),
    ),
    ("REST API v2", include_str!("../../operations/v2.txt")),
    (
        "Service desk",
        include_str!("../../operations/service-desk.txt"),
    ),
    (
        "Service desk, newer than the published document",
        include_str!("../../operations/service-desk-newer.txt"),
    ),
];

const LEFT_OUT: &str = include_str!("../../operations/left-out.txt");

/// Where the list begins and ends in the page.
const BEGIN: &str =
    "<!-- operations: written by tests/served/tests/every_route/published_operations.rs -->\n";
const END: &str = "<!-- end of operations -->\n";

/// One operation of a published document.
struct Operation {
    method: &'static str,
    path: &'static str,
    name: &'static str,
}

impl Operation {
    fn all(list: &'static str) -> Vec<Self> {
        list.lines()
            .map(|line| {
                let mut words = line.split(' ');
                let mut word = || words.next().expect("method, path and name");
                Self {
                    method: word(),
                    path: word(),
                    name: word(),
                }
            })
            .collect()
    }

    fn key(&self) -> String {
        key(self.method, self.path)
    }

    /// Returns an address that the operation could be called at.
    fn address(&self) -> String {
        let segments = self.path.split('/').map(|segment| {
            if segment.starts_with('{') {
                "4503599627370497"
            } else {
                segment
            }
        });
        segments.collect::<Vec<_>>().join("/")
    }
}

/// Returns method and path, whatever its parameters are called.
fn key(method: &str, path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        if segment.starts_with('{') {
            "{}"
        } else {
            segment
        }
    });
    format!("{method} {}", segments.collect::<Vec<_>>().join("/"))
}

/// A group of operations that are left out, and the reason.
struct Family {
    name: &'static str,
    why: &'static str,
    patterns: Vec<&'static str>,
}

impl Family {
    fn all() -> Vec<Self> {
        let mut families: Vec<Self> = Vec::new();
        let lines = LEFT_OUT.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[') {
                families.push(Self {
                    name: name.trim_end_matches(']'),
                    why: "",
                    patterns: Vec::new(),
                });
                continue;
            }
            let family = families.last_mut().expect("a name comes first");
            match line.strip_prefix("why: ") {
                Some(why) => family.why = why,
                None => family.patterns.push(line),
            }
        }
        families
    }
}

/// Returns whether a pattern with stars matches an operation.
fn is_about(pattern: &str, operation: &Operation) -> bool {
    let (method, pattern) = pattern.split_once(' ').unwrap_or(("", pattern));
    if !method.is_empty() && method != operation.method {
        return false;
    }
    let mut parts = pattern.split('*');
    let Some(mut rest) = operation
        .path
        .strip_prefix(parts.next().unwrap_or_default())
    else {
        return false;
    };
    let mut open = false;
    for part in parts {
        open = part.is_empty();
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    open || rest.is_empty()
}

fn served() -> BTreeSet<String> {
    let routes = narthex_server::routes();
    let keys = routes
        .iter()
        .map(|route| key(route.method.as_str(), route.template));
    keys.collect()
}

/// Returns the text that the page must contain.
fn written() -> String {
    let (served, families) = (served(), Family::all());
    let mut text = String::new();
    let mut line = |words: String| {
        // Writing to a string can't fail.
        let _ = writeln!(text, "{words}");
    };
    line("| Document | Operations | Served | Left out | Not yet |".into());
    line("|---|---|---|---|---|".into());
    let mut tables = String::new();
    for (heading, list) in DOCUMENTS {
        let (mut done, mut out, mut open) = (0, 0, 0);
        let _ = writeln!(
            tables,
            "\n### {heading}\n\n| Operation | | State |\n|---|---|---|"
        );
        let operations = Operation::all(list);
        for operation in &operations {
            let family = families.iter().find(|family| {
                let mut patterns = family.patterns.iter();
                patterns.any(|pattern| is_about(pattern, operation))
            });
            let state = if served.contains(&operation.key()) {
                done += 1;
                "**served**".to_owned()
            } else if let Some(family) = family {
                out += 1;
                format!("left out: {}", family.name)
            } else {
                open += 1;
                "not yet".to_owned()
            };
            let _ = writeln!(
                tables,
                "| `{} {}` | {} | {state} |",
                operation.method, operation.path, operation.name
            );
        }
        line(format!(
            "| {heading} | {} | {done} | {out} | {open} |",
            operations.len()
        ));
    }
    line("\nWhat is left out, and why:\n".into());
    for family in &families {
        line(format!("- **{}**: {}.", family.name, family.why));
    }
    text + &tables
}

#[test]
fn the_page_of_operations_says_what_is_served() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/rest-api.md");
    let page = std::fs::read_to_string(&path).expect("docs/rest-api.md is there");
    let (before, rest) = page.split_once(BEGIN).expect("the beginning is marked");
    let (_, after) = rest.split_once(END).expect("the end is marked");
    let whole = format!("{before}{BEGIN}\n{}\n{END}{after}", written());
    if std::env::var_os("NARTHEX_GOLDEN").is_some_and(|word| word == "write") {
        std::fs::write(&path, whole).expect("docs/rest-api.md can be written");
    } else {
        assert!(
            page == whole,
            "docs/rest-api.md differs from what is served; write it anew with NARTHEX_GOLDEN=write, \
             read the difference, and commit it"
        );
    }
}

#[test]
fn what_is_left_out_is_not_served_and_is_in_a_document() {
    let served = served();
    let operations: Vec<Operation> = DOCUMENTS
        .iter()
        .flat_map(|(_, list)| Operation::all(list))
        .collect();
    for family in Family::all() {
        assert!(!family.why.is_empty(), "{} has no reason", family.name);
        for pattern in family.patterns {
            let mut about = operations
                .iter()
                .filter(|operation| is_about(pattern, operation))
                .peekable();
            assert!(about.peek().is_some(), "{pattern} is about nothing");
            for operation in about {
                let is_served = served.contains(&operation.key());
                assert!(!is_served, "{pattern}: {} is served", operation.name);
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_served_is_missing_in_the_words_of_its_api() {
    let (site, served) = (Served::new(61).await, served());
    for (_, list) in DOCUMENTS {
        let missing = Operation::all(list)
            .into_iter()
            .filter(|operation| !served.contains(&operation.key()));
        for operation in missing {
            let method: Method = operation.method.parse().expect("a method");
            let ask = Ask::new(method, operation.address());
            let told = site.ask(&Actor::Anonymous, &ask).await;
            let name = operation.name;
            // The address may exist under another method, or as a value of another route.
            assert!(
                matches!(told.status, 401 | 404 | 405 | 415),
                "{name} {ask}: {} {}",
                told.status,
                told.text()
            );
            let body = told.json();
            let shaped = match Flavour::of_path(operation.path) {
                Flavour::V1 => {
                    body["statusCode"] == told.status && body["data"]["errors"].is_array()
                }
                Flavour::V2 => body["errors"][0]["status"] == told.status,
                Flavour::ServiceDesk => body["i18nErrorMessage"]["i18nKey"].is_string(),
                Flavour::Html | Flavour::Plain => true,
            };
            assert!(shaped, "{name} {ask}: {}", told.text());
        }
    }
}
