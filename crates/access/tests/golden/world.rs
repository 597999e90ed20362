//! A site for each case of switches, flags and grants, with a page of every state under every
//! restriction for everybody who asks.

use super::table::Condition;
use crate::rows;
use narthex_access::decide::decide;
use narthex_access::*;

const HERE: u64 = 1;
const ELSEWHERE: u64 = 2;
/// The account that made whatever isn't the asker's own.
const OTHER: u64 = 90;

/// An asker of each tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asker {
    Licensed = 1,
    GuestHere,
    GuestElsewhere,
    Unlicensed,
    Customer,
    Anonymous,
    SiteAdministrator,
}

impl Asker {
    pub(crate) const ALL: &[Self] = &[
        Self::Licensed,
        Self::GuestHere,
        Self::GuestElsewhere,
        Self::Unlicensed,
        Self::Customer,
        Self::Anonymous,
        Self::SiteAdministrator,
    ];

    pub(crate) fn names() -> Vec<&'static str> {
        vec![
            "Licensed",
            "Guest",
            "Guest*",
            "Unlicensed",
            "Customer",
            "Anonymous",
            "SiteAdm",
        ]
    }

    /// Returns the number of the asker's account. For anonymous, it is one that nobody logs in to.
    fn account(self) -> u64 {
        self as u64
    }
}

/// The state of the space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held(SpaceState);

impl Held {
    pub(crate) const ALL: &[Self] = &[
        Self(SpaceState::Live),
        Self(SpaceState::Archived),
        Self(SpaceState::Trashed),
        Self(SpaceState::Importing),
    ];

    pub(crate) fn condition() -> Condition {
        Condition {
            name: "space",
            cases: Self::ALL.iter().map(|it| name(it.0.word())).collect(),
        }
    }
}

fn name(word: &str) -> String {
    if word == "current" {
        "live".into()
    } else {
        word.into()
    }
}

/// The state of the page, and whether it is the asker's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    Draft,
    OwnDraft,
    Live,
    OwnLive,
    Archived,
    Trashed,
}

impl Kept {
    pub(crate) const ALL: &[Self] = &[
        Self::Draft,
        Self::OwnDraft,
        Self::Live,
        Self::OwnLive,
        Self::Archived,
        Self::Trashed,
    ];
    /// The states in which attachments and comments of a page are tried.
    pub(crate) const PUBLISHED: &[Self] = &[Self::Live, Self::Archived, Self::Trashed];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::OwnDraft => "own-draft",
            Self::Live => "live",
            Self::OwnLive => "own-live",
            Self::Archived => "archived",
            Self::Trashed => "trashed",
        }
    }

    pub(crate) fn condition() -> Condition {
        Condition {
            name: "page",
            cases: Self::ALL.iter().map(|it| it.name().into()).collect(),
        }
    }

    fn state(self) -> PageState {
        match self {
            Self::Draft | Self::OwnDraft => PageState::Draft,
            Self::Live | Self::OwnLive => PageState::Live,
            Self::Archived => PageState::Archived,
            Self::Trashed => PageState::Trashed,
        }
    }

    fn is_own(self) -> bool {
        matches!(self, Self::OwnDraft | Self::OwnLive)
    }
}

/// The part of the tree that is restricted, and whether the asker is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    kind: PageKind,
    restriction: Option<(Where, bool)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    View,
    Above,
    Edit,
}

const fn page(restriction: Option<(Where, bool)>) -> Place {
    Place {
        kind: PageKind::Page,
        restriction,
    }
}

const fn blog_post(restriction: Option<(Where, bool)>) -> Place {
    Place {
        kind: PageKind::BlogPost,
        restriction,
    }
}

const fn folder(restriction: Option<(Where, bool)>) -> Place {
    Place {
        kind: PageKind::Folder,
        restriction,
    }
}

impl Place {
    pub(crate) const PAGE: &[Self] = &[
        page(None),
        page(Some((Where::View, true))),
        page(Some((Where::View, false))),
        page(Some((Where::Above, true))),
        page(Some((Where::Above, false))),
        page(Some((Where::Edit, true))),
        page(Some((Where::Edit, false))),
    ];
    pub(crate) const BLOG_POST: &[Self] = &[
        blog_post(None),
        blog_post(Some((Where::View, true))),
        blog_post(Some((Where::View, false))),
        blog_post(Some((Where::Edit, true))),
        blog_post(Some((Where::Edit, false))),
    ];
    pub(crate) const FOLDER: &[Self] = &[
        folder(None),
        folder(Some((Where::View, true))),
        folder(Some((Where::View, false))),
        folder(Some((Where::Above, true))),
        folder(Some((Where::Above, false))),
    ];

    pub(crate) fn condition(places: &[Self]) -> Condition {
        let name = |place: &Self| match place.restriction {
            None => "none".to_string(),
            Some((at, listed)) => {
                let at = match at {
                    Where::View => "view",
                    Where::Above => "above",
                    Where::Edit => "edit",
                };
                format!("{at}{}", if listed { '+' } else { '-' })
            }
        };
        Condition {
            name: "restriction",
            cases: places.iter().map(name).collect(),
        }
    }

    fn all() -> impl Iterator<Item = Self> {
        let pages = Self::PAGE.iter().chain(Self::BLOG_POST);
        pages.chain(Self::FOLDER).copied()
    }

    fn number(self) -> u64 {
        Self::all().position(|it| it == self).unwrap_or_default() as u64
    }
}

/// The grants of the asker's account in the space.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Given {
    Nothing,
    Read,
    Write,
    Administer,
}

impl Given {
    pub(crate) const ALL: &[Self] = &[Self::Nothing, Self::Read, Self::Write, Self::Administer];

    pub(crate) fn condition() -> Condition {
        let cases = ["none", "read", "write", "admin"]
            .map(String::from)
            .to_vec();
        Condition {
            name: "grant",
            cases,
        }
    }

    fn operations(self) -> &'static [Operation] {
        match self {
            Self::Nothing => &[],
            Self::Read => &[Operation::Read],
            Self::Write => &[
                Operation::Read,
                Operation::CreatePage,
                Operation::CreateBlogPost,
                Operation::CreateAttachment,
                Operation::CreateComment,
                Operation::DeleteOwn,
            ],
            Self::Administer => Operation::ALL,
        }
    }
}

/// The switches of the site and the flags of the space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gate {
    jsm_access: bool,
    anonymous_access: bool,
    enforce_anonymous: bool,
    unlicensed_view: bool,
    /// The grants of anonymous: none, view, or view and "create comment".
    anonymous: usize,
}

impl Gate {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..48).map(|n| Self {
            jsm_access: n / 24 % 2 == 1,
            anonymous_access: n / 12 % 2 == 1,
            enforce_anonymous: n / 6 % 2 == 1,
            unlicensed_view: n / 3 % 2 == 1,
            anonymous: n % 3,
        })
    }
}

/// A site.
pub(crate) struct World {
    pub(crate) catalogue: Catalogue,
}

impl World {
    /// Returns the people and pages that are the same in all worlds.
    pub(crate) fn base() -> Catalogue {
        let mut all: Vec<Row> = vec![
            rows::group(1, ConfluenceAccess::User).into(),
            rows::group(2, ConfluenceAccess::Guest).into(),
            rows::space(ELSEWHERE, SpaceState::Live).into(),
            rows::project(1, Portal::Open).into(),
            rows::link(1, 1, HERE).into(),
            rows::account(OTHER).into(),
        ];
        for asker in Asker::ALL {
            all.push(row_of(*asker).into());
            let group = match asker {
                Asker::Licensed => Some(1),
                Asker::GuestHere | Asker::GuestElsewhere => Some(2),
                _ => None,
            };
            let number = asker.account();
            all.extend(group.map(|group| rows::membership(number, number, group).into()));
            for place in Place::all() {
                for kept in Kept::ALL {
                    all.extend(page_rows(*asker, *kept, place));
                }
            }
        }
        all.into_iter().collect()
    }

    pub(crate) fn of(base: &Catalogue, held: Held, given: Given, gate: Gate) -> Self {
        let mut catalogue = base.clone();
        let switches = SwitchesRow {
            jsm_access: gate.jsm_access,
            anonymous_access: gate.anonymous_access,
            enforce_anonymous: gate.enforce_anonymous,
            ..SwitchesRow::default()
        };
        catalogue.apply(switches.into());
        catalogue.apply(rows::space(HERE, held.0).into());
        let mut grants = Vec::new();
        let class = Principal::Class;
        if gate.unlicensed_view {
            grants.push((class(AccessClass::AuthenticatedUsers), Operation::Read));
        }
        let anonymous = [Operation::Read, Operation::CreateComment];
        let anonymous = anonymous.into_iter().take(gate.anonymous);
        grants.extend(anonymous.map(|it| (class(AccessClass::AnonymousUsers), it)));
        for asker in Asker::ALL {
            let to = Principal::Account(AccountId::from_random(asker.account()));
            grants.extend(given.operations().iter().map(|it| (to, *it)));
        }
        for (n, (to, operation)) in grants.into_iter().enumerate() {
            catalogue.apply(rows::grant(n as u64 + 1, HERE, to, operation).into());
        }
        Self { catalogue }
    }

    pub(crate) fn subject(&self, asker: Asker, door: Door) -> Subject {
        match asker {
            Asker::Anonymous => None,
            _ => self
                .catalogue
                .subject_of(AccountId::from_random(asker.account()), door),
        }
        .unwrap_or_else(Subject::anonymous)
    }

    pub(crate) fn space(&self) -> Object {
        Object::Space(SpaceId::from_random(HERE))
    }

    pub(crate) fn page(&self, asker: Asker, kept: Kept, place: Place) -> PageId {
        PageId::from_random(number(asker, kept, place))
    }

    /// Returns an attachment or comment of a page, by the number of its case.
    pub(crate) fn content(&self, page: PageId, case: usize) -> Object {
        let id = page.get() * 10 + case as u64;
        if case < 3 {
            Object::Attachment(AttachmentId::from_random(id))
        } else {
            Object::Comment(CommentId::from_random(id))
        }
    }

    /// Returns a letter for each action that is allowed.
    pub(crate) fn letters(
        &self,
        asker: Asker,
        object: Object,
        actions: &[(Action, char)],
    ) -> String {
        let subject = self.subject(asker, Door::Portal);
        let allowed = |action| decide(&self.catalogue, &subject, action, object).is_allowed();
        let letters: String = actions
            .iter()
            .filter(|(it, _)| allowed(*it))
            .map(|(_, letter)| *letter)
            .collect();
        if letters.is_empty() {
            "-".into()
        } else {
            letters
        }
    }

    /// Returns the pages that were made for an asker.
    pub(crate) fn pages(&self, asker: Asker) -> impl Iterator<Item = PageId> {
        Place::all().flat_map(move |place| {
            Kept::ALL
                .iter()
                .map(move |kept| PageId::from_random(number(asker, *kept, place)))
        })
    }

    /// Returns all decisions for everybody. Two gates differ if and only if these do.
    pub(crate) fn everything(&self) -> Vec<bool> {
        let mut everything = Vec::new();
        for asker in Asker::ALL {
            let subject = self.subject(*asker, Door::Portal);
            let pages = self.pages(*asker).map(Object::Page);
            for object in pages.chain([self.space()]) {
                for action in Action::ALL {
                    everything
                        .push(decide(&self.catalogue, &subject, *action, object).is_allowed());
                }
            }
        }
        everything
    }
}

fn row_of(asker: Asker) -> AccountRow {
    AccountRow {
        kind: if asker == Asker::Customer {
            AccountKind::Customer
        } else {
            AccountKind::Site
        },
        site_admin: asker == Asker::SiteAdministrator,
        guest_space: match asker {
            Asker::GuestHere => Some(SpaceId::from_random(HERE)),
            Asker::GuestElsewhere => Some(SpaceId::from_random(ELSEWHERE)),
            _ => None,
        },
        ..rows::account(asker.account())
    }
}

/// Returns the number of a page. Numbers of the pages above end in 0.
fn number(asker: Asker, kept: Kept, place: Place) -> u64 {
    let kept = Kept::ALL
        .iter()
        .position(|it| *it == kept)
        .unwrap_or_default() as u64;
    ((asker.account() * 100 + place.number()) * 10 + kept + 1) * 10
}

fn page_rows(asker: Asker, kept: Kept, place: Place) -> Vec<Row> {
    let id = number(asker, kept, place);
    // Nobody logs in to the account of anonymous, so it has nothing of its own.
    let author = if kept.is_own() && asker != Asker::Anonymous {
        asker.account()
    } else {
        OTHER
    };
    let above = rows::page(id + 1, HERE, OTHER);
    let mut page = rows::page(id, HERE, author);
    page.kind = place.kind;
    page.state = kept.state();
    page.parent = (place.kind != PageKind::BlogPost).then_some(above.id);
    let (page_id, above_id) = (page.id, above.id);
    let mut all: Vec<Row> = vec![page.into(), above.into()];
    if let Some((at, listed)) = place.restriction {
        let (page, kind) = match at {
            Where::View => (page_id, RestrictionKind::View),
            Where::Above => (above_id, RestrictionKind::View),
            Where::Edit => (page_id, RestrictionKind::Edit),
        };
        let who = if listed { asker.account() } else { OTHER };
        let who = Principal::Account(AccountId::from_random(who));
        all.push(rows::restriction(id, page, kind, [who]).into());
    }
    let own = asker.account();
    let nobody = if asker == Asker::Anonymous { 0 } else { own };
    let (live, trashed) = (ContentState::Live, ContentState::Trashed);
    for (case, (author, state)) in [(OTHER, live), (own, live), (OTHER, trashed)]
        .into_iter()
        .enumerate()
    {
        all.push(rows::attachment(id * 10 + case as u64, page_id, author, state).into());
    }
    for (case, (author, state)) in [(OTHER, live), (nobody, live), (OTHER, trashed)]
        .into_iter()
        .enumerate()
    {
        all.push(rows::comment(id * 10 + 3 + case as u64, page_id, author, state).into());
    }
    all
}
