//! What each operation that changes something does to a page or blog post in each
//! state, as a table that people read.
//!
//! It is made by asking: each operation of `narthex_served::table` that is about pages
//! or blog posts is sent, in each of its ways, by a site administrator who administers
//! the space and wrote the page, to a new page in each state. What is not about pages
//! is listed by name, so that a new route is looked at. When a difference is meant,
//! `INSTA_UPDATE=always` writes the table anew.

use narthex_access::{Catalogue, PageId, PageKind};
use narthex_served::table::{Entry, Near, table};
use narthex_served::{Aim, Ask, Kind, Who, World};
use narthex_site::page::{EditPage, NewBody, NewPage, Representation, Save, WhichSpace};
use narthex_site::place::Parent;
use narthex_site::space::NewSpace;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The state that something is in before it is asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Live,
    Draft,
    DraftOverLive,
    Archived,
    Trashed,
    Purged,
    OfTrashedSpace,
}

impl Before {
    const ALL: [Self; 7] = [
        Self::Live,
        Self::Draft,
        Self::DraftOverLive,
        Self::Archived,
        Self::Trashed,
        Self::Purged,
        Self::OfTrashedSpace,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Draft => "draft",
            Self::DraftOverLive => "draft over live",
            Self::Archived => "archived",
            Self::Trashed => "trashed",
            Self::Purged => "purged",
            Self::OfTrashedSpace => "of a trashed space",
        }
    }
}

/// What there is of a page: its state, its version, and whether a draft is kept over it.
#[derive(PartialEq, Eq)]
struct Seen(String);

impl Seen {
    fn of(catalogue: &Catalogue, id: PageId) -> Self {
        let Some(page) = catalogue.page(id) else {
            return Self("gone".into());
        };
        let row = page.row();
        let drafts = catalogue.page_drafts_of(id).count();
        let draft = if drafts > 0 { " with a draft" } else { "" };
        Self(format!("{} {}{draft}", row.state.word(), row.version))
    }
}

struct Ground<'w> {
    world: &'w World,
    made: u32,
}

impl Ground<'_> {
    async fn catalogue(&self) -> std::sync::Arc<Catalogue> {
        let store = self.world.served.site.store();
        store.catalogue().await.expect("the catalogue").0
    }

    /// A new page or blog post in a state.
    async fn make(&mut self, kind: Kind, before: Before) -> (PageId, Aim) {
        self.made += 1;
        let site = &self.world.served.site;
        let ada = self.world.credential(Who::Ada);
        let mut aim = self.world.aim("Guide").clone();
        aim.kind = kind;
        aim.title = format!("Number {}", self.made);
        if before == Before::OfTrashedSpace {
            let space = NewSpace {
                key: Some(format!("T{}", self.made)),
                name: format!("Space {}", self.made),
                description: String::new(),
                kind: narthex_access::SpaceKind::Global,
                private: false,
            };
            let made = site.create_space(&ada, space).await.expect("a space");
            (aim.space, aim.key) = (made.id.to_string(), made.key);
        }
        let body = |text: &str| NewBody {
            representation: Representation::Storage,
            text: format!("<p>{text}</p>"),
        };
        let new = NewPage {
            space: WhichSpace::Key(aim.key.clone()),
            parent: Parent::Home,
            kind: match kind {
                Kind::BlogPost => PageKind::BlogPost,
                _ => PageKind::Page,
            },
            draft: before == Before::Draft,
            title: aim.title.clone(),
            body: body("words"),
        };
        let id = site.create_page(&ada, new).await.expect("a page");
        aim.page = id.to_string();
        match before {
            Before::Live | Before::Draft => {}
            Before::DraftOverLive => {
                let edit = EditPage {
                    body: Some(body("kept")),
                    version: 1,
                    save: Save::Draft { begun_on: None },
                    ..EditPage::default()
                };
                site.edit_page(&ada, id, edit).await.expect("a draft");
            }
            Before::Archived => site.archive_page(&ada, id, true).await.expect("archived"),
            Before::Trashed => site.trash_page(&ada, id).await.expect("trashed"),
            Before::Purged => {
                site.trash_page(&ada, id).await.expect("trashed");
                site.purge_page(&ada, id).await.expect("purged");
            }
            Before::OfTrashedSpace => {
                let key = aim.key.clone();
                site.trash_space(&ada, key).await.expect("trashed");
            }
        }
        (id, aim)
    }

    /// What a way of an operation does in a state.
    async fn outcome(
        &mut self,
        (entry, way): (&Entry, usize),
        (kind, before): (Kind, Before),
        near: &Near,
    ) -> String {
        let (id, aim) = self.make(kind, before).await;
        let asks = entry.asks(&aim, near);
        let ask = asks.get(way).expect("as many ways as before");
        let was = Seen::of(&*self.catalogue().await, id);
        let ada = self.world.actor(Who::Ada);
        let told = self.world.served.ask(&ada, ask).await;
        let now = Seen::of(&*self.catalogue().await, id);
        assert!(told.status < 500, "{ask}: {}", told.text());
        if was == now {
            format!("{}", told.status)
        } else {
            format!("{}: {} → {}", told.status, was.0, now.0)
        }
    }
}

/// A way without what differs from one run to the next.
fn name(ask: &Ask, aim: &Aim) -> String {
    let query = ask.path.split_once('?').map_or("", |(_, query)| query);
    let body = String::from_utf8_lossy(&ask.body);
    let mut text = match (query.is_empty(), body.is_empty()) {
        (true, true) => "nothing".to_owned(),
        (false, true) => format!("?{query}"),
        (true, false) => body.into_owned(),
        (false, false) => format!("?{query} {body}"),
    };
    text = text.replace(&aim.page, "PAGE").replace(&aim.space, "SPACE");
    // Other ids are as long as they are random.
    let mut named = String::new();
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_alphanumeric() {
            digits.push(c);
            continue;
        }
        let id = digits.len() >= 12 && digits.chars().any(|c| c.is_ascii_digit());
        named.push_str(if id { "ID" } else { &digits });
        digits.clear();
        named.push(c);
    }
    let named: String = named.trim().chars().filter(|c| !c.is_control()).collect();
    match named.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", &named[..end]),
        None => named,
    }
}

#[tokio::test]
async fn every_operation_does_in_every_state_what_was_reviewed() {
    let world = World::new(221).await;
    let near = Near::of(&world);
    let mut ground = Ground {
        world: &world,
        made: 0,
    };
    let mut text = String::new();
    let mut others = Vec::new();
    let mut entries = table();
    entries.retain(|entry| !matches!(entry.method, "GET" | "HEAD"));
    entries.sort_by_key(|entry| (entry.template, entry.method));
    for entry in &entries {
        let kinds: Vec<Kind> = [Kind::Page, Kind::BlogPost]
            .into_iter()
            .filter(|kind| entry.about.contains(kind))
            .collect();
        if kinds.is_empty() {
            others.push(entry.name());
            continue;
        }
        writeln!(text, "\n{}", entry.name()).expect("written");
        for kind in kinds {
            let aim = Aim {
                kind,
                ..world.aim("Guide").clone()
            };
            for (way, ask) in entry.asks(&aim, &near).iter().enumerate() {
                writeln!(text, "  {kind:?}, {}", name(ask, &aim)).expect("written");
                let mut rows: BTreeMap<String, Vec<&str>> = BTreeMap::new();
                for before in Before::ALL {
                    let told = ground.outcome((entry, way), (kind, before), &near).await;
                    rows.entry(told).or_default().push(before.words());
                }
                for (told, states) in rows {
                    writeln!(text, "    {told}  ({})", states.join(", ")).expect("written");
                }
            }
        }
    }
    writeln!(text, "\nNot about a page or blog post:").expect("written");
    for other in others {
        writeln!(text, "  {other}").expect("written");
    }
    insta::assert_snapshot!(text);
}
