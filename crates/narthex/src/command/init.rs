//! `narthex init`: makes a site and its first administrator.

use super::{Context, OPERATOR, hashed_from_stdin, instant};
use crate::args::Init;
use crate::exit::Failure;
use crate::opening;
use narthex_access::{Millis, Scopes};
use narthex_site::setup::FirstAdministrator;
use narthex_site::token::NewToken;

/// The lifetime of the first token, in milliseconds.
const LIFE: Millis = 90 * 24 * 60 * 60 * 1_000;

/// Makes the site.
///
/// # Errors
/// Returns the site's refusal if it is set up already.
pub(super) async fn run(context: &Context, args: Init) -> Result<(), Failure> {
    let site = opening::create(&context.settings.site).await?;
    if site.is_set_up().await? {
        return Err(Failure::Failed(
            "this site is set up already; add accounts with narthex account add, and create tokens \
             with narthex token create"
                .into(),
        ));
    }
    let password = match args.password_stdin {
        true => Some(hashed_from_stdin(&site).await?),
        false => None,
    };
    let first = FirstAdministrator {
        email: args.email.clone(),
        name: args.name,
        password,
    };
    let added = site.set_up(OPERATOR, first).await?;
    let new = NewToken {
        label: "narthex init".into(),
        life: LIFE,
        scopes: Scopes::ALL,
    };
    let token = site.create_token_for(OPERATOR, added.account, new).await?;

    let say = |words: &str| context.output.say(words);
    let data = context.settings.site.data.display();
    say(&format!(
        "The site is set up in {data}; {} administers it.",
        args.email
    ));
    let link = added.link.as_ref().map(|secret| context.link(secret));
    if let Some(link) = &link {
        say(&format!(
            "One-time link to set the password, shown only now and valid for a week: {link}"
        ));
    }
    say(&format!("Start it with: narthex serve --data {data}"));
    say(&format!(
        "The API token follows on standard output; it is shown only now and expires {}.",
        instant(token.expires_at)
    ));
    let more = serde_json::json!({
        "email": args.email,
        "accountId": added.account.to_string(),
        "link": link,
        "expiresAt": instant(token.expires_at),
    });
    context.output.secret("token", token.secret.reveal(), &more)
}
