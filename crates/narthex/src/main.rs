//! The program: serves a site, and operates it from the command line.

mod args;
mod command;
mod demo;
mod exit;
mod log;
mod opening;
mod output;
mod serving;
mod settings;
mod upkeep;

use clap::Parser;
use std::process::ExitCode;

/// Requests allocate and free many small pieces of memory; this allocator is faster at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    let output = output::Output::new(cli.site.json);
    match command::run(cli, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            failure.code()
        }
    }
}
