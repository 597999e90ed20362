//! Tasks, inline comments and drafts in the pages of the scene.

use super::build::Builder;
use super::content::{PageSpec, body};
use super::who::{Audience, Who};
use super::{Aim, Kind};
use crate::must;
use crate::served::MINUTE;
use narthex_access::{Door, PageId};
use narthex_site::comment::NewComment;
use narthex_site::inline_comment::Passage;
use narthex_site::page::{EditPage, NewBody, Representation, Save};

impl Builder {
    /// Saves a person's draft of published content: nobody else sees it (law 2.20). Where it is
    /// hidden, one world may have it and another not.
    pub(super) async fn draft_over(&self, name: &str, by: Who) {
        let audience = Audience::of(&[by]);
        let hidden = self.secrets.hides(audience);
        if self.secrets.number(audience, 4) == 3 {
            return;
        }
        let draft = EditPage {
            title: Some(self.secrets.text(audience, "Half written")),
            body: Some(body(&self.secrets.text(audience, "not for readers yet"))),
            version: 1,
            message: self.secrets.text(audience, "to be finished"),
            save: Save::Draft { begun_on: None },
            ..EditPage::default()
        };
        let page: PageId = must(self.aim(name).page.parse());
        must(self.site(hidden).edit_page(&self.by(by), page, draft).await);
    }

    /// Makes a page with a task in it.
    pub(super) async fn task_page(&mut self, spec: PageSpec) {
        let (name, by, audience) = (spec.name, spec.by, spec.audience);
        self.page(PageSpec {
            laden: false,
            ..spec
        })
        .await;
        let hidden = self.secrets.hides(audience);
        let site = self.site(hidden);
        let page: PageId = must(self.aim(name).page.parse());
        let text = self.secrets.text(audience, "what is to be done");
        let edit = EditPage {
            body: Some(NewBody {
                representation: Representation::Storage,
                text: format!(
                    "<ac:task-list><ac:task><ac:task-id>1</ac:task-id>\
                     <ac:task-status>incomplete</ac:task-status>\
                     <ac:task-body>{text}</ac:task-body></ac:task></ac:task-list>"
                ),
            }),
            version: 2,
            ..EditPage::default()
        };
        must(site.edit_page(&self.by(by), page, edit).await);
        let view = must(site.view(&self.by(by), Door::Confluence).await);
        let task = must(view.tasks_in(page)).first().map(|row| row.id);
        let Some(task) = task else {
            panic!("{name} has no task");
        };
        for aim in self.aims.iter_mut().filter(|aim| aim.name == name) {
            aim.to_do = task.to_string();
        }
        if !hidden {
            self.served.pass(MINUTE);
        }
    }

    /// Makes an inline comment thread on a page.
    pub(super) async fn thread(&mut self, name: &'static str, on: &str, by: Who) {
        let page = self.aim(on);
        let new = NewComment {
            page: must(page.page.parse()),
            parent: None,
            body: body(&self.secrets.text(page.audience, "said at a passage")),
        };
        let passage = Passage {
            selection: "words".into(),
            index: 0,
            count: 1,
        };
        let site = self.site(self.secrets.hides(page.audience));
        let made = site.create_inline_comment(&self.by(by), new, passage).await;
        let mut aim = Aim::new(name, Kind::Comment, page.audience);
        aim.comment = must(made).to_string();
        (aim.page, aim.title) = (page.page, page.title);
        (aim.space, aim.key, aim.past) = (page.space, page.key, page.past);
        self.aims.push(aim);
    }
}
