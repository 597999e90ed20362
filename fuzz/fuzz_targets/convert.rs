//! Any text is Markdown, and wiki markup, and storage format that can be read as a document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use narthex_content::{adf, markdown, storage, wiki};

fuzz_target!(|text: &str| {
    for document in [markdown::to_storage(text), wiki::to_storage(text), storage::parse(text)].into_iter().flatten() {
        assert_eq!(storage::parse(document.as_str()).as_ref(), Ok(&document), "writing isn't stable");
        let _ = adf::from_storage(&document, &mut |_| None);
    }
});
