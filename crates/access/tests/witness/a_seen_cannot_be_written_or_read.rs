//! A witness can't be serialized or deserialized.
use narthex_access::{BodyKey, Seen};

fn wire<T: serde::Serialize + serde::de::DeserializeOwned>() {}

fn main() {
    wire::<Seen<'static, BodyKey>>();
}
