//! All tests of the served site, one program: linking the house once is enough.

mod audience;
mod denied;
mod route_table;

mod two_worlds;
