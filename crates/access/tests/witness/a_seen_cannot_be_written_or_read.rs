//! No witness comes from the wire or goes there.
use narthex_access::{BodyKey, Seen};

fn wire<T: serde::Serialize + serde::de::DeserializeOwned>() {}

fn main() {
    wire::<Seen<'static, BodyKey>>();
}
