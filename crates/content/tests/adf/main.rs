//! The document format: how storage format is read into it, and how it is shown.
#![cfg(test)]

mod blocks;
mod cards;
mod elements;
mod embedded;
mod kept;
mod links;
mod looks;
mod preformatted;
mod styles;

use narthex_content::adf::{Question, from_storage, to_storage};
use narthex_content::hole::Hole;
use narthex_content::storage::parse;
use narthex_content::view::{Renderer, ViewKind};
use serde_json::{Value, json};

fn nobody(_: Question<'_>) -> Option<String> {
    None
}

fn site(question: Question<'_>) -> Option<String> {
    Some(match question {
        Question::File(_) => "att7".to_owned(),
        Question::Name(_) => "The title".to_owned(),
        _ => "https://internal.example/wiki/spaces/DOC/pages/7/T".to_owned(),
    })
}

/// Returns the blocks of a body in the document format.
fn read(storage: &str) -> Value {
    let document = parse(storage).unwrap();
    let mut json: Value = serde_json::from_str(&from_storage(&document, &mut site)).unwrap();
    json.get_mut("content").unwrap().take()
}

/// Returns a body after it was read in the document format and written back unchanged.
fn unchanged(storage: &str) -> String {
    let document = parse(storage).unwrap();
    let json = from_storage(&document, &mut site);
    to_storage(&json).unwrap().write()
}

fn written(blocks: &Value) -> String {
    let document = json!({"type": "doc", "version": 1, "content": blocks});
    to_storage(&document.to_string()).unwrap().write()
}

fn shown(storage: &str) -> String {
    let template = Renderer::default().render(&parse(storage).unwrap(), ViewKind::View);
    template
        .fill(&mut |hole, slot| match hole {
            Hole::Link(_) | Hole::File(_) => slot.link("/there", "Title"),
            Hole::Image(_) => slot.image("/picture"),
            _ => {}
        })
        .into_string()
}

fn kinds(blocks: &Value) -> Vec<&str> {
    let blocks = blocks.as_array().unwrap();
    blocks
        .iter()
        .map(|block| block["type"].as_str().unwrap())
        .collect()
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn paragraph(content: Value) -> Value {
    json!({"type": "paragraph", "content": content})
}
