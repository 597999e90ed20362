//! Only a view makes witnesses.
use narthex_access::{BodyKey, Seen};

fn forge(key: BodyKey) -> Seen<'static, BodyKey> {
    Seen::witness(key)
}

fn main() {}
