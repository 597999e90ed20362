//! `narthex account`: manages accounts.

use super::{Context, OPERATOR, account_of, hashed_from_stdin};
use crate::args::{AccessWord, AccountCommand, AddAccount, SetAccess, SetPassword};
use crate::exit::Failure;
use crate::output::table::table;
use crate::output::{Answer, Style};
use narthex_site::Site;
use narthex_site::account::{Access, AccountInfo, NewAccount};
use serde::Serialize;

/// Runs one of the commands.
///
/// # Errors
/// Returns the error of the site.
pub(super) async fn run(context: &Context, command: AccountCommand) -> Result<(), Failure> {
    let site = context.site().await?;
    match command {
        AccountCommand::Add(args) => add(context, &site, args).await,
        AccountCommand::List => {
            let accounts = site.accounts(OPERATOR).await?;
            context
                .output
                .answer(&Accounts(accounts.iter().map(Shown::from).collect()))
        }
        AccountCommand::SetAccess(args) => set_access(context, &site, args).await,
        AccountCommand::Deactivate(args) => {
            let id = account_of(&site, &args.email).await?.id;
            site.deactivate_account(OPERATOR, id).await?;
            show(context, &site, &args.email).await
        }
        AccountCommand::Reactivate(args) => {
            let id = account_of(&site, &args.email).await?.id;
            site.reactivate_account(OPERATOR, id).await?;
            show(context, &site, &args.email).await
        }
        AccountCommand::Link(args) => {
            let account = account_of(&site, &args.email).await?;
            let secret = site.create_one_time_link(OPERATOR, account.id).await?;
            context.output.say(
                "One-time link to set the password; it is shown only now and valid for a week:",
            );
            context
                .output
                .secret("link", &context.link(&secret), &Shown::from(&account))
        }
        AccountCommand::SetPassword(args) => set_password(context, &site, args).await,
    }
}

async fn add(context: &Context, site: &Site, args: AddAccount) -> Result<(), Failure> {
    let password = match args.password_stdin {
        true => Some(hashed_from_stdin(site).await?),
        false => None,
    };
    let new = NewAccount {
        email: args.email.clone(),
        name: args.name,
        access: access(args.access, args.space)?,
        groups: args.groups,
        password,
    };
    let added = site.add_account(OPERATOR, new).await?;
    let account = account_of(site, &args.email).await?;
    match &added.link {
        None => context
            .output
            .answer(&Accounts(vec![Shown::from(&account)])),
        Some(secret) => {
            context.output.say(&format!(
                "{} <{}> is added. One-time link to set the password; it is shown only now and valid for a week:",
                account.name, account.email
            ));
            context
                .output
                .secret("link", &context.link(secret), &Shown::from(&account))
        }
    }
}

async fn set_access(context: &Context, site: &Site, args: SetAccess) -> Result<(), Failure> {
    let id = account_of(site, &args.account.email).await?.id;
    site.set_account_access(OPERATOR, id, access(args.access, args.space)?)
        .await?;
    show(context, site, &args.account.email).await
}

async fn set_password(context: &Context, site: &Site, args: SetPassword) -> Result<(), Failure> {
    let id = account_of(site, &args.account.email).await?.id;
    site.set_password(OPERATOR, id, hashed_from_stdin(site).await?)
        .await?;
    show(context, site, &args.account.email).await
}

/// Shows the account as it is after a change.
async fn show(context: &Context, site: &Site, email: &str) -> Result<(), Failure> {
    let account = account_of(site, email).await?;
    context
        .output
        .answer(&Accounts(vec![Shown::from(&account)]))
}

/// Returns the access that the arguments describe: only a guest has a space.
fn access(word: AccessWord, space: Option<String>) -> Result<Access, Failure> {
    if space.is_some() && word != AccessWord::Guest {
        return Err(Failure::Usage(
            "--space is only for guests; leave it out, or use --access guest".into(),
        ));
    }
    Ok(match word {
        AccessWord::Confluence => Access::Confluence,
        AccessWord::Guest => Access::Guest { space_key: space },
        AccessWord::None => Access::None,
        AccessWord::Customer => Access::Customer,
    })
}

/// The list of accounts that is printed.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Accounts(Vec<Shown>);

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    account_id: String,
    email: String,
    name: String,
    active: bool,
    tier: Option<&'static str>,
    site_administrator: bool,
    agent: bool,
    guest_space: Option<String>,
    groups: Vec<String>,
}

impl From<&AccountInfo> for Shown {
    fn from(info: &AccountInfo) -> Self {
        Self {
            account_id: info.id.to_string(),
            email: info.email.to_string(),
            name: info.name.to_string(),
            active: info.active,
            tier: info.tier.map(|tier| tier.word()),
            site_administrator: info.site_admin,
            agent: info.agent,
            guest_space: info.guest_space.as_ref().map(|(_, key)| key.to_string()),
            groups: info.groups.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Answer for Accounts {
    fn text(&self, style: Style) -> String {
        let rows = self.0.iter().map(|account| {
            let tier = match (account.tier, &account.guest_space) {
                (None, _) => "deactivated".to_owned(),
                (Some("guest"), Some(key)) => format!("guest of {key}"),
                (Some(tier), _) => tier.to_owned(),
            };
            let roles = [
                (account.site_administrator, "site administrator"),
                (account.agent, "agent"),
            ];
            let roles: Vec<&str> = roles
                .iter()
                .filter(|(has, _)| *has)
                .map(|(_, role)| *role)
                .collect();
            [
                account.email.clone(),
                account.name.clone(),
                tier,
                roles.join(", "),
                account.groups.join(", "),
            ]
        });
        table(style, &["e-mail", "name", "tier", "roles", "groups"], rows)
    }
}
