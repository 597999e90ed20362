//! A site with people of every tier and content in every state, made by the site's own operations.
//!
//! Everything in it is made with the set of people who may see it, by a manual reading of the law.
//! A world for a *watcher* appears the same to that person whatever its secrets are; what the
//! watcher may not see differs with them: texts, names, how many there are, and in which order.
//! Hidden rows draw their ids from a stream of their own (law 7.4).

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

/// A site, and the things on it.
#[derive(Debug)]
pub struct World {
    /// The server of the site.
    pub served: Served,
    /// All spaces, pages, blog posts, folders, attachments, comments, accounts and groups.
    pub aims: Vec<Aim>,
    /// The password that everybody has.
    pub password: &'static str,
    people: BTreeMap<Who, Person>,
    groups: BTreeMap<&'static str, GroupId>,
}

/// The account of a person.
#[derive(Debug, Clone)]
struct Person {
    account: AccountId,
    email: String,
    /// The actor that the person sends requests as.
    actor: Actor,
    credential: Credential,
}

impl World {
    /// Makes a world that has no watcher, and so no secrets.
    pub async fn new(seed: u64) -> Self {
        let database = TestDatabase::sqlite();
        Self::over(database, seed, Config::default(), None, 0).await
    }

    /// Makes a world for a watcher, with these secrets.
    pub async fn watched(seed: u64, watcher: Who, secrets: u64) -> Self {
        let database = TestDatabase::sqlite();
        Self::over(database, seed, Config::default(), Some(watcher), secrets).await
    }

    /// Makes a world in this database.
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

    /// Returns a person as an actor with a token, or with a session for the customer, who has no
    /// token.
    pub fn actor(&self, who: Who) -> Actor {
        self.people
            .get(&who)
            .map_or(Actor::Anonymous, |person| person.actor.clone())
    }

    /// Returns a person's credential, for the site's operations.
    pub fn credential(&self, who: Who) -> Credential {
        self.people
            .get(&who)
            .map_or(Credential::Nobody, |person| person.credential.clone())
    }

    /// Returns a person's account id.
    ///
    /// # Panics
    /// Panics for [`Who::Nobody`].
    pub fn account(&self, who: Who) -> AccountId {
        match self.people.get(&who) {
            Some(person) => person.account,
            None => panic!("{} has no account", who.name()),
        }
    }

    /// Returns a person's e-mail address.
    pub fn email(&self, who: Who) -> &str {
        self.people.get(&who).map_or("", |person| &person.email)
    }

    /// Returns a group by its name in the scene.
    ///
    /// # Panics
    /// Panics if there is none.
    pub fn group(&self, name: &str) -> GroupId {
        match self.groups.get(name) {
            Some(group) => *group,
            None => panic!("there is no group {name} in the scene"),
        }
    }

    /// Returns a thing by its name in the scene.
    ///
    /// # Panics
    /// Panics if there is none.
    #[track_caller]
    pub fn aim(&self, name: &str) -> &Aim {
        match self.aims.iter().find(|aim| aim.name == name) {
            Some(aim) => aim,
            None => panic!("there is no {name} in the scene"),
        }
    }

    /// Returns a thing that everybody with an account sees, of the first of these kinds that has
    /// one: for calls where it doesn't matter what they are about.
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

    /// Begins a session of a person.
    pub async fn session(&self, who: Who) -> Actor {
        people::session(&self.served.site, self.email(who), self.password).await
    }
}
