//! Only a view makes witnesses; they can't be built from their parts either.
use narthex_access::Seen;

fn build<'view, K>(key: K) -> Seen<'view, K> {
    Seen { key, view: core::marker::PhantomData }
}

fn main() {}
