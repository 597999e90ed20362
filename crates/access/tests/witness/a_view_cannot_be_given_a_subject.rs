//! A view takes a credential, never a subject made for an explanation.
use narthex_access::{Catalogue, Subject, View};
use std::sync::Arc;

fn of(catalogue: Arc<Catalogue>, subject: Subject) -> View {
    View { catalogue, subject, now: 0, door: Default::default() }
}

fn main() {}
