//! `narthex init`, `narthex serve` and `narthex demo`.

use clap::Args;

/// Make a site and its first administrator; prints the API token alone
///
/// Everything else is said on standard error, so that the token can be kept in a
/// file or a variable. The password is set by the one-time link that is shown.
/// Refused on a site that has an administrator.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex init --data /var/lib/narthex --email you@example.org --name You
  TOKEN=$(narthex init --data ./site --email you@example.org --name You)")]
pub(crate) struct Init {
    /// The e-mail address of the first administrator
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: String,
    /// Its name
    #[arg(long)]
    pub(crate) name: String,
    /// Read its password from standard input: its first line
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

/// Run the site
///
/// Migrates the database where it is older, prints the address, and serves until
/// SIGTERM or SIGINT. A site without an administrator shows a one-time set-up URL.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex serve --data /var/lib/narthex --base-url https://wiki.example.org \\
    --trusted-proxy 127.0.0.1/32
  narthex serve --config /etc/narthex/narthex.toml
  NARTHEX_DATABASE=postgres://narthex:SECRET@db/narthex \\
    narthex serve --data /srv/narthex")]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) server: ServerArgs,
}

/// How a site is served.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ServerArgs {
    /// Where it listens [default: 127.0.0.1:8090]
    #[arg(long, value_name = "ADDRESS", env = "NARTHEX_LISTEN")]
    pub(crate) listen: Option<String>,
    /// Where Prometheus reads the metrics [default: nowhere]
    #[arg(long, value_name = "ADDRESS", env = "NARTHEX_METRICS_LISTEN")]
    pub(crate) metrics_listen: Option<String>,
    /// A network from which X-Forwarded-* headers count; several, or with commas
    #[arg(
        long,
        value_name = "CIDR",
        env = "NARTHEX_TRUSTED_PROXY",
        value_delimiter = ','
    )]
    pub(crate) trusted_proxy: Option<Vec<String>>,
    /// How the log is written: text or json [default: text]
    #[arg(long, value_name = "FORMAT", env = "NARTHEX_LOG_FORMAT")]
    pub(crate) log_format: Option<String>,
    /// What is logged: error, warn, info, debug or trace [default: info]
    #[arg(long, value_name = "LEVEL", env = "NARTHEX_LOG_LEVEL")]
    pub(crate) log_level: Option<String>,
    /// Requests a minute: account=N, address=N or anonymous=N; several, or with commas [default: no limit]
    #[arg(
        long,
        value_name = "WHO=N",
        env = "NARTHEX_RATE_LIMIT",
        value_delimiter = ','
    )]
    pub(crate) rate_limit: Option<Vec<String>>,
    /// A host whose pictures pages may show: wiki.example.org, .example.org with all below it, or * for every one;
    /// several, or with commas [default: none, a picture from elsewhere is a link]
    #[arg(
        long,
        value_name = "HOST",
        env = "NARTHEX_IMAGE_HOST",
        value_delimiter = ','
    )]
    pub(crate) image_host: Option<Vec<String>>,
    /// A host whose pages the macros iframe and widget may show; several, or with commas [default: none]
    #[arg(
        long,
        value_name = "HOST",
        env = "NARTHEX_FRAME_HOST",
        value_delimiter = ','
    )]
    pub(crate) frame_host: Option<Vec<String>>,
    /// Where issues live that the macro jira names [default: nowhere, they are no links]
    #[arg(long, value_name = "URL", env = "NARTHEX_JIRA_URL")]
    pub(crate) jira_url: Option<String>,
    /// The most bytes of one uploaded file, for example 500MB or 2GB [default: 100MB]
    #[arg(long, value_name = "SIZE", env = "NARTHEX_UPLOAD_LIMIT")]
    pub(crate) upload_limit: Option<String>,
    /// How many threads answer requests [default: one a core]
    #[arg(long, value_name = "N", env = "NARTHEX_WORKERS")]
    pub(crate) workers: Option<String>,
}

/// Run a site with content and people of each tier, in a temporary folder
///
/// Prints who can log in, the call that opens a space, and what to look at. All
/// passwords and tokens are random and new each time; the folder is removed at the end.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex demo
  narthex demo --listen 127.0.0.1:9000
  narthex demo --json | head -1 | jq -r .call.unlicensedView.open")]
pub(crate) struct Demo {
    /// Where it listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    pub(crate) listen: String,
}
