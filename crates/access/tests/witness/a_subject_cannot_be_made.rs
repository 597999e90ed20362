//! A subject comes from a checked credential.
use narthex_access::{Subject, Tier};

fn main() {
    let _ = Subject { tier: Tier::Licensed, site_admin: true, ..Subject::anonymous() };
    let _ = Subject::bare(Tier::Licensed);
}
