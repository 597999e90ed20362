use narthex_server::web::pages::chrome::{Chrome, NoticeKind};
use narthex_server::web::pages::drafts::DraftLine;
use narthex_server::web::pages::home::{Home, SpaceCard, Visitor};
use narthex_server::web::pages::moment::{Count, Size};
use narthex_server::web::pages::page::{
    Actions, AttachmentLine, CommentView, PageLink, PageState, PageView, Rendered,
};
use narthex_server::web::pages::search::{HitShown, Outcome, Search, SpaceChoice};
use narthex_server::web::pages::space::{BlogPostLine, HomePage, SpaceHead, SpaceOverview};
use narthex_server::web::pages::tree::{Tree, TreeEntry};
use narthex_server::web::paths;

use super::{Sample, Samples, sample};

const BODY: &str = include_str!("body.html");

impl<'a> Samples<'a> {
    fn card(&self, key: &str, name: &str, description: &str) -> SpaceCard<'a> {
        SpaceCard {
            key: self.text(key),
            name: self.text(name),
            personal: key.starts_with('~'),
            archived: key == "OLD",
            description: self.text(description),
        }
    }

    fn home(&self, chrome: Chrome<'a>, spaces: Vec<SpaceCard<'a>>, visitor: Visitor) -> Home<'a> {
        Home {
            may_create_space: visitor == Visitor::Licensed,
            chrome,
            drafts: vec![DraftLine {
                id: 4_712,
                address: "/wiki/spaces/HAND/pages/4712".to_owned(),
                title: self.text("Fog signals"),
                space: self.text("Harbour Handbook"),
                over_published: false,
                may_continue: true,
                kept: self.hours_ago(2),
            }],
            all_drafts: Count(1),
            spaces,
            visitor,
        }
    }

    pub(super) fn space_head(&self) -> SpaceHead<'a> {
        SpaceHead {
            key: self.text("HAND"),
            name: self.text("Harbour Handbook"),
            personal: false,
            archived: false,
            may_view: true,
            may_see_permissions: true,
            may_see_trash: true,
            drafts: Count(1),
        }
    }

    fn tree(&self, current: u64) -> Tree<'a> {
        let pages = [
            (0, 700, "Welcome to the harbour", true, false),
            (1, 731, "Your first three weeks", true, false),
            (2, 732, "Keys, shoes and the gate house", false, false),
            (2, 733, "Standing watch", false, true),
            (1, 740, "Berths", false, false),
            (2, 741, "North quay", false, false),
            (2, 742, "South quay", false, false),
            (1, 750, "Radio procedure", false, false),
            (
                0,
                760,
                "Incidents and what they taught us about fog",
                false,
                true,
            ),
            (0, 770, "Glossary", false, false),
        ];
        Tree::from_preorder(pages.map(|(depth, id, title, open, more)| TreeEntry {
            depth,
            id,
            title: self.text(title),
            current: id == current,
            open,
            more,
        }))
    }

    fn page(&self, chrome: Chrome<'a>) -> PageView<'a> {
        PageView {
            chrome,
            space: SpaceHead {
                may_see_permissions: false,
                may_see_trash: false,
                ..self.space_head()
            },
            tree: self.tree(731),
            ancestors: vec![PageLink {
                id: 700,
                title: self.text("Welcome to the harbour"),
            }],
            id: 731,
            title: self.text("Your first three weeks"),
            in_folder: None,
            state: PageState::Live,
            has_own_draft: false,
            restricted: false,
            author: None,
            updated: self.hours_ago(30),
            body: Rendered(BODY.into()),
            labels: Vec::new(),
            attachments: Vec::new(),
            comments: Vec::new(),
            more_comments: 0,
            actions: Actions::default(),
        }
    }

    fn rich_page(&self) -> PageView<'a> {
        PageView {
            author: Some(self.text("Jonas Reyes")),
            restricted: true,
            labels: ["onboarding", "safety", "2026"]
                .map(|label| self.text(label))
                .to_vec(),
            attachments: vec![
                AttachmentLine {
                    file_name: self.text("Quay map (north and south).pdf"),
                    media_type: self.text("application/pdf"),
                    size: Size(2_412_000),
                    updated: self.hours_ago(400),
                },
                AttachmentLine {
                    file_name: self.text("flags.png"),
                    media_type: self.text("image/png"),
                    size: Size(48_200),
                    updated: self.hours_ago(90),
                },
            ],
            comments: vec![
                CommentView {
                    id: 9_001,
                    author: Some(self.text("Ines Okafor")),
                    written: self.hours_ago(20),
                    reply: false,
                    body: Rendered("<p>Is the gate house open on Sundays?</p>".into()),
                },
                CommentView {
                    id: 9_002,
                    author: Some(self.text("Jonas Reyes")),
                    written: self.hours_ago(18),
                    reply: true,
                    body: Rendered("<p>From eight. Ring twice.</p>".into()),
                },
            ],
            more_comments: 0,
            actions: Actions {
                edit: true,
                create_below: true,
                restrict: true,
                access: true,
                delete: true,
                comment: true,
            },
            ..self.page(self.administrator("Your first three weeks"))
        }
    }

    fn overview(&self, home: Option<HomePage<'a>>, tree: Tree<'a>) -> SpaceOverview<'a> {
        SpaceOverview {
            chrome: self.reader("Harbour Handbook"),
            space: self.space_head(),
            tree,
            home,
            blog_posts: Vec::new(),
            may_create_page: false,
        }
    }

    fn search(&self, asked: &str) -> Search<'a> {
        let choice = |key, name| SpaceChoice {
            key: self.text(key),
            name: self.text(name),
            chosen: key == "HAND",
        };
        Search {
            chrome: self.reader("Search"),
            asked: self.text(asked),
            label: None,
            space: Some(self.text("HAND")),
            spaces: vec![
                choice("HAND", "Harbour Handbook"),
                choice("HELP", "Help for skippers"),
            ],
            outcome: None,
        }
    }

    fn hits(&self) -> Vec<HitShown<'a>> {
        let hit = |kind, title, hours, excerpt: &[(bool, &str)]| HitShown {
            address: "/wiki/spaces/HAND/pages/742/South+quay".into(),
            kind,
            title: self.text(title),
            space: self.text("Harbour Handbook"),
            changed: self.hours_ago(hours),
            excerpt: excerpt
                .iter()
                .map(|(marked, piece)| (*marked, self.text(piece).into_owned()))
                .collect(),
        };
        vec![
            hit(
                "Page",
                "Incidents and what they taught us about fog",
                3,
                &[
                    (false, "… the horn is sounded twice when "),
                    (true, "fog"),
                    (false, " comes in from the "),
                    (true, "south quay"),
                    (
                        false,
                        ", and once more when it lifts. Nobody leaves the berth before …",
                    ),
                ],
            ),
            hit(
                "Comment",
                "Standing watch",
                90,
                &[(false, "In "), (true, "fog"), (false, " two stand it.")],
            ),
            hit("Attachment", "fog-signals-2026.pdf", 700, &[]),
        ]
    }

    pub(super) fn reading(&self) -> Vec<Sample> {
        let spaces = vec![
            self.card(
                "HAND",
                "Harbour Handbook",
                "What everybody on the quay should know",
            ),
            self.card("HELP", "Help for skippers", "Arriving, staying, leaving"),
            self.card("~jonas", "Jonas Reyes", ""),
            self.card("OLD", "The old port, until 2019", "Kept for the record"),
        ];
        vec![
            sample(
                "home",
                &Home {
                    chrome: Chrome {
                        notice: self.notice(NoticeKind::Done, "Space “Help for skippers” created."),
                        ..self.administrator("Spaces")
                    },
                    ..self.home(self.reader("Spaces"), spaces, Visitor::Licensed)
                },
            ),
            sample(
                "home-empty-anonymous",
                &self.home(self.signed_out("Spaces"), Vec::new(), Visitor::Anonymous),
            ),
            sample(
                "home-empty-unlicensed",
                &self.home(self.reader("Spaces"), Vec::new(), Visitor::Unlicensed),
            ),
            sample(
                "home-empty-guest",
                &self.home(self.reader("Spaces"), Vec::new(), Visitor::Guest),
            ),
            sample(
                "home-empty-licensed",
                &self.home(self.reader("Spaces"), Vec::new(), Visitor::Licensed),
            ),
            sample(
                "search",
                &Search {
                    outcome: Some(Outcome::Hits {
                        total: Count(1_204),
                        hits: self.hits(),
                        previous: None,
                        next: Some("/wiki/search?text=fog&start=20".into()),
                    }),
                    ..self.search("fog \"south quay\"")
                },
            ),
            sample("search-empty", &self.search("")),
            sample(
                "search-nothing",
                &Search {
                    outcome: Some(Outcome::Hits {
                        total: Count(0),
                        hits: Vec::new(),
                        previous: None,
                        next: None,
                    }),
                    ..self.search("kraken")
                },
            ),
            sample(
                "search-problem",
                &Search {
                    outcome: Some(Outcome::Problem(
                        self.text("the wildcard in \"*\" needs at least two letters before it"),
                    )),
                    ..self.search("*")
                },
            ),
            sample(
                "space",
                &SpaceOverview {
                    blog_posts: vec![BlogPostLine {
                        address: paths::blog_post("HAND", 801, "The new crane arrives on Thursday", 1_790_000_000_000),
                        title: self.text("The new crane arrives on Thursday"),
                        published: self.hours_ago(50),
                    }],
                    may_create_page: true,
                    ..self.overview(
                        Some(HomePage {
                            id: 700,
                            title: self.text("Welcome to the harbour"),
                            body: Rendered("<p>The handbook of the harbour office: how ships come in, how people start, and what to do when the fog comes. It is written by those who do the work, and read by everyone whom it concerns.</p><h2>Start here</h2><ul><li><a href=\"#\">Your first three weeks</a></li><li><a href=\"#\">Radio procedure</a></li></ul>".into()),
                            may_edit: true,
                        }),
                        self.tree(700),
                    )
                },
            ),
            sample("space-without-home", &self.overview(None, self.tree(0))),
            sample("space-empty", &self.overview(None, Tree::default())),
            sample("page-anonymous", &self.page(self.signed_out("Your first three weeks"))),
            sample("page", &self.rich_page()),
            sample(
                "page-draft",
                &PageView {
                    state: PageState::Draft,
                    ..self.page(self.reader("Fog"))
                },
            ),
            sample(
                "page-archived",
                &PageView {
                    state: PageState::Archived,
                    ..self.page(self.reader("Fog"))
                },
            ),
            sample(
                "page-trashed",
                &PageView {
                    state: PageState::Trashed,
                    ..self.page(self.reader("Fog"))
                },
            ),
            sample(
                "folder",
                &PageView {
                    in_folder: Some(vec![
                        PageLink {
                            id: 731,
                            title: self.text("Your first three weeks"),
                        },
                        PageLink {
                            id: 770,
                            title: self.text("Glossary"),
                        },
                    ]),
                    ..self.page(self.reader("For newcomers"))
                },
            ),
            sample(
                "folder-empty",
                &PageView {
                    in_folder: Some(Vec::new()),
                    ..self.page(self.reader("For newcomers"))
                },
            ),
            sample(
                "blog-post",
                &PageView {
                    tree: Tree::default(),
                    ancestors: Vec::new(),
                    author: Some(self.text("Jonas Reyes")),
                    ..self.page(self.reader("The new crane arrives on Thursday"))
                },
            ),
        ]
    }
}
