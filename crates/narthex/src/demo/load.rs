//! Fills a new site with the demo's people and content, through the site's own operations and with
//! a clock that is moved forward between them: the history is that of some weeks.

use super::manifest::{HELP, Page, Place, SPACES, Space};
use super::people::{GROUPS, Is, PEOPLE, Person, Portrait};
use crate::exit::Failure;
use narthex_access::{
    AccountId, Credential, GroupId, Millis, Operation, PageId, PageKind, Portal, Principal,
    ProjectRole, RestrictionKind, Scopes, SpaceKind,
};
use narthex_site::account::NewAccount;
use narthex_site::attachment::NewAttachment;
use narthex_site::comment::NewComment;
use narthex_site::group::NewGroup;
use narthex_site::page::{EditPage, NewBody, NewPage, Representation, WhichSpace};
use narthex_site::password::{HashedPassword, Password, Passwords};
use narthex_site::place::Parent;
use narthex_site::project::NewProject;
use narthex_site::restriction::Restrict;
use narthex_site::secret::Secret;
use narthex_site::setup::FirstAdministrator;
use narthex_site::space::NewSpace;
use narthex_site::switch::SetSwitches;
use narthex_site::token::NewToken;
use narthex_site::{Site, SiteError};
use narthex_store::Entropy;
use narthex_store::clock::ManualClock;
use std::collections::BTreeMap;

const MINUTE: Millis = 60 * 1_000;
const DAY: Millis = 24 * 60 * MINUTE;

/// How much time passes until the next page, and until a comment.
const BETWEEN_PAGES: Millis = 13 * 60 * MINUTE;
const BEFORE_A_COMMENT: Millis = 95 * MINUTE;

/// How long ago the demo's site was set up.
pub(crate) const AGE: Millis = 22 * DAY;
/// The lifetime of its tokens from then on: longer than anybody looks at a demo.
const TOKEN_LIFE: Millis = AGE + 30 * DAY;

const OPERATOR: &Credential = &Credential::Operator;

/// The result of filling the site.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// All people, with their credentials.
    pub(crate) people: Vec<LetIn>,
    /// The restricted page of the help space, which stays closed when the space is opened.
    pub(crate) restricted: Option<PageId>,
}

/// A person's credentials.
#[derive(Debug)]
pub(crate) struct LetIn {
    pub(crate) portrait: &'static Portrait,
    pub(crate) password: String,
    pub(crate) token: Option<Secret>,
}

/// The state while the site is being filled.
struct Filling<'a> {
    site: &'a Site,
    clock: &'a ManualClock,
    accounts: BTreeMap<Person, AccountId>,
    tokens: BTreeMap<Person, Secret>,
    groups: BTreeMap<&'static str, GroupId>,
}

/// Fills the site.
///
/// # Errors
/// Returns the error of an operation, which is a fault of the demo.
pub(crate) async fn load(
    site: &Site,
    clock: &ManualClock,
    entropy: &Entropy,
) -> Result<Loaded, Failure> {
    let mut filling = Filling {
        site,
        clock,
        accounts: BTreeMap::new(),
        tokens: BTreeMap::new(),
        groups: BTreeMap::new(),
    };
    let passwords: Vec<String> = PEOPLE.iter().map(|_| password(entropy)).collect();
    let hashes = hashed(&passwords, entropy).await?;
    filling.set_up(&hashes).await?;
    let mut restricted = None;
    for space in &SPACES {
        let found = filling.space(space).await?;
        if space.key == Some(HELP) {
            restricted = found;
        }
    }
    filling.guests().await?;
    filling.service_desk().await?;
    filling.leave().await?;
    let tokens = &mut filling.tokens;
    let people = PEOPLE
        .iter()
        .zip(passwords)
        .map(|(portrait, password)| LetIn {
            portrait,
            password,
            token: tokens.remove(&portrait.person),
        });
    Ok(Loaded {
        people: people.collect(),
        restricted,
    })
}

/// Makes a password that can be read aloud: five groups of letters and digits.
fn password(entropy: &Entropy) -> String {
    let secrets = std::iter::repeat_with(|| Secret::random(entropy));
    let letters: Vec<char> = secrets
        .flat_map(|secret| secret.reveal().chars().collect::<Vec<_>>())
        .filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        .take(20)
        .collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

async fn hashed(passwords: &[String], entropy: &Entropy) -> Result<Vec<HashedPassword>, Failure> {
    let hasher = Passwords::new(entropy.clone());
    let work = passwords.iter().map(|password| {
        let (hasher, password) = (hasher.clone(), Password::new(password.as_str()));
        tokio::spawn(async move { hasher.hash(&password).await })
    });
    let mut hashes = Vec::new();
    for hash in work.collect::<Vec<_>>() {
        let hash = hash
            .await
            .map_err(|error| Failure::Failed(error.to_string()))?;
        hashes.push(hash?);
    }
    Ok(hashes)
}

impl Filling<'_> {
    /// Moves the clock forward.
    fn pass(&self, time: Millis) {
        self.clock.advance(time);
    }

    fn account(&self, person: Person) -> Result<AccountId, Failure> {
        self.accounts
            .get(&person)
            .copied()
            .ok_or_else(|| fault("somebody has no account"))
    }

    /// Returns the credential of a person: a token, as a program of theirs would use.
    fn by(&self, person: Person) -> Result<Credential, Failure> {
        let token = self
            .tokens
            .get(&person)
            .ok_or_else(|| fault("somebody has no token"))?;
        Ok(Credential::Token {
            email: None,
            hash: token.hash(),
        })
    }

    async fn set_up(&mut self, hashes: &[HashedPassword]) -> Result<(), Failure> {
        for (portrait, hash) in PEOPLE.iter().zip(hashes) {
            let added = if portrait.access == Is::SiteAdministrator {
                let first = FirstAdministrator {
                    email: portrait.email.into(),
                    name: portrait.name.into(),
                    password: Some(hash.clone()),
                };
                let added = self.site.set_up(OPERATOR, first).await?;
                self.after_set_up().await?;
                for group in portrait.groups {
                    self.site
                        .add_member(OPERATOR, self.group(group)?, added.account)
                        .await?;
                }
                added
            } else {
                self.site
                    .add_account(OPERATOR, of(portrait, hash.clone()))
                    .await?
            };
            self.accounts.insert(portrait.person, added.account);
            if portrait.access.has_token() {
                let new = NewToken {
                    label: "demo".into(),
                    life: TOKEN_LIFE,
                    scopes: Scopes::ALL,
                };
                let token = self
                    .site
                    .create_token_for(OPERATOR, added.account, new)
                    .await?;
                self.tokens.insert(portrait.person, token.secret);
            }
            self.pass(7 * MINUTE);
        }
        Ok(())
    }

    /// Turns both switches on, so that both calls of law 5.1 work as printed, and makes the groups.
    async fn after_set_up(&mut self) -> Result<(), Failure> {
        let switches = SetSwitches {
            jsm_access: Some(true),
            anonymous_access: Some(true),
            ..SetSwitches::default()
        };
        self.site.set_switches(OPERATOR, switches).await?;
        for name in GROUPS {
            let new = NewGroup {
                name: name.into(),
                confluence: narthex_access::ConfluenceAccess::None,
                service_desk: false,
            };
            let id = self.site.create_group(OPERATOR, new).await?;
            self.groups.insert(name, id);
        }
        Ok(())
    }

    fn group(&self, name: &str) -> Result<GroupId, Failure> {
        self.groups
            .get(name)
            .copied()
            .ok_or_else(|| fault("a group is not there"))
    }

    /// Makes a space and its content. Returns its last restricted page.
    async fn space(&self, space: &Space) -> Result<Option<PageId>, Failure> {
        let owner = self.by(space.owner)?;
        let new = NewSpace {
            key: space.key.map(Into::into),
            name: space.name.into(),
            description: space.description.into(),
            kind: if space.key.is_some() {
                SpaceKind::Global
            } else {
                SpaceKind::Personal
            },
            private: space.private,
        };
        let made = self.site.create_space(&owner, new).await?;
        self.pass(40 * MINUTE);
        let home = EditPage {
            body: Some(self.body(space.home)),
            version: 2,
            ..EditPage::default()
        };
        self.site.edit_page(&owner, made.homepage, home).await?;
        let mut ids = BTreeMap::new();
        let mut restricted = None;
        for page in space.pages {
            self.pass(BETWEEN_PAGES);
            let id = self.page(&made.key, page, &ids).await?;
            ids.insert(page.title, id);
            if page.only.is_some() {
                restricted = Some(id);
            }
        }
        Ok(restricted)
    }

    async fn page(
        &self,
        key: &str,
        page: &Page,
        ids: &BTreeMap<&'static str, PageId>,
    ) -> Result<PageId, Failure> {
        let author = self.by(page.author)?;
        let parent = match page.place {
            Place::Below(title) => Parent::Page(*ids.get(title).ok_or_else(|| fault(title))?),
            Place::Blog => Parent::Root,
            Place::Home | Place::Draft | Place::Archive => Parent::Home,
        };
        let new = NewPage {
            space: WhichSpace::Key(key.into()),
            parent,
            kind: if page.place == Place::Blog {
                PageKind::BlogPost
            } else {
                PageKind::Page
            },
            draft: page.place == Place::Draft,
            title: page.title.into(),
            body: self.body(page.text),
            created_at: None,
        };
        let id = self.site.create_page(&author, new).await?;
        if let Some(group) = page.only {
            let listed = vec![Principal::Group(self.group(group)?)];
            let set = Restrict::Set(vec![(RestrictionKind::View, listed)]);
            self.site.restrict_page(&author, id, set).await?;
        }
        for file in page.files {
            let bytes = futures_util::stream::iter([Ok::<_, SiteError>(file.bytes.into())]);
            let stored = self.site.store().put_blob(bytes, u64::MAX).await;
            let attachment = NewAttachment {
                page: id,
                file_name: file.name.into(),
                media_type: file.media_type.into(),
                remark: String::new(),
                blob: stored.map_err(|error| Failure::Failed(error.to_string()))?,
                new_version: false,
            };
            self.site.attach(&author, attachment).await?;
        }
        for (person, text) in page.comments {
            self.pass(BEFORE_A_COMMENT);
            let comment = NewComment {
                page: id,
                parent: None,
                body: self.body(text),
            };
            self.site
                .create_comment(&self.by(*person)?, comment)
                .await?;
        }
        if page.place == Place::Archive {
            self.site.archive_page(&author, id, true).await?;
        }
        Ok(id)
    }

    /// Makes a body of a text, replacing the words for people by their account ids.
    fn body(&self, text: &str) -> NewBody {
        let named = PEOPLE.iter().fold(text.to_owned(), |text, portrait| {
            match self.accounts.get(&portrait.person) {
                Some(id) => text.replace(&format!("{{{{{}}}}}", portrait.word), &id.to_string()),
                None => text,
            }
        });
        NewBody {
            representation: Representation::Storage,
            text: named,
        }
    }

    /// Assigns the guests to their space once it exists, and lets them comment in it.
    async fn guests(&self) -> Result<(), Failure> {
        for portrait in &PEOPLE {
            if let Is::GuestOf(key) = portrait.access {
                let id = self.account(portrait.person)?;
                self.site
                    .set_account_access(OPERATOR, id, portrait.access.access())
                    .await?;
                let guest = Principal::Account(id);
                self.site
                    .grant(OPERATOR, key.into(), guest, Operation::CreateComment)
                    .await?;
            }
        }
        Ok(())
    }

    /// Makes a service project with an organization, its customer, and the linked space.
    async fn service_desk(&self) -> Result<(), Failure> {
        let new = NewProject {
            key: "PAX".into(),
            name: "Passenger help desk".into(),
            portal: Portal::Restricted,
        };
        let project = self.site.create_project(OPERATOR, new).await?;
        let roles = [
            (Person::Mira, ProjectRole::Administrator),
            (Person::Pia, ProjectRole::Agent),
        ];
        for (person, role) in roles {
            self.site
                .add_project_role(OPERATOR, project, self.account(person)?, role)
                .await?;
        }
        let schools = self
            .site
            .create_organization(OPERATOR, "Gullholm School".into())
            .await?;
        self.site
            .add_to_organization(OPERATOR, schools, self.account(Person::Cato)?)
            .await?;
        self.site
            .add_organization_to_project(OPERATOR, project, schools)
            .await?;
        self.site.link_space(OPERATOR, project, HELP.into()).await?;
        Ok(())
    }

    async fn leave(&self) -> Result<(), Failure> {
        for portrait in PEOPLE
            .iter()
            .filter(|portrait| portrait.access == Is::Deactivated)
        {
            self.site
                .deactivate_account(OPERATOR, self.account(portrait.person)?)
                .await?;
        }
        Ok(())
    }
}

fn of(portrait: &Portrait, password: HashedPassword) -> NewAccount {
    let access = match portrait.access {
        // The space doesn't exist yet.
        Is::GuestOf(_) => narthex_site::account::Access::Guest { space_key: None },
        other => other.access(),
    };
    NewAccount {
        email: portrait.email.into(),
        name: portrait.name.into(),
        access,
        groups: portrait
            .groups
            .iter()
            .map(|group| (*group).into())
            .collect(),
        password: Some(password),
    }
}

fn fault(what: &str) -> Failure {
    Failure::Failed(format!("the demo is at fault: {what}; please report it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_history_of_the_demo_ends_before_today() {
        let pages: Vec<&Page> = SPACES.iter().flat_map(|space| space.pages).collect();
        let count = |number: usize| Millis::try_from(number).unwrap();
        let comments = pages.iter().map(|page| page.comments.len()).sum();
        let passed = count(pages.len()) * BETWEEN_PAGES + count(comments) * BEFORE_A_COMMENT;
        assert!(passed < AGE - 6 * 60 * MINUTE, "{} days", passed / DAY);
        assert!(passed > AGE - 2 * DAY, "{} days", passed / DAY);
    }

    #[test]
    fn a_password_has_five_groups_and_differs_each_time() {
        let entropy = Entropy::seeded(1);
        let (one, other) = (password(&entropy), password(&entropy));
        assert_eq!((one.len(), one.split('-').count()), (24, 5));
        assert_ne!(one, other);
    }
}
