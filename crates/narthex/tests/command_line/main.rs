//! The commands, as a shell meets them: what is on standard output, what on standard
//! error, and the exit code.
#![cfg(test)]

mod opening;
mod people;
mod shell;
mod words;
