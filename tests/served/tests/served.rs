//! All tests of the served site, one program.
