//! `narthex token`: manages API tokens.

use super::{Context, OPERATOR, account_of, instant, named};
use crate::args::{CreateToken, TokenCommand};
use crate::exit::Failure;
use crate::output::table::table;
use crate::output::{Answer, Style};
use narthex_access::{Millis, Scopes};
use narthex_site::Site;
use narthex_site::token::{NewToken, TokenInfo};
use serde::Serialize;

const HOUR: Millis = 60 * 60 * 1_000;

/// Runs one of the commands.
///
/// # Errors
/// Returns the error of the site.
pub(super) async fn run(context: &Context, command: TokenCommand) -> Result<(), Failure> {
    match command {
        TokenCommand::Create(args) => {
            let new = NewToken {
                label: args.label.clone(),
                life: life(&args.expires)?,
                scopes: scopes(&args.scopes)?,
            };
            create(context, &context.site().await?, args, new).await
        }
        TokenCommand::List(args) => {
            let site = context.site().await?;
            let account = account_of(&site, &args.email).await?;
            let rows = site.tokens(OPERATOR, account.id).await?;
            let now = site
                .view(OPERATOR, narthex_access::Door::Confluence)
                .await?
                .now();
            context.output.answer(&Tokens(
                rows.iter().map(|token| Shown::of(token, now)).collect(),
            ))
        }
        TokenCommand::Revoke(args) => {
            let id = args.id.parse().map_err(|_| {
                Failure::Usage(format!(
                    "{:?} is not the id of a token; narthex token list --email E-MAIL shows the ids",
                    args.id
                ))
            })?;
            let site = context.site().await?;
            let revoked = site.revoke_token(OPERATOR, id).await;
            revoked.map_err(named("token", &args.id, "narthex token list"))?;
            context.output.say("The token is revoked.");
            Ok(())
        }
    }
}

async fn create(
    context: &Context,
    site: &Site,
    args: CreateToken,
    new: NewToken,
) -> Result<(), Failure> {
    let account = account_of(site, &args.email).await?;
    let created = site.create_token_for(OPERATOR, account.id, new).await?;
    context.output.say(&format!(
        "API token of {}, shown only now; it expires {}:",
        account.email,
        instant(created.expires_at)
    ));
    let more = serde_json::json!({
        "id": created.id.to_string(),
        "email": &*account.email,
        "label": args.label,
        "expiresAt": instant(created.expires_at),
    });
    context
        .output
        .secret("token", created.secret.reveal(), &more)
}

/// Parses a lifetime such as `90d` or `12h`.
fn life(text: &str) -> Result<Millis, Failure> {
    let unit = match text.chars().last() {
        Some('d') => 24 * HOUR,
        Some('h') => HOUR,
        _ => 0,
    };
    let number: Option<Millis> = text
        .get(..text.len().saturating_sub(1))
        .and_then(|n| n.parse().ok());
    number
        .and_then(|number| number.checked_mul(unit))
        .filter(|life| *life > 0)
        .ok_or_else(|| {
            Failure::Usage(format!(
                "--expires {text:?} is not a number of days or hours; write for example 90d or 12h"
            ))
        })
}

fn scopes(words: &[String]) -> Result<Scopes, Failure> {
    if words.is_empty() {
        return Ok(Scopes::ALL);
    }
    Scopes::from_words(&words.join(",")).ok_or_else(|| {
        Failure::Usage(format!(
            "--scope {:?} is not a scope; use read, write or administer",
            words.join(",")
        ))
    })
}

/// The list of tokens that is printed.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Tokens(Vec<Shown>);

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    id: String,
    label: String,
    scopes: String,
    created_at: String,
    expires_at: String,
    last_used: Option<String>,
    state: &'static str,
}

impl Shown {
    fn of(token: &TokenInfo, now: Millis) -> Self {
        let row = &token.row;
        let state = match row.ended_at {
            Some(_) => "revoked",
            None if row.expires_at <= now => "expired",
            None => "counts",
        };
        Self {
            id: row.id.to_string(),
            label: row.label.to_string(),
            scopes: row.scopes.to_string(),
            created_at: instant(row.created_at),
            expires_at: instant(row.expires_at),
            last_used: token.last_used.map(instant),
            state,
        }
    }
}

impl Answer for Tokens {
    fn text(&self, style: Style) -> String {
        let rows = self.0.iter().map(|token| {
            [
                token.id.clone(),
                token.label.clone(),
                token.scopes.clone(),
                token.created_at.clone(),
                token.expires_at.clone(),
                token.last_used.clone().unwrap_or_else(|| "never".into()),
                token.state.to_owned(),
            ]
        });
        table(
            style,
            &[
                "id",
                "label",
                "scopes",
                "created",
                "expires",
                "last used",
                "state",
            ],
            rows,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_days_or_hours() {
        assert_eq!(life("90d").unwrap(), 90 * 24 * HOUR);
        assert_eq!(life("12h").unwrap(), 12 * HOUR);
        for text in ["", "d", "90", "0d", "-1d", "1w", "9999999999999999d", "1é"] {
            assert!(matches!(life(text), Err(Failure::Usage(_))), "{text}");
        }
    }

    #[test]
    fn no_scope_is_all_and_an_unknown_one_is_refused() {
        assert_eq!(scopes(&[]).unwrap(), Scopes::ALL);
        assert!(!scopes(&["read".into()]).unwrap().write);
        assert!(scopes(&["*".into()]).is_err());
    }
}
