//! "Not there" and "not for you" come from one place.
use narthex_access::Absent;

fn main() {
    let _ = Absent { sealed: () };
}
