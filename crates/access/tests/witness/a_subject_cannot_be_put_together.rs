//! A subject comes from a checked credential and can't be built from its parts either.
use narthex_access::{Subject, Tier};

fn main() {
    let _ = Subject { tier: Tier::Licensed, site_admin: true, ..Subject::anonymous() };
}
