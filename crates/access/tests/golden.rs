//! The golden table: every tier with all switches and flags, every grant, restriction and state,
//! for every action of law 2a, as text under `tests/golden/` that people can read.
//!
//! The test generates the texts and compares them. After an intended change of the law, write them
//! and review the difference:
//!
//! ```sh
//! NARTHEX_GOLDEN=write cargo test -p narthex-access --test golden
//! ```

#![expect(
    clippy::indexing_slicing,
    reason = "cases are numbered by the table that asks for them"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a text that can't be written fails the test"
)]

#[path = "golden/table.rs"]
mod table;
#[path = "golden/world.rs"]
mod world;

mod rows;

use narthex_access::decide::decide;
use narthex_access::explain::explain;
use narthex_access::{Action, Door, Object};
use std::fmt::Write;
use std::path::Path;
use table::{Condition, Table};
use world::{Asker, Gate, Given, Held, Kept, Place, World};

const LEGEND: &str = "\
Every combination of the conditions stands in exactly one line; lines that say the same are
drawn together, and * stands for all cases of a condition. A cell has a letter for each action
that is allowed; \"-\" is for none: then the object doesn't exist for the person who asks (law 6.1).

Who asks: Licensed; Guest, assigned to this space; Guest*, assigned to another; Unlicensed;
Customer, in the portal; Anonymous; SiteAdm, who has site administration and no licence.
The project that links the space has an open portal.
";

const GATES: &str = "
The gates: cases of the switches that nobody can tell apart.
jsm, anon, enf: jsm_access, anonymous_access, enforce_anonymous of the site.
unlic: unlicensed view of the space. open: its anonymous view, +c with \"create comment\".
";

const GRANTS: &str = "
Grants, to the account that asks: read; write: read, create page, blog post, attachment and
comment, delete own; admin: all.
";

const RESTRICTIONS: &str = "
Restrictions: view+ is restricted, and the person who asks is listed; view- isn't listed;
above+, above-: the page above is; edit+, edit-: editing is.
";

#[test]
fn the_decision_is_as_reviewed() {
    let worlds = worlds();
    let pages = page_table(&worlds, "page.txt", "A page", Place::PAGE);
    let blog_posts = page_table(&worlds, "blog-post.txt", "A blog post", Place::BLOG_POST);
    let folders = page_table(&worlds, "folder.txt", "A folder", Place::FOLDER);
    let different = [
        space_table(&worlds),
        pages,
        blog_posts,
        folders,
        content_table(&worlds),
    ]
    .into_iter()
    .flatten();
    assert_eq!(different.collect::<Vec<_>>(), Vec::<String>::new());
}

fn space_table(worlds: &Worlds) -> Option<String> {
    let conditions = vec![Held::condition(), Given::condition(), worlds.condition()];
    let actions = [
        (Action::View, 'v'),
        (Action::CreatePage, 'c'),
        (Action::CreateBlogPost, 'b'),
        (Action::ViewPast, 'h'),
        (Action::LikeOrWatch, 'l'),
        (Action::Export, 'x'),
        (Action::Attach, 'a'),
        (Action::Restrict, 'r'),
        (Action::ViewPermissions, 'q'),
        (Action::Trash, 't'),
        (Action::Administer, 'A'),
    ];
    let table = Table::of(conditions, Asker::names(), |cases| {
        let world = worlds.at(cases[0], cases[1], cases[2]);
        Asker::ALL
            .iter()
            .map(|asker| world.letters(*asker, world.space(), &actions))
            .collect()
    });
    compare("space.txt", "A space", &actions, &[GRANTS], worlds, table)
}

fn page_table(worlds: &Worlds, file: &str, title: &str, places: &[Place]) -> Option<String> {
    let conditions = vec![
        Held::condition(),
        Kept::condition(),
        Place::condition(places),
        Given::condition(),
        worlds.condition(),
    ];
    let actions = [
        (Action::View, 'v'),
        (Action::ViewInPortal, 'p'),
        (Action::ViewPast, 'h'),
        (Action::LikeOrWatch, 'l'),
        (Action::Export, 'x'),
        (Action::Comment, 'm'),
        (Action::CreatePage, 'c'),
        (Action::Edit, 'e'),
        (Action::Attach, 'a'),
        (Action::Restrict, 'r'),
        (Action::Archive, 'z'),
        (Action::Delete, 'd'),
        (Action::Trash, 't'),
    ];
    let table = Table::of(conditions, Asker::names(), |cases| {
        let world = worlds.at(cases[0], cases[3], cases[4]);
        let page = |asker| world.page(asker, Kept::ALL[cases[1]], places[cases[2]]);
        Asker::ALL
            .iter()
            .map(|asker| world.letters(*asker, Object::Page(page(*asker)), &actions))
            .collect()
    });
    compare(
        file,
        title,
        &actions,
        &[GRANTS, RESTRICTIONS],
        worlds,
        table,
    )
}

fn content_table(worlds: &Worlds) -> Option<String> {
    let contents = [
        "attachment",
        "own attachment",
        "trashed attachment",
        "comment",
        "own comment",
        "trashed comment",
    ];
    let conditions = vec![
        Condition {
            name: "object",
            cases: contents.map(str::to_string).to_vec(),
        },
        Held::condition(),
        Condition {
            name: "page",
            cases: Kept::PUBLISHED.iter().map(|it| it.name().into()).collect(),
        },
        Place::condition(Place::PAGE),
        Given::condition(),
        worlds.condition(),
    ];
    let actions = [
        (Action::View, 'v'),
        (Action::ViewInPortal, 'p'),
        (Action::ViewPast, 'h'),
        (Action::LikeOrWatch, 'l'),
        (Action::Comment, 'm'),
        (Action::Edit, 'e'),
        (Action::EditComment, 'e'),
        (Action::Delete, 'd'),
        (Action::Trash, 't'),
    ];
    let table = Table::of(conditions, Asker::names(), |cases| {
        let world = worlds.at(cases[1], cases[4], cases[5]);
        Asker::ALL
            .iter()
            .map(|asker| {
                let page = world.page(*asker, Kept::PUBLISHED[cases[2]], Place::PAGE[cases[3]]);
                world.letters(*asker, world.content(page, cases[0]), &actions)
            })
            .collect()
    });
    compare(
        "content.txt",
        "What is attached to a page",
        &actions,
        &[GRANTS, RESTRICTIONS],
        worlds,
        table,
    )
}

#[test]
fn the_explanation_agrees_with_the_decision_everywhere() {
    let worlds = worlds();
    for world in &worlds.all {
        for asker in Asker::ALL {
            // A customer is explained as it asks at Confluence, where it counts as nobody.
            let subject = world.subject(*asker, Door::Confluence);
            for id in world.pages(*asker) {
                let decision = decide(&world.catalogue, &subject, Action::View, Object::Page(id));
                let explained = explain(&world.catalogue, &subject, id).map(|it| it.decision);
                assert_eq!(explained, Some(decision), "{asker:?}, page {id}");
            }
        }
    }
}

/// The worlds of all cases. Gates with the same effect in all of them are one case.
struct Worlds {
    all: Vec<World>,
    classes: Vec<Vec<usize>>,
}

fn worlds() -> Worlds {
    let base = World::base();
    let mut all = Vec::new();
    for held in Held::ALL {
        for given in Given::ALL {
            all.extend(Gate::all().map(|gate| World::of(&base, *held, *given, gate)));
        }
    }
    let gates = Gate::all().count();
    let mut classes: Vec<(Vec<bool>, Vec<usize>)> = Vec::new();
    for gate in 0..gates {
        let everything: Vec<bool> = all
            .iter()
            .skip(gate)
            .step_by(gates)
            .flat_map(World::everything)
            .collect();
        match classes.iter_mut().find(|(other, _)| *other == everything) {
            Some((_, class)) => class.push(gate),
            None => classes.push((everything, vec![gate])),
        }
    }
    Worlds {
        all,
        classes: classes.into_iter().map(|(_, class)| class).collect(),
    }
}

impl Worlds {
    fn condition(&self) -> Condition {
        let letters = ('A'..='Z').take(self.classes.len()).map(String::from);
        Condition {
            name: "gate",
            cases: letters.collect(),
        }
    }

    fn at(&self, held: usize, given: usize, class: usize) -> &World {
        self.exactly(held, given, self.classes[class][0])
    }

    fn exactly(&self, held: usize, given: usize, gate: usize) -> &World {
        let gates = Gate::all().count();
        &self.all[(held * Given::ALL.len() + given) * gates + gate]
    }

    /// Returns a table of the switches of each gate, with a letter for its class.
    fn text(&self) -> String {
        let [off_on, views] = [vec!["off", "on"], vec!["off", "on", "on+c"]]
            .map(|cases| cases.into_iter().map(String::from).collect::<Vec<_>>());
        let conditions = ["jsm", "anon", "enf", "unlic"]
            .map(|name| Condition {
                name,
                cases: off_on.clone(),
            })
            .into_iter()
            .chain([Condition {
                name: "open",
                cases: views,
            }])
            .collect();
        let table = Table::of(conditions, vec!["gate"], |cases| {
            let gate = cases
                .iter()
                .zip([2, 2, 2, 2, 3])
                .fold(0, |sum, (case, of)| sum * of + case);
            let class = self.classes.iter().position(|class| class.contains(&gate));
            vec![
                class
                    .and_then(|n| ('A'..='Z').nth(n))
                    .map(String::from)
                    .unwrap_or_default(),
            ]
        });
        table.folded().text()
    }
}

fn compare(
    file: &str,
    title: &str,
    actions: &[(Action, char)],
    notes: &[&str],
    worlds: &Worlds,
    table: Table,
) -> Option<String> {
    let mut text = format!(
        "{title}: what is allowed, of {} combinations\n\n{LEGEND}\n",
        table.combinations()
    );
    for (action, letter) in actions {
        let _ = writeln!(text, "{letter} {action}");
    }
    text.extend(notes.iter().copied());
    let _ = write!(
        text,
        "{GATES}\n{}\n{}",
        worlds.text(),
        table.folded().text()
    );

    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(file);
    if std::env::var_os("NARTHEX_GOLDEN").is_some_and(|it| it == "write") {
        std::fs::write(&path, &text).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    let pairs = text.lines().zip(reviewed.lines());
    let first = pairs.enumerate().find(|(_, (is, was))| is != was);
    (text != reviewed).then(|| {
        format!(
            "{file} differs from what was reviewed, first in {first:?}: see the head of this file"
        )
    })
}
