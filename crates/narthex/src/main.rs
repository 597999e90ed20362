//! The program: serves a site, and acts on it from the command line.

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

/// Requests take and give back many small pieces: this allocator does it faster.
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
