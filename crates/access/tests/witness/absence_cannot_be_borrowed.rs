//! "Not there" and "not for you" come from one place, which is within the crate.
use narthex_access::Absent;

fn main() {
    let _ = Absent::HERE;
}
