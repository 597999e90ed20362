//! Every text can be read as Markdown, wiki markup, an editor's HTML, and storage format, and the
//! result as a document. What is read back from an editor's HTML can be returned to the editor
//! again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use narthex_content::view::{Renderer, ViewKind};
use narthex_content::{adf, editor, markdown, storage, wiki};

fuzz_target!(|text: &str| {
    for document in [markdown::to_storage(text), wiki::to_storage(text), editor::to_storage(text), storage::parse(text)].into_iter().flatten() {
        assert_eq!(storage::parse(document.as_str()).as_ref(), Ok(&document), "writing isn't stable");
        let _ = adf::from_storage(&document, &mut |_| None);
        let _ = document.hide_people(&mut |_| true);
        let html = Renderer::default().render(&document, ViewKind::Editor).fill(&mut |_, slot| slot.absent());
        let _ = editor::to_storage(html.as_str());
    }
});
