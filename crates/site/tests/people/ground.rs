//! A site for a story: it is set up and has one administrator, and the story adds the spaces and
//! pages that it needs.

use narthex_access::{
    AccountId, BodyId, Credential, Door, GrantId, GrantRow, Millis, Operation, PageId, PageKind,
    PageRow, PageState, Principal, RestrictionId, RestrictionKind, RestrictionRow, RowChange,
    Scopes, SpaceId, SpaceKind, SpaceRow, SpaceState, SwitchesRow, View,
};
use narthex_site::account::{Access, Added, NewAccount};
use narthex_site::error::SiteError;
use narthex_site::password::Passwords;
use narthex_site::setup::FirstAdministrator;
use narthex_site::token::NewToken;
use narthex_site::{Plan, Site};
use narthex_store::change::{Change, Event};
use narthex_store::clock::ManualClock;
use narthex_store::{Clock, Entropy, Options, Store};
use narthex_testdb::TestDatabase;

pub(crate) const DAY: Millis = 24 * 60 * 60 * 1_000;

/// A password that obeys the rules.
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Ground {
    pub(crate) site: Site,
    pub(crate) clock: ManualClock,
    pub(crate) passwords: Passwords,
    /// The first administrator.
    pub(crate) admin: AccountId,
    entropy: Entropy,
    _database: TestDatabase,
}

/// Makes a site that nobody has set up.
pub(crate) async fn untouched(database: &TestDatabase) -> (Site, ManualClock) {
    let clock = ManualClock::at(1_000 * DAY);
    let store = open(database, Clock::Manual(clock.clone())).await;
    (Site::new(store, Entropy::seeded(7)), clock)
}

/// Makes a site with its first administrator.
pub(crate) async fn ground(database: TestDatabase) -> Ground {
    let (site, clock) = untouched(&database).await;
    let first = FirstAdministrator {
        email: "root@example.com".into(),
        name: "Root".into(),
        password: None,
    };
    let admin = site
        .set_up(&Credential::Operator, first)
        .await
        .unwrap()
        .account;
    Ground {
        site,
        clock,
        passwords: Passwords::new(Entropy::seeded(9)),
        admin,
        entropy: Entropy::seeded(8),
        _database: database,
    }
}

impl Ground {
    /// Adds an account with an access.
    pub(crate) async fn add(&self, email: &str, access: Access) -> AccountId {
        self.add_new(email, access, &[]).await.unwrap().account
    }

    pub(crate) async fn add_new(
        &self,
        email: &str,
        access: Access,
        groups: &[&str],
    ) -> Result<Added, SiteError> {
        let new = NewAccount {
            email: email.into(),
            name: email.into(),
            access,
            groups: groups.iter().map(|name| (*name).into()).collect(),
            password: None,
        };
        self.site.add_account(&Credential::Operator, new).await
    }

    /// Creates a token of an account, with all scopes.
    pub(crate) async fn token(&self, account: AccountId) -> Credential {
        self.token_with(account, Scopes::ALL).await
    }

    pub(crate) async fn token_with(&self, account: AccountId, scopes: Scopes) -> Credential {
        let new = NewToken {
            label: "test".into(),
            life: 30 * DAY,
            scopes,
        };
        let made = self
            .site
            .create_token_for(&Credential::Operator, account, new)
            .await
            .unwrap();
        Credential::Token {
            email: None,
            hash: made.secret.hash(),
        }
    }

    /// Writes rows as they are, without the checks of an operation.
    pub(crate) async fn plant(&self, rows: Vec<RowChange>) {
        self.plant_with(rows, event("test.planted")).await;
    }

    /// Writes rows as they are, with a journal entry.
    pub(crate) async fn plant_with(&self, rows: Vec<RowChange>, event: Event) {
        let planted = move |_: &Plan<'_>| {
            Ok(Change {
                rows: rows.clone(),
                beside: vec![],
                events: vec![event.clone()],
                answer: (),
            })
        };
        self.site
            .commit(&Credential::Operator, planted)
            .await
            .unwrap();
    }

    /// Makes a live space that the administrator administers and nobody else sees.
    pub(crate) async fn space(&self, key: &str) -> SpaceId {
        let id = self.id(SpaceId::from_random);
        let row = SpaceRow {
            id,
            key: key.into(),
            name: key.into(),
            description: "".into(),
            kind: SpaceKind::Global,
            state: SpaceState::Live,
            was_archived: false,
            homepage: None,
            creator: self.admin,
            created_at: 0,
        };
        self.plant(vec![row.into()]).await;
        for operation in [Operation::Read, Operation::Administer] {
            self.give(id, Principal::Account(self.admin), operation)
                .await;
        }
        id
    }

    pub(crate) async fn give(&self, space: SpaceId, principal: Principal, operation: Operation) {
        let id = self.id(GrantId::from_random);
        self.plant(vec![
            GrantRow {
                id,
                space,
                principal,
                operation,
                role: None,
            }
            .into(),
        ])
        .await;
    }

    /// Makes a live page at the root of a space.
    pub(crate) async fn page(&self, space: SpaceId) -> PageId {
        let id = self.id(PageId::from_random);
        let row = PageRow {
            id,
            space,
            parent: None,
            kind: PageKind::Page,
            state: PageState::Live,
            was_archived: false,
            title: "Title".into(),
            position: 0,
            author: self.admin,
            owner: self.admin,
            created_at: 0,
            body: self.id(BodyId::from_random),
            version: 1,
            updated_at: 0,
            updated_by: self.admin,
        };
        self.plant(vec![row.into()]).await;
        id
    }

    /// Restricts viewing of a page to these principals.
    pub(crate) async fn restrict(&self, page: PageId, listed: &[Principal]) -> RestrictionId {
        let id = self.id(RestrictionId::from_random);
        let mut listed = listed.to_vec();
        listed.sort();
        let row = RestrictionRow {
            id,
            page,
            kind: RestrictionKind::View,
            left_by: None,
            since: 0,
            by: self.admin,
            listed: listed.into(),
        };
        self.plant(vec![row.into()]).await;
        id
    }

    pub(crate) async fn switches(&self, row: SwitchesRow) {
        self.plant(vec![
            SwitchesRow {
                set_up: true,
                ..row
            }
            .into(),
        ])
        .await;
    }

    pub(crate) async fn view(&self, credential: &Credential) -> Result<View, SiteError> {
        self.site.view(credential, Door::Confluence).await
    }

    /// Whether the sender of a credential sees a page.
    pub(crate) async fn sees(&self, credential: &Credential, page: PageId) -> bool {
        self.view(credential).await.unwrap().page(page).is_ok()
    }

    /// Looks something up in the whole catalogue, without a decision.
    pub(crate) async fn of<T>(&self, look: impl Fn(&Plan<'_>) -> T) -> T {
        self.site
            .rehearse(&Credential::Operator, |plan| Ok(look(plan)))
            .await
            .unwrap()
    }

    fn id<I>(&self, from_random: impl FnOnce(u64) -> I) -> I {
        from_random(self.entropy.number())
    }
}

/// Makes a journal entry that is about nothing.
pub(crate) fn event(kind: &'static str) -> Event {
    Event {
        kind,
        space: None,
        page: None,
        object: String::new(),
        before: None,
        after: None,
    }
}

async fn open(database: &TestDatabase, clock: Clock) -> Store {
    let options = Options {
        database: database.url().parse().unwrap(),
        blobs: database.folder().join("blobs"),
        body_cache: 1 << 20,
        clock,
        entropy: Entropy::seeded(6),
    };
    Store::create(options, 0).await.unwrap()
}
