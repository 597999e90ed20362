//! Makes a site of a given size for the benchmarks, through the store's own way of writing, and
//! prints on standard output which people and things are in it.

mod pages;

use clap::Parser;
use narthex_access::{AccountId, Credential, PageId, Scopes, SpaceId, SpaceKind};
use narthex_site::account::{Access, NewAccount};
use narthex_site::password::{Password, Passwords};
use narthex_site::setup::FirstAdministrator;
use narthex_site::space::NewSpace;
use narthex_site::switch::{SetSpaceSwitch, SetSwitches, SpaceSwitch};
use narthex_site::token::NewToken;
use narthex_site::{Site, SiteError};
use narthex_store::{Clock, DatabaseUrl, Entropy, Options, Store};
use pages::Filling;
use std::path::PathBuf;

/// Makes a site for the benchmarks.
#[derive(Debug, Parser)]
struct Arguments {
    /// The data folder, which must be empty or not there
    #[arg(long)]
    data: PathBuf,
    /// How many pages the site has in all
    #[arg(long, default_value_t = 20_000)]
    pages: usize,
    /// How many of them are in the space LARGE
    #[arg(long, default_value_t = 10)]
    large_space: usize,
    /// How many spaces the other pages are in
    #[arg(long, default_value_t = 50)]
    spaces: usize,
}

/// The seed of all ids and secrets, so that a site is the same each time it is made.
const SEED: u64 = 20_000;
/// The password of the reader, who logs in on this machine only.
const PASSWORD: &str = "reads for the benchmarks";
/// The word in the pages of the space LARGE, which only people with a licence see.
const LARGE_WORD: &str = "closeddoor";
const OPERATOR: &Credential = &Credential::Operator;
const YEAR: i64 = 365 * 24 * 60 * 60 * 1_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.data)?;
    tokio::runtime::Runtime::new()?.block_on(make(&arguments))
}

async fn make(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let entropy = Entropy::seeded(SEED);
    let options = Options {
        database: DatabaseUrl::sqlite(arguments.data.join("site.db")),
        blobs: arguments.data.join("blobs"),
        body_cache: 1 << 20,
        clock: Clock::Database,
        entropy: entropy.clone(),
    };
    let store = Store::create(options, jiff::Timestamp::now().as_millisecond()).await?;
    let site = Site::new(store, entropy);

    let admin_email = "admin@example.org";
    let first = FirstAdministrator {
        email: admin_email.into(),
        name: "Admin".into(),
        password: None,
    };
    let admin = site.set_up(&Credential::Nobody, first).await?.account;
    let admin_token = token(&site, admin).await?;
    let reader_email = "reader@example.org";
    let reader = reader(&site, reader_email).await?;
    let reader_token = token(&site, reader).await?;
    let on = SetSwitches {
        jsm_access: Some(true),
        anonymous_access: Some(true),
        ..SetSwitches::default()
    };
    site.set_switches(OPERATOR, on).await?;

    let small = space(&site, "SMALL").await?;
    Filling::of(&site, admin, small).fill(9).await?;
    let large = space(&site, "LARGE").await?;
    let in_large = arguments.large_space.saturating_sub(1);
    let filling = Filling::of(&site, admin, large).with_word(LARGE_WORD);
    filling.fill(in_large).await?;
    let others = arguments
        .pages
        .saturating_sub(arguments.large_space.max(1) + 10);
    let each = others.div_ceil(arguments.spaces.max(1));
    let (mut left, mut page) = (others, None);
    // People without a licence see a tenth of the spaces.
    let open = arguments.spaces.div_ceil(10);
    for n in 0..arguments.spaces.max(1) {
        let key = format!("SPACE{n}");
        let home = space(&site, &key).await?;
        let here = each.min(left).saturating_sub(1);
        left -= each.min(left);
        let first = Filling::of(&site, admin, home).fill(here).await?;
        if n < open {
            let unlicensed = SetSpaceSwitch {
                space_key: key.clone(),
                switch: SpaceSwitch::UnlicensedView,
                on: true,
            };
            site.set_space_switches(OPERATOR, vec![unlicensed]).await?;
        }
        if n == 0 {
            let open = SetSpaceSwitch {
                space_key: key.clone(),
                switch: SpaceSwitch::AnonymousView,
                on: true,
            };
            site.set_space_switches(OPERATOR, vec![open]).await?;
            page = first.map(|id| (id, key));
        }
    }
    let (page, key) = page.ok_or("too few pages: --pages must be at least 20")?;
    let made = serde_json::json!({
        "admin": {"email": admin_email, "token": admin_token},
        "reader": {"email": reader_email, "token": reader_token, "password": PASSWORD},
        "page": {"id": page.to_string(), "space": key},
        "small": "SMALL",
        "large": "LARGE",
    });
    println!("{made}");
    Ok(())
}

async fn token(site: &Site, account: AccountId) -> Result<String, SiteError> {
    let new = NewToken {
        label: "bench".into(),
        life: YEAR,
        scopes: Scopes::ALL,
    };
    let made = site.create_token_for(OPERATOR, account, new).await?;
    Ok(made.secret.reveal().to_owned())
}

async fn reader(site: &Site, email: &str) -> Result<AccountId, SiteError> {
    let password = Passwords::new(site.entropy().clone())
        .hash(&Password::new(PASSWORD))
        .await?;
    let new = NewAccount {
        email: email.into(),
        name: "Reader".into(),
        access: Access::None,
        groups: Vec::new(),
        password: Some(password),
    };
    Ok(site.add_account(OPERATOR, new).await?.account)
}

/// Makes a space that all licensed users see, with its home page.
async fn space(site: &Site, key: &str) -> Result<(SpaceId, PageId), SiteError> {
    let new = NewSpace {
        key: Some(key.into()),
        name: format!("Space {key}"),
        description: String::new(),
        kind: SpaceKind::Global,
        private: false,
    };
    let made = site.create_space(OPERATOR, new).await?;
    Ok((made.id, made.homepage))
}
