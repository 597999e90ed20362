//! A witness for one body can't be turned into one for another.
use narthex_access::{BodyId, BodyKey, Seen};

fn turn(mut seen: Seen<'_, BodyKey>) {
    seen.key().body = BodyId::from_random(2);
}

fn main() {}
