//! What must not compile: code that reads without having asked. Each file under
//! `tests/witness/` tries one way round, and the compiler's refusal stands beside it.
//!
//! After a change of the compiler's words, write them anew and review them:
//!
//! ```sh
//! TRYBUILD=overwrite cargo test -p narthex-access --test witness
//! ```

#[test]
fn there_is_no_way_round_the_witness() {
    trybuild::TestCases::new().compile_fail("tests/witness/*.rs");
}
