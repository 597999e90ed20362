//! Every text can be read as storage format, written back unchanged, and shown without anything
//! that runs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use narthex_content::view::{Renderer, ViewKind};
use narthex_content::{storage, text};

fuzz_target!(|source: &str| {
    let Ok(document) = storage::parse(source) else { return };
    let Ok(again) = storage::parse(document.as_str()) else { panic!("what was written can't be read") };
    assert_eq!(document, again, "writing isn't stable");
    let html = Renderer::default().render(&document, ViewKind::View).fill(&mut |_, slot| slot.absent());
    for forbidden in ["<script", "<iframe", "<object", "<style", "<svg", "<form", "<base", "<link", "<meta"] {
        assert!(!html.as_str().contains(forbidden), "{forbidden} came through");
    }
    let _ = text::excerpt(&document, 200);
});
