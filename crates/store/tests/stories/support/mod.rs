//! A site for tests of the store, which is opened on either engine, changed at random, and compared
//! with one that is loaded anew.

use narthex_access::*;
use narthex_store::change::{Actor, Change, Event, Planned};
use narthex_store::{Clock, CommitError, Entropy, Options, Store};
use narthex_testdb::TestDatabase;
use std::convert::Infallible;
use std::sync::Arc;

/// Opens the site of a database, creating it if it isn't there.
pub(crate) async fn open(database: &TestDatabase, seed: u64) -> Store {
    open_at(database.url(), database.folder().join("blobs"), seed).await
}

/// Opens the site of a database with another clock.
pub(crate) async fn open_with(database: &TestDatabase, seed: u64, clock: Clock) -> Store {
    let blobs = database.folder().join("blobs");
    open_at_with(database.url(), blobs, seed, clock).await
}

/// Opens the site at a URL.
pub(crate) async fn open_at(url: &str, blobs: std::path::PathBuf, seed: u64) -> Store {
    open_at_with(url, blobs, seed, Clock::Database).await
}

async fn open_at_with(url: &str, blobs: std::path::PathBuf, seed: u64, clock: Clock) -> Store {
    let options = Options {
        database: url.parse().unwrap(),
        blobs,
        body_cache: 1 << 20,
        clock,
        entropy: Entropy::seeded(seed),
    };
    Store::create(options, 1).await.unwrap()
}

/// Returns an event for a change of a test.
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

/// Returns a change of rows by the operator.
pub(crate) fn planned(rows: Vec<RowChange>) -> Planned<()> {
    Planned {
        actor: Actor::Operator,
        change: Change {
            rows,
            beside: Vec::new(),
            events: vec![event("test.changed")],
            answer: (),
        },
    }
}

/// Writes rows as the operator.
pub(crate) async fn write(store: &Store, rows: Vec<RowChange>) {
    let done: Result<(), CommitError<Infallible>> =
        store.commit(|_, _| Ok(planned(rows.clone()))).await;
    done.unwrap();
}

/// A source of random choices that depend only on a seed.
#[derive(Clone)]
pub(crate) struct Dice(pub(crate) Entropy);

impl Dice {
    /// Returns one of `0..n`.
    pub(crate) fn below(&self, n: u64) -> u64 {
        self.0.number() % n
    }

    /// Returns `true` half of the time.
    pub(crate) fn coin(&self) -> bool {
        self.below(2) == 0
    }

    fn one_of<T: Copy>(&self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    fn text(&self) -> Arc<str> {
        self.one_of(&[
            "",
            "a",
            "A",
            "Öl",
            "日本 🦀",
            "it's; -- \"x\"",
            "two\nlines",
            "e\u{301}",
        ])
        .into()
    }

    fn at(&self) -> i64 {
        i64::try_from(self.below(1 << 40)).unwrap()
    }

    fn principal(&self) -> Principal {
        match self.below(3) {
            0 => Principal::Account(AccountId::new(1 + self.below(6)).unwrap()),
            1 => Principal::Group(GroupId::new(1 + self.below(6)).unwrap()),
            _ => Principal::Class(self.one_of(AccessClass::ALL)),
        }
    }

    fn object(&self) -> Object {
        let id = 1 + self.below(6);
        match self.below(5) {
            0 => Object::Space(SpaceId::new(id).unwrap()),
            1 => Object::Page(PageId::new(id).unwrap()),
            2 => Object::Attachment(AttachmentId::new(id).unwrap()),
            3 => Object::Comment(CommentId::new(id).unwrap()),
            _ => Object::Template(TemplateId::new(id).unwrap()),
        }
    }

    /// Returns a row of a table with random columns. Its ids are from a small set, so that rows
    /// refer to each other.
    pub(crate) fn row(&self, table: Table) -> Row {
        macro_rules! id {
            ($kind:ident) => {
                $kind::new(1 + self.below(6)).unwrap()
            };
        }
        macro_rules! maybe {
            ($value:expr) => {
                if self.coin() { Some($value) } else { None }
            };
        }
        match table {
            Table::Switches => SwitchesRow {
                jsm_access: self.coin(),
                anonymous_access: self.coin(),
                enforce_anonymous: self.coin(),
                view_user_profiles: self.coin(),
                author_names: self.coin(),
                indexing: self.coin(),
                set_up: self.coin(),
            }
            .into(),
            Table::Group => {
                let id = id!(GroupId);
                GroupRow {
                    id,
                    // Plans ensure that names are unique; here each row has two names of its own.
                    name: format!("{}{}", id.get(), self.one_of(&["g", "G"])).into(),
                    confluence: self.one_of(ConfluenceAccess::ALL),
                    service_desk: self.coin(),
                }
                .into()
            }
            Table::Account => {
                let id = id!(AccountId);
                AccountRow {
                    id,
                    email: format!("{}{}@x", id.get(), self.one_of(&["a", "Ä"])).into(),
                    name: self.text(),
                    kind: self.one_of(AccountKind::ALL),
                    active: self.coin(),
                    site_admin: self.coin(),
                    guest_space: maybe!(id!(SpaceId)),
                    created_at: self.at(),
                }
                .into()
            }
            Table::Membership => {
                let id = 1 + self.below(36);
                MembershipRow {
                    id: MembershipId::new(id).unwrap(),
                    group: GroupId::new(1 + id % 6).unwrap(),
                    account: AccountId::new(1 + id / 6 % 6).unwrap(),
                }
                .into()
            }
            Table::GlobalGrant => GlobalGrantRow {
                id: id!(GlobalGrantId),
                principal: self.principal(),
                permission: self.one_of(GlobalPermission::ALL),
            }
            .into(),
            Table::Space => {
                let id = id!(SpaceId);
                SpaceRow {
                    id,
                    key: format!("{}{}", self.one_of(&["K", "k"]), id.get()).into(),
                    name: self.text(),
                    description: self.text(),
                    kind: self.one_of(SpaceKind::ALL),
                    state: self.one_of(SpaceState::ALL),
                    was_archived: self.coin(),
                    homepage: maybe!(id!(PageId)),
                    creator: id!(AccountId),
                    created_at: self.at(),
                }
                .into()
            }
            Table::Grant => GrantRow {
                id: GrantId::new(1 + self.below(40)).unwrap(),
                space: id!(SpaceId),
                principal: self.principal(),
                operation: self.one_of(Operation::ALL),
                role: maybe!(id!(SpaceRoleId)),
            }
            .into(),
            Table::Page => {
                let id = 1 + self.below(30);
                PageRow {
                    id: PageId::new(id).unwrap(),
                    space: id!(SpaceId),
                    // A page is never below itself: the law has no tree with a cycle.
                    parent: if id > 1 && self.coin() {
                        PageId::new(1 + self.below(id - 1))
                    } else {
                        None
                    },
                    kind: self.one_of(PageKind::ALL),
                    state: self.one_of(PageState::ALL),
                    was_archived: self.coin(),
                    title: self.text(),
                    position: self.at() - (1 << 39),
                    author: id!(AccountId),
                    owner: id!(AccountId),
                    created_at: self.at(),
                    body: id!(BodyId),
                    version: u32::try_from(self.below(1 << 32)).unwrap(),
                    updated_at: self.at(),
                    updated_by: id!(AccountId),
                }
                .into()
            }
            Table::Restriction => {
                let mut listed: Vec<Principal> =
                    (0..self.below(4)).map(|_| self.principal()).collect();
                listed.sort();
                listed.dedup();
                RestrictionRow {
                    id: RestrictionId::new(1 + self.below(12)).unwrap(),
                    page: PageId::new(1 + self.below(30)).unwrap(),
                    kind: self.one_of(RestrictionKind::ALL),
                    left_by: maybe!(id!(PageId)),
                    since: self.at(),
                    by: id!(AccountId),
                    listed: listed.into(),
                }
                .into()
            }
            Table::Attachment => AttachmentRow {
                id: id!(AttachmentId),
                page: id!(PageId),
                file_name: self.text(),
                media_type: self.text(),
                remark: self.text(),
                state: self.one_of(ContentState::ALL),
                author: id!(AccountId),
                created_at: self.at(),
                blob: id!(BlobId),
                size: self.below(1 << 40),
                version: 3,
                updated_at: self.at(),
                updated_by: id!(AccountId),
            }
            .into(),
            Table::Comment => CommentRow {
                id: id!(CommentId),
                page: id!(PageId),
                parent: maybe!(id!(CommentId)),
                place: self.one_of(CommentPlace::ALL),
                state: self.one_of(ContentState::ALL),
                resolution: self.one_of(Resolution::ALL),
                resolved_by: maybe!(id!(AccountId)),
                resolved_at: maybe!(self.at()),
                marker_ref: self.text(),
                selection: self.text(),
                match_index: 2,
                match_count: 3,
                author: maybe!(id!(AccountId)),
                created_at: self.at(),
                body: id!(BodyId),
                version: 1,
                updated_at: self.at(),
                updated_by: maybe!(id!(AccountId)),
            }
            .into(),
            Table::ServiceProject => ServiceProjectRow {
                id: id!(ProjectId),
                key: self.text(),
                name: self.text(),
                portal: self.one_of(Portal::ALL),
            }
            .into(),
            Table::ProjectRole => ProjectRoleRow {
                id: id!(ProjectRoleId),
                project: id!(ProjectId),
                account: id!(AccountId),
                role: self.one_of(ProjectRole::ALL),
            }
            .into(),
            Table::Organization => OrganizationRow {
                id: id!(OrganizationId),
                name: self.text(),
            }
            .into(),
            Table::OrganizationMember => OrganizationMemberRow {
                id: id!(OrganizationMemberId),
                organization: id!(OrganizationId),
                account: id!(AccountId),
            }
            .into(),
            Table::ProjectOrganization => ProjectOrganizationRow {
                id: id!(ProjectOrganizationId),
                project: id!(ProjectId),
                organization: id!(OrganizationId),
            }
            .into(),
            Table::SpaceLink => SpaceLinkRow {
                id: id!(SpaceLinkId),
                project: id!(ProjectId),
                space: id!(SpaceId),
            }
            .into(),
            Table::Token => TokenRow {
                id: id!(TokenId),
                account: id!(AccountId),
                label: self.text(),
                hash: self.0.bytes(),
                ends_in: self.text(),
                scopes: Scopes {
                    read: true,
                    write: self.coin(),
                    administer: self.coin(),
                },
                created_at: self.at(),
                expires_at: self.at(),
                ended_at: maybe!(self.at()),
            }
            .into(),
            Table::Session => SessionRow {
                id: id!(SessionId),
                account: id!(AccountId),
                hash: self.0.bytes(),
                created_at: self.at(),
                expires_at: self.at(),
                ended_at: maybe!(self.at()),
            }
            .into(),
            Table::OneTimeLink => OneTimeLinkRow {
                id: id!(OneTimeLinkId),
                account: id!(AccountId),
                hash: self.0.bytes(),
                expires_at: self.at(),
                ended_at: maybe!(self.at()),
            }
            .into(),
            Table::Label => LabelRow {
                id: id!(LabellingId),
                on: self.object(),
                prefix: self.one_of(LabelPrefix::ALL),
                name: self.text(),
                by: id!(AccountId),
                at: self.at(),
            }
            .into(),
            Table::Property => PropertyRow {
                id: id!(PropertyId),
                on: self.object(),
                key: self.text(),
                author: id!(AccountId),
                created_at: self.at(),
                body: id!(BodyId),
                version: 4,
                message: self.text(),
                minor: self.coin(),
                updated_at: self.at(),
                updated_by: id!(AccountId),
            }
            .into(),
            Table::Like => LikeRow {
                id: id!(LikeId),
                on: self.object(),
                by: id!(AccountId),
                at: self.at(),
            }
            .into(),
            Table::Watch => WatchRow {
                id: id!(WatchId),
                account: id!(AccountId),
                on: match self.below(3) {
                    0 => Watched::Page(id!(PageId)),
                    1 => Watched::Space(id!(SpaceId)),
                    _ => Watched::Label(id!(LabelId)),
                },
                since: self.at(),
            }
            .into(),
            Table::ContentStatus => ContentStatusRow {
                id: id!(ContentStatusId),
                page: id!(PageId),
                draft: self.coin(),
                choice: id!(StatusChoiceId),
                name: self.text(),
                colour: self.text(),
                by: id!(AccountId),
                at: self.at(),
            }
            .into(),
            Table::PageDraft => PageDraftRow {
                id: id!(PageDraftId),
                page: id!(PageId),
                author: id!(AccountId),
                base: 1,
                title: self.text(),
                message: self.text(),
                body: id!(BodyId),
                created_at: self.at(),
                updated_at: self.at(),
            }
            .into(),
            Table::CustomStatus => CustomStatusRow {
                id: id!(StatusChoiceId),
                account: id!(AccountId),
                name: self.text(),
                colour: self.text(),
                used_at: self.at(),
            }
            .into(),
            Table::Task => TaskRow {
                id: id!(TaskId),
                page: id!(PageId),
                local_id: self.text(),
                status: self.one_of(TaskStatus::ALL),
                assignee: maybe!(id!(AccountId)),
                due_at: maybe!(self.at()),
                blank: self.coin(),
                author: id!(AccountId),
                created_at: self.at(),
                updated_at: self.at(),
                completed_by: maybe!(id!(AccountId)),
                completed_at: maybe!(self.at()),
            }
            .into(),
            Table::Template => TemplateRow {
                id: id!(TemplateId),
                space: maybe!(id!(SpaceId)),
                kind: self.one_of(PageKind::ALL),
                name: self.text(),
                description: self.text(),
                body: id!(BodyId),
                author: id!(AccountId),
                created_at: self.at(),
                updated_by: id!(AccountId),
                updated_at: self.at(),
            }
            .into(),
            Table::SpaceRole => SpaceRoleRow {
                id: id!(SpaceRoleId),
                name: self.text(),
                description: self.text(),
                rights: Rights::of(self.one_of(Operation::ALL))
                    .and(Rights::of(self.one_of(Operation::ALL))),
            }
            .into(),
        }
    }

    /// Returns a change of a row of any table, which is mostly put and sometimes removed.
    pub(crate) fn change(&self) -> RowChange {
        let row = self.row(self.one_of(Table::ALL));
        if self.below(4) == 0 && row.table() != Table::Switches {
            RowChange::Remove(row.table(), row.id())
        } else {
            RowChange::Put(row)
        }
    }
}
