//! A site with a space that is open to the internet, and with people of several tiers.

use narthex_access::{
    AccountId, AttachmentId, AttachmentRow, BlobId, Catalogue, ContentState, Credential, Operation,
    PageId, PageKind, Principal, Scopes, SpaceKind,
};
use narthex_site::account::{Access, NewAccount};
use narthex_site::error::SiteError;
use narthex_site::page::{NewBody, NewPage, Representation, WhichSpace};
use narthex_site::place::Parent;
use narthex_site::setup::FirstAdministrator;
use narthex_site::space::NewSpace;
use narthex_site::switch::{SetSpaceSwitch, SetSwitches, SpaceSwitch};
use narthex_site::token::NewToken;
use narthex_site::{Plan, Site};
use narthex_store::change::{Change, Event};
use narthex_store::clock::ManualClock;
use narthex_store::{Clock, Entropy, Options, Store};
use narthex_testdb::TestDatabase;

const DAY: i64 = 24 * 60 * 60 * 1_000;
const OPERATOR: &Credential = &Credential::Operator;
/// The key of the space in which everything happens.
pub(crate) const SPACE: &str = "HELP";

pub(crate) struct Stage {
    pub(crate) site: Site,
    pub(crate) home: PageId,
    /// An administrator of the site and the space.
    pub(crate) root: (AccountId, Credential),
    /// An editor, who writes, deletes and restricts in the space, and doesn't administer it.
    pub(crate) editor: (AccountId, Credential),
    /// A reader with a licence.
    pub(crate) reader: AccountId,
    entropy: Entropy,
    _database: TestDatabase,
}

impl Stage {
    pub(crate) async fn new(database: TestDatabase, seed: u64) -> Self {
        let options = Options {
            database: database.url().parse().unwrap(),
            blobs: database.folder().join("blobs"),
            body_cache: 1 << 20,
            clock: Clock::Manual(ManualClock::at(20_000 * DAY)),
            entropy: Entropy::seeded(seed),
        };
        let store = Store::create(options, 0).await.unwrap();
        let site = Site::new(store, Entropy::seeded(seed + 1));
        let first = FirstAdministrator {
            email: "root@example.com".into(),
            name: "Root".into(),
            password: None,
        };
        let root = site.set_up(OPERATOR, first).await.unwrap().account;
        let on = SetSwitches {
            jsm_access: Some(true),
            anonymous_access: Some(true),
            ..SetSwitches::default()
        };
        site.set_switches(OPERATOR, on).await.unwrap();
        let editor = account(&site, "editor@example.com", Access::Confluence).await;
        let reader = account(&site, "reader@example.com", Access::Confluence).await;
        account(&site, "unlicensed@example.com", Access::None).await;
        let root = (root, token(&site, root).await);
        let new = NewSpace {
            key: Some(SPACE.into()),
            name: "Help".into(),
            description: String::new(),
            kind: SpaceKind::Global,
            private: false,
        };
        let home = site.create_space(&root.1, new).await.unwrap().homepage;
        let open = |switch| SetSpaceSwitch {
            space_key: SPACE.into(),
            switch,
            on: true,
        };
        let open = vec![
            open(SpaceSwitch::UnlicensedView),
            open(SpaceSwitch::AnonymousView),
        ];
        site.set_space_switches(OPERATOR, open).await.unwrap();
        for operation in [
            Operation::Read,
            Operation::DeletePage,
            Operation::DeleteAttachment,
            Operation::DeleteComment,
            Operation::ArchivePage,
            Operation::Restrict,
        ] {
            let to = Principal::Account(editor);
            site.grant(OPERATOR, SPACE.into(), to, operation)
                .await
                .unwrap();
        }
        let editor = (editor, token(&site, editor).await);
        Self {
            site,
            home,
            root,
            editor,
            reader,
            entropy: Entropy::seeded(seed + 2),
            _database: database,
        }
    }

    /// Returns the present state of the site.
    pub(crate) async fn catalogue(&self) -> Catalogue {
        self.site
            .rehearse(OPERATOR, |plan| Ok(plan.catalogue.clone()))
            .await
            .unwrap()
    }

    pub(crate) fn number(&self) -> u64 {
        self.entropy.number()
    }

    /// A page to create below another.
    pub(crate) fn new_page(&self, below: PageId, draft: bool) -> NewPage {
        NewPage {
            space: WhichSpace::Key(SPACE.into()),
            parent: Parent::Page(below),
            kind: PageKind::Page,
            draft,
            title: format!("Page {}", self.number()),
            body: text("words"),
            created_at: None,
        }
    }

    /// Creates a page with a file below another, as the site's administrator.
    pub(crate) async fn page(&self, below: PageId) -> Result<(), SiteError> {
        let new = self.new_page(below, false);
        let page = self.site.create_page(&self.root.1, new).await?;
        self.attach(page).await;
        Ok(())
    }

    /// Attaches a file to a page by its row alone, which is all that decisions need.
    async fn attach(&self, page: PageId) {
        let (author, number) = (self.root.0, self.number());
        let plan = move |plan: &Plan<'_>| {
            let row = AttachmentRow {
                id: AttachmentId::from_random(number),
                page,
                file_name: "file.txt".into(),
                media_type: "text/plain".into(),
                remark: "".into(),
                state: ContentState::Live,
                author,
                created_at: plan.now,
                blob: BlobId::from_random(number),
                size: 1,
                version: 1,
                updated_at: plan.now,
                updated_by: author,
            };
            Ok(Change {
                rows: vec![row.into()],
                beside: vec![],
                events: vec![Event {
                    kind: "test.attached",
                    space: None,
                    page: None,
                    object: String::new(),
                    before: None,
                    after: None,
                }],
                answer: (),
            })
        };
        self.site.commit(OPERATOR, plan).await.unwrap();
    }
}

pub(crate) fn text(words: &str) -> NewBody {
    NewBody {
        representation: Representation::Storage,
        text: format!("<p>{words}</p>"),
    }
}

async fn account(site: &Site, email: &str, access: Access) -> AccountId {
    let new = NewAccount {
        email: email.into(),
        name: email.into(),
        access,
        groups: Vec::new(),
        password: None,
    };
    site.add_account(OPERATOR, new).await.unwrap().account
}

async fn token(site: &Site, account: AccountId) -> Credential {
    let new = NewToken {
        label: "test".into(),
        life: 30 * DAY,
        scopes: Scopes::ALL,
    };
    let made = site.create_token_for(OPERATOR, account, new).await.unwrap();
    Credential::Token {
        email: None,
        hash: made.secret.hash(),
    }
}
