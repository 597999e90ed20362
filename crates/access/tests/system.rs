//! Lists the readers that read for the program itself, each with the one file that makes it.
//!
//! Such a reader bypasses every decision about people. So these files are listed here, where a new
//! one is reviewed.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each reader, and the file that makes it, with the reason above.
const READERS: &[(&str, &str)] = &[
    // It reads the words of all content. It stores no text, and a search confirms each hit in the
    // searcher's view.
    ("Indexer", "crates/site/src/search/index.rs"),
];

#[test]
fn each_reader_of_the_program_is_made_where_it_is_listed_and_nowhere_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut made = Vec::new();
    for file in sources(&root.join("crates")) {
        let text = fs::read_to_string(&file).unwrap();
        let file = file
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        for (at, _) in text.match_indices("SystemView::open(") {
            let rest = &text[at..];
            let call = &rest[..rest.find(';').unwrap_or(rest.len())];
            let name = call.split("SystemSubject::").nth(1);
            let name = name.unwrap_or_else(|| panic!("{file}: name the reader in the call"));
            let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
            made.push((name, file.clone()));
        }
    }
    made.sort();
    let listed: Vec<(String, String)> = READERS
        .iter()
        .map(|(name, file)| ((*name).to_owned(), (*file).to_owned()))
        .collect();
    assert_eq!(made, listed);
    let names: Vec<String> = narthex_access::SystemSubject::ALL
        .iter()
        .map(|subject| format!("{subject:?}"))
        .collect();
    let known: Vec<&str> = READERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, known);
}

/// Returns the program's sources without this crate, whose code can't read content.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !matches!(name.as_str(), "tests" | "access" | "target") {
                folders.push(path);
            } else if name.ends_with(".rs") {
                files.push(path);
            }
        }
    }
    files
}
