//! Stories about the store as its users meet it, each on SQLite and on PostgreSQL. They are one
//! program, because linking both engines into several takes longer than running all of them.
#![cfg(test)]

mod commit;
mod content;
mod engines;
mod failures;
mod follow;
mod gate;
mod retention;
mod support;
mod tls;
