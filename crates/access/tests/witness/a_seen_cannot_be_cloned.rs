//! A witness is used where it was asked for.
use narthex_access::{BodyKey, Seen};

fn twice<'view>(seen: &Seen<'view, BodyKey>) -> Seen<'view, BodyKey> {
    seen.clone()
}

fn copy(key: &BodyKey) -> BodyKey {
    *key
}

fn main() {}
