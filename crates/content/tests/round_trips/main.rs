//! Documents on their way through another format and back: nothing of them is lost.
#![cfg(test)]

mod generated;

use narthex_content::adf::{Question, from_storage, to_storage};
use narthex_content::hole::Target;
use narthex_content::storage::{Children, Document, Element, Node, Tag, parse};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use std::collections::BTreeSet;

/// How many documents the figures are about: a tenth of it, but for the long proofs.
const CORPUS: usize = 1_500;

/// The site for somebody who sees everything.
fn everything(question: Question<'_>) -> Option<String> {
    Some(match question {
        Question::File(_) => "att7".to_owned(),
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

/// The site for somebody who sees nothing of it.
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

    /// Notes the words in a text that belong to one of these kinds.
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
            Tag::Img => "p",
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

/// How many words of each kind there are in one list and not in another.
fn lost<'w>(before: &'w Inventory, after: &'w Inventory) -> Vec<&'w str> {
    before
        .words
        .difference(&after.words)
        .map(String::as_str)
        .collect()
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
    fn a_document_that_goes_through_storage_format_is_given_back_as_it_was_sent(sent in generated::adf()) {
        let stored = to_storage(&sent.to_string()).unwrap();
        let back: Value = serde_json::from_str(&from_storage(&stored, &mut nothing)).unwrap();
        prop_assert_eq!(&back, &sent);
        prop_assert_eq!(&parse(stored.as_str()).unwrap(), &stored, "what is stored is well-formed");
    }
}

#[test]
fn over_the_generated_corpus_nothing_is_lost() {
    let mut runner = TestRunner::deterministic();
    let mut told: Vec<(char, &str, usize, usize)> = vec![
        ('t', "texts", 0, 0),
        ('l', "links", 0, 0),
        ('p', "pictures", 0, 0),
        ('f', "files", 0, 0),
        ('k', "tasks", 0, 0),
        ('m', "macros", 0, 0),
    ];
    let is_long = std::env::var("NARTHEX_LONG").is_ok_and(|value| value == "1");
    for _ in 0..if is_long { CORPUS } else { CORPUS / 10 } {
        let source = generated::storage()
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let document = parse(&source).unwrap();
        let before = Inventory::of(&document);
        let after = Inventory::of(&through_adf(&document, everything));
        for (letter, _, all, gone) in &mut told {
            *all += before
                .words
                .iter()
                .filter(|word| word.starts_with(*letter))
                .count();
            *gone += lost(&before, &after)
                .iter()
                .filter(|word| word.starts_with(*letter))
                .count();
        }
    }
    for (_, name, all, gone) in &told {
        println!("{name}: {gone} of {all} lost");
    }
    assert!(
        told.iter().all(|(_, _, all, gone)| *all > 50 && *gone == 0),
        "{told:?}"
    );
}
