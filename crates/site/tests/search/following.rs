//! Property: an index that followed the journal finds the same as one that was rebuilt.

use crate::ground::{Ground, body, ground, node, search};
use narthex_access::{
    AttachmentId, AttachmentRow, BlobId, CommentId, ContentState, Object, PageId,
};
use narthex_site::Plan;
use narthex_site::comment::{EditComment, NewComment};
use narthex_site::label::NewLabel;
use narthex_store::Entropy;
use narthex_store::change::{Change, Event};
use narthex_testdb::TestDatabase;

const WORDS: &[&str] = &[
    "anchor", "buoy", "capstan", "anchors", "dock", "eddies", "Tür", "東京",
];
const QUERIES: &[&str] = &[
    "text ~ anchor",
    "text ~ 'anchor buoy'",
    "text ~ '\"buoy capstan\"'",
    "title ~ doc*",
    "text ~ 'anchro~'",
    "text !~ dock and type = page",
    "text ~ tur or text ~ 東京 order by title desc, created",
    "label = x1",
    "text ~ x1",
    "macro = toc",
    "contributor = currentUser() and type != comment",
    "type in (comment, attachment) and text ~ 'anchor OR buoy OR eddy'",
];

struct Story {
    ground: Ground,
    entropy: Entropy,
    pages: Vec<PageId>,
    gone: Vec<PageId>,
    comments: Vec<CommentId>,
    labelled: Vec<PageId>,
}

impl Story {
    fn below(&self, n: usize) -> usize {
        (self.entropy.number() % u64::try_from(n.max(1)).unwrap()) as usize
    }

    fn some<T: Copy>(&self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len())).copied()
    }

    fn words(&self) -> String {
        (0..self.below(6))
            .map(|_| self.some(WORDS).unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    }

    async fn step(&mut self) {
        self.ground.clock.advance(60_000);
        let (site, admin) = (self.ground.site.clone(), self.ground.admin.clone());
        let page = self.some(&self.pages);
        match (self.below(12), page) {
            (0..=2, _) | (_, None) => {
                let (title, text) = (self.words(), self.words());
                let toc = ["", "<ac:structured-macro ac:name=\"toc\"/>"][self.below(2)];
                let title = format!("{title} {}", self.entropy.number());
                let page = self.ground.page(&title, &format!("{text}{toc}")).await;
                self.pages.push(page);
            }
            (3, Some(page)) => self.ground.edit(page, None, Some(&self.words())).await,
            (4, Some(page)) => {
                let title = format!("{} {}", self.words(), self.entropy.number());
                self.ground.edit(page, Some(&title), None).await;
            }
            (5, Some(page)) => {
                site.trash_page(&admin, page).await.unwrap();
                self.pages.retain(|it| *it != page);
                self.gone.push(page);
            }
            (6, _) => {
                if let Some(page) = self.some(&self.gone) {
                    self.gone.retain(|it| *it != page);
                    if self.below(2) == 0 {
                        site.purge_page(&admin, page).await.unwrap();
                    } else {
                        site.restore_page(&admin, page, None).await.unwrap();
                        self.pages.push(page);
                    }
                }
            }
            (7, Some(page)) => {
                let new = NewComment {
                    page,
                    parent: None,
                    body: body(&self.words()),
                };
                self.comments
                    .push(site.create_comment(&admin, new).await.unwrap());
            }
            (8, _) => {
                if let Some(id) = self.some(&self.comments) {
                    let view = site
                        .view(&admin, narthex_access::Door::Confluence)
                        .await
                        .unwrap();
                    let Some(version) = view.comment(id).ok().map(|row| row.version) else {
                        return;
                    };
                    if self.below(2) == 0 {
                        let edit = EditComment {
                            body: Some(body(&self.words())),
                            version: version + 1,
                            message: String::new(),
                            resolved: None,
                        };
                        let _ = site.edit_comment(&admin, id, edit).await;
                    } else {
                        let _ = site.trash_comment(&admin, id).await;
                    }
                }
            }
            (9, Some(page)) => self.attach(page).await,
            (10, Some(page)) => {
                let label = vec![NewLabel::written("x1").unwrap()];
                site.add_labels(&admin, Object::Page(page), label)
                    .await
                    .unwrap();
                self.labelled.push(page);
            }
            (_, Some(_)) => {
                if let Some(page) = self.some(&self.labelled) {
                    let label = NewLabel::written("x1").unwrap();
                    let _ = site.remove_label(&admin, Object::Page(page), label).await;
                }
            }
        }
    }

    /// Attaches a file, of which the index knows only the name.
    async fn attach(&self, page: PageId) {
        let name = format!("{}.txt", self.words());
        let (author, number) = (self.ground.admin_id, self.entropy.number());
        let plan = move |plan: &Plan<'_>| {
            let row = AttachmentRow {
                id: AttachmentId::from_random(number),
                page,
                file_name: name.as_str().into(),
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
        self.ground
            .site
            .commit(crate::ground::OPERATOR, plan)
            .await
            .unwrap();
    }
}

fn rounds() -> usize {
    match std::env::var_os("NARTHEX_LONG") {
        Some(_) => 60,
        None => 8,
    }
}

narthex_testdb::both_engines! {
    async fn an_index_that_followed_answers_as_one_that_was_made_anew(database: TestDatabase) {
        let mut story = Story {
            ground: ground(database).await,
            entropy: Entropy::seeded(20),
            pages: Vec::new(),
            gone: Vec::new(),
            comments: Vec::new(),
            labelled: Vec::new(),
        };
        for round in 0..rounds() {
            for _ in 0..12 {
                story.step().await;
            }
            let ground = &story.ground;
            let anew = node(&ground.database, &ground.clock, &format!("anew-{round}")).await;
            for query in QUERIES {
                for who in [&ground.admin, &ground.reader] {
                    let (_, followed) = search(&ground.site, who, query).await;
                    let (_, made) = search(&anew, who, query).await;
                    assert_eq!(followed, made, "round {round}: {query}");
                }
            }
        }
    }
}
