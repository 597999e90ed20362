//! The store as its users meet it: each story on SQLite and on PostgreSQL. One program, because
//! linking both engines into several takes longer than all of the stories.
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
