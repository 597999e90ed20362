//! `narthex init`, `narthex serve` and `narthex demo`.

use clap::Args;

/// Set up a site with its first administrator; prints only an API token
///
/// All other output goes to standard error, so that you can store the token in a file
/// or a variable. It shows a one-time link with which the administrator sets a password.
/// Refused if the site already has an administrator.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex init --data /var/lib/narthex --email you@example.org --name You
  TOKEN=$(narthex init --data ./site --email you@example.org --name You)")]
pub(crate) struct Init {
    /// The e-mail address of the first administrator
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: String,
    /// The name of the first administrator
    #[arg(long)]
    pub(crate) name: String,
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

/// Run the site
///
/// Upgrades the database if it is older, prints the address, and serves until SIGTERM or
/// SIGINT. If the site has no administrator yet, prints a one-time set-up URL.
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
    /// The address to listen on [default: 127.0.0.1:8090]
    #[arg(long, value_name = "ADDRESS", env = "NARTHEX_LISTEN")]
    pub(crate) listen: Option<String>,
    /// The address to serve metrics for Prometheus on [default: none]
    #[arg(long, value_name = "ADDRESS", env = "NARTHEX_METRICS_LISTEN")]
    pub(crate) metrics_listen: Option<String>,
    /// A network whose X-Forwarded-* headers are trusted; can be repeated, or separated by commas
    #[arg(
        long,
        value_name = "CIDR",
        env = "NARTHEX_TRUSTED_PROXY",
        value_delimiter = ','
    )]
    pub(crate) trusted_proxy: Option<Vec<String>>,
    /// The format of the log: text or json [default: text]
    #[arg(long, value_name = "FORMAT", env = "NARTHEX_LOG_FORMAT")]
    pub(crate) log_format: Option<String>,
    /// The lowest level to log: error, warn, info, debug or trace [default: info]
    #[arg(long, value_name = "LEVEL", env = "NARTHEX_LOG_LEVEL")]
    pub(crate) log_level: Option<String>,
    /// Requests allowed a minute: account=N, address=N or anonymous=N; can be repeated, or separated by commas [default: no limit]
    #[arg(
        long,
        value_name = "WHO=N",
        env = "NARTHEX_RATE_LIMIT",
        value_delimiter = ','
    )]
    pub(crate) rate_limit: Option<Vec<String>>,
    /// A host whose images pages may show: wiki.example.org, .example.org with its subdomains, or * for every host;
    /// can be repeated, or separated by commas [default: none, images of other hosts are shown as links]
    #[arg(
        long,
        value_name = "HOST",
        env = "NARTHEX_IMAGE_HOST",
        value_delimiter = ','
    )]
    pub(crate) image_host: Option<Vec<String>>,
    /// A host whose pages the macros iframe and widget may embed; can be repeated, or separated by commas [default: none]
    #[arg(
        long,
        value_name = "HOST",
        env = "NARTHEX_FRAME_HOST",
        value_delimiter = ','
    )]
    pub(crate) frame_host: Option<Vec<String>>,
    /// The Jira site that the macro jira links to [default: none, issues are not linked]
    #[arg(long, value_name = "URL", env = "NARTHEX_JIRA_URL")]
    pub(crate) jira_url: Option<String>,
    /// The maximum size of one uploaded file, for example 500MB or 2GB [default: 100MB]
    #[arg(long, value_name = "SIZE", env = "NARTHEX_UPLOAD_LIMIT")]
    pub(crate) upload_limit: Option<String>,
    /// The number of threads that serve requests [default: one for each core]
    #[arg(long, value_name = "N", env = "NARTHEX_WORKERS")]
    pub(crate) workers: Option<String>,
}

/// Run a demo site with example content and accounts, in a temporary folder
///
/// Prints the accounts, the calls that open a space, and what to try. All passwords and
/// tokens are random and new each time; the folder is removed at the end.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  narthex demo
  narthex demo --listen 127.0.0.1:9000
  narthex demo --json | head -1 | jq -r .call.unlicensedView.open")]
pub(crate) struct Demo {
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    pub(crate) listen: String,
}
