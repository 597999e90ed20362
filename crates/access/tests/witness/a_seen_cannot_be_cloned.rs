//! A witness is used once, where the view made it.
use narthex_access::{BodyKey, Seen};

fn twice<'view>(seen: &Seen<'view, BodyKey>) -> Seen<'view, BodyKey> {
    seen.clone()
}

fn copy(key: &BodyKey) -> BodyKey {
    *key
}

fn main() {}
