//! Checks that code which reads without a decision doesn't compile. Each file under
//! `tests/witness/` tries one way around it, with the compiler's error in the file beside it.
//!
//! After a change of the compiler's messages, write them anew and review them:
//!
//! ```sh
//! TRYBUILD=overwrite cargo test -p narthex-access --test witness
//! ```

#[test]
fn there_is_no_way_round_the_witness() {
    trybuild::TestCases::new().compile_fail("tests/witness/*.rs");
}
