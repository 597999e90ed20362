//! What each operation that changes something does to a page or blog post in each state, as a table
//! that people read.
//!
//! It is made by requests: each operation of `narthex_served::table` that is about pages or blog
//! posts is sent, in each of its ways, by a site administrator who administers the space and wrote
//! the page, to a new page in each state, with an attachment, a comment, a thread, a task, a label
//! and a property of its own. Titles are new each time: no outcome depends on another. Operations
//! that aren't about pages are listed by name, so that a new route gets noticed. When a difference
//! is meant, `INSTA_UPDATE=always` writes the table anew.

use bytes::Bytes;
use narthex_access::{Catalogue, Door, LabelPrefix, Object, PageId, PageKind};
use narthex_served::table::{Entry, Near, table};
use narthex_served::{Aim, Ask, Kind, Who, World};
use narthex_site::attachment::NewAttachment;
use narthex_site::comment::NewComment;
use narthex_site::label::NewLabel;
use narthex_site::page::{EditPage, NewBody, NewPage, Representation, Save, WhichSpace};
use narthex_site::place::Parent;
use narthex_site::property::NewProperty;
use narthex_site::space::NewSpace;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;

/// The state of the content before the request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Live,
    Draft,
    DraftOverLive,
    Archived,
    Trashed,
    /// It was archived when it was trashed.
    TrashedArchived,
    Purged,
    OfTrashedSpace,
}

impl Before {
    const ALL: [Self; 8] = [
        Self::Live,
        Self::Draft,
        Self::DraftOverLive,
        Self::Archived,
        Self::Trashed,
        Self::TrashedArchived,
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
            Self::TrashedArchived => "archived and trashed",
            Self::Purged => "purged",
            Self::OfTrashedSpace => "of a trashed space",
        }
    }
}

/// The facts about a page that are compared: its state, its version, and whether it has a draft.
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

    /// Makes a page or blog post in a state.
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
            body: body(&format!("words</p>{TO_DO}<p>end")),
            created_at: None,
        };
        let id = site.create_page(&ada, new).await.expect("a page");
        aim.page = id.to_string();
        self.hang_on(id, &mut aim).await;
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
            Before::TrashedArchived => {
                site.archive_page(&ada, id, true).await.expect("archived");
                site.trash_page(&ada, id).await.expect("trashed");
            }
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

    /// Attaches everything to a page that it can have.
    async fn hang_on(&self, id: PageId, aim: &mut Aim) {
        let site = &self.world.served.site;
        let ada = self.world.credential(Who::Ada);
        let view = site.view(&ada, Door::Confluence).await.expect("a view");
        let tasks = view.tasks_in(id).expect("the page");
        aim.to_do = tasks
            .first()
            .map_or_else(String::new, |task| task.id.to_string());
        let said = NewComment {
            page: id,
            parent: None,
            body: NewBody {
                representation: Representation::Storage,
                text: "<p>said</p>".into(),
            },
        };
        let said = site.create_comment(&ada, said).await.expect("a comment");
        aim.comment = said.to_string();
        let bytes = futures_util::stream::iter([Ok::<_, Infallible>(Bytes::from("a file"))]);
        let blob = site.store().put_blob(bytes, 1 << 20).await.expect("kept");
        aim.file = "guide.txt".into();
        let attached = NewAttachment {
            page: id,
            file_name: aim.file.clone(),
            media_type: "text/plain".into(),
            remark: String::new(),
            blob,
            new_version: false,
        };
        let attached = site.attach(&ada, attached).await.expect("attached");
        aim.attachment = attached.to_string();
        aim.label = "own".into();
        let label = NewLabel::new(LabelPrefix::Global, &aim.label).expect("a label");
        let on = Object::Page(id);
        site.add_labels(&ada, on, vec![label])
            .await
            .expect("labelled");
        let noted = NewProperty {
            on,
            key: "notes".into(),
            value: "1".into(),
        };
        let noted = site.create_property(&ada, noted).await.expect("noted");
        aim.property = noted.to_string();
    }

    /// Returns what a way to call an operation does in a state.
    async fn outcome(
        &mut self,
        (entry, way): (&Entry, usize),
        (kind, before): (Kind, Before),
        near: &Near,
    ) -> String {
        let (id, aim) = self.make(kind, before).await;
        let asks = entry.asks(&aim, near);
        let ask = with_new_titles(asks.get(way).expect("as many ways as before"), self.made);
        let ask = &ask;
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

/// A task in the storage format.
const TO_DO: &str = "<ac:task-list><ac:task><ac:task-id>1</ac:task-id>\
     <ac:task-status>incomplete</ac:task-status><ac:task-body>do</ac:task-body></ac:task>\
     </ac:task-list>";

/// Returns the same request with titles that nothing has yet.
fn with_new_titles(ask: &Ask, number: u32) -> Ask {
    let Ok(body) = std::str::from_utf8(&ask.body) else {
        return ask.clone();
    };
    let mut body = body.to_owned();
    for title in ["\"title\":\"", "\"pageTitle\":\""] {
        body = body.replace(title, &format!("{title}{number} "));
    }
    if let Some(form) = body.strip_prefix("title=") {
        body = format!("title={number}+{form}");
    }
    Ask {
        body: body.into(),
        ..ask.clone()
    }
}

/// Returns a request's text without the texts of bodies.
fn without_bodies(text: &str) -> String {
    let Some((before, rest)) = text.split_once("\"body\":{") else {
        return text.to_owned();
    };
    let mut open = 1;
    let end = rest.find(|c| {
        open += i32::from(c == '{') - i32::from(c == '}');
        open == 0
    });
    let after = end.map_or("", |end| &rest[end..]);
    format!("{before}\"body\":{{…{}", without_bodies(after))
}

/// Returns the name of a way, without anything that differs from one run to the next.
fn name(ask: &Ask, aim: &Aim) -> String {
    let query = ask.path.split_once('?').map_or("", |(_, query)| query);
    let body = String::from_utf8_lossy(&ask.body);
    let body = without_bodies(&body);
    let mut text = match (query.is_empty(), body.is_empty()) {
        (true, true) => "nothing".to_owned(),
        (false, true) => format!("?{query}"),
        (true, false) => body,
        (false, false) => format!("?{query} {body}"),
    };
    text = text.replace(&aim.page, "PAGE").replace(&aim.space, "SPACE");
    // Other ids are recognized by their length, since they are random.
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
