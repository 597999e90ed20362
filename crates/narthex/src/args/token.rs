//! `narthex token`.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    Create(CreateToken),
    List(ListTokens),
    Revoke(RevokeToken),
}

/// Create an API token; prints only the token, which can't be shown again
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
    /// A label that says what will use the token
    #[arg(long)]
    pub(crate) label: String,
    /// When the token expires, in days (d) or hours (h), up to 365d
    #[arg(long, value_name = "TIME", default_value = "90d")]
    pub(crate) expires: String,
    /// A scope of the token: read, write or administer; can be repeated, or separated by commas [default: all]
    #[arg(long = "scope", value_name = "SCOPE", value_delimiter = ',')]
    pub(crate) scopes: Vec<String>,
}

/// List the API tokens of an account, including expired and revoked ones
#[derive(Debug, Args)]
pub(crate) struct ListTokens {
    /// The e-mail address of the account
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: String,
}

/// Revoke an API token at once
#[derive(Debug, Args)]
pub(crate) struct RevokeToken {
    /// The id that `narthex token list` shows
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}
