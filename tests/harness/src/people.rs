//! Makes people of every tier on a site, through the command line.

use crate::actor::Actor;
use crate::fail;
use crate::program::{Program, SiteFiles};
use reqwest::StatusCode;
use serde_json::Value;

/// The actors of a site, one of every tier, before anything is opened.
#[derive(Debug)]
pub struct People {
    /// The first administrator, who is licensed and administers the site.
    pub administrator: Actor,
    /// A licensed account without a grant in the administrator's private spaces.
    pub licensed: Actor,
    /// A guest with a space of its own, `GUESTS`.
    pub guest: Actor,
    /// An account without a licence.
    pub unlicensed: Actor,
    /// An anonymous actor.
    pub anonymous: Actor,
    /// An account that [`People::customer`] makes a portal-only customer.
    becomes_customer: BecomesCustomer,
}

#[derive(Debug)]
struct BecomesCustomer {
    email: String,
    password: String,
    account: String,
}

impl People {
    /// Sets a new site up and makes the people.
    pub fn settle(program: &Program, site: &SiteFiles) -> Self {
        let init = ["init", "--email", "ada@example.org", "--name", "Ada"];
        let administrator = Actor::token("ada@example.org", &program.run(site, &init));
        program.run(
            site,
            &["space", "create", "--key", "GUESTS", "--name", "Guests"],
        );
        let person = |email: &str, access: &str, more: &[&str]| {
            let add = [
                "account", "add", "--email", email, "--name", email, "--access", access,
            ];
            program.run(site, &[&add, more].concat());
            let create = ["token", "create", "--email", email, "--label", "test"];
            Actor::token(email, &program.run(site, &create))
        };
        let (email, password) = ("carla@example.org", "a password of some length");
        let add = ["account", "add", "--email", email, "--name", "Carla"];
        let add = [&add[..], &["--access", "none", "--password-stdin"]].concat();
        program.run_with(site, &add, Some(password));
        let accounts = program.run(site, &["account", "list", "--json"]);
        let accounts: Vec<Value> =
            serde_json::from_str(&accounts).unwrap_or_else(|error| fail(error));
        let account = accounts.iter().find(|account| account["email"] == email);
        let Some(account) = account.and_then(|account| account["accountId"].as_str()) else {
            fail(format!("{email} isn't listed"));
        };
        Self {
            administrator,
            licensed: person("lee@example.org", "confluence", &[]),
            guest: person("gus@example.org", "guest", &["--space", "GUESTS"]),
            unlicensed: person("uma@example.org", "none", &[]),
            anonymous: Actor::anonymous(),
            becomes_customer: BecomesCustomer {
                email: email.into(),
                password: password.into(),
                account: account.into(),
            },
        }
    }

    /// Returns the session of a portal-only customer. A customer can't log in, so the session
    /// begins while the account is an unlicensed one.
    pub async fn customer(&self, url: &str) -> Actor {
        let BecomesCustomer {
            email,
            password,
            account,
        } = &self.becomes_customer;
        let customer = Actor::log_in(url, email, password).await;
        let access = [
            ("do", "set-access"),
            ("confluence", "none"),
            ("service_desk", "customer"),
            ("confirmed", "yes"),
        ];
        let address = format!("{url}/wiki/admin/accounts/{account}");
        let told = self.administrator.submit(&address, &access).await;
        if told != StatusCode::SEE_OTHER {
            fail(format!("{email} can't be made a customer: {told}"));
        }
        customer
    }
}
