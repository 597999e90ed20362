//! Links within a document of Markdown. They name headings as the sites do that show Markdown: in lower case, without
//! punctuation, with dashes for blanks.

use std::collections::HashMap;

use crate::storage::Document;
use crate::url::percent_decoded;
use crate::view::{Anchors, Headings};

/// The places of a document as its author names them.
pub(super) struct Places {
    anchors: Anchors,
    /// The ids of headings by their names.
    slugs: HashMap<String, String>,
    /// The ids of headings by the letters and digits of their texts, for names that other programs make.
    letters: HashMap<String, String>,
}

impl Places {
    pub(super) fn of(document: &Document) -> Self {
        let headings = Headings::of(document);
        let mut slugs: HashMap<String, String> = HashMap::new();
        let mut letters = HashMap::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (text, id) in headings.texts_and_ids() {
            let slug = slug(text);
            let count = seen.entry(slug.clone()).or_default();
            let name = match *count {
                0 => slug.clone(),
                count => format!("{slug}-{count}"),
            };
            *count += 1;
            slugs.entry(name).or_insert_with(|| id.to_owned());
            letters
                .entry(letters_of(&slug))
                .or_insert_with(|| id.to_owned());
        }
        Self {
            anchors: Anchors::of(document, &headings),
            slugs,
            letters,
        }
    }

    /// The address within the document that an author means by `#name`; `None` where it stays as it is.
    pub(super) fn address(&self, fragment: &str) -> Option<String> {
        let name = percent_decoded(fragment).unwrap_or_else(|| fragment.to_owned());
        if self.anchors.has(&name) {
            return None;
        }
        let lower = name.to_lowercase();
        let by_slug = self.slugs.get(&lower);
        let id = by_slug.or_else(|| self.letters.get(&letters_of(&lower)))?;
        Some(format!("#{id}"))
    }
}

/// What a heading is called in links.
fn slug(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn letters_of(slug: &str) -> String {
    slug.chars().filter(|c| c.is_alphanumeric()).collect()
}
