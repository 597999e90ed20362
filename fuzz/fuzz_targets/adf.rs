//! Every document is returned as it was sent, and can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use narthex_content::{adf, storage};
use serde_json::Value;

fuzz_target!(|json: &str| {
    let Ok(document) = adf::to_storage(json) else { return };
    assert_eq!(storage::parse(document.as_str()).as_ref(), Ok(&document), "writing isn't stable");
    let sent: Value = serde_json::from_str(json).unwrap_or_default();
    let back: Value = serde_json::from_str(&adf::from_storage(&document, &mut |_| None)).unwrap_or_default();
    assert_eq!(back.get("content"), sent.get("content"));
    let _ = document.hide_people(&mut |_| true);
    let _ = adf::hide_people(json, &mut |_| true);
});
