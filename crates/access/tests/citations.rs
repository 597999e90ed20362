//! Checks that citations of the law, of decisions and of attack classes lead somewhere.
//!
//! Code, tests and documents cite the rules of `docs/law.md` ("law 2.6"), the rows of
//! `docs/decisions.md` ("decision 25") and the attack classes of `docs/security.md` ("A05"). These
//! tests read all text files of the repository and fail for a citation of something that isn't
//! there. `.ci/attacks` checks that each attack class names tests that exist.

#![expect(
    clippy::expect_used,
    reason = "a file or folder that can't be read fails the test"
)]

#[path = "citations/scan.rs"]
mod scan;

use scan::{attack_classes, decisions, laws};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that git ignores, wherever they are.
const IGNORED: [&str; 7] = [
    ".git",
    "__pycache__",
    "artifacts",
    "corpus",
    "coverage",
    "node_modules",
    "target",
];

/// A text file of the repository.
struct Source {
    /// The path of the file within the repository.
    name: String,
    /// The content of the file.
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("a page of the documentation")
}

/// Returns every text file of the repository.
fn sources() -> Vec<Source> {
    let (root, mut found) = (root(), Vec::new());
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let entry = entry.expect("an entry of a folder");
            let (path, name) = (entry.path(), entry.file_name());
            if IGNORED.iter().any(|ignored| name == *ignored) {
                continue;
            }
            if entry.file_type().expect("the type of a file").is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let name = path.strip_prefix(&root).unwrap_or(&path);
                let name = name.display().to_string();
                found.push(Source { name, text });
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// Checks that everything cited is known, and that at least `at_least` citations were found. `what`
/// names the kind of citation.
fn assert_known(
    what: &str,
    find: fn(&str) -> Vec<scan::Citation>,
    known: &BTreeSet<String>,
    at_least: usize,
) {
    let (mut count, mut unknown) = (0, Vec::new());
    for source in sources() {
        for citation in find(&source.text) {
            count += 1;
            if !known.contains(&citation.name) {
                let (file, line, name) = (&source.name, citation.line, citation.name);
                unknown.push(format!("{file}:{line}: there is no {what} {name}"));
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    assert!(
        count >= at_least,
        "only {count} citations of a {what} were found, of at least {at_least}"
    );
}

/// Returns the numbers of the law's sections in their order, each with its rules' full numbers.
fn law() -> Vec<(String, Vec<String>)> {
    let mut sections: Vec<(String, Vec<String>)> = Vec::new();
    for line in page("docs/law.md").lines() {
        if let Some(number) = scan::heading(line) {
            sections.push((number.to_owned(), Vec::new()));
        } else if let Some(number) = scan::rule(line) {
            let section = sections.last_mut().expect("a rule stands in a section");
            section.1.push(number.to_owned());
        }
    }
    sections
}

/// Returns the first cells of the rows of a page's tables.
fn first_cells(page: &str) -> Vec<String> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| "));
    rows.filter_map(|row| Some(row.split_once(" |")?.0.to_owned()))
        .collect()
}

/// Returns the numbers of the decisions in the order of the page.
fn decided() -> Vec<String> {
    let mut cells = first_cells(&page("docs/decisions.md"));
    cells.retain(|cell| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit()));
    cells
}

#[test]
fn every_rule_that_is_cited_is_in_the_law() {
    let known = law()
        .into_iter()
        .flat_map(|(section, rules)| rules.into_iter().chain([section]));
    assert_known("law", laws, &known.collect(), 400);
}

#[test]
fn the_rules_of_the_law_are_numbered_once_and_in_order() {
    let law = law();
    let sections: Vec<&str> = law.iter().map(|(section, _)| &**section).collect();
    assert_eq!(
        sections,
        ["1", "2", "2a", "2b", "3", "4", "5", "6", "7", "8"]
    );
    for (section, rules) in &law {
        let mut last = 0;
        for rule in rules {
            let (within, number) = rule.split_once('.').expect("a rule's number");
            let number: u32 = number.parse().expect("a rule's number");
            assert_eq!(within, section, "{rule} stands in section {section}");
            assert!(number > last, "{rule} comes after {section}.{last}");
            last = number;
        }
        assert!(last > 0, "section {section} has no rule");
    }
    let properties = law.iter().find(|(section, _)| section == "7");
    assert_eq!(properties.map_or(0, |(_, rules)| rules.len()), 7);
}

#[test]
fn every_decision_that_is_cited_is_there() {
    let known = decided().into_iter().collect();
    assert_known("decision", decisions, &known, 18);
}

#[test]
fn each_decision_has_a_number_of_its_own() {
    let (mut seen, decided) = (BTreeSet::new(), decided());
    let twice: Vec<_> = decided.iter().filter(|it| !seen.insert(*it)).collect();
    assert!(
        twice.is_empty(),
        "decisions that are there twice: {twice:?}"
    );
    assert!(seen.len() > 200, "only {} decisions were found", seen.len());
}

#[test]
fn every_attack_class_that_is_cited_is_in_the_table() {
    let cells = first_cells(&page("docs/security.md")).into_iter();
    let known = cells.filter(|cell| attack_classes(cell).len() == 1);
    assert_known("attack class", attack_classes, &known.collect(), 200);
}
