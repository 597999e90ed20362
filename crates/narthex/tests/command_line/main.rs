//! The commands as a shell meets them: standard output, standard error, and the exit code.
#![cfg(test)]

mod opening;
mod people;
mod shell;
mod words;
