//! A site with one open space, its administrator and a reader without a licence, and nodes that
//! search it.

use narthex_access::{
    AccountId, Credential, Door, PageId, PageKind, Scopes, SpaceId, SpaceKind, View,
};
use narthex_site::Site;
use narthex_site::account::{Access, NewAccount};
use narthex_site::page::{EditPage, NewBody, NewPage, Representation, Save, WhichSpace};
use narthex_site::place::Parent;
use narthex_site::search::cql;
use narthex_site::search::find::{Asked, Found, Item};
use narthex_site::setup::FirstAdministrator;
use narthex_site::space::NewSpace;
use narthex_site::switch::{SetSpaceSwitch, SetSwitches, SpaceSwitch};
use narthex_site::token::NewToken;
use narthex_store::clock::ManualClock;
use narthex_store::{Clock, Entropy, Options, Store};
use narthex_testdb::TestDatabase;

/// How long a search waits for its index. It is long because other tests keep the machine busy.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);
const DAY: i64 = 24 * 60 * 60 * 1_000;
pub(crate) const OPERATOR: &Credential = &Credential::Operator;

pub(crate) struct Ground {
    pub(crate) site: Site,
    pub(crate) clock: ManualClock,
    pub(crate) space: SpaceId,
    /// A token of the first administrator, who is licensed.
    pub(crate) admin: Credential,
    pub(crate) admin_id: AccountId,
    /// A token of an account without a licence.
    pub(crate) reader: Credential,
    pub(crate) database: TestDatabase,
}

/// Makes a node with an index of its own, in a folder of the database.
pub(crate) async fn node(database: &TestDatabase, clock: &ManualClock, name: &str) -> Site {
    let options = Options {
        database: database.url().parse().unwrap(),
        blobs: database.folder().join("blobs"),
        body_cache: 1 << 20,
        clock: Clock::Manual(clock.clone()),
        entropy: Entropy::from_os().unwrap(),
    };
    let store = Store::create(options, 0).await.unwrap();
    Site::new(store, Entropy::from_os().unwrap())
        .with_search(database.folder().join(name), PATIENCE)
}

pub(crate) async fn ground(database: TestDatabase) -> Ground {
    let clock = ManualClock::at(20_000 * DAY);
    let site = node(&database, &clock, "index").await;
    let first = FirstAdministrator {
        email: "root@example.com".into(),
        name: "Root".into(),
        password: None,
    };
    let admin_id = site.set_up(OPERATOR, first).await.unwrap().account;
    let new = NewAccount {
        email: "reader@example.com".into(),
        name: "Reader".into(),
        access: Access::None,
        groups: Vec::new(),
        password: None,
    };
    let reader = site.add_account(OPERATOR, new).await.unwrap().account;
    let on = SetSwitches {
        jsm_access: Some(true),
        ..SetSwitches::default()
    };
    site.set_switches(OPERATOR, on).await.unwrap();
    let admin = token(&site, admin_id).await;
    let new = NewSpace {
        key: Some("DOCS".into()),
        name: "Documents".into(),
        description: String::new(),
        kind: SpaceKind::Global,
        private: false,
    };
    let space = site.create_space(&admin, new).await.unwrap().id;
    let ground = Ground {
        reader: token(&site, reader).await,
        site,
        clock,
        space,
        admin,
        admin_id,
        database,
    };
    ground.open(true).await;
    ground
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

pub(crate) fn body(text: &str) -> NewBody {
    NewBody {
        representation: Representation::Storage,
        text: format!("<p>{text}</p>"),
    }
}

impl Ground {
    /// Opens the space to any active account, or closes it.
    pub(crate) async fn open(&self, on: bool) {
        let set = SetSpaceSwitch {
            space_key: "DOCS".into(),
            switch: SpaceSwitch::UnlicensedView,
            on,
        };
        self.site
            .set_space_switches(OPERATOR, vec![set])
            .await
            .unwrap();
    }

    pub(crate) async fn page(&self, title: &str, text: &str) -> PageId {
        let new = NewPage {
            space: WhichSpace::Id(self.space),
            parent: Parent::Home,
            kind: PageKind::Page,
            draft: false,
            title: title.into(),
            body: body(text),
            created_at: None,
        };
        self.site.create_page(&self.admin, new).await.unwrap()
    }

    pub(crate) async fn edit(&self, page: PageId, title: Option<&str>, text: Option<&str>) {
        let view = self.site.view(&self.admin, Door::Confluence).await.unwrap();
        let edit = EditPage {
            title: title.map(Into::into),
            body: text.map(body),
            version: view.page(page).unwrap().row().version + 1,
            message: String::new(),
            minor: false,
            save: Save::InPlace,
            parent: None,
            owner: None,
            created_at: None,
        };
        self.site.edit_page(&self.admin, page, edit).await.unwrap();
    }
}

/// Returns the hits of a node for the sender of a credential.
pub(crate) async fn search(site: &Site, who: &Credential, text: &str) -> (View, Found) {
    let query = cql::parse(text).unwrap();
    let view = site.view(who, Door::Confluence).await.unwrap();
    let asked = Asked {
        archived_pages: true,
        limit: 250,
        ..Asked::default()
    };
    let searched = site.search(who, &view, &query, &asked).await.unwrap();
    (searched.view, searched.found)
}

/// Returns the titles of a node's hits for the sender of a credential, in order.
pub(crate) async fn titles(site: &Site, who: &Credential, text: &str) -> Vec<String> {
    let (view, found) = search(site, who, text).await;
    let title = |item: Item<'_>| match item {
        Item::Page(page) => page.row().title.to_string(),
        Item::Comment(_, page) => format!("Re: {}", page.row().title),
        Item::Attachment(row, _) => row.file_name.to_string(),
        Item::Space(space) => space.row().name.to_string(),
    };
    assert_eq!(found.total, found.hits.len());
    let hits = found.hits.iter();
    hits.map(|hit| title(Item::of(&view, hit.thing).unwrap()))
        .collect()
}
