//! The people of a world: accounts of every tier, groups, tokens and sessions.

use super::build::Builder;
use super::who::{ACCOUNTS, Audience, LICENSED, Who};
use super::{Aim, Kind, Person};
use crate::actor::Actor;
use crate::must;
use narthex_access::{AccountId, ConfluenceAccess, Credential, GroupId, Scopes};
use narthex_site::Site;
use narthex_site::account::{Access, NewAccount};
use narthex_site::group::NewGroup;
use narthex_site::password::{HashedPassword, Password, Passwords};
use narthex_site::secret;
use narthex_site::session::LogIn;
use narthex_site::setup::FirstAdministrator;
use narthex_site::token::NewToken;
use narthex_store::Entropy;

/// The password of all people.
pub(super) const PASSWORD: &str = "five quiet words of mine";

/// The people who see profiles, groups and e-mail addresses: licensed accounts and site
/// administrators (law 3.6).
pub(super) const KNOW_PEOPLE: Audience = LICENSED.and(&[Who::Sid]);
/// The people who see the names of authors (law 3.7).
pub(super) const KNOW_NAMES: Audience = ACCOUNTS;

/// Begins a session.
pub(super) async fn session(site: &Site, email: &str, password: &str) -> Actor {
    let attempt = LogIn {
        email: email.to_owned(),
        password: Password::new(password),
        replaces: None,
    };
    let begun = must(
        site.log_in(&Passwords::new(Entropy::seeded(2)), attempt)
            .await,
    );
    Actor::Cookie(begun.secret.reveal().to_owned())
}

impl Builder {
    /// Sets the site up and makes everybody but the guest, whose space doesn't exist yet.
    pub(super) async fn people(&mut self) {
        let password = Password::new(PASSWORD);
        // Nobody can see the salt, so one hash serves everybody.
        let hashed = must(Passwords::new(Entropy::seeded(1)).hash(&password).await);
        let first = FirstAdministrator {
            email: self.email(Who::Ada, KNOW_PEOPLE),
            name: self.secrets.text(KNOW_NAMES, "Ada"),
            password: Some(hashed.clone()),
        };
        let email = first.email.clone();
        let ada = must(self.served.site.set_up(&Credential::Operator, first).await);
        self.joins(Who::Ada, ada.account, email).await;
        for (who, access) in [
            (Who::Olga, Access::Confluence),
            (Who::Lena, Access::Confluence),
            (Who::Sam, Access::Confluence),
            (Who::Sid, Access::None),
            (Who::Gus, Access::Guest { space_key: None }),
            (Who::Uma, Access::None),
            (Who::Una, Access::None),
            (Who::Carla, Access::Customer),
            (Who::Dan, Access::Confluence),
        ] {
            let email = self.email(who, KNOW_PEOPLE);
            let name = self.secrets.text(KNOW_NAMES.and(&[who]), who.name());
            let account = self.account(access, &email, &name, &hashed, false).await;
            self.joins(who, account, email).await;
        }
        let operator = Credential::Operator;
        let sid = self.id_of(Who::Sid);
        must(self.served.site.set_site_admin(&operator, sid, true).await);
        self.served.pass(crate::served::MINUTE);
        self.group("writers", &[Who::Olga, Who::Lena]).await;
        self.more_people(&hashed).await;
    }

    /// Deactivates Dan's account; this comes at the end, because Dan has to write before.
    pub(super) async fn deactivate_dan(&mut self) {
        let dan = self.id_of(Who::Dan);
        let ended = self
            .served
            .site
            .deactivate_account(&Credential::Operator, dan);
        must(ended.await);
    }

    async fn account(
        &self,
        access: Access,
        email: &str,
        name: &str,
        password: &HashedPassword,
        hidden: bool,
    ) -> AccountId {
        let new = NewAccount {
            email: email.to_owned(),
            name: name.to_owned(),
            access,
            groups: Vec::new(),
            password: Some(password.clone()),
        };
        must(
            self.site(hidden)
                .add_account(&Credential::Operator, new)
                .await,
        )
        .account
    }

    /// Returns an account's e-mail address; people who may not see profiles never learn it.
    fn email(&self, who: Who, audience: Audience) -> String {
        let local = who.name().to_lowercase();
        format!(
            "{}@example.org",
            self.secrets.word(audience.and(&[who]), &local)
        )
    }

    async fn joins(&mut self, who: Who, account: AccountId, email: String) {
        let site = &self.served.site;
        let (actor, credential) = if who == Who::Carla {
            let actor = session(site, &email, PASSWORD).await;
            let hash = match &actor {
                Actor::Cookie(text) => secret::hash(text),
                _ => unreachable!("a session is a cookie"),
            };
            (actor, Credential::Session { hash })
        } else {
            let new = NewToken {
                label: "test".into(),
                life: 30 * 24 * 60 * crate::served::MINUTE,
                scopes: Scopes::ALL,
            };
            let token = site.create_token_for(&Credential::Operator, account, new);
            let secret = must(token.await).secret;
            let hash = secret.hash();
            let secret = secret.reveal().to_owned();
            let actor = Actor::Token {
                email: email.clone(),
                secret,
            };
            (actor, Credential::Token { email: None, hash })
        };
        // A customer is anonymous at `/wiki`, and doesn't see even itself.
        let oneself: &[Who] = if who == Who::Carla { &[] } else { &[who] };
        let mut aim = Aim::new(who.name(), Kind::Account, KNOW_PEOPLE.and(oneself));
        aim.account = account.to_string();
        aim.email.clone_from(&email);
        self.aims.push(aim);
        let person = Person {
            account,
            email,
            actor,
            credential,
        };
        self.people.insert(who, person);
    }

    /// Makes a group of some people.
    async fn group(&mut self, name: &'static str, members: &[Who]) {
        let called = self.secrets.word(KNOW_PEOPLE, name);
        let hidden = self.secrets.hides(KNOW_PEOPLE);
        let group = self.new_group(&called, hidden).await;
        for who in members {
            let account = self.id_of(*who);
            let site = self.site(hidden);
            must(site.add_member(&Credential::Operator, group, account).await);
        }
        let mut aim = Aim::new(name, Kind::Group, KNOW_PEOPLE);
        aim.group = group.to_string();
        aim.group_name = called;
        self.aims.push(aim);
        self.groups.insert(name, group);
    }

    async fn new_group(&self, name: &str, hidden: bool) -> GroupId {
        let new = NewGroup {
            name: name.to_owned(),
            confluence: ConfluenceAccess::None,
            service_desk: false,
        };
        must(
            self.site(hidden)
                .create_group(&Credential::Operator, new)
                .await,
        )
    }

    /// Makes a random number of accounts and groups beyond the scene, if the watcher may not see
    /// people.
    async fn more_people(&mut self, password: &HashedPassword) {
        for _ in 0..self.secrets.number(KNOW_PEOPLE, 3) {
            let mark = self.secrets.mark();
            let access = match self.secrets.number(KNOW_PEOPLE, 3) {
                0 => Access::Confluence,
                1 => Access::None,
                _ => Access::Customer,
            };
            let email = format!("{mark}@example.org");
            let account = self.account(access, &email, &mark, password, true).await;
            let group = self.new_group(&self.secrets.mark(), true).await;
            let added = self.site(true);
            let added = added.add_member(&Credential::Operator, group, account);
            // A customer can't be in a group; that refusal is expected.
            let _ = added.await;
        }
    }
}
