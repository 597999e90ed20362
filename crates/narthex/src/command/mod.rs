//! The commands of the program, one file per command.
//!
//! All act as the operator, who has the data folder or the database's URL, through the operations
//! of the site: the same that its API and pages call.

mod access;
mod account;
mod demo;
mod doctor;
mod global;
mod group;
mod index;
mod init;
mod serve;
mod space;
mod token;

use crate::args::{Cli, Command};
use crate::exit::Failure;
use crate::opening;
use crate::output::Output;
use crate::settings::{self, Settings};
use narthex_access::Credential;
use narthex_site::account::AccountInfo;
use narthex_site::password::{HashedPassword, Password, Passwords};
use narthex_site::{Site, SiteError};
use std::io::BufRead;

/// The settings and the output that a command works with.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) output: Output,
    pub(crate) settings: Settings,
}

/// Runs the command that was typed.
///
/// # Errors
/// Returns why it wasn't done; the exit code follows from it.
pub(crate) fn run(cli: Cli, output: Output) -> Result<(), Failure> {
    if let Command::Demo(args) = cli.command {
        return demo::run(output, &args);
    }
    let server = match &cli.command {
        Command::Serve(serve) => Some(&serve.server),
        _ => None,
    };
    let context = Context {
        output,
        settings: settings::settings(&cli.site, server)?,
    };
    if let Command::Serve(_) = cli.command {
        return serve::run(&context);
    }
    in_runtime(one_command(&context, cli.command))
}

async fn one_command(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::Init(args) => init::run(context, args).await,
        Command::Account(command) => account::run(context, command).await,
        Command::Group(command) => group::run(context, command).await,
        Command::Token(command) => token::run(context, command).await,
        Command::Global(args) => global::run(context, args).await,
        Command::Space(command) => space::run(context, command).await,
        Command::Access(command) => access::run(context, command).await,
        Command::Index(command) => index::run(context, command).await,
        Command::Doctor => doctor::run(context).await,
        Command::Serve(_) | Command::Demo(_) => Ok(()),
    }
}

/// Runs one command to its end, on one thread.
fn in_runtime(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::io("the program can't start", &error))?
        .block_on(work)
}

impl Context {
    /// Opens the site, which must be set up.
    async fn site(&self) -> Result<Site, Failure> {
        let site = opening::existing(&self.settings.site).await?;
        if site.is_set_up().await? {
            Ok(site)
        } else {
            Err(Failure::NotSetUp)
        }
    }

    /// Returns the address of a one-time link.
    fn link(&self, secret: &narthex_site::secret::Secret) -> String {
        format!("{}/link/{}", self.settings.server.origin(), secret.reveal())
    }
}

/// The credential that commands act with.
const OPERATOR: &Credential = &Credential::Operator;

/// Finds the account with an e-mail address.
async fn account_of(site: &Site, email: &str) -> Result<AccountInfo, Failure> {
    site.account_by_email(OPERATOR, email).await.map_err(|error| match error {
        SiteError::Absent(_) => Failure::Failed(format!(
            "there is no account with the e-mail address {email}; narthex account list shows all"
        )),
        other => other.into(),
    })
}

/// Turns a refusal for an absent thing into a message with the name that was typed.
fn named(what: &'static str, name: &str, list: &'static str) -> impl FnOnce(SiteError) -> Failure {
    let message = format!("there is no {what} {name}; {list} shows all");
    move |error| match error {
        SiteError::Absent(_) => Failure::Failed(message),
        other => other.into(),
    }
}

/// Reads the first line of standard input and hashes it as a password.
async fn hashed_from_stdin(site: &Site) -> Result<HashedPassword, Failure> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::io("standard input can't be read", &error))?;
    let typed = line.trim_end_matches(['\n', '\r']);
    if typed.is_empty() {
        return Err(Failure::Usage(
            "standard input has no password; write it as its first line".into(),
        ));
    }
    let passwords = Passwords::new(site.store().entropy().clone());
    Ok(passwords.hash(&Password::new(typed)).await?)
}

/// Formats an instant to the minute, in UTC.
fn instant(millis: narthex_access::Millis) -> String {
    jiff::Timestamp::from_millisecond(millis)
        .map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string())
        .unwrap_or_default()
}
