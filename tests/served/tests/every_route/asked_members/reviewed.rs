//! The list that people have reviewed: what requests can't prove, and why that is right.

use std::fs;
use std::path::{Path, PathBuf};

/// The kind of a group of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// They aren't read: `why:`; or these values are refused: `refused:`.
    Unread,
    /// They are read, and a value that makes no sense is refused; otherwise they have no effect:
    /// `without effect:`.
    WithoutEffect,
    /// A test of its own uses them: `tests:`.
    Tested,
}

/// A pattern of the list; a star stands for any text.
pub(super) struct Reviewed {
    pub(super) section: Section,
    pub(super) pattern: String,
}

/// The beginnings of the lines that name a section, with their sections.
const SECTIONS: [(&str, Section); 4] = [
    ("why: ", Section::Unread),
    ("refused: ", Section::Unread),
    ("without effect: ", Section::WithoutEffect),
    ("tests: ", Section::Tested),
];

impl Reviewed {
    /// Returns all patterns.
    ///
    /// # Panics
    /// Panics for a group without a reason.
    pub(super) fn all() -> Vec<Self> {
        let mut section = None;
        let mut all = Vec::new();
        for line in lines() {
            if line.starts_with('[') {
                section = None;
            } else if let Some((_, said)) = said(&line) {
                section = Some(said);
            } else {
                let section = section.unwrap_or_else(|| panic!("{line}: no reason above it"));
                let pattern = line;
                all.push(Self { section, pattern });
            }
        }
        all
    }

    /// Returns whether the pattern matches a line.
    pub(super) fn fits(&self, line: &str) -> bool {
        fits(&self.pattern, line)
    }

    /// Checks that each group has its reason, and that the tests that it names exist.
    ///
    /// # Panics
    /// Panics if not.
    pub(super) fn check() {
        let mut sources = String::new();
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        read(&here.join("tests"), &mut sources);
        for line in lines() {
            let Some((words, section)) = said(&line) else {
                continue;
            };
            assert!(!words.is_empty(), "a group without a reason");
            if section == Section::Tested {
                for name in words.split(", ") {
                    let test = format!("fn {name}(");
                    assert!(sources.contains(&test), "there is no test {name}");
                }
            }
        }
    }
}

/// Returns the lines of the list, which is read anew by each run: it is data.
fn lines() -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("operations/asked-reviewed.txt");
    let text = fs::read_to_string(path).expect("the reviewed list");
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// Returns the words of a line that names a section.
fn said(line: &str) -> Option<(&str, Section)> {
    let mut found = SECTIONS.into_iter();
    found.find_map(|(begin, section)| Some((line.strip_prefix(begin)?.trim(), section)))
}

fn read(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("the folder of the tests") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push_str(&fs::read_to_string(&path).expect("a test"));
        }
    }
}

/// Returns whether a pattern with stars matches a line.
fn fits(pattern: &str, line: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == line,
        Some((before, after)) => line.strip_prefix(before).is_some_and(|rest| {
            let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.into_iter()
                .any(|at| rest.get(at..).is_some_and(|rest| fits(after, rest)))
        }),
    }
}
