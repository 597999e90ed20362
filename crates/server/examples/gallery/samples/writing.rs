use narthex_server::web::pages::drafts::{DraftLine, Drafts};
use narthex_server::web::pages::editor::{DeletePage, PageForm, ParentChoice};
use narthex_server::web::pages::moment::Count;
use narthex_server::web::pages::page_access::{PageAccess, Reader, Rule, RuleCause, ToldAccess};
use narthex_server::web::pages::space::CreateSpace;
use narthex_server::web::paths;

use super::{Sample, Samples, sample};

impl<'a> Samples<'a> {
    fn page_form(&self) -> PageForm<'a> {
        PageForm {
            chrome: self.reader("Create page"),
            space_key: self.text("HAND"),
            space_name: self.text("Harbour Handbook"),
            version: None,
            title: self.text(""),
            title_error: None,
            body: self.text(""),
            body_error: None,
            parents: [
                (0, "Welcome to the harbour"),
                (1, "Your first three weeks"),
                (0, "Glossary"),
            ]
            .into_iter()
            .enumerate()
            .map(|(n, (depth, title))| ParentChoice {
                id: n as u64,
                title: self.text(title),
                depth,
                chosen: n == 1,
            })
            .collect(),
            parent_error: None,
            message: self.text(""),
            has_draft: true,
            cancel: self.text("/wiki/spaces/HAND"),
        }
    }

    fn draft_line(&self, title: &str, over_published: bool) -> DraftLine<'a> {
        DraftLine {
            id: 741,
            address: "/wiki/spaces/HAND/pages/741".into(),
            title: self.text(title),
            space: self.text("Harbour Handbook"),
            over_published,
            may_continue: true,
            kept: self.hours_ago(30),
        }
    }

    fn page_access(&self) -> PageAccess<'a> {
        let rule = |holds, sentence: &str, cause| Rule {
            holds,
            sentence: self.text(sentence),
            cause,
        };
        PageAccess {
            chrome: self.reader("Who can see this page"),
            page_address: paths::page("HAND", 740, "Berths"),
            page_id: 740,
            page_title: self.text("Berths"),
            now: self.text("Everyone with Confluence access can view this page."),
            readers: ["Mara Lindqvist", "Jonas Reyes"]
                .map(|name| Reader {
                    name: self.text(name),
                    why: Some("/wiki/pages/access?pageId=740&about=mara%40harbour.example".into()),
                })
                .into(),
            more_readers: 12,
            may_ask_about_others: true,
            about: self.text("tomas@harbour.example"),
            about_error: None,
            told: Some(ToldAccess {
                sentence: self.text("Tomas Varga can’t view this page."),
                allowed: false,
                rules: vec![
                    rule(true, "The space is open to all accounts.", None),
                    rule(
                        false,
                        "The page is restricted, and Tomas Varga isn’t on its list.",
                        Some(RuleCause {
                            what: self.text("Restrictions of the page were set"),
                            by: Some(self.text("Mara Lindqvist")),
                            at: Some(self.hours_ago(50)),
                        }),
                    ),
                ],
            }),
            may_restrict: true,
        }
    }

    pub(super) fn writing(&self) -> Vec<Sample> {
        vec![
            sample("page-create", &self.page_form()),
            sample(
                "page-edit",
                &PageForm {
                    chrome: self.reader("Edit page"),
                    version: Some(7),
                    title: self.text("Glossary"),
                    title_error: self.wrong("A page of this space that you can see has this title already."),
                    body: self.text("<p>Words that we use, and what we mean by them.</p>\n<h2>B</h2>\n<p><strong>Berth</strong>: where a ship lies.<p>"),
                    body_error: self.wrong("Line 3, column 52: <p> is not closed."),
                    parent_error: self.wrong("You can’t put a page there."),
                    message: self.text("Added “berth”"),
                    has_draft: false,
                    ..self.page_form()
                },
            ),
            sample(
                "page-delete",
                &DeletePage {
                    chrome: self.reader("Move to trash"),
                    title: self.text("Berths"),
                    children: Count(2),
                    parent: Some(self.text("Welcome to the harbour")),
                    cancel: self.text("/wiki/spaces/HAND/pages/740/Berths"),
                },
            ),
            sample(
                "drafts",
                &Drafts {
                    chrome: self.reader("Drafts"),
                    lines: vec![self.draft_line("Berths", true), self.draft_line("", false)],
                    all: Count(3),
                },
            ),
            sample("page-access", &self.page_access()),
            sample(
                "space-create",
                &CreateSpace {
                    chrome: self.reader("Create a space"),
                    name: self.text("Help for skippers"),
                    name_error: None,
                    key: self.text("HELP"),
                    key_error: self.wrong("This key is taken. Choose another one."),
                },
            ),
        ]
    }
}
