//! A subject comes from a checked credential.
use narthex_access::{Subject, Tier};

fn main() {
    let _ = Subject::bare(Tier::Licensed);
}
