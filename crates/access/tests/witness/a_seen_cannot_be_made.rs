//! Only a view makes witnesses.
use narthex_access::{BodyKey, Seen};

fn forge(key: BodyKey) -> Seen<'static, BodyKey> {
    Seen::witness(key)
}

fn build<'view, K>(key: K) -> Seen<'view, K> {
    Seen { key, view: core::marker::PhantomData }
}

fn main() {}
