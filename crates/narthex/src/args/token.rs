//! `narthex token`.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    Create(CreateToken),
    List(ListTokens),
    Revoke(RevokeToken),
}

/// Make an API token; prints it alone, and never again
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  TOKEN=$(narthex token create --email ada@example.org --label publisher)
  narthex token create --email ada@example.org --label reader \\
    --expires 30d --scope read")]
pub(crate) struct CreateToken {
    /// The e-mail address of the account
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: String,
    /// What it is for
    #[arg(long)]
    pub(crate) label: String,
    /// After how many days (d) or hours (h) it counts no more, up to 365d
    #[arg(long, value_name = "TIME", default_value = "90d")]
    pub(crate) expires: String,
    /// What it may be used for: read, write, administer; several, or with commas [default: all]
    #[arg(long = "scope", value_name = "SCOPE", value_delimiter = ',')]
    pub(crate) scopes: Vec<String>,
}

/// List the API tokens of an account, ended ones too
#[derive(Debug, Args)]
pub(crate) struct ListTokens {
    /// The e-mail address of the account
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: String,
}

/// End an API token at once
#[derive(Debug, Args)]
pub(crate) struct RevokeToken {
    /// The id that `narthex token list` shows
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}
