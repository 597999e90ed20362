//! Documents that are converted to another format and back lose nothing.
#![cfg(test)]

mod editor;
mod generated;
mod nodes;
mod notations;
#[path = "../xml/mod.rs"]
mod xml;

use narthex_content::adf::{Question, from_storage, to_storage};
use narthex_content::hole::{Hole, Target};
use narthex_content::slot::Slot;
use narthex_content::storage::{Children, Document, Element, Node, Tag, parse};
use narthex_content::view::{Hosts, Policy, Renderer, ViewKind};
use narthex_content::{markdown, wiki};
use notations::{Notation, Sent};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The number of documents of the long proofs; the others take a tenth.
const CORPUS: usize = 1_500;

/// Answers for a reader who sees everything.
fn everything(question: Question<'_>) -> Option<String> {
    Some(match question {
        Question::File(_) => "att7".to_owned(),
        Question::Name(_) => "The  <title> & more".to_owned(),
        Question::Address(Target::Attachment(file)) => {
            format!(
                "https://host.example/wiki/download/attachments/7/{}?version=1",
                file.file
            )
        }
        Question::Address(Target::Space(_)) => "https://host.example/wiki/spaces/DOC".to_owned(),
        Question::Address(_) => "https://host.example/wiki/spaces/DOC/pages/7/Title".to_owned(),
        _ => return None,
    })
}

/// Answers for a reader who sees nothing.
fn nothing(_: Question<'_>) -> Option<String> {
    None
}

/// The words of a document, by what each belongs to.
#[derive(Default)]
struct Inventory {
    words: BTreeSet<String>,
}

#[derive(Clone, Copy, Default)]
struct Within {
    picture: bool,
    parameter: bool,
}

impl Inventory {
    fn of(document: &Document) -> Self {
        let mut inventory = Self::default();
        inventory.nodes(document.children(), Within::default());
        inventory
    }

    /// Adds the words in a text that belong to one of these kinds.
    fn note(&mut self, text: &str, kinds: &str) {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let known = words.filter(|word| {
            let letters = word.chars().take_while(char::is_ascii_alphabetic).count();
            let behind = word.get(letters..).unwrap_or_default();
            let digits = behind.chars().take_while(char::is_ascii_digit).count();
            letters > 0
                && digits > 0
                && matches!(behind.get(digits..), Some("x" | "xc"))
                && word.starts_with(|c| kinds.contains(c))
        });
        self.words.extend(known.map(str::to_owned));
    }

    fn nodes(&mut self, nodes: Children<'_>, within: Within) {
        for node in nodes {
            match node {
                Node::Text(text) | Node::CData(text) if within.parameter => self.note(text, "m"),
                Node::Text(text) | Node::CData(text) => self.note(text, "tkm"),
                Node::Element(element) => self.element(element, within),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: Element<'_>, mut within: Within) {
        let kinds = match element.tag() {
            Tag::A | Tag::Link => "l",
            Tag::Macro => "m",
            Tag::Image => "t",
            Tag::Img => "pt",
            Tag::TaskId | Tag::TaskUuid => return self.note(&element.text(), "k"),
            _ if within.parameter => "mf",
            _ if within.picture => "pf",
            _ => "l",
        };
        for attribute in element.attributes() {
            self.note(&attribute.value(), kinds);
        }
        within.picture |= element.tag() == Tag::Image;
        if element.tag() == Tag::Caption {
            within.picture = false;
        }
        within.parameter |= element.tag() == Tag::Parameter;
        self.nodes(element.children(), within);
    }
}

/// Returns the words that are in one inventory and not in another.
fn lost<'w>(before: &'w Inventory, after: &'w Inventory) -> Vec<&'w str> {
    before
        .words
        .difference(&after.words)
        .map(String::as_str)
        .collect()
}

/// Fills holes for a reader who sees everything, with the names of what they ask for.
fn seen(hole: &Hole, slot: &mut Slot<'_>) {
    match hole {
        Hole::Link(link) => slot.link(&format!("/{:?}", link.target), "title"),
        Hole::Image(image) => slot.image(&format!("/{:?}", image.attachment)),
        _ => slot.absent(),
    }
}

/// Returns a page as its readers see it.
fn viewed(document: &Document) -> String {
    let policy = Policy {
        images: Hosts::Any,
        ..Policy::default()
    };
    Renderer::new(policy)
        .render(document, ViewKind::View)
        .fill(&mut seen)
        .into_string()
}

/// Returns the words that are missing after a document's conversions, each with where it is missing.
fn missing(notation: Notation, sent: &Sent) -> Vec<String> {
    let document = match notation {
        Notation::Wiki => wiki::to_storage(&sent.text),
        Notation::Markdown => markdown::to_storage(&sent.text),
    }
    .unwrap();
    let stored = Inventory::of(&document).words;
    let html = viewed(&document);
    let shown: BTreeSet<&str> = html.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let words = sent.words.iter();
    let mut missing: Vec<String> = words
        .clone()
        .filter(|word| !stored.contains(*word))
        .map(|word| format!("{word} in storage"))
        .collect();
    let hidden = words.filter(|word| !shown.contains(word.as_str()));
    missing.extend(hidden.map(|word| format!("{word} in the view")));
    missing.extend(xml::refusal(document.as_str()));
    if !missing.is_empty() {
        missing.push(document.write());
    }
    missing
}

fn through_adf(document: &Document, ask: fn(Question<'_>) -> Option<String>) -> Document {
    to_storage(&from_storage(document, &mut |question| ask(question))).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn storage_format_that_goes_through_the_document_format_loses_nothing(source in generated::storage()) {
        let document = parse(&source).unwrap();
        prop_assert_eq!(document.as_str(), &source, "the generator writes it well-formed");
        let seen = through_adf(&document, everything);
        let (before, after) = (Inventory::of(&document), Inventory::of(&seen));
        prop_assert_eq!(lost(&before, &after), Vec::<&str>::new(), "became {}", seen.as_str());
        prop_assert_eq!(&parse(seen.as_str()).unwrap(), &seen, "what is stored is well-formed");
    }

    #[test]
    fn wiki_markup_that_is_stored_and_shown_loses_nothing(sent in notations::document(Notation::Wiki)) {
        prop_assert_eq!(missing(Notation::Wiki, &sent), Vec::<String>::new(), "sent {}", sent.text);
    }

    #[test]
    fn markdown_that_is_stored_and_shown_loses_nothing(sent in notations::document(Notation::Markdown)) {
        prop_assert_eq!(missing(Notation::Markdown, &sent), Vec::<String>::new(), "sent {}", sent.text);
    }

    #[test]
    fn what_an_unchanged_write_stores_does_not_depend_on_what_the_writer_sees(source in generated::storage()) {
        let document = parse(&source).unwrap();
        let (seen, hidden) = (through_adf(&document, everything), through_adf(&document, nothing));
        prop_assert_eq!(seen.as_str(), hidden.as_str());
    }

    #[test]
    fn what_went_through_once_goes_through_again_unchanged(source in generated::storage()) {
        let once = through_adf(&parse(&source).unwrap(), nothing);
        let again = through_adf(&once, nothing);
        prop_assert_eq!(once.as_str(), again.as_str());
    }

    #[test]
    fn a_document_that_goes_through_storage_format_is_given_back_as_it_was_sent(sent in nodes::adf()) {
        let stored = to_storage(&sent.to_string()).unwrap();
        let back: Value = serde_json::from_str(&from_storage(&stored, &mut nothing)).unwrap();
        prop_assert_eq!(&back, &sent);
        prop_assert_eq!(&parse(stored.as_str()).unwrap(), &stored, "what is stored is well-formed");
    }
}

/// The things that the words of each letter belong to.
const KINDS: [(char, &str); 6] = [
    ('t', "texts"),
    ('l', "links"),
    ('p', "pictures"),
    ('f', "files"),
    ('k', "tasks"),
    ('m', "macros"),
];

/// For each kind, how many words there were, and how many were lost.
#[derive(Debug, Default)]
struct Figures(BTreeMap<char, (usize, usize)>);

impl Figures {
    fn count<'w>(
        &mut self,
        all: impl Iterator<Item = &'w str>,
        lost: impl Iterator<Item = &'w str>,
    ) {
        for word in all {
            self.0.entry(word.chars().next().unwrap()).or_default().0 += 1;
        }
        for word in lost {
            self.0.entry(word.chars().next().unwrap()).or_default().1 += 1;
        }
    }

    /// Prints the figures, and panics if a word was lost or if there were too few words.
    fn tell(&self, of: &str) {
        for (letter, name) in KINDS {
            if let Some((all, lost)) = self.0.get(&letter) {
                println!("{of}: {name}: {lost} of {all} lost");
            }
        }
        let is_kept = |(all, lost): &(usize, usize)| *all > 50 && *lost == 0;
        assert!(
            !self.0.is_empty() && self.0.values().all(is_kept),
            "{of}: {self:?}"
        );
    }
}

/// Returns the documents of the corpus.
fn corpus<S: Strategy>(documents: S) -> impl Iterator<Item = S::Value> {
    let is_long = std::env::var("NARTHEX_LONG").is_ok_and(|value| value == "1");
    let mut runner = TestRunner::deterministic();
    let count = if is_long { CORPUS } else { CORPUS / 10 };
    (0..count).map(move |_| documents.new_tree(&mut runner).unwrap().current())
}

#[test]
fn over_the_generated_corpus_nothing_is_lost_between_storage_and_the_document_format() {
    let mut figures = Figures::default();
    for source in corpus(generated::storage()) {
        let document = parse(&source).unwrap();
        let before = Inventory::of(&document);
        let after = Inventory::of(&through_adf(&document, everything));
        let all = before.words.iter().map(String::as_str);
        figures.count(all, lost(&before, &after).into_iter());
    }
    figures.tell("storage, ADF");
}

#[test]
fn over_the_generated_corpus_nothing_is_lost_of_wiki_markup_and_markdown() {
    for notation in [Notation::Wiki, Notation::Markdown] {
        let mut figures = Figures::default();
        for sent in corpus(notations::document(notation)) {
            let missing = missing(notation, &sent);
            let all = sent.words.iter().map(String::as_str);
            let is_word = |told: &&str| told.contains(" in ") && !told.contains('<');
            let lost = missing.iter().map(String::as_str).filter(is_word);
            figures.count(all, lost);
            if !missing.is_empty() {
                println!("{notation:?}: {missing:?} of {}", sent.text);
            }
        }
        figures.tell(&format!("{notation:?}"));
    }
}
