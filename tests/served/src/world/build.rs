//! Building a world: the tools that all parts of the scene are made with.

use super::secret::Secrets;
use super::who::Who;
use super::{Aim, Person, World, people};
use crate::served::Served;
use narthex_access::{AccountId, Credential, GroupId};
use narthex_site::Site;
use std::collections::BTreeMap;

/// A world that is being built.
pub(super) struct Builder {
    pub(super) served: Served,
    pub(super) secrets: Secrets,
    pub(super) aims: Vec<Aim>,
    pub(super) people: BTreeMap<Who, Person>,
    pub(super) groups: BTreeMap<&'static str, GroupId>,
}

impl Builder {
    /// Builds the world.
    pub(super) async fn build(served: Served, watcher: Option<Who>, secrets: u64) -> World {
        let mut builder = Self {
            served,
            secrets: Secrets::new(watcher, secrets),
            aims: Vec::new(),
            people: BTreeMap::new(),
            groups: BTreeMap::new(),
        };
        builder.people().await;
        builder.scene().await;
        builder.deactivate_dan().await;
        World {
            served: builder.served,
            aims: builder.aims,
            password: people::PASSWORD,
            people: builder.people,
            groups: builder.groups,
        }
    }

    /// Returns the site, drawing ids from the stream of hidden rows or from the main one.
    pub(super) fn site(&self, hidden: bool) -> Site {
        if hidden {
            self.served.site.with_entropy(self.secrets.ids.clone())
        } else {
            self.served.site.clone()
        }
    }

    /// Returns the credential of a person.
    pub(super) fn by(&self, who: Who) -> Credential {
        self.people
            .get(&who)
            .map_or(Credential::Nobody, |person| person.credential.clone())
    }

    /// Returns the account id of a person.
    pub(super) fn id_of(&self, who: Who) -> AccountId {
        match self.people.get(&who) {
            Some(person) => person.account,
            None => panic!("{} isn't there yet", who.name()),
        }
    }
}
