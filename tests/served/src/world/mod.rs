//! A site with people of every tier and content in every state, made by the
//! site's own operations.
//!
//! Everything in it is made with the set of people who may see it, as the law is
//! read here by hand. A world for a *watcher* is the same to that person's eyes
//! whatever its secrets are; what the watcher may not see differs with them:
//! texts, names, how many there are, before and after what. Its rows draw their
//! ids from a stream of their own (law 7.4).

mod aim;
mod build;
mod content;
mod doing;
mod folder;
mod hung;
mod people;
mod quoting;
mod scene;
mod secret;
mod who;

pub use aim::{Aim, Kind, short_code};
pub use secret::CANARY;
pub use who::{ACCOUNTS, Audience, EVERYBODY, LICENSED, NOBODY, SITE_ADMINISTRATORS, Who};

use crate::actor::Actor;
use crate::served::Served;
use narthex_access::{AccountId, Credential, GroupId};
use narthex_server::Config;
use narthex_testdb::TestDatabase;
use std::collections::BTreeMap;

/// A site, and what is on it.
#[derive(Debug)]
pub struct World {
    /// The site, served.
    pub served: Served,
    /// All spaces, pages, blog posts, folders, attachments, comments, accounts and groups.
    pub aims: Vec<Aim>,
    /// The password that everybody has.
    pub password: &'static str,
    people: BTreeMap<Who, Person>,
    groups: BTreeMap<&'static str, GroupId>,
}

/// Somebody's account.
#[derive(Debug, Clone)]
struct Person {
    account: AccountId,
    email: String,
    /// What it sends requests with.
    actor: Actor,
    credential: Credential,
}

impl World {
    /// The world that all sides are looked at from.
    pub async fn new(seed: u64) -> Self {
        let database = TestDatabase::sqlite();
        Self::over(database, seed, Config::default(), None, 0).await
    }

    /// A world for a watcher, with these secrets.
    pub async fn watched(seed: u64, watcher: Who, secrets: u64) -> Self {
        let database = TestDatabase::sqlite();
        Self::over(database, seed, Config::default(), Some(watcher), secrets).await
    }

    /// A world in this database.
    pub async fn over(
        database: TestDatabase,
        seed: u64,
        config: Config,
        watcher: Option<Who>,
        secrets: u64,
    ) -> Self {
        let served = Served::over(database, seed, config).await;
        build::Builder::build(served, watcher, secrets).await
    }

    /// What somebody sends requests with: a token; a customer, who has none, a session.
    pub fn actor(&self, who: Who) -> Actor {
        self.people
            .get(&who)
            .map_or(Actor::Anonymous, |person| person.actor.clone())
    }

    /// Somebody's credential, for the site's operations.
    pub fn credential(&self, who: Who) -> Credential {
        self.people
            .get(&who)
            .map_or(Credential::Nobody, |person| person.credential.clone())
    }

    /// Somebody's account id.
    ///
    /// # Panics
    /// For nobody.
    pub fn account(&self, who: Who) -> AccountId {
        match self.people.get(&who) {
            Some(person) => person.account,
            None => panic!("{} has no account", who.name()),
        }
    }

    /// Somebody's e-mail address.
    pub fn email(&self, who: Who) -> &str {
        self.people.get(&who).map_or("", |person| &person.email)
    }

    /// A group by its name in the scene.
    ///
    /// # Panics
    /// When there is none.
    pub fn group(&self, name: &str) -> GroupId {
        match self.groups.get(name) {
            Some(group) => *group,
            None => panic!("there is no group {name} in the scene"),
        }
    }

    /// Something by its name in the scene.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn aim(&self, name: &str) -> &Aim {
        match self.aims.iter().find(|aim| aim.name == name) {
            Some(aim) => aim,
            None => panic!("there is no {name} in the scene"),
        }
    }

    /// Something that everybody with an account sees, of the first of some kinds:
    /// what a route is called about where it doesn't matter.
    pub fn example(&self, kinds: &[Kind]) -> &Aim {
        self.aim(match kinds.first() {
            Some(Kind::Space) => "OPEN",
            Some(Kind::BlogPost) => "News",
            Some(Kind::Folder) => "Shelf",
            Some(Kind::Account) => "Lena",
            Some(Kind::Group) => "writers",
            Some(Kind::Template) => "Form of DOCS",
            _ => "Guide",
        })
    }

    /// A session of somebody, begun now.
    pub async fn session(&self, who: Who) -> Actor {
        people::session(&self.served.site, self.email(who), self.password).await
    }
}
